#include "core/edit/edit_rules.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {
namespace {

/// The array box of some slices of a plane.
Box boxOf(const Slab& slab, const AxisMap& axisMap) {
  const PlaneAxes& axes = axisMap.axes(slab.plane);
  const int highest = axisMap.slices(slab.plane) - 1;
  const int first = axes.sliceFlipped ? highest - slab.last : slab.first;
  const int last = axes.sliceFlipped ? highest - slab.first : slab.last;
  Box box = axisMap.geometry().box();
  box.lower[axes.sliceAxis] = std::max(0, first);
  box.upper[axes.sliceAxis] = std::min(highest, last) + 1;
  return box;
}

Label labelFrom(const Json& json) { return static_cast<Label>(wholeNumber(json, 0, 255)); }

}  // namespace

nlohmann::json toJson(const EditRules& rules) {
  Json json = Json::object();
  if (rules.overwrite == EditRules::Overwrite::Background) json["overwrite"] = "background";
  if (rules.overwrite == EditRules::Overwrite::Chosen) {
    json["overwrite"] = Json::array();
    for (std::size_t label = 1; label < rules.chosen.size(); ++label) {
      if (rules.chosen[label]) json["overwrite"].push_back(label);
    }
  }
  if (rules.inside) json["inside"] = *rules.inside;
  if (rules.hu) json["hu"] = {rules.hu->low, rules.hu->high};
  if (rules.slab)
    json["slab"] = {{"plane", planeName(rules.slab->plane)}, {"first", rules.slab->first}, {"last", rules.slab->last}};
  return json;
}

EditRules editRulesFrom(const nlohmann::json& json) {
  EditRules rules;
  if (json.contains("overwrite")) {
    const Json& overwrite = json["overwrite"];
    rules.overwrite = overwrite.is_array() ? EditRules::Overwrite::Chosen : EditRules::Overwrite::Background;
    if (!overwrite.is_array() && overwrite != "background") throw Error("overwrites something unknown");
    for (const Json& label : overwrite.is_array() ? overwrite : Json::array()) rules.chosen.set(labelFrom(label));
  }
  if (json.contains("inside")) rules.inside = labelFrom(json["inside"]);
  if (json.contains("hu")) rules.hu = HuRange{json["hu"].at(0).get<double>(), json["hu"].at(1).get<double>()};
  if (json.contains("slab")) {
    const Json& slab = json["slab"];
    rules.slab =
        Slab{planeNamed(slab.at("plane").get<std::string>()), slab.at("first").get<int>(), slab.at("last").get<int>()};
  }
  return rules;
}

WriteFilter filterOf(const EditRules& rules, Label painted, const AxisMap& axisMap, const Volume& volume,
                     const LabelLayers& layers) {
  WriteFilter filter;
  if (rules.overwrite != EditRules::Overwrite::All) {
    filter.overwritable = rules.overwrite == EditRules::Overwrite::Chosen ? rules.chosen : LabelSet();
    filter.overwritable.set(0).set(painted);
  }
  if (rules.inside && layers.layerOf(*rules.inside) != layers.layerOf(painted)) {
    filter.inside = OrganGate{layers.of(*rules.inside), *rules.inside};
  } else if (rules.inside) {
    filter.overwritable &= LabelSet().set(*rules.inside);
  }
  if (rules.hu) filter.hu = HuGate{volume, *rules.hu};
  if (rules.slab) filter.editable = boxOf(*rules.slab, axisMap);
  return filter;
}

}  // namespace recontour
