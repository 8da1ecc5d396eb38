#include "models/engine/script_archive.h"
#include "models/engine/script_code.h"
#include "models/engine/script_pickle.h"
#include "tests/fuzz/fuzz_file.h"

// The first byte says what the rest is: checksums would keep most changes of a whole archive from its code and pickles.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data + 1), size - 1);
  recontour::expectErrorOrNone([&] {
    if (data[0] == 'c') {
      recontour::ScriptCode code;
      code.add("code/__torch__/net.py", std::string(rest));
      code.check();
    } else if (data[0] == 'p') {
      recontour::checkPickle(rest, {{{"0", 8}}, [](std::string_view name) { return name == "__torch__.net.Net"; }, 64});
    } else {
      recontour::checkScriptArchive(rest, "model.ts");
    }
  });
  return 0;
}
