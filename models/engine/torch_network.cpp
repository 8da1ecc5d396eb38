#include "models/engine/torch_network.h"

#include <algorithm>
#include <new>
#include <sstream>

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/csrc/jit/api/function_impl.h>
#include <torch/script.h>

#include "models/engine/compute_device.h"
#include "models/engine/operator_list.h"
#include "models/engine/script_archive.h"
#include "models/engine/torch_module.h"

namespace recontour {
namespace {

std::string lastLine(const std::string& text) {
  const std::string trimmed = text.substr(0, text.find_last_not_of(" \n") + 1);
  const auto newline = trimmed.rfind('\n');
  return newline == std::string::npos ? trimmed : trimmed.substr(newline + 1);
}

constexpr const char* kMemoryAdvice = "; close other programs or use a coarser model";

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
      if (isLackOfMemory(error))
        throw OutOfDeviceMemory("there is not enough memory for the network (" + reasonOf(error) + ")" + kMemoryAdvice);
      if (dynamic_cast<const Error*>(&error) != nullptr) throw;
      throw Error("the network failed: " + reasonOf(error), ErrorKind::ModelFailed);
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

void checkBlock(const torch::jit::Block& block, const std::filesystem::path& file) {
  for (const torch::jit::Node* node : block.nodes()) {
    const std::string_view kind = node->kind().toQualString();
    if (!isGraphOperator(kind)) {
      throw Error(file, "the operator '" + std::string(kind) + "' is not on the list of operators that a model may use",
                  "take a model from someone you trust");
    }
    for (const torch::jit::Block* inner : node->blocks()) checkBlock(*inner, file);
  }
}

/// What the code was compiled to, before any of it has run: here no name can stand for another one, so this also finds
/// what the look at the code (script_archive.h) may have missed.
void checkGraphs(const torch::jit::Module& module, const std::filesystem::path& file) {
  for (torch::jit::Function* function : module._ivalue()->compilation_unit()->get_functions()) {
    function->ensure_defined();
    checkBlock(*torch::jit::toGraphFunction(*function).graph()->block(), file);
  }
}

torch::jit::Module load(std::string bytes, const ComputeDevice& device, const std::filesystem::path& file) {
  try {
    std::istringstream weights(std::move(bytes));
    return torch::jit::load(weights, torchDevice(device));
  } catch (const std::bad_alloc&) {
    throw;  // not the model's fault
  } catch (const std::exception& error) {
    throw Error(file, "LibTorch cannot load it (" + reasonOf(error) + ")", "export the network again");
  }
}

}  // namespace

c10::Device torchDevice(const ComputeDevice& device) {
  return device.isCuda() ? c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(device.cudaIndex))
                         : c10::Device(c10::kCPU);
}

std::string reasonOf(const std::exception& error) {
  const auto* ours = dynamic_cast<const c10::Error*>(&error);
  return lastLine(ours != nullptr ? ours->what_without_backtrace() : error.what());
}

/// LibTorch has no type for a limit of the process.
bool isLackOfMemory(const std::exception& error) {
  const std::string text = error.what();
  return dynamic_cast<const std::bad_alloc*>(&error) != nullptr || text.find("out of memory") != std::string::npos ||
         text.find("can't allocate memory") != std::string::npos;
}

torch::jit::Module loadModule(ModelFolder& folder, const ComputeDevice& device) {
  std::string bytes = folder.takeWeights();
  checkScriptArchive(bytes, folder.weightsFile());
  torch::jit::Module module = load(std::move(bytes), device, folder.weightsFile());
  checkGraphs(module, folder.weightsFile());
  return module;
}

std::unique_ptr<Network> networkOver(torch::jit::Module module, const ComputeDevice& device, bool bfloat,
                                     int outputIndex) {
  return std::make_unique<TorchNetwork>(std::move(module), device, bfloat, outputIndex);
}

LoadedNetwork loadTorchNetwork(ModelFolder& folder, const NetworkOptions& options) {
  const ModelManifest& manifest = folder.manifest();
  const ComputeDevice device = chooseDevice(options.device);  // it must precede every other use of LibTorch
  std::string fallback = device.fallback;
  const bool bfloat = useBfloat(manifest, options.precision, device, fallback);
  at::set_num_threads(std::max(1, options.threads));
  torch::jit::Module module = loadModule(folder, device);
  module.eval();
  return {networkOver(std::move(module), device, bfloat, manifest.outputIndex), bfloat ? "bf16" : "fp32", fallback};
}

}  // namespace recontour
