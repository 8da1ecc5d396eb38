// What training_parity.py compares with PyTorch: a ResUNet 2D, a seeded batch, and of each loss its value, its terms
// and the gradients of all parameters, in single and in double precision.
//
// usage: training_parity FOLDER
#include <filesystem>
#include <iostream>

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>
#include <torch/script.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "models/engine/trainer/losses.h"
#include "models/engine/trainer/script_module.h"

namespace recontour {
namespace {

constexpr NetworkShape kShape{.channels = 17, .width = 8};
constexpr std::int64_t kSlices = 4, kPixels = 64, kTile = 8;

struct Batch {
  at::Tensor image, labels;
};

/// Tiles of one intensity each with a little noise, so that the gated CRF finds neighbours that are alike. Three of
/// four pixels have no label, and the last three classes are nowhere.
Batch seededBatch() {
  at::manual_seed(2022);
  const at::Tensor tiles = at::randn({kSlices, 1, 1, kPixels / kTile, kPixels / kTile});
  const at::Tensor noise = at::randn({kSlices, 1, 1, kPixels, kPixels});
  const at::Tensor image = tiles.repeat_interleave(kTile, 3).repeat_interleave(kTile, 4) + 0.05 * noise;
  at::Tensor labels = at::randint(kShape.channels - 3, {kSlices, 1, kPixels, kPixels}, at::kLong);
  labels.masked_fill_(at::rand(labels.sizes()) < 0.75, std::int64_t(kIgnored));
  return {image, labels};
}

std::string bytesOf(const at::Tensor& tensor) {
  const at::Tensor whole = tensor.contiguous();
  return {static_cast<const char*>(whole.data_ptr()), whole.nbytes()};
}

std::vector<LossSettings> allLosses() {
  std::vector<LossSettings> losses;
  for (const char* name : {"ce-dice", "pce", "pce+em", "pce+ivm", "pce+em+ivm", "pce+crf"})
    losses.push_back({.name = name});
  losses.push_back({.name = "pce+ivm", .ivmNormalized = true});
  return losses;
}

void forgetGradients(const torch::jit::Module& module) {
  for (const at::Tensor& parameter : module.parameters()) parameter.mutable_grad() = at::Tensor();
}

at::Tensor allGradients(const torch::jit::Module& module) {
  std::vector<at::Tensor> each;
  for (const at::Tensor& parameter : module.parameters()) each.push_back(parameter.grad().flatten());
  return at::cat(each);
}

/// One loss; its gradients go into a file of `folder`.
Json measured(torch::jit::Module& module, const Batch& batch, const LossSettings& settings, const std::string& file,
              const std::filesystem::path& folder) {
  forgetGradients(module);
  const at::Tensor logits = module.forward({batch.image}).toTensor();
  const LossValue loss = lossOf(settings, 0, logits, batch.image, batch.labels);
  loss.total.backward();
  writeFileSafely(folder / file, bytesOf(allGradients(module)));
  return {{"loss", settings.name},
          {"ivm_normalized", settings.ivmNormalized},
          {"total", loss.total.item<double>()},
          {"terms", loss.terms},
          {"gradients", file}};
}

Json measuredAll(torch::jit::Module& module, const Batch& batch, const std::string& type,
                 const std::filesystem::path& folder) {
  Json runs = Json::array();
  for (const LossSettings& settings : allLosses()) {
    const std::string file = "gradients-" + type + "-" + std::to_string(runs.size()) + ".bin";
    runs.push_back(measured(module, batch, settings, file, folder));
    runs.back()["type"] = type;
  }
  return runs;
}

Json parametersOf(const torch::jit::Module& module) {
  Json list = Json::array();
  for (const auto& parameter : module.named_parameters())
    list.push_back({{"name", parameter.name}, {"shape", parameter.value.sizes().vec()}});
  return list;
}

void writeAll(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  torch::jit::Module module = makeModule(networkNamed("resunet2d", kShape), 1);
  Batch batch = seededBatch();
  writeFileSafely(folder / "model.ts", archiveOf(module));
  writeFileSafely(folder / "image.bin", bytesOf(batch.image));
  writeFileSafely(folder / "labels.bin", bytesOf(batch.labels));
  Json runs = measuredAll(module, batch, "float32", folder);
  module.to(at::kDouble);
  batch.image = batch.image.to(at::kDouble);
  for (Json& run : measuredAll(module, batch, "float64", folder)) runs.push_back(std::move(run));
  const Json all{{"channels", kShape.channels},
                 {"width", kShape.width},
                 {"image", {kSlices, 1, kPixels, kPixels}},
                 {"ignored", kIgnored},
                 {"parameters", parametersOf(module)},
                 {"runs", runs}};
  writeFileSafely(folder / "parity.json", all.dump(1));
}

}  // namespace
}  // namespace recontour

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: training_parity FOLDER\n";
    return 2;
  }
  try {
    recontour::writeAll(arguments[1]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
