#pragma once
#include <bitset>
#include <cstdint>
#include <string>

#include "core/base/json.h"
#include "core/image/label_map.h"

namespace recontour {

/// One undo step, as a history names it.
struct StepSummary {
  std::string name;  ///< "brush", "erase", ...; of a start map its file or model
  bool isStart = false;
  Label organ = 0;          ///< the selected one; 0 for start maps
  std::string plane;        ///< of a stroke, may be empty
  int slice = -1;           ///< of a stroke, from 0; negative when there is none
  std::int64_t voxels = 0;  ///< changed by an edit
  std::int64_t wallMs = 0;  ///< since 1970-01-01 UTC
};

/// Labels as a list of numbers, and back. @throws std::exception when it is none
Json labelsJson(const std::bitset<256>& labels);
std::bitset<256> labelsFrom(const Json& json);

/// From the header of an edit or start event.
StepSummary stepSummaryFrom(const Json& header, std::int64_t wallMs);

}  // namespace recontour
