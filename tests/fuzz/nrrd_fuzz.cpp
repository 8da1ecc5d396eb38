#include "core/io/label_file.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const recontour::FuzzFile file(".nrrd");
  const auto& path = file.holding(data, size);
  recontour::expectErrorOrNone([&] { recontour::openCase(path); });
  recontour::expectErrorOrNone([&] { recontour::readLabelFile(path); });
  return 0;
}
