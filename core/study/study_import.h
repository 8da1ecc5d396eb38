#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/image/case.h"
#include "core/image/label_map.h"
#include "core/image/organ_table.h"
#include "core/study/coordinator_study.h"

namespace recontour {

/// A case that is brought into a study.
struct StudyImport {
  std::string id;    ///< "C07"; empty: the next free number
  std::string name;  ///< of the file, known to the coordinator alone
  bool practice = false;
  std::string patientGroup;  ///< empty: a patient of its own
};

/// Writes the image into the study, without anything but voxels and grid, and the reference beside it.
/// @param truth  on the case's grid. @return the case's id. @throws Error, also for an image that is there already
std::string importCase(CoordinatorStudy& study, const Case& read, const std::optional<LabelMap>& truth,
                       const StudyImport& import);

/// Stores the contours that readers of a case start from in an arm. What was planted into those that were there goes
/// with them. @throws Error for an arm that has none
void importStart(CoordinatorStudy& study, const std::string& caseId, const std::string& arm, const LabelImage& start);

/// Keeps `count` of the cases that are no practice, drawn by the seed, and forgets the others with their files.
void selectCases(CoordinatorStudy& study, int count, std::uint64_t seed);

/// An error that a start map is to get.
struct StudyPlant {
  std::string caseId, arm, kind, organ;
  std::string other;  ///< key of the other organ of a swap; empty: the opposite side, or the neighbour
  double ml = 5;      ///< about this much
  std::uint64_t seed = 1;
};

/// Puts an error into a case's start map, see plantError(). The map before and the error's voxels are kept; a case may
/// get several. @throws Error where it cannot be, would lie over another error, or the map was changed since
/// it was brought in (CheckFailed)
PlantedError plant(CoordinatorStudy& study, const StudyPlant& wanted);

/// Cases that look like one patient by their references become one patient group, unless groups were given by hand.
/// @return one sentence for each group of several cases
std::vector<std::string> groupPatients(CoordinatorStudy& study);

/// The organ table that a study was made with. @throws Error when its hash has changed
OrganTable organTableOf(const StudyProtocol& protocol);

}  // namespace recontour
