#include "core/structures/roi_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/image/tg263.h"

namespace recontour {
namespace {

enum class Side { None, Left, Right };

/// A name taken apart: its letters without the side, the side, and what may be left out ("auto", numbers).
struct TakenApart {
  std::string stem;
  Side side = Side::None;
  bool bothSides = false;
  bool added = false;  ///< words were left out
};

const std::set<std::string> kLeft = {"l", "lt", "left", "li", "links", "sin", "sinistra", "gauche"},
                            kRight = {"r", "rt", "right", "re", "rechts", "dex", "destra", "droit"},
                            kAdditions = {"auto", "ai", "new", "final", "copy", "rev", "edit", "edited", "roi", "dl"},
                            kOther = {"ptv",  "gtv",   "ctv",    "itv",    "prv",  "opt",   "ring", "minus",
                                      "cyst", "tumor", "tumour", "lesion", "wall", "avoid", "boost"};

bool is(int (*kind)(int), char c) { return kind(static_cast<unsigned char>(c)) != 0; }

/// Whether a word begins at a letter or digit: "KidneyL", "LKidney", "Kidney2".
bool beginsWord(char previous, char c, char next) {
  if (!is(std::isalnum, previous) || is(std::isdigit, previous) != is(std::isdigit, c)) return true;
  return is(std::isupper, c) && (is(std::islower, previous) || is(std::islower, next));
}

/// Words of letters or of digits, in lower case.
std::vector<std::string> wordsOf(const std::string& name) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!is(std::isalnum, name[i])) continue;
    const char previous = i > 0 ? name[i - 1] : ' ', next = i + 1 < name.size() ? name[i + 1] : ' ';
    if (beginsWord(previous, name[i], next)) words.emplace_back();
    words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
  }
  return words;
}

bool isNumber(const std::string& word) {
  return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

TakenApart takeApart(const std::vector<std::string>& words) {
  TakenApart result;
  for (const std::string& word : words) {
    const bool left = kLeft.contains(word), right = kRight.contains(word);
    if (left || right) {
      const Side side = left ? Side::Left : Side::Right;
      result.bothSides = result.bothSides || (result.side != Side::None && result.side != side);
      result.side = side;
    } else if (kAdditions.contains(word) || isNumber(word)) {
      result.added = true;
    } else {
      result.stem += word;
    }
  }
  return result;
}

Side sideOf(const Organ& organ) {
  return organ.modifier == kSnomedLeft ? Side::Left : organ.modifier == kSnomedRight ? Side::Right : Side::None;
}

/// Letters to change, add or leave out, or neighbours to swap (optimal string alignment).
int distance(const std::string& a, const std::string& b) {
  std::vector<int> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before = last;
    last = now;
  }
  return last.back();
}

/// Short names are never guessed.
bool isSlip(const std::string& a, const std::string& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const int allowed = shorter >= 8 ? 2 : shorter >= 5 ? 1 : 0;
  return allowed > 0 && distance(a, b) <= allowed;
}

std::vector<std::string> stemsOf(const Organ& organ, const RoiSynonyms& synonyms) {
  std::vector<std::string> stems;
  if (const auto own = synonyms.find(organ.key); own != synonyms.end()) stems = own->second;
  for (const std::string& name : {organ.key, organ.name, organ.tg263}) {
    const std::string stem = takeApart(wordsOf(name)).stem;
    if (!stem.empty()) stems.push_back(stem);
  }
  return stems;
}

NameMatch matchName(const TakenApart& name, const Organ& organ, const RoiSynonyms& synonyms) {
  if (name.stem.empty() || name.bothSides || name.side != sideOf(organ)) return NameMatch::None;
  const auto stems = stemsOf(organ, synonyms);
  if (std::ranges::find(stems, name.stem) != stems.end()) return name.added ? NameMatch::Likely : NameMatch::Exact;
  const bool slip = std::ranges::any_of(stems, [&](const std::string& stem) { return isSlip(stem, name.stem); });
  return slip ? NameMatch::Likely : NameMatch::None;
}

/// TG-263 marks a part by "~" and lets a free addition follow "^".
std::string withoutAddition(const std::string& name) {
  const std::size_t at = name.find('^');
  const bool automatic = at != std::string::npos && name.substr(at) == "^auto";
  return automatic ? name.substr(0, at) : name;
}

bool meansOther(const std::string& name, const std::vector<std::string>& words) {
  return name.find('~') != std::string::npos ||
         std::ranges::any_of(words, [](const std::string& word) { return kOther.contains(word); });
}

/// The code of a femur stands for its head in the table, and for the whole bone elsewhere.
bool hasItsCode(const Roi& roi, const Organ& organ) {
  constexpr const char* kFemur = "71341001";
  if (roi.snomed == kFemur) return false;
  return !roi.snomed.empty() && roi.snomed == organ.snomed && roi.snomedModifier == organ.modifier;
}

}  // namespace

RoiSynonyms shippedRoiSynonyms() {
  const auto file = resource("resources/organs/roi_synonyms.json");
  try {
    return readJsonFile(file).at("synonyms").get<RoiSynonyms>();
  } catch (const Json::exception& error) {
    throw Error(file, std::string("is not a list of synonyms: ") + error.what());
  }
}

MatchedRoi matchRoi(const Roi& roi, const OrganTable& organs, const RoiSynonyms& synonyms) {
  const std::string name = withoutAddition(roi.name);
  const auto words = wordsOf(name);
  if (meansOther(name, words)) return {};
  const TakenApart parts = takeApart(words);
  MatchedRoi best;
  for (const Organ& organ : organs.organs()) {
    const NameMatch match = matchName(parts, organ, synonyms);
    if (match > best.match) best = {match, organ.key};
  }
  if (best.match == NameMatch::Exact) return best;
  for (const Organ& organ : organs.organs())
    if (hasItsCode(roi, organ)) return {NameMatch::Exact, organ.key};
  return best;
}

std::vector<MatchedRoi> matchRois(const StructureSet& set, const OrganTable& organs, const RoiSynonyms& synonyms) {
  std::vector<MatchedRoi> matches;
  for (const Roi& roi : set.rois) matches.push_back(matchRoi(roi, organs, synonyms));
  std::set<std::string> taken;
  for (const NameMatch surest : {NameMatch::Exact, NameMatch::Likely}) {
    for (MatchedRoi& one : matches) {
      if (one.match == surest && !taken.insert(one.key).second) one = {};
    }
  }
  return matches;
}

}  // namespace recontour
