#include "core/image/tg263.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"

namespace recontour {

std::string sideMeaning(const std::string& modifier) {
  return modifier == kSnomedLeft    ? "Left"
         : modifier == kSnomedRight ? "Right"
         : modifier == kSnomedBoth  ? "Right and left"
                                    : "";
}

std::vector<Tg263Name> tg263Names() {
  const auto file = resource("resources/organs/tg263.json");
  const Json json = readJsonFile(file);
  std::vector<Tg263Name> names;
  try {
    for (const Json& entry : json.at("names")) {
      const std::string side = entry.value("side", "");
      names.push_back({entry.at("name").get<std::string>(), entry.at("meaning").get<std::string>(),
                       entry.value("snomed", ""),
                       side == "left"    ? kSnomedLeft
                       : side == "right" ? kSnomedRight
                                         : ""});
    }
  } catch (const Json::exception& error) {
    throw Error(file, std::string("is not a list of names: ") + error.what());
  }
  return names;
}

}  // namespace recontour
