#include "models/engine/sliding_window.h"

#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "tests/models/fake_network.h"
#include "tests/models/sample_manifest.h"

namespace recontour {
namespace {

constexpr Size3 kSize{9, 4, 7};

std::vector<float> noise(std::size_t count) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> values(-1, 1);
  std::vector<float> result(count);
  for (float& value : result) value = values(random);
  return result;
}

class SlidingWindowTest : public testing::Test {
 protected:
  void expectInputBack(const Logits& logits) const {
    ASSERT_EQ(logits.values.size(), 2 * input_.size());
    for (std::size_t i = 0; i < input_.size(); ++i) {
      EXPECT_EQ(logits.values[i], 0);
      EXPECT_NEAR(logits.values[input_.size() + i], input_[i], 1e-6);
    }
  }
  std::vector<float> input_ = noise(voxelCount(kSize));
  WindowPlan plan_{kSize, parsedSample()};
  FakeNetwork network_;
  SlidingWindow windows_{input_, kSize, plan_, -10, 2};
  std::vector<int> done_;
  Logits run() {
    return windows_.run(network_, 2, [this](int count) { done_.push_back(count); });
  }
};

TEST_F(SlidingWindowTest, AveragesOverlapsSoThatAnIdentityNetworkGivesTheInputBack) {
  expectInputBack(run());
  EXPECT_TRUE(windows_.fallback().empty());
}

TEST_F(SlidingWindowTest, RunsTwoWindowsAtATime) {
  ASSERT_EQ(plan_.count(), 12);  // 4 x 1 x 3
  run();
  EXPECT_EQ(network_.batches, std::vector<int>(6, 2));
  EXPECT_EQ(done_, (std::vector<int>{2, 4, 6, 8, 10, 12}));
}

TEST_F(SlidingWindowTest, GoesOnWithOneWindowAtATimeWhenMemoryIsShort) {
  network_.batchLimit = 1;
  network_.onGpu = true;
  expectInputBack(run());
  EXPECT_EQ(network_.batches, std::vector<int>(12, 1));
  EXPECT_NE(windows_.fallback().find("one window"), std::string::npos);
  EXPECT_EQ(network_.device(), "cuda:0");
}

TEST_F(SlidingWindowTest, GoesOnOnTheCpuWhenOneWindowIsTooLargeForTheGpu) {
  network_.onGpu = network_.gpuFails = true;
  expectInputBack(run());
  EXPECT_NE(windows_.fallback().find("on the CPU"), std::string::npos);
  EXPECT_EQ(network_.device(), "cpu");
}

TEST_F(SlidingWindowTest, FailsWhenTheCpuIsShortOfMemoryToo) {
  network_.onGpu = network_.gpuFails = true;
  class NoCpu final : public Network {
   public:
    std::span<const float> run(std::span<const float>, int, const Size3&) override { throw OutOfDeviceMemory("full"); }
    std::string device() const override { return "cpu"; }
    void moveToCpu() override {}
  } noCpu;
  EXPECT_THROW(windows_.run(noCpu, 2, [](int) {}), OutOfDeviceMemory);
}

TEST_F(SlidingWindowTest, RefusesAnOutputWithFewerChannels) {
  network_.oneChannelShort = true;
  EXPECT_THROW(run(), Error);
}

TEST(SlidingWindow, FillsWhatLiesBeyondTheGridWithThePadValue) {
  const std::vector<float> input = {1, 2};  // 2 x 1 x 1 in a window of 4 x 4 x 4: one voxel before, one behind along x
  const WindowPlan plan({2, 1, 1}, parsedSample());
  FakeNetwork network;
  SlidingWindow(input, {2, 1, 1}, plan, -10, 1).run(network, 2, [](int) {});
  ASSERT_EQ(network.windowSize, (Size3{4, 4, 4}));
  std::vector<float> expected(64, -10);
  expected[1 * 16 + 1 * 4 + 1] = 1;  // (4 - 1) / 2 = 1 before along y and z
  expected[1 * 16 + 1 * 4 + 2] = 2;
  EXPECT_EQ(network.input, expected);
}

TEST_F(SlidingWindowTest, RefusesOutputThatIsNotFinite) {
  for (const float odd : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                          -std::numeric_limits<float>::infinity()}) {
    network_.lastValue = odd;
    EXPECT_THROW(run(), Error) << odd;
  }
  network_.lastValue = std::numeric_limits<float>::max();
  EXPECT_NO_THROW(run());
}

}  // namespace
}  // namespace recontour
