#include "core/io/convert_file.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/error.h"
#include "core/image/resample.h"
#include "core/io/file_ending.h"
#include "core/io/image_file.h"
#include "core/io/image_writer.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/io/stored_voxels.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr Deflate kDeflate = {.level = 6};

/// Copies slice by slice.
void copyVoxels(ImageFile& file, bool toHuVoxels, ImageWriter& writer, ProgressSink& progress,
                const std::stop_token& stop, HuLosses& losses) {
  const ImageHeader& header = file.header();
  const Size3& size = header.geometry.size;
  const std::size_t sliceVoxels = voxelCount({size.x, size.y, 1});
  std::vector<std::byte> raw(sliceVoxels * static_cast<std::size_t>(header.bytesPerVoxel));
  std::vector<std::int16_t> hu(toHuVoxels ? sliceVoxels : 0);
  for (int z = 0; z < size.z; ++z) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    file.read(raw);
    if (toHuVoxels) {
      toHu(header, raw, hu, losses);
      writer.write(std::as_bytes(std::span(hu)));
    } else {
      toHostOrder(header, raw);
      writer.write(raw);
    }
    progress.progress("convert", z + 1, size.z, -1);
  }
  file.finish();
}

std::vector<std::string> convertVolume(ImageFile& file, const fs::path& target, ProgressSink& progress,
                                       const std::stop_token& stop) {
  const ImageHeader& header = file.header();
  const bool scaled = header.slope != 1 || header.intercept != 0, keepsScale = !isNrrdName(target);
  const bool toHuVoxels = scaled && !keepsScale;
  ImageWriter writer(target, header.geometry, toHuVoxels ? int16Voxels() : VoxelFormat(header), header.description,
                     kDeflate);
  HuLosses losses;
  copyVoxels(file, toHuVoxels, writer, progress, stop, losses);
  writer.commit();
  std::vector<std::string> notes = header.warnings;
  if (toHuVoxels) notes.emplace_back("Its scaled values were rounded to whole HU.");
  warnOfLosses(losses, notes);
  return notes;
}

}  // namespace

namespace {

std::string lossText(const ResamplingLoss& loss, const OrganTable& organs) {
  const Organ* organ = organs.find(loss.label);
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(), "%s: %.1f mL became %.1f mL; there and back again DSC %.4f",
                organ != nullptr ? organ->name.c_str() : ("label " + std::to_string(loss.label)).c_str(), loss.beforeMl,
                loss.afterMl, loss.dsc);
  return text.data();
}

/// With right angles, whatever grid the file has.
LabelImage readLabels(const fs::path& source, const LabelConversion& conversion, std::vector<std::string>& notes) {
  OpenProgress nothing;
  const LabelValues read = readLabelValues(source, nothing, conversion.leaning);
  LabelImage image{read.geometry, labelsOf(source, read, conversion.values, conversion.organs)};
  if (!read.shear) return image;
  const StraightGrid grid = straightGrid(image.geometry, *read.shear);
  checkImageSize(source, grid.geometry.size);
  const LabelMap straight = straightened(image.labels, *read.shear, grid);
  notes.emplace_back("resampled to right angles");
  for (const ResamplingLoss& loss :
       straighteningLoss(image.labels, *read.shear, straight, grid, grid.geometry.voxelVolumeMm3() / 1000))
    notes.push_back(lossText(loss, conversion.organs));
  return {grid.geometry, straight};
}

/// Brings labels to the grid of a case, and tells what that lost.
void bringToGrid(LabelImage& image, const LabelConversion& conversion, ProgressSink& progress,
                 const std::stop_token& stop, std::vector<std::string>& notes) {
  ForwardedProgress reading(progress);
  const Geometry grid = openCase(conversion.grid, reading, stop).geometry;
  if (sameGrid(image.geometry, grid)) return;
  const LabelMap resampled = resampleLabels(image.labels, image.geometry, grid);
  notes.push_back("resampled to the grid of " + conversion.grid.filename().string());
  for (const ResamplingLoss& loss : resamplingLoss(image.labels, image.geometry, resampled, grid))
    notes.push_back(lossText(loss, conversion.organs));
  image = {grid, resampled};
}

/// Labels must never be interpolated.
void refuseLabels(const fs::path& source, const Volume& volume) {
  const bool hasAir = std::ranges::any_of(volume.voxels(), [](std::int16_t hu) { return hu < 0 && hu != kOutsideHu; });
  if (!hasAir) throw Error(source, "has no voxel below 0 HU: is it a label map?", "then say so with --map word");
}

}  // namespace

std::vector<std::string> convertLabels(const fs::path& source, const fs::path& target,
                                       const LabelConversion& conversion, ProgressSink& progress,
                                       std::stop_token stop) {
  std::error_code error;
  if (fs::equivalent(source, target, error)) throw Error(target, "is the source itself", "give another name");
  checkWritableImage(target);
  std::vector<std::string> notes;
  LabelImage image = readLabels(source, conversion, notes);
  if (!conversion.grid.empty()) bringToGrid(image, conversion, progress, stop, notes);
  writeLabelFile(target, image.labels, image.geometry);
  return notes;
}

std::vector<std::string> convertFile(const fs::path& source, const fs::path& target, const OpenOptions& options,
                                     ProgressSink& progress, std::stop_token stop) {
  std::error_code error;
  if (fs::equivalent(source, target, error)) throw Error(target, "is the source itself", "give another name");
  checkWritableImage(target);
  bool leans = false;
  if (isNiftiName(source) || isNrrdName(source)) {
    const auto file = openImageFile(source, options.leaning);
    leans = file->header().shear.has_value();
    if (!leans) return convertVolume(*file, target, progress, stop);
  }
  ForwardedProgress reading(progress);
  const Case opened = openCase(source, reading, stop, options);
  if (leans) refuseLabels(source, opened.volume);
  writeVolumeFile(target, opened.volume, opened.geometry, opened.synthetic ? "synthetic CT" : "");
  return opened.warnings;
}

}  // namespace recontour
