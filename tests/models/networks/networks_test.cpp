#include <cstdlib>
#include <fstream>

#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <torch/script.h>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "models/engine/script_archive.h"
#include "models/engine/torch_network.h"
#include "models/engine/trainer/script_module.h"
#include "tests/models/sample_manifest.h"

namespace recontour {
namespace {

constexpr int kChannels = 3;
constexpr NetworkShape kTiny{.channels = kChannels, .width = 4};

std::vector<at::Tensor> parametersOf(const torch::jit::Module& module) {
  std::vector<at::Tensor> result;
  for (const at::Tensor& parameter : module.parameters()) result.push_back(parameter);
  return result;
}

bool sameWeights(const torch::jit::Module& a, const torch::jit::Module& b) {
  const std::vector<at::Tensor> ofA = parametersOf(a), ofB = parametersOf(b);
  return std::equal(ofA.begin(), ofA.end(), ofB.begin(), ofB.end(),
                    [](const at::Tensor& x, const at::Tensor& y) { return at::equal(x, y); });
}

/// A picture with a bright box (label 1) and a dark one (label 2) on noise, N x 1 x D x H x W, and its labels.
struct Batch {
  explicit Batch(const std::vector<std::int64_t>& size) {
    const at::Generator random = at::detail::createCPUGenerator(7);
    image = at::zeros(size).normal_(0, 0.3, random);
    labels = at::zeros({size[0], size[2], size[3], size[4]}, at::kLong);
    paint(1, 0, 1.5);
    paint(2, size[4] / 2, -1.5);
  }
  void paint(int label, std::int64_t left, double value) {
    const auto box = [&](const at::Tensor& of) {
      return of.narrow(-1, left + 2, labels.size(3) / 2 - 4).narrow(-2, 3, labels.size(2) / 2);
    };
    box(image).add_(value);
    box(labels).fill_(label);
  }
  at::Tensor image, labels;
};

at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& labels) {
  return -at::log_softmax(logits, 1).gather(1, labels.unsqueeze(1)).mean();
}

/// Plain SGD. @return the loss before each step
std::vector<double> train(torch::jit::Module& module, const Batch& batch, int steps, double learningRate) {
  std::vector<double> losses;
  for (int step = 0; step < steps; ++step) {
    const at::Tensor loss = crossEntropy(module.forward({batch.image}).toTensor(), batch.labels);
    losses.push_back(loss.item<double>());
    loss.backward();
    const at::NoGradGuard noGradients;
    for (at::Tensor& parameter : parametersOf(module)) {
      parameter.sub_(parameter.grad(), learningRate);
      parameter.mutable_grad().zero_();
    }
  }
  return losses;
}

/// A model folder with the archive, as `predict` opens it.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& archive) : path_(makePath()) {
    Json manifest = sampleManifest();
    manifest["sha256"] = sha256Hex(std::string_view(archive));
    manifest["output"]["channels"] = kChannels;
    manifest["labels"]["2"] = {{"key", "spleen"}};
    std::ofstream(path_ / "model.ts", std::ios::binary) << archive;
    std::ofstream(path_ / "recontour.json") << manifest.dump();
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  static std::filesystem::path makePath() {
    std::string pattern = (std::filesystem::temp_directory_path() / "networks-XXXXXX").string();
    return ::mkdtemp(pattern.data());
  }
  std::filesystem::path path_;
};

class EveryNetwork : public testing::TestWithParam<std::string> {
 protected:
  EveryNetwork() { at::set_num_threads(1); }  // others use the machine too, and waiting threads spin
  Architecture tiny() const { return networkNamed(GetParam(), kTiny); }
  /// Twice what a window's size must be a multiple of along x and y; along z once, or 3 slices that are on their own.
  static std::vector<std::int64_t> smallSize(const Architecture& architecture) {
    const Index3& step = architecture.divisibleBy;
    return {1, 1, architecture.dims == 2 ? 3 : step.z, 2 * step.y, 2 * step.x};
  }
};

TEST_P(EveryNetwork, GivesLogitsOfTheImagesOwnSize) {
  const Architecture architecture = tiny();
  torch::jit::Module module = makeModule(architecture, 1);
  const at::NoGradGuard noGradients;
  const std::vector<std::int64_t> size = smallSize(architecture);
  const std::int64_t wider = size[4] + architecture.divisibleBy.x;
  for (const std::vector<std::int64_t>& of : {size, {2, 1, size[2], size[3], wider}}) {
    const at::Tensor logits = module.forward({at::rand(of)}).toTensor();
    EXPECT_EQ(logits.sizes(), at::IntArrayRef({of[0], kChannels, of[2], of[3], of[4]}));
    EXPECT_TRUE(logits.isfinite().all().item<bool>());
  }
}

TEST_P(EveryNetwork, LooksAtASliceAloneIfItIsOne) {
  const Architecture architecture = tiny();
  torch::jit::Module module = makeModule(architecture, 1);
  const at::NoGradGuard noGradients;
  const at::Tensor image = at::rand(smallSize(architecture));
  at::Tensor other = image.clone();
  other.narrow(2, 1, 1).mul_(-2);
  const at::Tensor difference = module.forward({image}).toTensor() - module.forward({other}).toTensor();
  const double inThatSlice = difference.narrow(2, 1, 1).abs().max().item<double>();
  const double above = difference.narrow(2, 0, 1).abs().max().item<double>();
  EXPECT_GT(inThatSlice, 0.1);
  if (architecture.dims == 2) {
    EXPECT_LT(above, 1e-4);
  } else {
    EXPECT_GT(above, 1e-3);
  }
}

TEST_P(EveryNetwork, LearnsOneBatchIn50Steps) {
  const Architecture architecture = tiny();
  torch::jit::Module module = makeModule(architecture, 1);
  const std::vector<double> losses = train(module, Batch(smallSize(architecture)), 51, 0.1);
  std::printf("%s: loss %.3f before, %.3f after 50 steps\n", GetParam().c_str(), losses.front(), losses.back());
  EXPECT_LT(losses.back(), 0.75 * losses.front());
}

TEST_P(EveryNetwork, GivesTheSameWhenItWasSavedAndLoaded) {
  const Architecture architecture = tiny();
  torch::jit::Module module = makeModule(architecture, 1);
  const Batch batch(smallSize(architecture));
  train(module, batch, 2, 0.1);
  const std::string archive = archiveOf(module);
  EXPECT_NO_THROW(checkScriptArchive(archive, "model.ts"));

  const ScratchFolder scratch(archive);
  ModelFolder folder(scratch.path());
  const LoadedNetwork loaded = loadTorchNetwork(folder, {.device = "cpu"});
  const at::NoGradGuard noGradients;
  const at::Tensor expected = module.forward({batch.image}).toTensor().contiguous();
  const Size3 size{static_cast<int>(batch.image.size(4)), static_cast<int>(batch.image.size(3)),
                   static_cast<int>(batch.image.size(2))};
  const auto voxels = static_cast<std::size_t>(batch.image.numel());
  const std::span<const float> output = loaded.network->run({batch.image.const_data_ptr<float>(), voxels}, 1, size);
  EXPECT_TRUE(std::equal(output.begin(), output.end(), expected.const_data_ptr<float>(),
                         expected.const_data_ptr<float>() + expected.numel()));
}

INSTANTIATE_TEST_SUITE_P(Networks, EveryNetwork, testing::ValuesIn(networkNames()), [](const auto& network) {
  std::string name = network.param;
  std::erase(name, '-');  // no part of a test's name
  return name;
});

TEST(ScriptModule, StartsFromItsSeedAlone) {
  for (const std::string& name : networkNames()) {
    const Architecture tiny = networkNamed(name, kTiny);
    const torch::jit::Module first = makeModule(tiny, 5);
    at::rand({3});
    EXPECT_TRUE(sameWeights(first, makeModule(tiny, 5))) << name;
    EXPECT_FALSE(sameWeights(first, makeModule(tiny, 6))) << name;
  }
}

TEST(ScriptModule, LearnsTheParametersOfItsArchitecture) {
  for (const std::string& name : networkNames()) {
    std::int64_t numbers = 0;
    for (const at::Tensor& parameter : parametersOf(makeModule(networkNamed(name, kTiny), 1))) {
      numbers += parameter.numel();
      EXPECT_TRUE(parameter.requires_grad()) << name;
    }
    EXPECT_EQ(numbers, parameterCount(networkNamed(name, kTiny))) << name;
  }
}

TEST(ScriptModule, DrawsWeightsOfHesVariance) {
  const torch::jit::Module module =
      makeModule({.name = "sample",
                  .parameters = {{"weight", {64, 32, 3, 3}}, {"scale", {8}, NetworkParameter::Start::Ones}},
                  .forward = "def forward(self, x: Tensor) -> Tensor:\n    return x\n"},
                 1);
  const at::Tensor weight = module.attr("weight").toTensor();
  EXPECT_NEAR(weight.mean().item<double>(), 0.0, 0.002);
  EXPECT_NEAR(weight.std().item<double>(), std::sqrt(2.0 / 1.0001 / (32 * 9)), 0.001);  // 18432 draws: 0.5 %
  EXPECT_TRUE(at::equal(module.attr("scale").toTensor(), at::ones({8})));
}

TEST(ScriptModule, TakesOverWhatHasTheSameNameAndShape) {
  const torch::jit::Module from = makeModule(networkNamed("resunet2d", {.channels = 3, .width = 4}), 1);
  torch::jit::Module to = makeModule(networkNamed("resunet2d", {.channels = 5, .width = 4}), 2);
  const int parameters = static_cast<int>(parametersOf(to).size());
  EXPECT_EQ(copyParameters(from, to), parameters - 2);  // all but the weight and the bias of the logits
  EXPECT_TRUE(at::equal(from.attr("encoder1_a_weight").toTensor(), to.attr("encoder1_a_weight").toTensor()));
  EXPECT_EQ(to.attr("logits_weight").toTensor().size(0), 5);
}

TEST(ScriptModule, SaysWhatIsWrongWithATextThatIsNone) {
  try {
    makeModule({.name = "broken", .parameters = {}, .forward = "def forward(self, x: Tensor) -> Tensor:\n"}, 1);
    FAIL() << "made";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("the network 'broken' cannot be made"), std::string::npos);
  }
}

}  // namespace
}  // namespace recontour
