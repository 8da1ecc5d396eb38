#include "core/session/structure_source.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace recontour {

Json structureSourceJson(const StructureSource& source) {
  Json json = {{"kind", source.kind},         {"name", source.name},
               {"sha256", source.sha256},     {"sop_instance_uid", source.sopInstanceUid},
               {"structures", Json::array()}, {"organs", Json::array()}};
  for (const StructureOfLabel& one : source.structures)
    json["structures"].push_back(
        {{"label", one.label}, {"number", one.number}, {"name", one.name}, {"xor", one.xorContours}});
  for (const Organ& organ : source.organs) json["organs"].push_back(organJson(organ));
  return json;
}

StructureSource structureSourceOf(const Json& json) {
  StructureSource source{json.at("kind"), json.at("name"), json.at("sha256"), json.at("sop_instance_uid"), {}, {}};
  for (const Json& one : json.at("structures"))
    source.structures.push_back({static_cast<Label>(wholeNumber(one.at("label"), 1, 255)),
                                 static_cast<int>(wholeNumber(one.at("number"), INT32_MIN, INT32_MAX)), one.at("name"),
                                 one.value("xor", false)});
  for (const Json& organ : json.at("organs")) source.organs.push_back(organOf(organ));
  return source;
}

OrganTable withOrgans(const OrganTable& base, const std::vector<Organ>& organs) {
  std::vector<Organ> all = base.organs();
  for (const Organ& organ : organs) {
    const auto there = std::ranges::find(all, organ.label, &Organ::label);
    if (there != all.end() && there->key != organ.key)
      throw Error("label " + std::to_string(organ.label) + " stands for " + there->name +
                  " already; open the file again");
    if (there == all.end())
      all.push_back(organ);
    else
      *there = organ;
  }
  std::vector<std::string> continues = base.continues();
  continues.push_back(base.hash());
  return OrganTable::made(base.name(), std::move(all), std::move(continues));
}

}  // namespace recontour
