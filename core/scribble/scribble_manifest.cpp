#include "core/scribble/scribble_manifest.h"

#include <nlohmann/json.hpp>

#include "core/base/sha256.h"
#include "core/scribble/scribble_cost.h"

namespace recontour {
namespace {

OrderedJson figure(const std::optional<double>& value) { return value ? OrderedJson(*value) : OrderedJson(nullptr); }

OrderedJson organsJson(const ScribbleCost& cost, const OrganTable& organs) {
  OrderedJson json = OrderedJson::array();
  for (const OrganCost& organ : cost.organs) {
    const Organ* entry = organs.find(organ.organ);
    json.push_back({{"label", organ.organ},
                    {"organ", entry != nullptr ? entry->key : ""},
                    {"voxels_drawn", organ.drawnVoxels},
                    {"voxels_dense", organ.denseVoxels},
                    {"fg_ratio", figure(organ.foregroundRatio())},
                    {"slice_ratio", figure(organ.sliceRatio())}});
  }
  return json;
}

OrderedJson minutes(const std::optional<double>& seconds) {
  constexpr double kSecondsOfMinute = 60;
  return seconds ? OrderedJson(*seconds / kSecondsOfMinute) : OrderedJson(nullptr);
}

/// How long it took; apart from the ratios of voxels, which are another thing.
void addTimes(const ScribbleFile& strokes, OrderedJson& json) {
  const bool areKnown = strokes.activeS && strokes.denseActiveS && *strokes.denseActiveS > 0;
  json["minutes_scribble"] = minutes(strokes.activeS);
  json["minutes_dense"] = minutes(strokes.denseActiveS);
  json["time_ratio"] = areKnown ? OrderedJson(*strokes.activeS / *strokes.denseActiveS) : OrderedJson(nullptr);
}

/// Voxels of each origin.
OrderedJson originsJson(const LabelMap& origins) {
  const auto counts = labelCounts(origins);
  OrderedJson json = OrderedJson::object();
  for (int number = 0; number < kStrokeOrigins; ++number) {
    const auto origin = static_cast<StrokeOrigin>(number);
    json[strokeOriginName(origin)] = counts[originValue(origin)];
  }
  return json;
}

OrderedJson leftOutJson(const ScribbleCase& one) {
  OrderedJson json = OrderedJson::object();
  for (const auto& [origin, voxels] : one.leftOut) json[strokeOriginName(origin)] = voxels;
  return json;
}

}  // namespace

// Costs beside the dense labels; without such only what was drawn is told.
OrderedJson manifestCase(const PlannedCase& planned, const ScribbleCase& one, const ExportPlan& plan,
                         const std::vector<std::string>& problems) {
  const ScribbleFiles& files = planned.files;
  const ScribbleCost cost = scribbleCost(one.scribbles, one.dense.value_or(LabelMap(one.geometry.size)), one.geometry);
  OrderedJson json = {{"name", files.name},
                      {"patient", planned.patient},
                      {"fold", planned.fold},
                      {"image_sha256", sha256HexOfFile(files.image)},
                      {"scribbles_sha256", sha256HexOfFile(files.scribbles)},
                      {"dense_sha256", nullptr},
                      {"cost_reference", nullptr},
                      {"fg_ratio", nullptr},
                      {"total_ratio", cost.totalRatio()},
                      {"voxels_labelled", cost.labelledVoxels},
                      {"voxels_background", cost.backgroundVoxels},
                      {"origins", originsJson(one.origins)},
                      {"origins_left_out", leftOutJson(one)},
                      {"organs", organsJson(cost, plan.wanted.organs)},
                      {"warnings", problems}};
  addTimes(one.strokes.value_or(ScribbleFile()), json);
  if (!files.dense) return json;
  json["dense_sha256"] = sha256HexOfFile(*files.dense);
  json["cost_reference"] = "dense";
  json["fg_ratio"] = figure(cost.foregroundRatio());
  return json;
}

std::string manifestText(const ExportPlan& plan, OrderedJson cases) {
  OrderedJson formats = OrderedJson::object();
  for (const ScribbleFormat format : plan.wanted.formats) {
    formats[scribbleFormatName(format)] = {{"folder", layoutFolder(format)},
                                           {"unlabelled", unlabelledIn(format, plan.unlabelled)}};
  }
  const OrderedJson json = {{"format", "recontour-scribble-export"},
                            {"version", 1},
                            {"app_version", RECONTOUR_VERSION},
                            {"organ_table", plan.wanted.organs.name()},
                            {"seed", plan.wanted.seed},
                            {"folds", plan.folds},
                            {"formats", formats},
                            {"cases", std::move(cases)}};
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace recontour
