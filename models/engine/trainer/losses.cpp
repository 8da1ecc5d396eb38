#include "models/engine/trainer/losses.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <ATen/TensorOperators.h>
#include <ATen/core/Reduction.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>

namespace recontour {
namespace {

// Of an N x C x D x H x W tensor; everything but the classes.
constexpr std::array<std::int64_t, 3> kSpace{2, 3, 4};
constexpr std::array<std::int64_t, 4> kBatchAndSpace{0, 2, 3, 4};

constexpr double kEntropyOffset = 1e-6;  // of WSL4MIS: log 0 stays finite
constexpr double kMassOffset = 1e-6;     // of a class's sum of p
constexpr double kDiceSmoothing = 1e-5;  // of nnU-Net

constexpr std::int64_t kRadius = 5;  // of the gated CRF's window, pixels
constexpr double kSigmaPixels = 6, kSigmaIntensity = 0.1;
constexpr std::int64_t kNumbersAtOnce = 1 << 19;  // few enough to stay in a processor's cache

/// 1 at the class of each voxel; all 0 where the label is ignored.
at::Tensor oneHot(const at::Tensor& labels, const at::Tensor& known, const at::Tensor& like) {
  const at::Tensor classes = labels.masked_fill(known.logical_not(), 0);
  return at::zeros_like(like).scatter_(1, classes.unsqueeze(1), known.unsqueeze(1).to(like.scalar_type()));
}

/// 1 - mean soft Dice of the whole batch over the foreground classes that it has; 0 if it has none.
at::Tensor diceLoss(const at::Tensor& probabilities, const at::Tensor& labels) {
  const at::Tensor known = labels != std::int64_t(kIgnored);
  const at::Tensor truth = oneHot(labels, known, probabilities.detach());
  const at::Tensor seen = probabilities * known.unsqueeze(1).to(probabilities.scalar_type());
  const at::Tensor voxels = truth.sum(kBatchAndSpace);
  const at::Tensor both = (seen * truth).sum(kBatchAndSpace);
  const at::Tensor dice = (2 * both + kDiceSmoothing) / (seen.sum(kBatchAndSpace) + voxels + kDiceSmoothing);
  const at::Tensor present = (voxels > 0).to(dice.scalar_type()).slice(0, 1);
  return ((1 - dice.slice(0, 1)) * present).sum() / present.sum().clamp_min(1);
}

/// The pixels of S x C x H x W slices that have a neighbour at (dx, dy).
at::Tensor withNeighbour(const at::Tensor& slices, std::int64_t dx, std::int64_t dy) {
  const std::int64_t rows = slices.size(2) - std::abs(dy), columns = slices.size(3) - std::abs(dx);
  return slices.narrow(2, std::max<std::int64_t>(0, -dy), rows).narrow(3, std::max<std::int64_t>(0, -dx), columns);
}

/// Adds to each pixel of `sums` its neighbours' `values` at (dx, dy) and at (-dx, -dy), times the kernel.
void addNeighbours(at::Tensor& sums, const at::Tensor& values, const at::Tensor& image, std::int64_t dx,
                   std::int64_t dy) {
  const at::Tensor difference = (withNeighbour(image, dx, dy) - withNeighbour(image, -dx, -dy)) / kSigmaIntensity;
  const double distance = double(dx * dx + dy * dy) / (kSigmaPixels * kSigmaPixels);
  const at::Tensor kernel = ((difference * difference + distance) * -0.5).exp_();
  withNeighbour(sums, dx, dy).addcmul_(kernel, withNeighbour(values, -dx, -dy));
  withNeighbour(sums, -dx, -dy).addcmul_(kernel, withNeighbour(values, dx, dy));
}

/// sum_j K_ij v_j over the window of each pixel i of S x C x H x W slices.
at::Tensor kernelSums(const at::Tensor& values, const at::Tensor& image) {
  at::Tensor sums = at::zeros_like(values);
  const std::int64_t down = std::min(kRadius, values.size(2) - 1), across = std::min(kRadius, values.size(3) - 1);
  for (std::int64_t dy = 0; dy <= down; ++dy)  // half of the window: the kernel is symmetric
    for (std::int64_t dx = dy == 0 ? 1 : -across; dx <= across; ++dx) addNeighbours(sums, values, image, dx, dy);
  return sums;
}

/// kernelSums() of as many slices at a time as stay in the cache.
at::Tensor kernelSumsInChunks(const at::Tensor& values, const at::Tensor& image) {
  const std::int64_t chunk = std::max<std::int64_t>(1, kNumbersAtOnce / values[0].numel());
  at::Tensor sums = at::zeros_like(values);
  for (std::int64_t first = 0; first < values.size(0); first += chunk) {
    const std::int64_t count = std::min(chunk, values.size(0) - first);
    sums.narrow(0, first, count).copy_(kernelSums(values.narrow(0, first, count), image.narrow(0, first, count)));
  }
  return sums;
}

/// N x C x D x H x W as N D slices.
at::Tensor slicesOf(const at::Tensor& volumes) { return volumes.transpose(1, 2).flatten(0, 1); }

}  // namespace

at::Tensor partialCrossEntropy(const at::Tensor& logits, const at::Tensor& labels) {
  const at::Tensor sum = at::cross_entropy_loss(logits, labels, {}, at::Reduction::Sum, kIgnored);
  return sum / (labels != std::int64_t(kIgnored)).sum().clamp_min(1);
}

at::Tensor entropyOf(const at::Tensor& probabilities) {
  const at::Tensor entropy = -(probabilities * (probabilities + kEntropyOffset).log()).sum(1);
  return entropy.mean() / std::log(double(probabilities.size(1)));
}

at::Tensor intensityVariance(const at::Tensor& probabilities, const at::Tensor& image) {
  return (image * probabilities).std(kSpace, true).mean();
}

at::Tensor intensityVarianceNormalized(const at::Tensor& probabilities, const at::Tensor& image) {
  const at::Tensor mass = probabilities.sum(kSpace, true) + kMassOffset;
  const at::Tensor mean = (probabilities * image).sum(kSpace, true) / mass;
  const at::Tensor difference = image - mean;
  return ((probabilities * difference * difference).sum(kSpace, true) / mass).mean();
}

// The sum over pairs is quadratic in p with a symmetric kernel, so its gradient is -2 K p. With K p computed apart,
// (2 p - p) K p where the last p is a constant has the value p K p and that gradient: no pair is kept for it.
at::Tensor gatedCrf(const at::Tensor& probabilities, const at::Tensor& image) {
  const at::Tensor p = slicesOf(probabilities), constant = p.detach();
  at::Tensor pullOfNeighbours;
  {
    const at::NoGradGuard noGradient;
    const at::Tensor ones = at::ones_like(constant.slice(1, 0, 1));
    pullOfNeighbours = kernelSumsInChunks(at::cat({constant, ones}, 1), slicesOf(image).to(constant.scalar_type()));
  }
  const std::int64_t classes = p.size(1);
  const at::Tensor agreement = ((2 * p - constant) * pullOfNeighbours.narrow(1, 0, classes)).sum(1);
  return (pullOfNeighbours.select(1, classes) - agreement).mean();
}

at::Tensor weightedCrossEntropy(const at::Tensor& logits, const at::Tensor& labels,
                                const std::vector<double>& weights) {
  if (weights.empty()) return partialCrossEntropy(logits, labels);
  const at::Tensor ofClass = at::tensor(weights, logits.options().requires_grad(false));
  const at::Tensor sum = at::cross_entropy_loss(logits, labels, ofClass, at::Reduction::Sum, kIgnored);
  const at::Tensor known = labels != std::int64_t(kIgnored);
  const at::Tensor mass = ofClass.index_select(0, labels.masked_select(known)).sum();
  return sum / mass.clamp_min(kMassOffset);
}

at::Tensor crossEntropyAndDice(const at::Tensor& logits, const at::Tensor& labels) {
  return partialCrossEntropy(logits, labels) + diceLoss(logits.softmax(1), labels);
}

double rampAt(const LossSettings& settings, int iteration) {
  if (iteration >= settings.rampIterations) return 1;
  const double left = 1 - double(iteration) / settings.rampIterations;
  return std::exp(-5 * left * left);
}

LossValue lossOf(const LossSettings& settings, int iteration, const at::Tensor& logits, const at::Tensor& image,
                 const at::Tensor& labels) {
  LossValue loss;
  const auto add = [&](const std::string& name, double weight, const at::Tensor& term) {
    loss.terms[name] = term.item<double>();
    loss.total = loss.total.defined() ? loss.total + weight * term : weight * term;
  };
  if (settings.isDense()) {
    const at::Tensor entropy = weightedCrossEntropy(logits, labels, settings.classWeights);
    add("ce-dice", 1, entropy + diceLoss(logits.softmax(1), labels));
    return loss;
  }
  add("pce", 1, partialCrossEntropy(logits, labels));
  const double ramp = rampAt(settings, iteration);
  const at::Tensor p = logits.softmax(1);
  const auto variance = settings.ivmNormalized ? intensityVarianceNormalized : intensityVariance;
  if (settings.has("em")) add("em", ramp * settings.lambdaEm, entropyOf(p));
  if (settings.has("ivm")) add("ivm", ramp * settings.lambdaIvm, variance(p, image));
  if (settings.has("crf")) add("crf", ramp * settings.lambdaCrf, gatedCrf(p, image));
  return loss;
}

}  // namespace recontour
