#include "core/io/straightened_case.h"

#include <array>
#include <cstdio>

#include "core/io/image_file.h"

namespace recontour {

void straighten(Case& opened, const Shear& shear, const std::filesystem::path& file) {
  const StraightGrid grid = straightGrid(opened.geometry, shear);
  checkImageSize(file, grid.geometry.size);
  const Volume straight = straightened(opened.volume, shear, grid);
  const HuLoss loss = straighteningLoss(opened.volume, shear, straight, grid);
  std::array<char, 240> text{};
  std::snprintf(text.data(), text.size(),
                "Resampled to right angles (it leant by %.4g degrees); brought back, body voxels differ by %.2f HU on "
                "average, by %.1f HU at most. Voxels beyond the scan are %d HU.",
                shear.degrees, loss.mean, loss.largest, int{kOutsideHu});
  opened.warnings.emplace_back(text.data());
  opened.geometry = grid.geometry;
  opened.volume = straight;
  opened.dicom.reset();
}

}  // namespace recontour
