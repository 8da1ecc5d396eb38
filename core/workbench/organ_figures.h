#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_layers.h"
#include "core/image/organ_table.h"
#include "core/metrics/organ_checks.h"
#include "core/metrics/organ_tally.h"

namespace recontour {

/// Volume and overlap of one organ, as the organ list shows them.
struct OrganFigures {
  Label organ = 0;
  double volumeBeforeMl = 0, volumeMl = 0;
  std::int64_t voxelsAdded = 0, voxelsRemoved = 0;  ///< against the start
  Box box;                                          ///< that its voxels fill; empty without a contour
  std::vector<OrganConcern> concerns;
  double pathAddedMm = 0;                     ///< contour of now that is not on the start's contour, see PathMetrics
  std::optional<double> surfaceShiftMm;       ///< ASSD between start and now; none where either lacks the organ
  std::optional<double> dscBefore, dscAfter;  ///< only with a reference; empty where reference and map lack the organ
  friend bool operator==(const OrganFigures&, const OrganFigures&) = default;
};

/// Inputs are values (shared bricks), so this may run on any thread while editing goes on.
struct FiguresRequest {
  OrganTable organs;
  CheckedCase checked;
  LabelLayers before, now;
  std::optional<LabelMap> reference;
};

/// One entry per organ of the table, in its order.
std::vector<OrganFigures> computeOrganFigures(const FiguresRequest& request);

/// The same figures of one case again after each edit, at the cost of what the edit changed: only other bricks are
/// counted, only organs that changed are checked again. Used by one thread at a time.
class RunningFigures {
 public:
  std::vector<OrganFigures> update(const FiguresRequest& request);

 private:
  struct Checked {
    Box box;
    std::vector<OrganConcern> concerns;
    double pathAddedMm = 0;
    std::optional<double> surfaceShiftMm;
  };
  void measureChanges(const FiguresRequest& request, const std::vector<Label>& organs);
  OrganTally::Touched count(const FiguresRequest& request);
  const OrganCounts& countsOf(Label organ) const;
  std::map<Label, OrganTally> tallies_;  ///< by layer
  std::map<Label, Checked> checked_;
};

}  // namespace recontour
