#pragma once
#include <string>

namespace recontour {

/// Where a network runs.
struct ComputeDevice {
  int cudaIndex = -1;    ///< -1: the CPU
  std::string fallback;  ///< why it is the CPU although a GPU was asked for or "auto" looked for one; else empty
  bool isCuda() const { return cudaIndex >= 0; }
  std::string name() const { return isCuda() ? "cuda:" + std::to_string(cudaIndex) : "cpu"; }
};

/// Loads LibTorch's CUDA library when it is wanted, which must happen before any other use of LibTorch in the process.
/// @param asked  "auto", "cpu", "cuda" or "cuda:N"
/// @throws Error (BadInput) for another word
ComputeDevice chooseDevice(const std::string& asked);

/// True when the CPU computes in bfloat16 natively (AVX512-BF16 or AMX-BF16).
bool cpuHasBfloat16();

}  // namespace recontour
