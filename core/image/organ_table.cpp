#include "core/image/organ_table.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

std::array<std::uint8_t, 3> colourFrom(const Json& json) {
  std::array<std::uint8_t, 3> colour{};
  for (std::size_t i = 0; i < 3; ++i) {
    const int part = json.at(i).get<int>();
    if (part < 0 || part > 255) throw Error("colour part " + std::to_string(part) + " is not in 0..255");
    colour[i] = static_cast<std::uint8_t>(part);
  }
  return colour;
}

/// A number or key that is there twice would make a label ambiguous.
void add(std::vector<Organ>& organs, Organ organ) {
  const auto same = [&](const Organ& other) { return other.label == organ.label || other.key == organ.key; };
  if (std::ranges::any_of(organs, same)) throw Error("label or key of " + organ.key + " is there twice");
  organs.push_back(std::move(organ));
}

}  // namespace

Organ organOf(const Json& json) {
  Organ organ;
  const int label = json.at("label").get<int>();
  if (label < 1 || label > 255) throw Error("label " + std::to_string(label) + " is not in 1..255");
  organ.label = static_cast<Label>(label);
  organ.key = json.at("key").get<std::string>();
  organ.name = json.at("name").get<std::string>();
  organ.tg263 = json.value("tg263", "");
  organ.snomed = json.value("snomed", "");
  organ.snomedMeaning = json.value("snomed_meaning", "");
  organ.modifier = json.value("modifier", "");
  if (json.contains("volume_ml")) organ.volumeRangeMl = json.at("volume_ml").get<std::array<double, 2>>();
  organ.parts = json.value("parts", 1);
  organ.overlaps = json.value("overlaps", false);
  organ.colour = colourFrom(json.at("colour"));
  organ.displayColour = json.contains("display_colour") ? colourFrom(json.at("display_colour")) : organ.colour;
  return organ;
}

Json organJson(const Organ& organ) {
  Json json = {{"label", organ.label}, {"key", organ.key}, {"name", organ.name}, {"colour", organ.colour}};
  const auto text = [&json](const char* member, const std::string& value) {
    if (!value.empty()) json[member] = value;
  };
  text("tg263", organ.tg263);
  text("snomed", organ.snomed);
  text("snomed_meaning", organ.snomedMeaning);
  text("modifier", organ.modifier);
  if (organ.volumeRangeMl) json["volume_ml"] = *organ.volumeRangeMl;
  if (organ.parts != 1) json["parts"] = organ.parts;
  if (organ.overlaps) json["overlaps"] = true;
  if (organ.displayColour != organ.colour) json["display_colour"] = organ.displayColour;
  return json;
}

OrganTable OrganTable::made(std::string name, std::vector<Organ> organs, std::vector<std::string> continues) {
  OrganTable table;
  table.name_ = std::move(name);
  table.continues_ = std::move(continues);
  for (Organ& organ : organs) add(table.organs_, std::move(organ));
  if (table.organs_.empty()) throw Error("it names no organ");
  Sha256 hash;
  for (const auto& organ : table.organs_) hash.update(std::to_string(organ.label) + " " + organ.key + "\n");
  table.hash_ = toHex(hash.finish());
  return table;
}

OrganTable OrganTable::fromFile(const std::filesystem::path& file) {
  const Json json = readJsonFile(file);
  try {
    std::vector<Organ> organs;
    for (const auto& entry : json.at("organs")) organs.push_back(organOf(entry));
    return made(json.at("name").get<std::string>(), std::move(organs),
                json.value("continues", std::vector<std::string>()));
  } catch (const std::exception& error) {
    throw Error(file, std::string("is not an organ table: ") + error.what(),
                "compare it with docs/formats/organ-table.md");
  }
}

bool OrganTable::reads(const std::string& hash) const {
  return hash == hash_ || std::ranges::find(continues_, hash) != continues_.end();
}

void writeOrganTable(const std::filesystem::path& file, const OrganTable& table) {
  Json json = {{"format", "recontour-organs"}, {"version", 1}, {"name", table.name()}, {"organs", Json::array()}};
  if (!table.continues().empty()) json["continues"] = table.continues();
  for (const Organ& organ : table.organs()) json["organs"].push_back(organJson(organ));
  writeFileSafely(file, json.dump(1) + "\n");
}

OrganTable OrganTable::named(const std::string& nameOrFile) {
  const std::filesystem::path asFile(nameOrFile);
  if (asFile.has_extension()) return fromFile(asFile);
  try {
    return fromFile(resource("resources/organs/" + nameOrFile + ".json"));
  } catch (const Error&) {
    throw Error(nameOrFile, "no organ table of this name", "use word, or the path of a table");
  }
}

const Organ* OrganTable::find(Label label) const {
  const auto found = std::ranges::find(organs_, label, &Organ::label);
  return found == organs_.end() ? nullptr : &*found;
}

const Organ* OrganTable::find(std::string_view key) const {
  const auto found = std::ranges::find(organs_, key, &Organ::key);
  return found == organs_.end() ? nullptr : &*found;
}

std::map<Label, std::string> OrganTable::overlapping() const {
  std::map<Label, std::string> keys;
  for (const Organ& organ : organs_) {
    if (organ.overlaps) keys[organ.label] = organ.key;
  }
  return keys;
}

}  // namespace recontour
