#pragma once
#include <vector>

namespace recontour {

/// Weights of a Gaussian sampled at -n..n, sum 1, cut at four sigma. @param sigma  in samples, >= 0
std::vector<double> gaussianWeights(double sigma);

/// SD that white noise of SD 1 keeps after filtering with `weights` along one axis.
double noiseGain(const std::vector<double>& weights);

}  // namespace recontour
