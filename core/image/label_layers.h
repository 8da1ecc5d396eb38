#pragma once
#include <bitset>
#include <map>
#include <utility>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// All labels of a case, in layers: one map of organs that exclude one another, and for each structure that may lie
/// over them (Organ::overlaps) a map of its own, which holds that label and background alone.
///
/// A value like LabelMap: a copy costs tables of pointers.
class LabelLayers {
 public:
  static constexpr Label kOrgans = 0;  ///< number of the organs' layer; other layers have their structure's number

  LabelLayers() = default;
  LabelLayers(LabelMap organs) : organs_(std::move(organs)) {}  // NOLINT: a map alone is layers of which there is one

  /// These structures and no others have layers, empty ones where they had none.
  void setOverlapping(const std::bitset<256>& structures);

  /// Number of the layer that holds a label.
  Label layerOf(Label label) const { return overlapping_.contains(label) ? label : kOrgans; }
  /// A layer by its number; without one of that number the organs'.
  const LabelMap& layer(Label number) const;
  LabelMap& layer(Label number);
  const LabelMap& of(Label label) const { return layer(label); }  ///< the layer that holds the label
  const LabelMap& organs() const { return organs_; }
  const std::map<Label, LabelMap>& overlapping() const { return overlapping_; }
  std::bitset<256> structures() const;  ///< that have a layer
  std::vector<Label> numbers() const;   ///< of all layers, kOrgans first
  const Size3& size() const { return organs_.size(); }
  bool empty() const { return organs_.empty(); }  ///< true without a grid

  /// Equal labels; a layer without a voxel is as none.
  friend bool operator==(const LabelLayers& a, const LabelLayers& b);
  /// A map in layers of these structures: their voxels go to their own, what remains is the organs'.
  friend LabelLayers inLayers(const LabelMap& map, const std::bitset<256>& structures);

 private:
  LabelMap organs_;
  std::map<Label, LabelMap> overlapping_;
};

/// `map` with the voxels of `wanted` labels alone.
LabelMap onlyLabels(const LabelMap& map, const std::bitset<256>& wanted);

LabelLayers inLayers(const LabelMap& map, const std::bitset<256>& structures);

}  // namespace recontour
