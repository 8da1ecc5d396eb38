#include "core/statistics/distributions.h"

#include <cmath>

#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace recontour {

namespace math = boost::math;

namespace {

/// Beyond the numbers lies infinity, and outside of the distribution what is not a number; nothing is thrown.
using Quiet = math::policies::policy<math::policies::domain_error<math::policies::ignore_error>,
                                     math::policies::overflow_error<math::policies::ignore_error>>;

}  // namespace

double normalCdf(double z) { return math::cdf(math::normal(), z); }

double normalQuantile(double probability) { return math::quantile(math::normal(), probability); }

double normalDeviate(PortableRandom& random) {
  const double inside = (static_cast<double>(random.next() >> 11) + 0.5) * 0x1.0p-53;  // never 0 or 1
  return normalQuantile(inside);
}

double studentUpperTail(double t, double degreesOfFreedom) {
  if (std::isinf(t)) return t > 0 ? 0 : 1;
  return math::cdf(math::complement(math::students_t(degreesOfFreedom), t));
}

double studentQuantile(double probability, double degreesOfFreedom) {
  return math::quantile(math::students_t(degreesOfFreedom), probability);
}

double fisherQuantile(double probability, double numerator, double denominator) {
  return math::quantile(math::fisher_f_distribution<double, Quiet>(numerator, denominator), probability);
}

}  // namespace recontour
