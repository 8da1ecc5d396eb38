#pragma once
#include "core/edit/edit_transaction.h"
#include "core/edit/pointer_sample.h"

namespace recontour {

/// What a pointer does to labels between press and release. Knows no mouse, no window and no log.
class Tool {
 public:
  virtual ~Tool() = default;
  /// @return the voxels that changed, empty if none
  virtual Box press(const PointerSample& at, EditTransaction& edit) = 0;
  virtual Box drag(const PointerSample& to, EditTransaction& edit) = 0;
  virtual Box release(EditTransaction&) { return {}; }
};

}  // namespace recontour
