#include "core/anonymize/confidentiality_profile.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"

namespace recontour {
namespace {

constexpr const char* kFile = "resources/dicom/basic_profile.json";
constexpr DicomTag kOddGroup = 0x00010000;

/// "60xx3000" is mask ff00ffff and value 60003000.
struct MaskedTag {
  DicomTag mask = 0, value = 0;
};

int digitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

MaskedTag maskedTag(const std::string& text, std::size_t group = 4) {
  MaskedTag tag;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool any = text[i] == 'x' || (i >= group && text.substr(group) == "eeee");
    const int digit = any ? 0 : digitOf(text[i]);
    if (digit < 0) throw Error("'" + oneLine(text) + "' is no DICOM tag");
    tag.mask = tag.mask << 4 | (any ? 0 : 0xf);
    tag.value = tag.value << 4 | static_cast<DicomTag>(digit);
  }
  if (text.size() != 8) throw Error("'" + oneLine(text) + "' is no DICOM tag");
  return tag;
}

}  // namespace

BasicAction basicActionOf(std::string_view code) {
  static const std::map<std::string_view, BasicAction> kActions = {
      {"X", BasicAction::Remove}, {"Z", BasicAction::Empty},       {"X/Z", BasicAction::Empty},
      {"D", BasicAction::Dummy},  {"Z/D", BasicAction::Dummy},     {"X/D", BasicAction::Dummy},
      {"U", BasicAction::MapUid}, {"X/Z/U*", BasicAction::MapUid}, {"X/Z/D", BasicAction::Dummy}};
  const auto found = kActions.find(code);
  if (found == kActions.end()) throw Error("'" + oneLine(std::string(code)) + "' is no action of the profile");
  return found->second;
}

ConfidentialityProfile ConfidentialityProfile::shipped() {
  const auto file = resource(kFile);
  const Json json = readJsonFile(file);
  ConfidentialityProfile profile;
  try {
    for (const Json& row : json.at("rows"))
      profile.add(row.at("tag"), {row.at("keyword"), basicActionOf(row.at("basic").get<std::string>()),
                                  row.contains("dates"), row.contains("descriptors")});
  } catch (const std::exception& error) {
    throw Error(file, std::string("is no confidentiality profile: ") + error.what(), "install Recontour again");
  }
  return profile;
}

void ConfidentialityProfile::add(const std::string& tag, const ProfileRow& row) {
  if (tag == "oddgroup") {
    patterns_.push_back({kOddGroup, kOddGroup, row});
    return;
  }
  const MaskedTag masked = maskedTag(tag);
  if (masked.mask == 0xffffffff) {
    rows_[masked.value] = row;
  } else {
    patterns_.push_back({masked.mask, masked.value, row});
  }
}

std::optional<ProfileRow> ConfidentialityProfile::find(DicomTag tag) const {
  if (const auto found = rows_.find(tag); found != rows_.end()) return found->second;
  for (const Pattern& pattern : patterns_)
    if ((tag & pattern.mask) == pattern.value) return pattern.row;
  return {};
}

}  // namespace recontour
