#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace recontour {

/// nlohmann-json; headers use this declaration, .cpp files include <nlohmann/json.hpp>.
using Json = nlohmann::json;
/// Keeps the order in which members were added, for files that people read.
using OrderedJson = nlohmann::ordered_json;

/// @param source  named in the message. @throws Error with line and column when `text` is not JSON, and for numbers
///                with a fraction or exponent beyond 2^31, which no format of ours has and conversions do not check
Json parseJson(std::string_view text, const std::filesystem::path& source);
/// A whole number from `least` to `largest`. @throws Error for anything else
std::int64_t wholeNumber(const Json& json, std::int64_t least, std::int64_t largest);
/// @throws Error when the file is missing or not JSON
Json readJsonFile(const std::filesystem::path& file);

}  // namespace recontour
