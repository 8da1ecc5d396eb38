#include "core/io/label_file.h"

#include <array>
#include <cstdio>

#include "core/base/error.h"
#include "core/io/affine.h"
#include "core/io/image_file.h"
#include "core/io/image_writer.h"
#include "core/io/stored_voxels.h"

namespace recontour {
namespace {

constexpr int kLabelLevel = 6;
constexpr int kCtLevel = 3;  // CT noise hardly shrinks further

std::string text(const Size3& size) {
  return std::to_string(size.x) + " x " + std::to_string(size.y) + " x " + std::to_string(size.z);
}

[[noreturn]] void refuseLabel(const std::filesystem::path& file, const Size3& size, int z, const BadLabel& bad) {
  const auto x = bad.offset % static_cast<std::size_t>(size.x), y = bad.offset / static_cast<std::size_t>(size.x);
  std::array<char, 96> cause{};
  std::snprintf(cause.data(), cause.size(), "voxel (%zu, %zu, %d) has the value %.7g", x, y, z, bad.value);
  throw Error(file, cause.data(), "labels are whole numbers from 0 to 255");
}

LabelMap readLabels(const std::filesystem::path& path, ImageFile& file) {
  const ImageHeader& header = file.header();
  const Size3& size = header.geometry.size;
  LabelMap labels(size);
  const std::size_t sliceVoxels = voxelCount({size.x, size.y, 1});
  std::vector<std::byte> raw(sliceVoxels * static_cast<std::size_t>(header.bytesPerVoxel));
  std::vector<Label> slice(sliceVoxels);
  const auto columns = static_cast<std::size_t>(size.x);
  for (int z = 0; z < size.z; ++z) {
    file.read(raw);
    if (const auto bad = toLabels(header, raw, slice)) refuseLabel(path, size, z, *bad);
    for (int y = 0; y < size.y; ++y) {
      labels.writeRow(y, z, 0, std::span(slice).subspan(static_cast<std::size_t>(y) * columns, columns));
    }
  }
  return labels;
}

}  // namespace

LabelImage readLabelFile(const std::filesystem::path& path) {
  try {
    const auto file = openImageFile(path);
    LabelImage image{file->header().geometry, readLabels(path, *file)};
    file->finish();
    return image;
  } catch (const std::bad_alloc&) {
    throw Error(path, "needs more memory than there is");
  }
}

LabelMap readLabelFileOn(const std::filesystem::path& file, const Geometry& grid) {
  LabelImage image = readLabelFile(file);
  if (!(image.geometry.size == grid.size)) {
    throw Error(file, "its size " + text(image.geometry.size) + " is not the image's " + text(grid.size),
                "resample it to the image's grid");
  }
  if (!sameGrid(image.geometry, grid)) {
    std::array<char, 96> cause{};
    std::snprintf(cause.data(), cause.size(), "lies up to %.3g mm away from the image's grid",
                  cornerDistanceMm(image.geometry, grid));
    throw Error(file, cause.data(), "resample it to the image's grid");
  }
  return std::move(image.labels);
}

void writeLabelFile(const std::filesystem::path& file, const LabelMap& labels, const Geometry& geometry) {
  if (!(labels.size() == geometry.size)) throw Error(file, "cannot be written: labels and geometry differ in size");
  ImageWriter writer(file, geometry, uint8Voxels(), "Recontour label map", kLabelLevel);
  const Size3& size = geometry.size;
  std::vector<Label> slice(voxelCount({size.x, size.y, 1}));
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) labels.readRow(y, z, 0, size.x, slice.data() + std::ptrdiff_t{y} * size.x);
    writer.write(std::as_bytes(std::span(slice)));
  }
  writer.commit();
}

void writeVolumeFile(const std::filesystem::path& file, const Volume& volume, const Geometry& geometry,
                     const std::string& description) {
  if (!(volume.size() == geometry.size)) throw Error(file, "cannot be written: voxels and geometry differ in size");
  ImageWriter writer(file, geometry, int16Voxels(), description, kCtLevel);
  writer.write(std::as_bytes(volume.voxels()));
  writer.commit();
}

}  // namespace recontour
