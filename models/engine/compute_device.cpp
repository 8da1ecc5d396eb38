#include "models/engine/compute_device.h"

#include <charconv>
#include <filesystem>
#include <optional>

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>

#include "core/base/error.h"

namespace recontour {
namespace {

bool driverIsThere() {
  std::error_code ignored;
  return std::filesystem::exists("/dev/nvidia0", ignored) || std::filesystem::exists("/proc/driver/nvidia", ignored);
}

std::optional<int> cudaNumber(const std::string& asked) {
  if (asked == "cuda") return 0;
  if (!asked.starts_with("cuda:")) return {};
  int number = -1;
  const char* end = asked.data() + asked.size();
  const auto [stop, code] = std::from_chars(asked.data() + 5, end, number);
  if (code != std::errc() || stop != end || number < 0) return {};
  return number;
}

ComputeDevice onCpu(const std::string& why) { return {-1, why + ", so the CPU was used"}; }

ComputeDevice findCuda(int number) {
  if (::dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) == nullptr) {
    const char* text = ::dlerror();
    return onCpu(std::string("LibTorch's CUDA part cannot be loaded (") + (text != nullptr ? text : "no reason") + ")");
  }
  try {
    const int devices = at::detail::getCUDAHooks().deviceCount();
    if (devices == 0) return onCpu("the NVIDIA driver offers no GPU");
    if (number >= devices) return onCpu("there is no GPU number " + std::to_string(number));
  } catch (const c10::Error& error) {
    return onCpu(std::string("CUDA cannot be used (") + error.what_without_backtrace() + ")");
  }
  return {number, {}};
}

}  // namespace

ComputeDevice chooseDevice(const std::string& asked) {
  if (asked == "cpu") return {};
  if (asked == "auto") return driverIsThere() ? findCuda(0) : onCpu("no NVIDIA driver on this machine");
  if (const auto number = cudaNumber(asked)) return findCuda(*number);
  throw Error("device '" + asked + "' is not known; use auto, cpu, cuda or cuda:N");
}

bool cpuHasBfloat16() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") != 0;  // CPUs with AMX-BF16 have it too
#else
  return false;
#endif
}

}  // namespace recontour
