#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/io/image_file.h"

namespace recontour {

/// Throws Error unless the name ends in .nii, .nii.gz or .nrrd.
void checkWritableImage(const std::filesystem::path& file);

VoxelFormat uint8Voxels();
VoxelFormat int16Voxels();

/// How deflate looks for what it has seen before.
struct Deflate {
  int level = 6;          ///< 1..9
  bool runsOnly = false;  ///< for label maps: as small, in a third of the time
};

/// Writes one NIfTI-1 file (.nii, or deflated .nii.gz) or NRRD file (.nrrd, deflated) through SafeFile: the target
/// appears whole or not at all. NIfTI's qform and sform carry code 1 and the given geometry; NRRD's space is LPS.
class ImageWriter {
 public:
  /// @param voxels       type of what is written, this machine's byte order whatever it says; NIfTI keeps its scale
  /// @param description  at most 79 bytes are kept
  /// @throws Error when the name ends otherwise or the folder is not writable
  ImageWriter(const std::filesystem::path& file, const Geometry& geometry, const VoxelFormat& voxels,
              const std::string& description, const Deflate& deflate);
  ~ImageWriter();
  /// Appends voxels in file order, little endian.
  void write(std::span<const std::byte> voxels);
  void commit();

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace recontour
