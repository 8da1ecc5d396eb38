#include "core/io/image_file.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/io/file_ending.h"
#include "core/io/nifti_file.h"
#include "core/io/nrrd_file.h"

namespace recontour {
namespace {

constexpr int kLargestDimension = 8192;
constexpr std::uint64_t kLargestVoxelCount = std::uint64_t{1} << 31;  // 4 GB as int16

}  // namespace

std::unique_ptr<ImageFile> openImageFile(const std::filesystem::path& path, LeaningGrid leaning) {
  if (!isNrrdName(path) && !isNiftiName(path))
    throw Error(path, "is of no known kind", "give a .nii, .nii.gz, .hdr with its .img, .nrrd or .nhdr");
  auto file = isNrrdName(path) ? openNrrdFile(path) : openNiftiFile(path);
  if (leaning == LeaningGrid::Refused) refuseShear(path, file->header().shear);
  return file;
}

std::uint64_t declaredBytes(const ImageHeader& header) {
  const int bytes = std::max<int>(header.bytesPerVoxel, sizeof(std::int16_t));
  return voxelCount(header.geometry.size) * static_cast<std::uint64_t>(bytes);
}

void checkImageSize(const std::filesystem::path& file, const Size3& size) {
  for (int axis = 0; axis < 3; ++axis) {
    if (size[axis] >= 1 && size[axis] <= kLargestDimension) continue;
    throw Error(file, "its size along dimension " + std::to_string(axis + 1) + " is " + std::to_string(size[axis]),
                "1 to 8192 is possible");
  }
  if (voxelCount(size) > kLargestVoxelCount) throw Error(file, "has more than 2^31 voxels");
}

}  // namespace recontour
