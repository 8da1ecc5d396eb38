#include "core/anonymize/harmless_texts.h"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/image/organ_table.h"
#include "core/image/tg263.h"

namespace recontour {
namespace {

constexpr const char* kFile = "resources/dicom/harmless_texts.json";
constexpr std::size_t kLongestText = 64, kLongestNumber = 3;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Runs of letters, in lower case, or of digits; "2.5" is one.
std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words;
  char before = ' ';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && isDigit(before) && i + 1 < text.size() && isDigit(text[i + 1])) continue;
    const bool goesOn = (isDigit(c) && isDigit(before)) || (isLetter(c) && isLetter(before));
    if ((isDigit(c) || isLetter(c)) && !goesOn) words.emplace_back();
    if (isDigit(c) || isLetter(c)) words.back() += lower(c);
    before = c;
  }
  return words;
}

/// Letters of other alphabets and what terminals obey are in no list.
bool isShortAscii(std::string_view text) {
  return text.size() <= kLongestText && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string trimmedLower(std::string_view text) {
  std::string result;
  for (const char c : text) result += lower(c);
  result.erase(0, std::min(result.size(), result.find_first_not_of(' ')));
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::set<DicomTag> tagsOf(const Json& list) {
  std::set<DicomTag> tags;
  for (const Json& entry : list)
    tags.insert(static_cast<DicomTag>(std::stoul(entry.at("tag").get<std::string>(), nullptr, 16)));
  return tags;
}

}  // namespace

HarmlessTexts HarmlessTexts::shipped() {
  const auto file = resource(kFile);
  const Json json = readJsonFile(file);
  HarmlessTexts texts;
  try {
    texts.words_ = json.at("words").get<std::set<std::string>>();
    texts.structureWords_ = json.at("structure_words").get<std::set<std::string>>();
    texts.schemes_ = json.at("coding_schemes").get<std::set<std::string>>();
    texts.texts_ = tagsOf(json.at("kept"));
    texts.bytes_ = tagsOf(json.at("bytes"));
  } catch (const std::exception& error) {
    throw Error(file, std::string("is no list of harmless texts: ") + error.what(), "install Recontour again");
  }
  texts.addStructureNames();
  return texts;
}

void HarmlessTexts::addStructureNames() {
  for (const Tg263Name& name : tg263Names())
    structureNames_.insert({trimmedLower(name.name), trimmedLower(name.meaning)});
  const OrganTable table = OrganTable::named("word");
  for (const Organ& organ : table.organs())
    structureNames_.insert({trimmedLower(organ.key), trimmedLower(organ.name), trimmedLower(organ.tg263)});
}

bool HarmlessTexts::areAllowed(std::string_view text, bool structures) const {
  if (!isShortAscii(text)) return false;
  int numbers = 0;
  for (const std::string& word : wordsOf(text)) {
    const bool isNumber = isDigit(word.front());
    if (isNumber && (++numbers > 1 || word.size() > kLongestNumber)) return false;
    if (!isNumber && !words_.contains(word) && !(structures && structureWords_.contains(word))) return false;
  }
  return true;
}

bool HarmlessTexts::isHarmless(std::string_view text) const { return areAllowed(text, false); }

bool HarmlessTexts::isStructureName(std::string_view text) const {
  return structureNames_.contains(trimmedLower(text)) || areAllowed(text, true);
}

}  // namespace recontour
