#pragma once
#include <array>

#include "core/image/compositor.h"

namespace recontour {

/// A window/level with a name, as the View menu offers it.
struct WindowPreset {
  const char* name;
  WindowLevel window;
};

/// Usual display windows of abdominal CT, HU; the liver's suits portal venous contrast.
inline constexpr std::array<WindowPreset, 5> kWindowPresets = {{{"Abdomen", kAbdomenWindow},
                                                                {"Liver", {150, 90}},
                                                                {"Lung", {1500, -600}},
                                                                {"Bone", {1800, 400}},
                                                                {"Soft tissue", {400, 40}}}};

}  // namespace recontour
