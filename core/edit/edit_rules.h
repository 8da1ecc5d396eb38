#pragma once
#include <optional>

#include <nlohmann/json_fwd.hpp>

#include "core/edit/write_filter.h"
#include "core/image/axis_map.h"
#include "core/image/label_layers.h"

namespace recontour {

/// Slices of one plane, both ends included.
struct Slab {
  Plane plane = Plane::Axial;
  int first = 0, last = 0;  ///< slice numbers (AxisMap)
  friend bool operator==(const Slab&, const Slab&) = default;
};

/// Where edits may go and what they may paint over, as the reader set it. Locks come on top and win.
struct EditRules {
  enum class Overwrite { All, Background, Chosen };
  Overwrite overwrite = Overwrite::All;
  LabelSet chosen = {};              ///< organs that may be painted over besides background, with Overwrite::Chosen
  std::optional<Label> inside = {};  ///< only voxels of this organ change, in whichever layer it lies
  std::optional<HuRange> hu = {};    ///< only voxels of these HU change
  std::optional<Slab> slab = {};     ///< only these slices change
  friend bool operator==(const EditRules&, const EditRules&) = default;
};

nlohmann::json toJson(const EditRules& rules);  ///< as in docs/formats/session-log.md
/// @throws Error or a JSON exception
EditRules editRulesFrom(const nlohmann::json& json);

/// The gate that these rules make. What is `painted` may also be taken away wherever the area allows it.
/// @param volume  looked into only where a HU range is set
/// @param layers  looked into where `inside` lies in another layer than what is painted
WriteFilter filterOf(const EditRules& rules, Label painted, const AxisMap& axisMap, const Volume& volume,
                     const LabelLayers& layers = {});

}  // namespace recontour
