#include "core/session/step_summary.h"

#include <nlohmann/json.hpp>

namespace recontour {

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
