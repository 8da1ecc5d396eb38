#pragma once
#include <map>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "models/engine/trainer/loss_settings.h"

namespace recontour {

// Losses of a batch. Logits z and probabilities p = softmax(z) are N x C x D x H x W (D = 1 for networks of slices),
// the image I is N x 1 x D x H x W as the network sees it, labels y are int64 N x D x H x W with 255 where nothing is
// known. Each is a scalar that gradients flow through. Sources: Luo et al. 2022 (WORD), 4.3; WSL4MIS; PyMIC.

/// -mean over labelled voxels of log p_y; 0 (with a gradient of 0) where none is labelled.
at::Tensor partialCrossEntropy(const at::Tensor& logits, const at::Tensor& labels);
/// mean_i(-sum_c p log(p + 1e-6)) / log C: 1 for uniform p, 0 for one-hot.
at::Tensor entropyOf(const at::Tensor& probabilities);
/// The paper's one line: mean over n and c of std over space of I p_c (unbiased).
at::Tensor intensityVariance(const at::Tensor& probabilities, const at::Tensor& image);
/// 1 / (N C) sum_{n,c} sum_i p_c (I - mu_c)^2 / (sum_i p_c + 1e-6), mu_c = sum p_c I / (sum p_c + 1e-6).
at::Tensor intensityVarianceNormalized(const at::Tensor& probabilities, const at::Tensor& image);
/// Gated CRF (Obukhov et al. 2019): kernel exp(-1/2 |f_i - f_j|^2), f = (x / 6, y / 6, I / 0.1), in-plane window of
/// radius 5, divided by N D H W.
at::Tensor gatedCrf(const at::Tensor& probabilities, const at::Tensor& image);
/// -sum w_y log p_y / sum w_y over labelled voxels, as PyTorch's `weight`; 0 (with a gradient of 0) where they weigh
/// nothing. @param weights  by class; empty: all 1, partialCrossEntropy()
at::Tensor weightedCrossEntropy(const at::Tensor& logits, const at::Tensor& labels, const std::vector<double>& weights);
/// Cross entropy plus 1 - mean soft Dice over the foreground classes that the batch has (labels of 255 left out of
/// both).
at::Tensor crossEntropyAndDice(const at::Tensor& logits, const at::Tensor& labels);

/// What is minimised at an iteration, and its parts ("pce", "em", "ivm", "crf", "ce-dice"; before their weights).
struct LossValue {
  at::Tensor total;
  std::map<std::string, double> terms;
};
/// @param iteration  from 0, for the ramp of the weights
LossValue lossOf(const LossSettings& settings, int iteration, const at::Tensor& logits, const at::Tensor& image,
                 const at::Tensor& labels);
/// The ramp's factor of the lambdas, 0..1: exp(-5 (1 - iteration / ramp)^2), 1 from the ramp's end on.
double rampAt(const LossSettings& settings, int iteration);

}  // namespace recontour
