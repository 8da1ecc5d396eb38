#include "core/io/seg_file.h"
#include "tests/fuzz/fuzz_file.h"

/// A segmentation by itself and on the grid of the corpus's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const recontour::Geometry grid{{3, 2, 5}, {1, 2, 5}, {10, 20, 25}};
  recontour::expectErrorOrNone([&] { recontour::parseSegmentation("seg.dcm", bytes, {}); });
  recontour::expectErrorOrNone([&] { recontour::parseSegmentation("seg.dcm", bytes, grid); });
  return 0;
}
