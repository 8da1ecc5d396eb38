#include "core/io/label_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <unordered_map>

#include "core/base/error.h"
#include "core/image/uniform_bricks.h"
#include "core/io/affine.h"
#include "core/io/image_file.h"
#include "core/io/image_writer.h"
#include "core/io/stored_voxels.h"

namespace recontour {
namespace {

constexpr const char* kResample = "resample it to the image's grid: recontour-cli convert LABELS OUT --ct IMAGE";
constexpr Deflate kLabelDeflate = {.level = 6, .runsOnly = true};
constexpr Deflate kCtDeflate = {.level = 3};  // CT noise hardly shrinks further

std::string text(const Size3& size) {
  return std::to_string(size.x) + " x " + std::to_string(size.y) + " x " + std::to_string(size.z);
}

[[noreturn]] void refuseValue(const std::filesystem::path& file, const Size3& size, int z, const BadValue& bad) {
  const auto x = bad.offset % static_cast<std::size_t>(size.x), y = bad.offset / static_cast<std::size_t>(size.x);
  std::array<char, 96> cause{};
  std::snprintf(cause.data(), cause.size(), "voxel (%zu, %zu, %d) has the value %.7g", x, y, z, bad.value);
  throw Error(file, cause.data(), "labels are whole numbers from 0 on");
}

/// Gives each value a slot: that of its own number, or the highest that is free.
class Slots {
 public:
  /// @return nothing when all are taken
  std::optional<Label> of(std::int32_t value) {
    if (value == lastValue_) return lastSlot_;
    const auto [entry, isNew] = slotOf_.try_emplace(value, Label{0});
    if (isNew) {
      const auto slot = freeSlot(value);
      if (!slot) return std::nullopt;
      entry->second = *slot;
      valueOf[*slot] = value;
    }
    lastValue_ = value;
    lastSlot_ = entry->second;
    return lastSlot_;
  }
  std::map<Label, std::int32_t> valueOf;

 private:
  std::optional<Label> freeSlot(std::int32_t value) const {
    if (value <= 255 && !valueOf.contains(static_cast<Label>(value))) return static_cast<Label>(value);
    for (int slot = 255; slot > 0; --slot) {
      if (!valueOf.contains(static_cast<Label>(slot))) return static_cast<Label>(slot);
    }
    return std::nullopt;
  }
  std::unordered_map<std::int32_t, Label> slotOf_{{0, Label{0}}};
  std::int32_t lastValue_ = 0;
  Label lastSlot_ = 0;
};

bool holdsLabelsAsTheyAre(const ImageHeader& header) {
  return header.datatype == uint8Voxels().datatype && header.slope == 1 && header.intercept == 0;
}

/// What most label maps are, and several times as fast.
void readBytes(ImageFile& file, OpenProgress& progress, LabelValues& result) {
  const Size3& size = file.header().geometry.size;
  std::vector<Label> slice(voxelCount({size.x, size.y, 1}));
  std::array<bool, 256> isThere{};
  UniformBricks uniform;
  const std::size_t bricks = voxelCount({result.slots.brickGrid().x, result.slots.brickGrid().y, 1});
  for (int z = 0; z < size.z; ++z) {
    file.read(std::as_writable_bytes(std::span(slice)));
    for (const Label label : slice) isThere[label] = true;
    result.slots.write({{0, 0, z}, {size.x, size.y, z + 1}}, {{size.x, size.y, 1}, slice});
    const auto layers = static_cast<std::size_t>((z + 1) / LabelMap::kBrickEdge);
    if ((z + 1) % LabelMap::kBrickEdge == 0) uniform.share(result.slots, (layers - 1) * bricks, layers * bricks);
    progress.progress("read", z + 1, size.z, -1);
  }
  for (int value = 1; value < 256; ++value) {
    if (isThere[static_cast<std::size_t>(value)]) result.valueOf[static_cast<Label>(value)] = value;
  }
}

void readSlots(const std::filesystem::path& path, ImageFile& file, OpenProgress& progress, LabelValues& result) {
  const ImageHeader& header = file.header();
  const Size3& size = header.geometry.size;
  const std::size_t sliceVoxels = voxelCount({size.x, size.y, 1});
  std::vector<std::byte> raw(sliceVoxels * static_cast<std::size_t>(header.bytesPerVoxel));
  std::vector<std::int32_t> values(sliceVoxels);
  std::vector<Label> row(static_cast<std::size_t>(size.x));
  Slots slots;
  for (int z = 0; z < size.z; ++z) {
    file.read(raw);
    if (const auto bad = toLabelValues(header, raw, values)) refuseValue(path, size, z, *bad);
    for (int y = 0; y < size.y; ++y) {
      const std::int32_t* value = values.data() + std::ptrdiff_t{y} * size.x;
      for (Label& label : row) {
        const auto slot = slots.of(*value++);
        if (!slot) throw Error(path, "holds more than 255 different values", "is it a label map?");
        label = *slot;
      }
      result.slots.writeRow(y, z, 0, row);
    }
    progress.progress("read", z + 1, size.z, -1);
  }
  result.valueOf = std::move(slots.valueOf);
}

}  // namespace

LabelValues readLabelValues(const std::filesystem::path& path, OpenProgress& progress, LeaningGrid leaning) {
  try {
    const auto file = openImageFile(path, leaning);
    progress.declares(declaredBytes(file->header()));
    LabelValues result{file->header().geometry, LabelMap(file->header().geometry.size), {}, file->header().shear};
    if (holdsLabelsAsTheyAre(file->header()))
      readBytes(*file, progress, result);
    else
      readSlots(path, *file, progress, result);
    file->finish();
    return result;
  } catch (const std::bad_alloc&) {
    throw Error(path, "needs more memory than there is");
  }
}

LabelImage readLabelFile(const std::filesystem::path& path) {
  OpenProgress nothing;
  const LabelValues values = readLabelValues(path, nothing);
  return {values.geometry, plainLabels(path, values)};
}

LabelImage readLabelFile(const std::filesystem::path& path, const std::optional<LabelValueTable>& table,
                         const OrganTable& organs) {
  OpenProgress nothing;
  const LabelValues values = readLabelValues(path, nothing);
  return {values.geometry, labelsOf(path, values, table, organs)};
}

LabelMap labelsOf(const std::filesystem::path& file, const LabelValues& values,
                  const std::optional<LabelValueTable>& table, const OrganTable& organs) {
  if (!table) return plainLabels(file, values);
  try {
    return labelled(values, labelsByTable(values, *table, organs));
  } catch (const Error& error) {
    throw Error(file, error.what(), "add them to the table, or give another");
  }
}

LabelMap plainLabels(const std::filesystem::path& file, const LabelValues& values) {
  try {
    return labelled(values, labelsAsTheyAre(values));
  } catch (const Error& error) {
    throw Error(file, error.what(), "give a table of what its values mean");
  }
}

LabelMap readLabelFileOn(const std::filesystem::path& file, const Geometry& grid) {
  LabelImage image = readLabelFile(file);
  requireSameGrid(file, image.geometry, grid);
  return std::move(image.labels);
}

void requireSameGrid(const std::filesystem::path& file, const Geometry& found, const Geometry& grid) {
  if (!(found.size == grid.size)) {
    throw Error(file, "its size " + text(found.size) + " is not the image's " + text(grid.size), kResample);
  }
  if (sameGrid(found, grid)) return;
  std::array<char, 96> cause{};
  std::snprintf(cause.data(), cause.size(), "lies up to %.3g mm away from the image's grid",
                cornerDistanceMm(found, grid));
  throw Error(file, cause.data(), kResample);
}

void writeLabelFile(const std::filesystem::path& file, const LabelMap& labels, const Geometry& geometry) {
  if (!(labels.size() == geometry.size)) throw Error(file, "cannot be written: labels and geometry differ in size");
  ImageWriter writer(file, geometry, uint8Voxels(), "Recontour label map", kLabelDeflate);
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
  ImageWriter writer(file, geometry, int16Voxels(), description, kCtDeflate);
  writer.write(std::as_bytes(volume.voxels()));
  writer.commit();
}

}  // namespace recontour
