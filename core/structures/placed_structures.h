#pragma once
#include <bitset>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/image/label_layers.h"
#include "core/image/organ_table.h"
#include "core/structures/structure_set.h"

namespace recontour {

/// Which ROI of a structure set a label stands for.
struct PlacedRoi {
  Label label = 0;
  int number = 0;    ///< ROI Number
  std::string name;  ///< ROI Name
  bool xorContours = false;
  bool organ = false;  ///< an organ of the table that was there; else a structure of the set alone
  friend bool operator==(const PlacedRoi&, const PlacedRoi&) = default;
};

/// A structure set on a CT's grid, each ROI with a label.
struct PlacedStructures {
  OrganTable organs;  ///< the base with the set's own structures behind it; reads what the base reads
  LabelLayers labels;
  std::vector<PlacedRoi> rois;
  std::vector<std::string> notes;  ///< for people, one sentence each: what was moved, what is not shown and why
};

/// Gives each ROI a label: those with a key are that organ, the others become structures of their own behind the
/// table's. Nothing is lost where ROIs overlap: an ROI that shares a voxel with one before it, and every structure of
/// the set alone, gets a layer of its own. ROIs that cannot be placed (see RoiVoxels::problems) have no label, which a
/// note says; when that is so of every ROI that has contours, the set is refused.
/// @param keys  organ of each ROI by its place in the set; none: it is a structure of its own
/// @param fixed  organs that have voxels already and therefore cannot get or lose a layer of their own
/// @param voxels  of each ROI, where they are known without contours: 1 where it is
/// @throws Error when no ROI can be placed, or there are more structures than labels
PlacedStructures placeStructures(const StructureSet& set, const std::vector<std::optional<std::string>>& keys,
                                 const Geometry& grid, const OrganTable& base, const std::bitset<256>& fixed = {},
                                 const std::vector<LabelMap>& voxels = {});

/// Marks ROIs that were drawn in another frame of reference than the CT's.
/// @throws Error naming both when that is so of all of them
/// @param ctFrameUid  empty where the CT has none
/// @return a warning where it cannot be known
std::optional<std::string> requireFrameOfReference(const std::string& file, StructureSet& set,
                                                   const std::string& ctFrameUid);

/// A warning where the set names the series that it was drawn on, and the CT's is none of them.
std::optional<std::string> otherSeriesNote(const std::string& file, const StructureSet& set,
                                           const std::string& ctSeriesUid);

}  // namespace recontour
