#include "core/io/nifti_case.h"

#include "core/base/error.h"
#include "core/io/nifti_voxels.h"

namespace recontour {
namespace {

void warnOfLosses(const HuLosses& losses, std::vector<std::string>& warnings) {
  if (losses.clamped > 0) {
    warnings.push_back(std::to_string(losses.clamped) + " voxels lie outside -32768..32767 HU and were clamped.");
  }
  if (losses.notNumbers > 0) {
    warnings.push_back(std::to_string(losses.notNumbers) + " voxels are not a number and are shown as -1000 HU.");
  }
}

/// Reads slice by slice, so that the middle one can be shown before the rest is there.
std::vector<std::int16_t> readVoxels(InflatingFile& file, const NiftiHeader& header, HuLosses& losses,
                                     OpenProgress& progress, const std::stop_token& stop) {
  const Size3& size = header.geometry.size;
  const std::size_t sliceVoxels = voxelCount({size.x, size.y, 1});
  std::vector<std::int16_t> voxels(voxelCount(size));
  std::vector<std::byte> raw(sliceVoxels * static_cast<std::size_t>(header.bytesPerVoxel));
  for (int z = 0; z < size.z; ++z) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    file.read(raw);
    const auto slice = std::span(voxels).subspan(static_cast<std::size_t>(z) * sliceVoxels, sliceVoxels);
    toHu(header, raw, slice, losses);
    if (z == size.z / 2) progress.firstSlice({header.geometry, z, {slice.begin(), slice.end()}});
    progress.progress("read", z + 1, size.z, -1);
  }
  return voxels;
}

}  // namespace

Case openNiftiCase(const std::filesystem::path& path, OpenProgress& progress, std::stop_token stop) {
  InflatingFile file(path);
  NiftiHeader header = readNiftiHeader(file);
  HuLosses losses;
  std::vector<std::int16_t> voxels = readVoxels(file, header, losses, progress, stop);
  file.finish();
  Case opened;
  opened.geometry = header.geometry;
  opened.volume = Volume(header.geometry.size, std::move(voxels));
  opened.warnings = std::move(header.warnings);
  opened.synthetic = header.description.find("synthetic") != std::string::npos;
  warnOfLosses(losses, opened.warnings);
  return opened;
}

}  // namespace recontour
