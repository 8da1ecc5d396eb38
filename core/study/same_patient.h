#pragma once
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// The shape of one organ, sampled every kCellMm along the patient's axes from its centre of mass on.
struct OrganShape {
  static constexpr double kCellMm = 4;
  static constexpr int kRowWords = 2;  ///< 64 cells each: 256 mm to both sides of the centre

  Label label = 0;
  double volumeMl = 0;
  int halfRows = 0, halfSlices = 0;  ///< rows -halfRows..halfRows (patient's back) of slices -halfSlices.. (head)
  std::vector<std::uint64_t> cells;  ///< one bit a cell, kRowWords words a row
  std::int64_t filled = 0;           ///< bits that are set
};

/// What two scans of one patient have in common, whatever their grids: the shapes of the organs.
struct PatientSignature {
  std::vector<OrganShape> organs;  ///< by rising label; those of 10 mL and more
};

/// @param geometry  of the labels: spacing, origin, and direction may be any. About 0.05 s for 512 x 512 x 200 voxels
PatientSignature signatureOf(const LabelMap& labels, const Geometry& geometry);

/// How alike two cases are: the median over organs that both have of the DSC of their shapes, each laid centre on
/// centre. The median, since bladder and bowels differ from day to day, and organs may be cut by a scan's end.
/// @return 0 to 1; 0 where they share fewer than 3 organs
double similarity(const PatientSignature& a, const PatientSignature& b);

/// Least similarity of two scans that are taken for one patient's. Among the 20 public label maps of WORD the one pair
/// of a patient has .935, the most alike of two patients .735: study_data_test prints it.
inline constexpr double kSamePatientSimilarity = 0.84;

/// Pairs (smaller index first, rising) that look like one patient. A rule of thumb for a flag, not a finding.
std::vector<std::pair<int, int>> samePatientPairs(std::span<const PatientSignature> cases);

/// For each case the number of its group, from 0 in the order of first cases: cases that samePatientPairs() links,
/// also through others, are of one group.
std::vector<int> patientGroups(std::span<const PatientSignature> cases);

}  // namespace recontour
