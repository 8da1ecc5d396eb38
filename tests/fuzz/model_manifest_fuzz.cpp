#include <nlohmann/json.hpp>

#include "models/engine/manifest.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  recontour::expectErrorOrNone([&] { recontour::parseManifest(recontour::parseJson(text, "m"), "m"); });
  return 0;
}
