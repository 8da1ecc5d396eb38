#include "tests/reliability/scale/large_case.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/io/image_writer.h"
#include "core/phantom/phantom.h"

namespace recontour {
namespace {

constexpr int kEdge = 512;
constexpr std::int16_t kAirHu = -1000;
constexpr int kNoiseHu = 16;  // to either side
constexpr Deflate kFast = {.level = 1};

Phantom phantom() {
  class : public ProgressSink {
    void progress(std::string_view, int, int, double) override {}
  } nothing;
  return generatePhantom({}, nothing, {});
}

/// The phantom's width over the whole edge, its middle in the middle, its height over all slices.
Geometry fineGrid(const Geometry& coarse, int slices) {
  Geometry fine = coarse;
  fine.size = {kEdge, kEdge, slices};
  fine.spacing.x = fine.spacing.y = coarse.size.x * coarse.spacing.x / kEdge;
  fine.spacing.z = coarse.size.z * coarse.spacing.z / slices;
  fine.origin.y += (coarse.size.y * coarse.spacing.y - kEdge * fine.spacing.y) / 2;
  return fine;
}

/// A linear congruential generator: quick, and the same everywhere.
class Noise {
 public:
  int next() {
    state_ = state_ * 1664525U + 1013904223U;
    return static_cast<int>(state_ >> 16) % (2 * kNoiseHu + 1) - kNoiseHu;
  }

 private:
  std::uint32_t state_ = 1;
};

/// The coarse voxel that holds each position of the fine grid along an axis; outside the coarse grid -1.
std::vector<int> coarsePositions(const Geometry& coarse, const Geometry& fine, int axis) {
  std::vector<int> positions(static_cast<std::size_t>(fine.size[axis]));
  for (int i = 0; i < fine.size[axis]; ++i) {
    Index3 at;
    at[axis] = i;
    const int found = coarse.nearestVoxel(fine.toWorld(at))[axis];
    positions[static_cast<std::size_t>(i)] = found < 0 || found >= coarse.size[axis] ? -1 : found;
  }
  return positions;
}

/// Calls write(x, y, z of the coarse voxel, place in the slice) for all voxels of a fine slice.
template <typename Write>
void forEachVoxel(const std::vector<int>& columns, const std::vector<int>& rows, int z, Write write) {
  std::size_t place = 0;
  for (const int y : rows)
    for (const int x : columns) write(Index3{x, y, z}, place++);
}

template <typename T>
std::span<const std::byte> bytesOf(const std::vector<T>& slice) {
  return std::as_bytes(std::span(slice));
}

}  // namespace

LargeCase writeLargeCase(const std::filesystem::path& folder, int slices, const char* ending) {
  const Phantom made = phantom();
  const Geometry fine = fineGrid(made.geometry, slices);
  const auto columns = coarsePositions(made.geometry, fine, 0), rows = coarsePositions(made.geometry, fine, 1),
             layers = coarsePositions(made.geometry, fine, 2);
  const LargeCase files{folder / (std::string("large") + ending), folder / "labels.nii.gz"};
  ImageWriter image(files.image, fine, int16Voxels(), "Recontour synthetic phantom", kFast);
  ImageWriter labels(files.labels, fine, uint8Voxels(), "Recontour label map", {.level = 1, .runsOnly = true});
  std::vector<std::int16_t> hu(std::size_t{kEdge} * kEdge);
  std::vector<Label> organs(hu.size());
  Noise noise;
  for (const int layer : layers) {
    forEachVoxel(columns, rows, std::max(layer, 0), [&](const Index3& at, std::size_t place) {
      const bool inside = at.x >= 0 && at.y >= 0;
      hu[place] = static_cast<std::int16_t>((inside ? made.volume.at(at) : kAirHu) + noise.next());
      organs[place] = inside ? made.labels.at(at) : Label{0};
    });
    image.write(bytesOf(hu));
    labels.write(bytesOf(organs));
  }
  image.commit();
  labels.commit();
  return files;
}

}  // namespace recontour
