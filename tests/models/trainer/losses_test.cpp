#include "models/engine/trainer/losses.h"

#include <cmath>
#include <functional>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include "core/base/process_memory.h"

namespace recontour {
namespace {

/// Tensors of a few numbers lose more to waiting threads than they gain.
class OneThread : public testing::Environment {
 public:
  void SetUp() override { at::set_num_threads(1); }
};
[[maybe_unused]] const testing::Environment* const kOneThread = testing::AddGlobalTestEnvironment(new OneThread);

using Loss = std::function<at::Tensor(const at::Tensor&)>;

/// 1 x C x 1 x 1 x pixels from rows of classes.
at::Tensor row(std::initializer_list<std::initializer_list<double>> classes) {
  std::vector<double> values;
  for (const auto& each : classes) values.insert(values.end(), each);
  return at::tensor(values, at::kDouble).view({1, std::int64_t(classes.size()), 1, 1, -1});
}
at::Tensor labelsOf(std::initializer_list<std::int64_t> labels) { return at::tensor(labels).view({1, 1, 1, -1}); }

at::Tensor gradient(const Loss& loss, const at::Tensor& at) {
  at::Tensor input = at.detach().clone().requires_grad_(true);
  loss(input).backward();
  return input.grad();
}

/// Of each input number by itself, by central differences.
at::Tensor numericGradient(const Loss& loss, const at::Tensor& at) {
  constexpr double kStep = 1e-5;
  const at::Tensor input = at.detach().clone(), result = at::zeros_like(input);
  for (std::int64_t i = 0; i < input.numel(); ++i) {
    double* value = input.data_ptr<double>() + i;
    const double before = *value;
    *value = before + kStep;
    const double above = loss(input).item<double>();
    *value = before - kStep;
    const double below = loss(input).item<double>();
    *value = before;
    result.view(-1)[i] = (above - below) / (2 * kStep);
  }
  return result;
}

double largest(const at::Tensor& tensor) { return tensor.abs().max().item<double>(); }
bool allFinite(const at::Tensor& tensor) { return tensor.isfinite().all().item<bool>(); }

void expectNumericGradient(const Loss& loss, const at::Tensor& at) {
  const at::Tensor exact = gradient(loss, at);
  EXPECT_GT(largest(exact), 1e-4);  // there is something to compare
  EXPECT_LT(largest(exact - numericGradient(loss, at)), 1e-8);
}

/// A batch of 2 samples, 3 classes, 2 slices of 3 x 4 pixels, with labels of every class and some ignored.
struct RandomBatch {
  RandomBatch() {
    at::manual_seed(7);
    logits = at::randn({2, 3, 2, 3, 4}, at::kDouble);
    image = at::rand({2, 1, 2, 3, 4}, at::kDouble) * 0.4;  // a few sigmas of the gated CRF
    labels = at::randint(0, 4, {2, 2, 3, 4}, at::kLong);
    labels.masked_fill_(labels == 3, std::int64_t(kIgnored));
  }
  at::Tensor logits, image, labels;
};

TEST(PartialCrossEntropy, EqualsPlainCrossEntropyOfFullLabels) {
  RandomBatch batch;
  const at::Tensor labels = batch.labels.clamp_max(2);
  const at::Tensor plain = at::cross_entropy_loss(batch.logits, labels);
  EXPECT_NEAR(partialCrossEntropy(batch.logits, labels).item<double>(), plain.item<double>(), 1e-14);
}

// Logits (0, 0) give p = 1/2, (log 3, 0) give 3/4 and 1/4; the third pixel has no label. Mean of log 2 and log 4.
TEST(PartialCrossEntropy, IsTheMeanOverLabelledPixels) {
  const at::Tensor logits = row({{0, std::log(3.0), 50}, {0, 0, 0}});
  EXPECT_NEAR(partialCrossEntropy(logits, labelsOf({0, 1, kIgnored})).item<double>(), 1.5 * std::log(2.0), 1e-14);
}

TEST(PartialCrossEntropy, OfABatchWithoutLabelsIsZeroAndSoIsItsGradient) {
  for (const double scale : {1.0, 1e4}) {
    const at::Tensor logits = at::randn({2, 17, 1, 8, 8}) * scale;
    const at::Tensor labels = at::full({2, 1, 8, 8}, std::int64_t(kIgnored), at::kLong);
    for (const auto& loss : {partialCrossEntropy, crossEntropyAndDice}) {
      const Loss ofLogits = [&](const at::Tensor& z) { return loss(z, labels); };
      EXPECT_EQ(ofLogits(logits).item<double>(), 0);
      EXPECT_TRUE(at::equal(gradient(ofLogits, logits), at::zeros_like(logits)));
    }
  }
}

TEST(PartialCrossEntropy, StaysFiniteWhereThePredictionIsSurelyWrong) {
  const at::Tensor logits = row({{1000}, {-1000}});
  const Loss loss = [](const at::Tensor& z) { return partialCrossEntropy(z, labelsOf({1})); };
  EXPECT_DOUBLE_EQ(loss(logits).item<double>(), 2000);
  EXPECT_TRUE(allFinite(gradient(loss, logits)));
}

TEST(Entropy, IsOneForUniformAndZeroForOneHotProbabilities) {
  for (const std::int64_t classes : {2, 17}) {
    const at::Tensor uniform = at::full({2, classes, 1, 4, 4}, 1.0 / double(classes), at::kDouble);
    EXPECT_NEAR(entropyOf(uniform).item<double>(), 1, 1e-5);  // the offset in the logarithm
    at::Tensor oneHot = at::zeros({2, classes, 1, 4, 4}, at::kDouble);
    oneHot.select(1, 1).fill_(1);
    const Loss loss = [](const at::Tensor& p) { return entropyOf(p); };
    EXPECT_NEAR(loss(oneHot).item<double>(), 0, 2e-6);
    EXPECT_TRUE(allFinite(gradient(loss, oneHot)));
  }
}

// I = (2, 4), p_0 = (.5, 1), p_1 = (.5, 0). I p_0 = (1, 4), I p_1 = (1, 0). The unbiased deviation of two numbers is
// |a - b| / sqrt 2: 3 / sqrt 2 and 1 / sqrt 2, their mean 4 / (2 sqrt 2) = sqrt 2. d|a - b| = sign(a - b) (da - db) and
// da = I dp, so the gradient is (-2, 4) / (2 sqrt 2) for p_0, where a < b, and (2, -4) / (2 sqrt 2) for p_1.
TEST(IntensityVariance, AndItsGradientEqualACaseComputedByHand) {
  const at::Tensor image = row({{2, 4}}), p = row({{0.5, 1}, {0.5, 0}});
  const Loss loss = [&](const at::Tensor& each) { return intensityVariance(each, image); };
  EXPECT_NEAR(loss(p).item<double>(), std::sqrt(2.0), 1e-14);
  const at::Tensor expected = row({{-2, 4}, {2, -4}}) / (2 * std::sqrt(2.0));
  EXPECT_LT(largest(gradient(loss, p) - expected), 1e-14);
}

TEST(IntensityVariance, IsZeroWhereImageTimesProbabilityIsConstant) {
  const at::Tensor p = row({{0.25, 0.5, 0.75}, {0.75, 0.5, 0.25}});
  EXPECT_EQ(intensityVariance(p, at::zeros({1, 1, 1, 1, 3}, at::kDouble)).item<double>(), 0);
  // 1/4 * 3 = 1/2 * 1.5 = 3/4 * 1 for the first class, which is taken alone.
  const at::Tensor variance = intensityVariance(p.slice(1, 0, 1), row({{3, 1.5, 1}}));
  EXPECT_EQ(variance.item<double>(), 0);
}

// The root's derivative is infinite at 0; a class that is nowhere, or everywhere the same, must not make it NaN.
TEST(IntensityVariance, HasAFiniteGradientWhereAClassDoesNotVary) {
  const at::Tensor image = row({{2, 2, 2}});
  const Loss loss = [&](const at::Tensor& each) { return intensityVariance(each, image); };
  for (const at::Tensor& p : {row({{1, 1, 1}, {0, 0, 0}}), row({{0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}})})
    EXPECT_TRUE(at::equal(gradient(loss, p), at::zeros_like(p)));
  const at::Tensor nearly = row({{1, 1, 1 - 1e-15}, {1e-300, 0, 1e-15}});
  EXPECT_TRUE(allFinite(gradient(loss, nearly)));
}

TEST(IntensityVarianceNormalized, IsZeroWhereTheImageIsConstantOnEachPredictedClass) {
  const at::Tensor p = row({{1, 0, 1, 0}, {0, 1, 0, 1}}), image = row({{3, -2, 3, -2}});
  const Loss loss = [&](const at::Tensor& each) { return intensityVarianceNormalized(each, image); };
  EXPECT_NEAR(loss(p).item<double>(), 0, 1e-11);  // the offset of the mass
  EXPECT_GT(intensityVariance(p, image).item<double>(), 1);
  EXPECT_TRUE(allFinite(gradient(loss, p)));
}

// I = (0, 4), p_0 = (.75, .25): mass 1, mean 1, .75 * 1 + .25 * 9 = 3. p_1 = (.25, .75): mean 3, .25 * 9 + .75 * 1 = 3.
TEST(IntensityVarianceNormalized, EqualsACaseComputedByHand) {
  const at::Tensor p = row({{0.75, 0.25}, {0.25, 0.75}});
  EXPECT_NEAR(intensityVarianceNormalized(p, row({{0, 4}})).item<double>(), 3, 1e-5);
}

TEST(IntensityVarianceNormalized, ForgivesAClassThatIsNowhere) {
  const at::Tensor p = row({{1, 1}, {0, 0}}), image = row({{1, 1}});
  const Loss loss = [&](const at::Tensor& each) { return intensityVarianceNormalized(each, image); };
  EXPECT_NEAR(loss(p).item<double>(), 0, 1e-11);
  EXPECT_TRUE(allFinite(gradient(loss, p)));
}

// Two pixels side by side, a sigma of intensity apart: K = exp(-(1/36 + 1) / 2). p_1 p_2 = .8 * .3 + .2 * .7 = .38.
// Both orders of the pair, over two pixels: 2 K (1 - .38) / 2. Its gradient for p_1 is -2 K p_2 / 2, and the other way
// round.
TEST(GatedCrf, AndItsGradientEqualTwoPixelsByHand) {
  const at::Tensor p = row({{0.8, 0.3}, {0.2, 0.7}}), image = row({{0.5, 0.6}});
  const double kernel = std::exp(-0.5 * (1.0 / 36 + 1));
  const Loss loss = [&](const at::Tensor& each) { return gatedCrf(each, image); };
  EXPECT_NEAR(loss(p).item<double>(), 0.62 * kernel, 1e-14);
  EXPECT_LT(largest(gradient(loss, p) + kernel * row({{0.3, 0.8}, {0.7, 0.2}})), 1e-14);
}

TEST(GatedCrf, IsZeroForAConstantOneHotPrediction) {
  at::Tensor p = at::zeros({2, 3, 2, 13, 16});
  p.select(1, 2).fill_(1);
  EXPECT_EQ(gatedCrf(p, at::rand({2, 1, 2, 13, 16})).item<double>(), 0);
}

/// sum over pairs within the window, one after the other.
double gatedCrfByPairs(const at::Tensor& p, const at::Tensor& image) {
  const auto intensity = image.accessor<double, 5>();
  const auto probability = p.accessor<double, 5>();
  const std::int64_t height = p.size(3), width = p.size(4);
  double sum = 0;
  for (std::int64_t n = 0; n < p.size(0); ++n)
    for (std::int64_t z = 0; z < p.size(2); ++z)
      for (std::int64_t i = 0; i < height * width; ++i)
        for (std::int64_t j = 0; j < height * width; ++j) {
          const std::int64_t dy = i / width - j / width, dx = i % width - j % width;
          if (i == j || std::abs(dy) > 5 || std::abs(dx) > 5) continue;
          const double step = intensity[n][0][z][i / width][i % width] - intensity[n][0][z][j / width][j % width];
          double apart = 1;
          for (std::int64_t c = 0; c < p.size(1); ++c)
            apart -= probability[n][c][z][i / width][i % width] * probability[n][c][z][j / width][j % width];
          sum += apart * std::exp(-0.5 * (double(dx * dx + dy * dy) / 36 + step * step / 0.01));
        }
  return sum / double(p.size(0) * p.size(2) * height * width);
}

TEST(GatedCrf, EqualsTheSumOverAllPairsOfAWindow) {
  at::manual_seed(3);
  const at::Tensor p = at::randn({2, 3, 2, 8, 13}, at::kDouble).softmax(1);
  const at::Tensor image = at::rand({2, 1, 2, 8, 13}, at::kDouble);
  EXPECT_NEAR(gatedCrf(p, image).item<double>(), gatedCrfByPairs(p, image), 1e-12);
}

// 17 classes of 8 patches are 9 MB; unfolded to the window's 121 pixels they would be 1.1 GB, with gradients the
// double.
TEST(GatedCrf, OfATrainingBatchTakesLittleMemory) {
  const at::Tensor p = at::randn({8, 17, 1, 128, 128}).softmax(1), image = at::randn({8, 1, 1, 128, 128});
  const std::int64_t before = ownPeakMemoryBytes();
  gradient([&](const at::Tensor& each) { return gatedCrf(each, image); }, p);
  EXPECT_LT(ownPeakMemoryBytes() - before, 150'000'000);
}

TEST(CrossEntropyAndDice, OfAPerfectPredictionIsNearZero) {
  const at::Tensor labels = labelsOf({0, 1, 2, 1});
  const at::Tensor logits = row({{20, 0, 0, 0}, {0, 20, 0, 20}, {0, 0, 20, 0}});
  EXPECT_NEAR(crossEntropyAndDice(logits, labels).item<double>(), 0, 1e-7);
}

// All p = 1/2, so the cross entropy is log 2. Class 1: 2 * (1/2) / (3/2 + 1) = 2/5 where the last pixel is ignored.
TEST(CrossEntropyAndDice, LeavesIgnoredVoxelsOutOfBoth) {
  const at::Tensor labels = labelsOf({1, 0, 0, kIgnored});
  const double expected = std::log(2.0) + 1 - 0.4;
  for (const double last : {0.0, 3.0, -50.0}) {
    const at::Tensor logits = row({{0, 0, 0, 0}, {0, 0, 0, last}});
    const Loss loss = [&](const at::Tensor& z) { return crossEntropyAndDice(z, labels); };
    EXPECT_NEAR(loss(logits).item<double>(), expected, 1e-5);  // Dice's smoothing
    EXPECT_EQ(largest(gradient(loss, logits).slice(4, 3)), 0);
  }
}

// Class 2 is nowhere in the batch: only the Dice of class 1 counts, 2 * (2 * 1/3) / (2/3 + 2) = 1/2.
TEST(CrossEntropyAndDice, CountsOnlyForegroundClassesThatTheBatchHas) {
  const at::Tensor logits = row({{0, 0}, {0, 0}, {0, 0}});
  EXPECT_NEAR(crossEntropyAndDice(logits, labelsOf({1, 1})).item<double>(), std::log(3.0) + 1 - 0.5, 1e-5);
  EXPECT_NEAR(crossEntropyAndDice(logits, labelsOf({0, 0})).item<double>(), std::log(3.0), 1e-12);
}

TEST(Losses, OfProbabilitiesHaveTheirNumericGradient) {
  const RandomBatch batch;
  const at::Tensor p = batch.logits.softmax(1);
  expectNumericGradient([](const at::Tensor& each) { return entropyOf(each); }, p);
  for (const auto& loss : {intensityVariance, intensityVarianceNormalized, gatedCrf})
    expectNumericGradient([&](const at::Tensor& each) { return loss(each, batch.image); }, p);
}

TEST(Losses, OfLogitsHaveTheirNumericGradient) {
  const RandomBatch batch;
  for (const auto& loss : {partialCrossEntropy, crossEntropyAndDice})
    expectNumericGradient([&](const at::Tensor& each) { return loss(each, batch.labels); }, batch.logits);
}

TEST(Losses, OfEachNameHaveTheirNumericGradient) {
  const RandomBatch batch;
  for (const char* name : {"ce-dice", "pce", "pce+em", "pce+ivm", "pce+em+ivm", "pce+crf"})
    for (const bool normalized : {false, true}) {
      const LossSettings settings{.name = name, .ivmNormalized = normalized, .rampIterations = 20};
      SCOPED_TRACE(name);
      expectNumericGradient(
          [&](const at::Tensor& z) { return lossOf(settings, 10, z, batch.image, batch.labels).total; }, batch.logits);
    }
}

TEST(Losses, AreTheirTermsTimesTheirWeightsAndTheRamp) {
  const RandomBatch batch;
  const LossSettings settings{
      .name = "pce+em+ivm", .lambdaEm = 0.3, .lambdaIvm = 0.7, .ivmNormalized = false, .rampIterations = 100};
  const LossValue loss = lossOf(settings, 50, batch.logits, batch.image, batch.labels);
  const at::Tensor p = batch.logits.softmax(1);
  ASSERT_EQ(loss.terms.size(), 3U);
  EXPECT_DOUBLE_EQ(loss.terms.at("pce"), partialCrossEntropy(batch.logits, batch.labels).item<double>());
  EXPECT_DOUBLE_EQ(loss.terms.at("em"), entropyOf(p).item<double>());
  EXPECT_DOUBLE_EQ(loss.terms.at("ivm"), intensityVariance(p, batch.image).item<double>());
  const double weighted = 0.3 * loss.terms.at("em") + 0.7 * loss.terms.at("ivm");
  EXPECT_NEAR(loss.total.item<double>(), loss.terms.at("pce") + std::exp(-1.25) * weighted, 1e-12);
}

TEST(Losses, WithoutAnyLabelKeepOnlyWhatNeedsNone) {
  const RandomBatch batch;
  const at::Tensor none = at::full_like(batch.labels, std::int64_t(kIgnored));
  const LossValue loss = lossOf({.name = "pce+crf"}, 0, batch.logits, batch.image, none);
  EXPECT_EQ(loss.terms.at("pce"), 0);
  EXPECT_NEAR(loss.total.item<double>(), 0.1 * loss.terms.at("crf"), 1e-14);
}

TEST(Ramp, RisesToOneAtItsEnd) {
  const LossSettings settings{.rampIterations = 200};
  EXPECT_DOUBLE_EQ(rampAt(settings, 0), std::exp(-5.0));
  EXPECT_DOUBLE_EQ(rampAt(settings, 100), std::exp(-1.25));
  EXPECT_DOUBLE_EQ(rampAt(settings, 200), 1);
  EXPECT_DOUBLE_EQ(rampAt(settings, 5000), 1);
}

TEST(Ramp, OfNoIterationsIsOneFromTheStart) { EXPECT_EQ(rampAt({}, 0), 1); }

TEST(WeightedCrossEntropy, IsTheMeanByTheWeightsOfTheVoxelsOwnClasses) {
  const at::Tensor logits = row({{0, 1, 3}, {0, 0, 0}});  // p of class 0: 1/2, e / (1 + e)
  const double first = std::log(2.0), second = std::log(1 + std::exp(1.0));
  const at::Tensor loss = weightedCrossEntropy(logits, labelsOf({0, 1, 255}), {0.5, 2});
  EXPECT_NEAR(loss.item<double>(), (0.5 * first + 2 * second) / 2.5, 1e-12);
}

TEST(WeightedCrossEntropy, WithoutWeightsOrWithAllAlikeIsThePlainOne) {
  const at::Tensor logits = row({{0, 1, 3}, {2, 0, -1}}), labels = labelsOf({0, 1, 0});
  const double plain = partialCrossEntropy(logits, labels).item<double>();
  EXPECT_EQ(weightedCrossEntropy(logits, labels, {}).item<double>(), plain);
  EXPECT_NEAR(weightedCrossEntropy(logits, labels, {3, 3}).item<double>(), plain, 1e-12);
}

TEST(WeightedCrossEntropy, WhereNothingWeighsIsZeroWithAGradientOfZero) {
  const at::Tensor logits = row({{0, 1}, {2, 0}});
  const auto loss = [](const at::Tensor& z) { return weightedCrossEntropy(z, labelsOf({255, 0}), {0, 1}); };
  EXPECT_EQ(loss(logits).item<double>(), 0);
  EXPECT_EQ(largest(gradient(loss, logits)), 0);
}

TEST(WeightedCrossEntropy, HasTheGradientOfItsDifferences) {
  expectNumericGradient(
      [](const at::Tensor& z) {
        return weightedCrossEntropy(z, labelsOf({0, 1, 2}), {0.6, 1, 2});
      },
      row({{0, 1, 3}, {2, 0, -1}, {1, 1, 0}}));
}

}  // namespace
}  // namespace recontour
