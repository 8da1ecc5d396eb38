#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/organ_table.h"
#include "core/image/volume.h"

namespace recontour {

/// Something about an organ's contour that a reader should look at. Rules of thumb, not findings.
struct OrganConcern {
  std::string word;      ///< for a list: "islands", "side", "volume", "scan edge"; the workbench adds "no contour"
  std::string reason;    ///< one clause for people, with figures
  bool serious = false;  ///< a finding of some size: the wrong side, an unusual volume, large islands
  int count = 0;         ///< how many of what the word names, where that is counted
  std::vector<Point3> places = {};  ///< where to look, world LPS mm, the largest first; none for a volume
  friend bool operator==(const OrganConcern&, const OrganConcern&) = default;
};

/// What the checks need to know of the case besides the labels.
struct CheckedCase {
  Geometry geometry;
  std::optional<double> midlineMm;  ///< of the patient, LPS x; without it sides are not checked
};

/// x (LPS, mm) of the centre of mass of all that is denser than -300 HU; none when nothing is.
std::optional<double> bodyMidlineMm(const Volume& volume, const Geometry& geometry);

/// Looks at one organ; none for an organ that the map lacks.
/// - islands: parts beyond Organ::parts hold 0.5 mL or more together; serious from 5 % of the organ on
/// - side: an organ with a side has its centre across the midline
/// - volume: outside half the least to twice the largest volume of Organ::volumeRangeMl
/// - scan edge: it reaches the first or last slice along the patient
std::vector<OrganConcern> checkOrgan(const LabelMap& labels, const CheckedCase& checked, const Organ& organ);

}  // namespace recontour
