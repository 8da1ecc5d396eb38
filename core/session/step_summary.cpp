#include "core/session/step_summary.h"

#include <nlohmann/json.hpp>

namespace recontour {

Json labelsJson(const std::bitset<256>& labels) {
  Json json = Json::array();
  for (std::size_t label = 0; label < labels.size(); ++label)
    if (labels[label]) json.push_back(label);
  return json;
}

std::bitset<256> labelsFrom(const Json& json) {
  std::bitset<256> labels;
  for (const Json& label : json) labels.set(static_cast<std::size_t>(wholeNumber(label, 0, 255)));
  return labels;
}

StepSummary stepSummaryFrom(const Json& header, std::int64_t wallMs) {
  StepSummary summary;
  summary.name = header.value("name", "");
  summary.isStart = header.contains("organs");
  summary.organ = header.value("organ", Label{0});
  summary.voxels = header.value("voxels", std::int64_t{0});
  summary.wallMs = wallMs;
  if (!header.contains("inputs")) return summary;
  summary.plane = header["inputs"].value("plane", "");
  summary.slice = header["inputs"].value("slice", -1);
  return summary;
}

}  // namespace recontour
