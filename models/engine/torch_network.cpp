#include "models/engine/torch_network.h"

#include <algorithm>
#include <sstream>

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/script.h>

#include "models/engine/compute_device.h"

namespace recontour {
namespace {

/// The last line of a LibTorch message, which says what went wrong; those before are a trace.
std::string lastLine(const std::string& text) {
  const std::string trimmed = text.substr(0, text.find_last_not_of(" \n") + 1);
  const auto newline = trimmed.rfind('\n');
  return newline == std::string::npos ? trimmed : trimmed.substr(newline + 1);
}

std::string reason(const std::exception& error) {
  const auto* ours = dynamic_cast<const c10::Error*>(&error);
  return lastLine(ours != nullptr ? ours->what_without_backtrace() : error.what());
}

/// Autocast to bfloat16 for its lifetime.
class BfloatScope {
 public:
  BfloatScope(bool wanted, at::DeviceType type) : wanted_(wanted), type_(type) {
    if (!wanted_) return;
    at::autocast::set_autocast_enabled(type_, true);
    at::autocast::set_autocast_dtype(type_, at::kBFloat16);
    at::autocast::increment_nesting();
  }
  ~BfloatScope() {
    if (!wanted_) return;
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(type_, false);
  }
  BfloatScope(const BfloatScope&) = delete;
  BfloatScope& operator=(const BfloatScope&) = delete;

 private:
  bool wanted_;
  at::DeviceType type_;
};

class TorchNetwork final : public Network {
 public:
  TorchNetwork(torch::jit::Module module, const ComputeDevice& device, bool bfloat, int outputIndex)
      : module_(std::move(module)), device_(device), bfloat_(bfloat), outputIndex_(outputIndex) {}

  std::span<const float> run(std::span<const float> batch, int count, const Size3& size) override {
    try {
      const c10::InferenceMode noGradients;
      const at::Tensor input =
          at::from_blob(const_cast<float*>(batch.data()), {count, 1, size.z, size.y, size.x}, at::kFloat)
              .to(torchDevice(device_));
      output_ = forward(input).to(at::kCPU, at::kFloat).contiguous();
    } catch (const std::exception& error) {
      if (std::string(error.what()).find("out of memory") != std::string::npos) throw OutOfDeviceMemory(reason(error));
      if (dynamic_cast<const Error*>(&error) != nullptr) throw;
      throw Error("the network failed: " + reason(error), ErrorKind::ModelFailed);
    }
    checkShape(count, size);
    return {output_.const_data_ptr<float>(), static_cast<std::size_t>(output_.numel())};
  }
  std::string device() const override { return device_.name(); }
  void moveToCpu() override {
    device_ = {};
    bfloat_ = bfloat_ && cpuHasBfloat16();
    output_ = at::Tensor();
    module_.to(at::kCPU);
  }
  static c10::Device torchDevice(const ComputeDevice& device) {
    return device.isCuda() ? c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(device.cudaIndex))
                           : c10::Device(c10::kCPU);
  }

 private:
  at::Tensor forward(const at::Tensor& input) {
    const BfloatScope bfloat(bfloat_, device_.isCuda() ? at::kCUDA : at::kCPU);
    const c10::IValue output = module_.forward({input});
    if (output.isTensor()) return output.toTensor();
    const auto index = static_cast<std::size_t>(outputIndex_);
    if (output.isTuple() && index < output.toTupleRef().elements().size()) {
      return output.toTupleRef().elements()[index].toTensor();
    }
    if (output.isTensorList() && index < output.toTensorVector().size()) return output.toTensorVector()[index];
    throw Error("the network returns no tensor number " + std::to_string(outputIndex_), ErrorKind::ModelFailed);
  }
  void checkShape(int count, const Size3& size) const {
    const bool right = output_.dim() == 5 && output_.size(0) == count && output_.size(2) == size.z &&
                       output_.size(3) == size.y && output_.size(4) == size.x;
    if (right) return;
    std::ostringstream text;
    text << "the network's output has the shape " << output_.sizes() << " instead of [" << count << ", channels, "
         << size.z << ", " << size.y << ", " << size.x << "]";
    throw Error(text.str(), ErrorKind::ModelFailed);
  }

  torch::jit::Module module_;
  ComputeDevice device_;
  bool bfloat_;
  int outputIndex_;
  at::Tensor output_;
};

/// @return whether bf16 is used; says in `fallback` why not
bool useBfloat(const ModelManifest& manifest, const std::string& asked, const ComputeDevice& device,
               std::string& fallback) {
  if (asked == "fp32") return false;
  if (asked != "bf16") throw Error("precision '" + asked + "' is not known; use fp32 or bf16");
  std::string why;
  if (!manifest.bf16) why = "the model's manifest does not allow bf16, so fp32 was used";
  if (why.empty() && !device.isCuda() && !cpuHasBfloat16()) why = "this CPU has no bf16 instructions, so fp32 was used";
  if (!why.empty()) fallback += (fallback.empty() ? "" : "; ") + why;
  return why.empty();
}

}  // namespace

LoadedNetwork loadTorchNetwork(ModelFolder& folder, const NetworkOptions& options) {
  const ModelManifest& manifest = folder.manifest();
  const ComputeDevice device = chooseDevice(options.device);  // first: it must precede every other use of LibTorch
  std::string fallback = device.fallback;
  const bool bfloat = useBfloat(manifest, options.precision, device, fallback);
  try {
    at::set_num_threads(std::max(1, options.threads));
    std::istringstream weights(folder.takeWeights());
    torch::jit::Module module = torch::jit::load(weights, TorchNetwork::torchDevice(device));
    module.eval();
    return {std::make_unique<TorchNetwork>(std::move(module), device, bfloat, manifest.outputIndex),
            bfloat ? "bf16" : "fp32", fallback};
  } catch (const std::exception& error) {
    throw Error(folder.weightsFile(), "LibTorch cannot load it (" + reason(error) + ")", "export the network again");
  }
}

}  // namespace recontour
