#include "core/io/open_case.h"
#include "tests/fuzz/fuzz_file.h"

/// A folder with this one slice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string folder = "/dev/shm/recontour-fuzz-dicom-" + std::to_string(::getpid());
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/1.dcm", std::ios::binary).write(reinterpret_cast<const char*>(data), std::streamsize(size));
  recontour::expectErrorOrNone([&] { recontour::openCase(folder); });
  return 0;
}
