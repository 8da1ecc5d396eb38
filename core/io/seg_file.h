#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/image/geometry.h"
#include "core/structures/segment_set.h"

namespace recontour {

struct SegOptions {
  double fractionalThreshold = 0.5;  ///< of fractional segments: the share from which on a voxel is theirs
};

/// Reads a DICOM Segmentation (BINARY, FRACTIONAL or LABELMAP; uncompressed or RLE; docs/formats/seg.md). Frames are
/// placed by their positions, never by their order; segments that lie over one another are all kept.
/// @param grid  of the CT: every frame must lie on its voxels. None: a regular grid that the frames' positions make
/// @throws Error naming the file, the cause and what to do
SegmentSet readSegmentation(const std::filesystem::path& file, const std::optional<Geometry>& grid,
                            const SegOptions& options = {});
/// The same of a file's bytes. @param name  for messages
SegmentSet parseSegmentation(const std::filesystem::path& name, const std::string& bytes,
                             const std::optional<Geometry>& grid, const SegOptions& options = {});

}  // namespace recontour
