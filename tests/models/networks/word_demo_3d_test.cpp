#include <filesystem>

#include <gtest/gtest.h>
#include <torch/script.h>

#include "models/engine/networks/architecture.h"
#include "models/engine/trainer/script_module.h"

namespace recontour {
namespace {

constexpr NetworkShape kShipped{.channels = 17, .width = 24};

std::vector<at::Tensor> parametersOf(const torch::jit::Module& module) {
  std::vector<at::Tensor> result;
  for (const at::Tensor& parameter : module.parameters()) result.push_back(parameter);
  return result;
}

/// The shipped model beside ours with its weights, which both have in one order.
class WordDemo3d : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(DEMO_MODEL)) GTEST_SKIP() << "the demo model is not here";
    shipped_ = torch::jit::load(DEMO_MODEL);
    ours_ = makeModule(networkNamed("word-demo3d", kShipped), 1);
  }
  torch::jit::Module shipped_, ours_;
};

TEST_F(WordDemo3d, HasTheShippedModelsParameters) {
  std::int64_t numbers = 0;
  const std::vector<at::Tensor> theirs = parametersOf(shipped_), ours = parametersOf(ours_);
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_EQ(ours[i].sizes(), theirs[i].sizes()) << "parameter " << i;
    numbers += theirs[i].numel();
  }
  std::printf("word-demo3d: %lld parameters\n", static_cast<long long>(numbers));
  EXPECT_EQ(parameterCount(networkNamed("word-demo3d", kShipped)), numbers);
}

TEST_F(WordDemo3d, WithTheShippedWeightsGivesTheShippedOutput) {
  const at::NoGradGuard noGradients;
  const std::vector<at::Tensor> theirs = parametersOf(shipped_), ours = parametersOf(ours_);
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) ours[i].copy_(theirs[i]);
  at::Tensor image = at::full({2, 1, 16, 48, 32}, -2.0);  // air around two bodies that are not in the middle
  image.narrow(3, 10, 30).narrow(4, 4, 20).copy_(at::randn({2, 1, 16, 30, 20}) * 0.5);
  const at::Tensor expected = shipped_.forward({image}).toTensor(), actual = ours_.forward({image}).toTensor();
  ASSERT_EQ(actual.sizes(), expected.sizes());
  EXPECT_GT(expected.abs().max().item<double>(), 1.0);
  EXPECT_LT((actual - expected).abs().max().item<double>(), 1e-4);
}

TEST_F(WordDemo3d, TellsLeftFromRight) {
  const at::NoGradGuard noGradients;
  at::Tensor image = at::full({1, 1, 16, 32, 32}, -2.0);
  image.narrow(4, 8, 16).fill_(0);  // the same on both sides
  const at::Tensor logits = ours_.forward({image}).toTensor();
  EXPECT_GT((logits - logits.flip({4})).abs().max().item<double>(), 0.01);
}

}  // namespace
}  // namespace recontour
