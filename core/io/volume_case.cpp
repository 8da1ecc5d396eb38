#include "core/io/volume_case.h"

#include "core/base/error.h"
#include "core/io/image_file.h"
#include "core/io/stored_voxels.h"
#include "core/io/straightened_case.h"

namespace recontour {
namespace {

/// Reads slice by slice, so that the middle one can be shown before the rest is there.
std::vector<std::int16_t> readVoxels(ImageFile& file, HuLosses& losses, OpenProgress& progress,
                                     const std::stop_token& stop) {
  const ImageHeader& header = file.header();
  const Size3& size = header.geometry.size;
  const std::size_t sliceVoxels = voxelCount({size.x, size.y, 1});
  std::vector<std::int16_t> voxels(voxelCount(size));
  std::vector<std::byte> raw(sliceVoxels * static_cast<std::size_t>(header.bytesPerVoxel));
  for (int z = 0; z < size.z; ++z) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    file.read(raw);
    const auto slice = std::span(voxels).subspan(static_cast<std::size_t>(z) * sliceVoxels, sliceVoxels);
    toHu(header, raw, slice, losses);
    if (z == size.z / 2 && !header.shear) progress.firstSlice({header.geometry, z, {slice.begin(), slice.end()}});
    progress.progress("read", z + 1, size.z, -1);
  }
  return voxels;
}

}  // namespace

Case openVolumeCase(const std::filesystem::path& path, const OpenOptions& options, OpenProgress& progress,
                    std::stop_token stop) {
  const auto file = openImageFile(path, options.leaning);
  const ImageHeader& header = file->header();
  progress.declares(declaredBytes(header));
  HuLosses losses;
  std::vector<std::int16_t> voxels = readVoxels(*file, losses, progress, stop);
  file->finish();
  Case opened;
  opened.geometry = header.geometry;
  opened.volume = Volume(header.geometry.size, std::move(voxels));
  opened.warnings = header.warnings;
  opened.synthetic = header.description.find("synthetic") != std::string::npos;
  warnOfLosses(losses, opened.warnings);
  if (header.shear) straighten(opened, *header.shear, path);
  return opened;
}

}  // namespace recontour
