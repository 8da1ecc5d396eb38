#include "core/session/snapshot.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/session/label_runs.h"
#include "core/session/layer_name.h"

namespace recontour {

std::string encodeLayers(const LabelLayers& layers) {
  std::string bytes;
  for (const Label layer : layers.numbers()) bytes += encodeRuns(runsOf(layers.layer(layer)));
  return bytes;
}

LabelLayers snapshotLabels(const ReplayedSession& session, const Event& snapshot) {
  const Json header = parseJson(snapshot.header, "event");
  if (header.at("depth") != session.undo.depth()) throw Error("it is a snapshot of another moment");
  LabelLayers layers{LabelMap(session.geometry.size)};
  layers.setOverlapping(session.labels.structures());
  Json names = Json::array();
  for (const Label layer : layers.numbers()) names.push_back(layerName(layer));
  if (header.at("layers") != names) throw Error("it is a snapshot of other layers");
  std::string_view payload = snapshot.payload;
  for (const Label layer : layers.numbers()) applyRuns(decodeRuns(payload), layers.layer(layer));
  return layers;
}

void SinceSnapshot::note(const Event& event) {
  if (event.type == "snapshot") *this = {};
  const bool isStep = event.type == "edit" || event.type == "start" || event.type == "undo" || event.type == "redo";
  if (!isStep) return;
  ++steps_;
  bytes_ += event.payload.size();
}

}  // namespace recontour
