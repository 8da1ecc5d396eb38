#pragma once
#include <bitset>
#include <optional>

#include "core/image/geometry.h"
#include "core/image/label_map.h"

namespace recontour {

using LabelSet = std::bitset<256>;

/// Where and over what an edit may write. One gate for every tool, operation, model result and undo.
struct WriteFilter {
  LabelSet locked;  ///< voxels of these labels never change, and these labels are never painted
  LabelSet overwritable = LabelSet().set();  ///< labels that may be painted over (background is label 0)
  std::optional<Box> editable;               ///< voxels outside never change
  bool readOnly = false;

  bool lets(Label present, Label wanted) const {
    return !readOnly && present != wanted && !locked[present] && !locked[wanted] && overwritable[present];
  }
};

}  // namespace recontour
