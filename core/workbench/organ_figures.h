#pragma once
#include <optional>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/organ_table.h"
#include "core/metrics/organ_checks.h"

namespace recontour {

/// Volume and overlap of one organ, as the organ list shows them.
struct OrganFigures {
  Label organ = 0;
  double volumeMl = 0;
  Box box;  ///< that its voxels fill; empty without a contour
  std::vector<OrganConcern> concerns;
  std::optional<double> dscBefore, dscAfter;  ///< only with a reference; empty where reference and map lack the organ
};

/// Inputs are values (shared bricks), so this may run on any thread while editing goes on.
struct FiguresRequest {
  OrganTable organs;
  CheckedCase checked;
  LabelMap before, now;
  std::optional<LabelMap> reference;
};

/// One entry per organ of the table, in its order.
std::vector<OrganFigures> computeOrganFigures(const FiguresRequest& request);

}  // namespace recontour
