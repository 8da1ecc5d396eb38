#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/image/geometry.h"

namespace recontour {

enum class NiftiVoxel { Uint8, Int16 };

/// Writes one NIfTI-1 file (.nii, or deflated .nii.gz) through SafeFile: the target appears whole or not at all. Both
/// qform and sform carry code 1 and the given geometry.
class NiftiWriter {
 public:
  /// @param description  at most 79 bytes are kept
  /// @param level        of deflate, 1..9
  /// @throws Error when the name ends otherwise or the folder is not writable
  NiftiWriter(const std::filesystem::path& file, const Geometry& geometry, NiftiVoxel voxel,
              const std::string& description, int level);
  ~NiftiWriter();
  /// Appends voxels in file order, little endian.
  void write(std::span<const std::byte> voxels);
  void commit();

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace recontour
