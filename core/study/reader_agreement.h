#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/image/label_map.h"
#include "core/study/study_results.h"

namespace recontour {

/// What one reader made of a case.
struct ReaderMap {
  std::string reader;  ///< id
  LabelMap labels;
};

/// Who labelled which voxel with one organ.
struct OrganVotes {
  Box box;                             ///< all readers' voxels and a margin of 2 where the grid has it
  std::vector<std::uint32_t> readers;  ///< by voxel of the box, x fastest: bit n for reader n
};

/// @param maps  of one grid, 1 to 32. @throws Error otherwise
OrganVotes organVotes(Label organ, std::span<const ReaderMap> maps);

/// How well readers agree on an organ of a case. All figures are over voxels; a reader without the organ counts with an
/// empty contour.
/// - pairs: DSC, by ids in alphabetical order; a pair that both lack the organ is left out
/// - generalised: voxels of all readers / voxels of any; none where nobody has the organ
/// - toMajority: DSC with the voxels that more than half of the readers have
/// - toStaple, sensitivity, specificity: see staple(), over OrganVotes::box; its consensus has a weight of .5 and more
/// Case, organ, arm and start are left to the caller.
/// @param maps  of one grid, 1 to 32, each of another reader. @throws Error otherwise
ReaderAgreement readerAgreement(Label organ, std::span<const ReaderMap> maps, const Geometry& geometry);

/// The voxels that more than half of the readers labelled with the organ. @throws Error as above
LabelMap majorityMap(Label organ, std::span<const ReaderMap> maps);

}  // namespace recontour
