#include "core/session/result_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/session/session_state.h"

namespace recontour {
namespace {

struct ChangedVoxels {
  std::array<std::int64_t, 256> added{}, removed{};
};

void countChanges(const LabelMap& before, const LabelMap& after, ChangedVoxels& changes) {
  for (std::size_t number = 0; number < after.brickCount(); ++number) {
    if (before.brick(number) == after.brick(number)) continue;
    const Box box = after.brickBox(number);
    const DenseBox from = before.copy(box), to = after.copy(box);
    for (std::size_t i = 0; i < to.labels.size(); ++i) {
      if (from.labels[i] == to.labels[i]) continue;
      ++changes.removed[from.labels[i]];
      ++changes.added[to.labels[i]];
    }
  }
}

ChangedVoxels countChanges(const LabelLayers& before, const LabelLayers& after) {
  ChangedVoxels changes;
  for (const Label layer : after.numbers()) countChanges(before.layer(layer), after.layer(layer), changes);
  return changes;
}

std::array<std::int64_t, 256> countVoxels(const LabelLayers& layers) {
  auto voxels = labelCounts(layers.organs());
  for (const auto& [structure, map] : layers.overlapping()) voxels[structure] = labelCounts(map)[structure];
  return voxels;
}

OrderedJson layersJson(const WrittenRevision& written, const Session& session, const OrganTable& organs) {
  OrderedJson json = OrderedJson::array();
  for (const auto& [structure, layer] : written.layers) {
    const Organ* organ = organs.find(structure);
    json.push_back({{"label", structure},
                    {"organ", organ != nullptr ? organ->key : ""},
                    {"file", layer.file},
                    {"sha256", layer.sha256},
                    {"labels_sha256", labelMapHash(session.layers().of(structure))}});
  }
  return json;
}

OrderedJson figure(const std::optional<double>& value) { return value ? OrderedJson(*value) : OrderedJson(nullptr); }

OrderedJson timesJson(const TimeShare& share) {
  return {{"wall_s", share.wallS},       {"active_s", share.activeS()}, {"edit_s", share.editS},
          {"inspect_s", share.inspectS}, {"wait_s", share.waitS},       {"away_s", share.awayS},
          {"paused_s", share.pausedS},   {"strokes", share.strokes},    {"undos", share.undos}};
}

OrderedJson startsJson(const std::vector<StartSummary>& starts) {
  OrderedJson json = OrderedJson::array();
  for (const StartSummary& start : starts) {
    json.push_back(
        {{"source", start.source}, {"name", start.name}, {"sha256", start.sha256}, {"model_sha256", start.modelHash}});
  }
  return json;
}

}  // namespace

std::string resultJson(const Case& opened, const OrganTable& organs, const Session& session,
                       const WrittenRevision& written, const std::vector<OrganResult>& results) {
  constexpr double kIdleLimitS = 30;
  const EditTimes times = session.times(kIdleLimitS, Attribution::Selected);
  const auto voxels = countVoxels(session.layers());
  const auto changes = countChanges(session.beforeLayers(), session.layers());
  const double voxelMl = opened.geometry.voxelVolumeMm3() / 1000;
  OrderedJson json = {{"format", "recontour-result"},
                      {"version", 1},
                      {"intended_use", "research software, not a medical device"},
                      {"app_version", RECONTOUR_VERSION},
                      {"case", opened.name},
                      {"synthetic", opened.synthetic},
                      {"reader", session.reader()},
                      {"image_sha256", opened.imageHash},
                      {"organ_table", organs.name()},
                      {"revision", "revision.nii.gz"},
                      {"revision_sha256", written.sha256},
                      {"labels_sha256", labelMapHash(session.labels())},
                      {"layers", layersJson(written, session, organs)},
                      {"starts", startsJson(session.starts())},
                      {"idle_limit_s", kIdleLimitS},
                      {"interrupted", times.interrupted},
                      {"times", timesJson(times.total)},
                      {"review", timesJson(times.review)},
                      {"organs", OrderedJson::array()}};
  for (const Organ& organ : organs.organs()) {
    const auto found = std::ranges::find(results, organ.label, &OrganResult::organ);
    const OrganResult result = found == results.end() ? OrganResult{organ.label, false, {}, {}} : *found;
    const OrganStatement& said = session.statement(organ.label);
    const auto time = times.organs.find(organ.label);
    json["organs"].push_back({{"label", organ.label},
                              {"organ", organ.key},
                              {"volume_ml", static_cast<double>(voxels[organ.label]) * voxelMl},
                              {"voxels", voxels[organ.label]},
                              {"voxels_added", changes.added[organ.label]},
                              {"voxels_removed", changes.removed[organ.label]},
                              {"edited", session.edits(organ.label) > 0},
                              {"seen", result.seen},
                              {"state", verdictName(said.verdict)},
                              {"reason", said.reason},
                              {"before_dsc", figure(result.dscBefore)},
                              {"dsc", figure(result.dscAfter)},
                              {"times", timesJson(time == times.organs.end() ? TimeShare{} : time->second)}});
  }
  return json.dump(2) + "\n";
}

}  // namespace recontour
