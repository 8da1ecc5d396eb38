#include "core/image/label_values.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/image/uniform_bricks.h"

namespace recontour {
namespace {

constexpr const char* kFolder = "resources/organs/values";
constexpr const char* kFormat = "recontour-label-values";
constexpr double kUnlikelySmall = 0.5, kUnlikelyLarge = 2;  // as the organ checks judge
constexpr int kClearlyBetter = 2;                           // organs; one may be a poor contour

LabelValueTable::Entry entryOf(const Json& json) {
  LabelValueTable::Entry entry{json.at("value").get<std::int32_t>(), json.value("name", ""), {}};
  const Json& organ = json.at("organ");
  if (!organ.is_null()) entry.organ = organ.get<std::string>();
  if (entry.value < 1) throw Error("value " + std::to_string(entry.value) + " is not above 0");
  return entry;
}

LabelValueTable parse(const Json& json) {
  if (json.at("format") != kFormat || json.at("version") != 1)
    throw Error(std::string("is no table of label values (format '") + kFormat + "', version 1)");
  std::vector<LabelValueTable::Entry> entries;
  for (const Json& entry : json.at("values")) entries.push_back(entryOf(entry));
  const std::string name = json.at("name");
  return {name, json.value("title", name), json.at("organs").get<std::string>(), std::move(entries)};
}

}  // namespace

LabelMap relabelled(const LabelMap& map, const SlotLabels& labels) {
  LabelMap result(map.size());
  UniformBricks uniform;
  for (std::size_t number = 0; number < map.brickCount(); ++number) {
    if (map.brick(number).get() == nullptr) continue;
    const Box box = map.brickBox(number);
    DenseBox dense = map.copy(box);
    for (Label& label : dense.labels) label = labels[label];
    result.write(box, dense);
    uniform.share(result, number, number + 1);
  }
  return result;
}

LabelValueTable::LabelValueTable(std::string name, std::string title, std::string organTable,
                                 std::vector<Entry> entries)
    : name_(std::move(name)),
      title_(std::move(title)),
      organTable_(std::move(organTable)),
      entries_(std::move(entries)) {
  std::set<std::int32_t> seen;
  for (const Entry& entry : entries_) {
    if (!seen.insert(entry.value).second) throw Error("value " + std::to_string(entry.value) + " stands there twice");
  }
}

LabelValueTable LabelValueTable::fromFile(const std::filesystem::path& file) {
  try {
    return parse(readJsonFile(file));
  } catch (const Json::exception& error) {
    throw Error(file, std::string("is no table of label values: ") + error.what(), "see docs/formats/label-values.md");
  } catch (const Error& error) {
    const std::string text = error.what();
    if (text.starts_with(file.string())) throw;
    throw Error(file, text, "see docs/formats/label-values.md");
  }
}

std::vector<std::string> LabelValueTable::shipped() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(resource(kFolder))) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

LabelValueTable LabelValueTable::named(const std::string& nameOrFile) {
  const auto names = shipped();
  if (std::ranges::find(names, nameOrFile) != names.end()) return fromFile(resource(kFolder) / (nameOrFile + ".json"));
  if (std::filesystem::exists(nameOrFile)) return fromFile(nameOrFile);
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  throw Error(nameOrFile, "is neither a file nor a shipped table of label values", "the shipped ones are " + list);
}

const LabelValueTable::Entry* LabelValueTable::find(std::int32_t value) const {
  const auto found = std::ranges::find(entries_, value, &Entry::value);
  return found == entries_.end() ? nullptr : &*found;
}

SlotLabels labelsByTable(const LabelValues& values, const LabelValueTable& table, const OrganTable& organs) {
  if (table.organTable() != organs.name()) {
    throw Error("the table '" + table.name() + "' is for organs '" + table.organTable() + "', not '" + organs.name() +
                "'");
  }
  SlotLabels labels{};
  std::string unknown;
  for (const auto& [slot, value] : values.valueOf) {
    const LabelValueTable::Entry* entry = table.find(value);
    if (entry == nullptr) unknown += (unknown.empty() ? "" : ", ") + std::to_string(value);
    if (entry == nullptr || entry->organ.empty()) continue;
    const Organ* organ = organs.find(std::string_view(entry->organ));
    if (organ == nullptr) throw Error("the table '" + table.name() + "' names an unknown organ '" + entry->organ + "'");
    labels[slot] = organ->label;
  }
  if (!unknown.empty()) throw Error("the table '" + table.name() + "' does not know the values " + unknown);
  return labels;
}

int unlikelyOrgans(const LabelValues& values, const SlotLabels& labels, const OrganTable& organs) {
  const auto counts = labelCounts(values.slots);
  std::array<double, 256> volumeMl{};
  for (std::size_t slot = 1; slot < 256; ++slot)
    volumeMl[labels[slot]] += static_cast<double>(counts[slot]) * values.geometry.voxelVolumeMm3() / 1000;
  return static_cast<int>(std::ranges::count_if(organs.organs(), [&](const Organ& organ) {
    const double volume = volumeMl[organ.label];
    if (volume <= 0 || !organ.volumeRangeMl) return false;
    const auto& [least, largest] = *organ.volumeRangeMl;
    return volume < least * kUnlikelySmall || volume > largest * kUnlikelyLarge;
  }));
}

namespace {

struct Guess {
  std::string table;
  int unlikely = 0;
  int known = 0;  ///< values that become organs
};

/// The best of the shipped tables that know all values: fewest unlikely organs, then most organs.
std::optional<Guess> bestGuess(const LabelValues& values, const OrganTable& organs) {
  std::optional<Guess> best;
  for (const std::string& name : LabelValueTable::shipped()) {
    const LabelValueTable table = LabelValueTable::named(name);
    const auto isKnown = [&](const auto& entry) { return table.find(entry.second) != nullptr; };
    if (table.organTable() != organs.name() || !std::ranges::all_of(values.valueOf, isKnown)) continue;
    const SlotLabels labels = labelsByTable(values, table, organs);
    const Guess guess{name, unlikelyOrgans(values, labels, organs),
                      int(std::ranges::count_if(labels, [](Label label) { return label != 0; }))};
    if (guess.known == 0) continue;
    if (!best || std::pair(guess.unlikely, -guess.known) < std::pair(best->unlikely, -best->known)) best = guess;
  }
  return best;
}

}  // namespace

bool areLabelsOf(const LabelValues& values, const OrganTable& organs) {
  const auto isLabel = [&](const auto& entry) {
    return entry.second <= 255 && organs.find(static_cast<Label>(entry.second)) != nullptr;
  };
  if (!std::ranges::all_of(values.valueOf, isLabel)) return false;
  const auto best = bestGuess(values, organs);
  return !best || best->unlikely + kClearlyBetter > unlikelyOrgans(values, labelsAsTheyAre(values), organs);
}

std::optional<std::string> likeliestTable(const LabelValues& values, const OrganTable& organs) {
  const auto best = bestGuess(values, organs);
  return best ? std::optional(best->table) : std::nullopt;
}

LabelMap labelled(const LabelValues& values, const SlotLabels& labels) {
  const auto stays = [&](const auto& entry) { return labels[entry.first] == entry.first; };
  return std::ranges::all_of(values.valueOf, stays) ? values.slots : relabelled(values.slots, labels);
}

SlotLabels labelsAsTheyAre(const LabelValues& values) {
  SlotLabels labels{};
  for (const auto& [slot, value] : values.valueOf) {
    if (value > 255) throw Error("holds the value " + std::to_string(value) + " where labels end at 255");
    labels[slot] = static_cast<Label>(value);
  }
  return labels;
}

}  // namespace recontour
