#pragma once
#include "core/base/portable_random.h"

namespace recontour {

// Distributions of Boost.Math, kept in one source because its headers compile slowly.

double normalCdf(double z);                 ///< P(Z <= z)
double normalQuantile(double probability);  ///< its inverse. @param probability  0 < probability < 1
/// Normal deviate, mean 0 and SD 1, by the inverse of the distribution.
double normalDeviate(PortableRandom& random);

double studentUpperTail(double t, double degreesOfFreedom);  ///< P(T > t). @param degreesOfFreedom  > 0
/// @param probability  0 < probability < 1
double studentQuantile(double probability, double degreesOfFreedom);

/// Quantile of Fisher's F; infinite where it is beyond the numbers. @param probability  0 < probability < 1 @param
/// numerator, denominator  degrees of freedom, >
/// 0
double fisherQuantile(double probability, double numerator, double denominator);

}  // namespace recontour
