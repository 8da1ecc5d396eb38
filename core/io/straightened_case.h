#pragma once
#include "core/image/case.h"
#include "core/image/shear.h"

namespace recontour {

/// Brings a case that was read from a grid that leans to one with right angles, and warns of what that changed. It has
/// no DICOM reference afterwards: its slices are not those of the series. @throws Error naming `file` when it gets too
/// large
void straighten(Case& opened, const Shear& shear, const std::filesystem::path& file);

}  // namespace recontour
