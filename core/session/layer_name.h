#pragma once
#include <string>

#include "core/image/label_map.h"

namespace recontour {

/// What the log calls a layer: "revision" for the organs that exclude one another, else the structure's number.
std::string layerName(Label layer);
/// @throws Error when it is neither
Label layerNamed(const std::string& name);

}  // namespace recontour
