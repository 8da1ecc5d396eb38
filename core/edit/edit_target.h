#pragma once
#include <string>

#include "core/edit/undo_stack.h"
#include "core/image/geometry.h"
#include "core/image/label_layers.h"

namespace recontour {

/// A finished edit, as its owner records it.
struct EditRecord {
  std::string name;                    ///< "brush", "start", ...
  Label layer = LabelLayers::kOrgans;  ///< that it changed
  std::string inputs;                  ///< JSON of what the tool was given, in mm; empty for edits without a pointer
  UndoStep step;
};

/// What a transaction needs of its owner; `Session` implements it, tests use a small fake.
class EditTarget {
 public:
  virtual ~EditTarget() = default;
  virtual LabelMap& editableLabels(Label layer) = 0;
  virtual const Geometry& geometry() const = 0;
  /// Called once by EditTransaction::commit when at least one voxel changed.
  virtual void committed(EditRecord record) = 0;
};

}  // namespace recontour
