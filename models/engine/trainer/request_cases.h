#pragma once
#include <filesystem>
#include <vector>

#include "models/engine/trainer/request_members.h"
#include "models/engine/trainer/training_request.h"

namespace recontour {

/// The member `cases` of a training request.
/// @param folder      that the raw files lie in
/// @param labelsOnly  a case has dense labels, and nothing else but the geometry of its volume
/// @throws Error (BadInput) saying which case is at fault
std::vector<TrainingCaseFiles> requestedCases(const RequestMembers& message, const std::filesystem::path& folder,
                                              bool labelsOnly = false);

}  // namespace recontour
