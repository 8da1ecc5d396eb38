#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/io/affine.h"

namespace recontour {

/// How voxels are stored.
struct VoxelFormat {
  int datatype = 0;  ///< NIfTI code of a real scalar type, whatever the file is
  int bytesPerVoxel = 0;
  bool swapped = false;  ///< in the other byte order than this machine's
  double slope = 1;      ///< value = stored * slope + intercept; never 0 or NaN
  double intercept = 0;
};

/// What Recontour needs of an image's header, checked.
struct ImageHeader : VoxelFormat {
  Geometry geometry;
  std::optional<Shear> shear;  ///< how the grid leans; only where that is allowed
  std::string description;
  std::vector<std::string> warnings;
  void place(const FileGrid& grid) {
    geometry = grid.geometry;
    shear = grid.shear;
  }
};

/// A volume file that is read from its first voxel to its last, x fastest.
class ImageFile {
 public:
  virtual ~ImageFile() = default;
  virtual const ImageHeader& header() const = 0;
  /// The next voxels as they are stored. @throws Error when the file ends before
  virtual void read(std::span<std::byte> out) = 0;
  /// After the last voxel: verifies what can only be verified then. @throws Error
  virtual void finish() {}
};

/// Bytes of all voxels, as the file stores them or as int16, whichever is more.
std::uint64_t declaredBytes(const ImageHeader& header);

/// Opens a NIfTI (.nii, .nii.gz, or either half of .hdr and .img) or an NRRD (.nrrd, .nhdr with its data file). No
/// other format is tried, whatever the content.
/// @throws Error naming what is wrong; in particular where more is declared than the file can hold
std::unique_ptr<ImageFile> openImageFile(const std::filesystem::path& path, LeaningGrid leaning = LeaningGrid::Refused);

/// Bytes of a NIfTI datatype code that is a real scalar type. @throws Error naming the file for others
int voxelBytes(const std::filesystem::path& file, int datatype);
/// @throws Error unless each is 1..8192 and the product is at most 2^31
void checkImageSize(const std::filesystem::path& file, const Size3& size);

}  // namespace recontour
