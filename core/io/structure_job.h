#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/case.h"
#include "core/io/rtstruct_writer.h"
#include "core/io/seg_writer.h"

namespace recontour {

/// A structure set that is to be written for a CT.
struct StructureSetJob {
  Case ct;                            ///< its voxels are not needed
  std::filesystem::path predecessor;  ///< the set that was revised; empty: a new one is made
  std::string predecessorSha256;      ///< of that file, as it was when it was opened
  StructureSetFacts facts;
  std::vector<RoiToWrite> rois;
};

/// Reads what the job needs of the CT's slices and the predecessor, and makes the file. Blocks. @return its bytes
/// @throws Error naming the predecessor where it is no longer the file that was opened
std::string structureSetBytes(const StructureSetJob& job);

/// The same for a SEG.
std::string segmentationJobBytes(const SegToWrite& job);
Json segmentationRequest(const SegToWrite& job, const std::filesystem::path& folder);
SegToWrite segmentationJobOf(const Json& request, const std::filesystem::path& folder);

/// The job as a request to recontour-reader, with a file of contours in `folder`; and back.
Json structureSetRequest(const StructureSetJob& job, const std::filesystem::path& folder);
StructureSetJob structureSetJobOf(const Json& request, const std::filesystem::path& folder);

}  // namespace recontour
