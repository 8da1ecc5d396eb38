#include "core/phantom/variation.h"

#include <algorithm>
#include <cmath>

#include "core/phantom/random.h"

namespace recontour {

Variation::Variation(const Parameters& parameters, std::uint64_t seed) : parameters_(parameters), seed_(seed) {}

double Variation::normal(std::string_view purpose, std::string_view name) const {
  if (isMean()) return 0;
  return RandomStream(seed_, std::string(purpose) + " " + std::string(name)).normal();
}

Point3 Variation::shiftMm(const std::string& organ) const {
  const Parameters shifts = parameters_.group("shiftSd");
  if (isMean() || !shifts.has(organ)) return {};
  const Point3 sd = shifts.point(organ);
  RandomStream stream(seed_, "shift " + organ);
  Point3 shift;
  for (int axis = 0; axis < 3; ++axis) shift[axis] = sd[axis] * stream.normal();
  return shift;
}

double Variation::scale(const std::string& organ) const {
  const Parameters scales = parameters_.group("scale");
  if (!scales.has(organ)) return 1;
  const auto row = scales.list(organ, 3);  // SD, smallest, largest
  return std::clamp(1 + row[0] * normal("scale", organ), row[1], row[2]);
}

double Variation::fatMm() const { return parameters_.number("bodyFatSd") * normal("body", "fat"); }

double Variation::huOffset(std::string_view tissue, double hu) const {
  const bool large = std::abs(hu) > parameters_.number("huLargeFrom");
  return parameters_.number(large ? "huSdLarge" : "huSd") * normal("hu", tissue);
}

}  // namespace recontour
