#pragma once
#include <bitset>
#include <optional>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

namespace recontour {

using LabelSet = std::bitset<256>;

/// HU from `low` to `high`, both included.
struct HuRange {
  double low = 0, high = 0;
  bool holds(double hu) const { return hu >= low && hu <= high; }
  friend bool operator==(const HuRange&, const HuRange&) = default;
};

/// Only voxels of these HU change.
struct HuGate {
  Volume volume;
  HuRange range;
};

/// Only voxels of an organ that lies in another layer change.
struct OrganGate {
  LabelMap labels;
  Label organ = 0;
};

/// Why a write was held back, the weightiest last.
enum class Refusal { None, OutsideArea, OutsideHu, OtherOrgan, Locked, ReadOnly };

/// Where and over what an edit may write. One gate for every tool, operation, model result and undo.
struct WriteFilter {
  LabelSet locked;  ///< voxels of these labels never change, and these labels are never painted
  LabelSet overwritable = LabelSet().set();  ///< labels that may be painted over (background is label 0)
  std::optional<Box> editable;               ///< voxels outside never change
  std::optional<HuGate> hu;
  std::optional<OrganGate> inside;
  bool readOnly = false;

  /// What keeps a voxel from changing from `present` to `wanted`.
  Refusal judge(const Index3& at, Label present, Label wanted) const {
    if (readOnly) return Refusal::ReadOnly;
    if (locked[present] || locked[wanted]) return Refusal::Locked;
    if (!overwritable[present]) return Refusal::OtherOrgan;
    if (editable && !editable->contains(at)) return Refusal::OutsideArea;
    if (inside && inside->labels.at(at) != inside->organ) return Refusal::OutsideArea;
    if (hu && !hu->range.holds(hu->volume.at(at))) return Refusal::OutsideHu;
    return Refusal::None;
  }
};

}  // namespace recontour
