#include "core/base/json.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {

Json parseJson(std::string_view text, const std::filesystem::path& source) {
  try {
    return Json::parse(text);
  } catch (const Json::exception& error) {
    throw Error(source, std::string("is not valid JSON (") + error.what() + ")", "mend or replace the file");
  }
}

Json readJsonFile(const std::filesystem::path& file) { return parseJson(readWholeFile(file), file); }

}  // namespace recontour
