#include "core/io/label_file.h"
#include "tests/fuzz/fuzz_file.h"

/// ITK 5.2's parser of NRRD headers leaves a few hundred bytes behind for some damaged headers; ours is not the
/// library's memory to free, and a reader process ends soon.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: its name is given
extern "C" const char* __lsan_default_suppressions() { return "leak:libITKNrrdIO\n"; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const recontour::FuzzFile file(".nrrd");
  const auto& path = file.holding(data, size);
  recontour::expectErrorOrNone([&] { recontour::openCase(path); });
  recontour::expectErrorOrNone([&] { recontour::readLabelFile(path); });
  return 0;
}
