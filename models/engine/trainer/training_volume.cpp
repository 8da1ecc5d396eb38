#include "models/engine/trainer/training_volume.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/image/job_files.h"
#include "models/engine/model_grid.h"
#include "models/engine/parallel.h"

namespace recontour {
namespace {

constexpr float kAirHu = -1000;

/// The grid that a prediction with this spacing uses: what is learned is what will be seen.
Geometry gridOf(const Geometry& ct, const Point3& spacingMm) {
  ModelManifest manifest;
  manifest.spacingMm = spacingMm;
  return modelGrid(ct, manifest);
}

/// Number of the voxel whose cell holds a continuous index; empty beyond the grid.
std::optional<std::size_t> voxelAt(const Point3& index, const Size3& size) {
  constexpr double kSlack = 1e-6;  // rounding must not put an edge outside
  std::size_t number = 0;
  for (int axis = 2; axis >= 0; --axis) {
    if (index[axis] < -0.5 - kSlack || index[axis] > size[axis] - 0.5 + kSlack) return {};
    const int at = std::clamp(static_cast<int>(std::floor(index[axis] + 0.5)), 0, size[axis] - 1);
    number = number * static_cast<std::size_t>(size[axis]) + static_cast<std::size_t>(at);
  }
  return number;
}

std::vector<Label> nearestLabels(const LabelMap& map, const Geometry& ct, const Geometry& grid, int threads) {
  const std::vector<Label> labels = map.toDense();
  const IndexMap toCt(grid, ct);
  std::vector<Label> result(voxelCount(grid.size), kIgnored);
  parallelFor(threads, grid.size.z, [&](int z) {
    Label* out = result.data() + static_cast<std::size_t>(z) * static_cast<std::size_t>(grid.size.x * grid.size.y);
    for (int y = 0; y < grid.size.y; ++y) {
      const Point3 row = toCt.origin + toCt.step[1] * y + toCt.step[2] * z;
      for (int x = 0; x < grid.size.x; ++x, ++out) {
        if (const auto voxel = voxelAt(row + toCt.step[0] * x, ct.size)) *out = labels[*voxel];
      }
    }
  });
  return result;
}

/// Grid voxels that the strokes mark, by label, once for each voxel of a stroke.
using Marks = std::array<std::vector<std::uint32_t>, kIgnored>;

Marks marksOf(const LabelMap& strokes, const Geometry& ct, const Geometry& grid) {
  const IndexMap toGrid(ct, grid);
  Marks marks;
  std::vector<Label> row(static_cast<std::size_t>(ct.size.x));
  for (int z = 0; z < ct.size.z; ++z) {
    for (int y = 0; y < ct.size.y; ++y) {
      strokes.readRow(y, z, 0, ct.size.x, row.data());
      const Point3 start = toGrid.origin + toGrid.step[1] * y + toGrid.step[2] * z;
      for (int x = 0; x < ct.size.x; ++x) {
        const Label label = row[static_cast<std::size_t>(x)];
        if (label == kIgnored) continue;
        const auto voxel = voxelAt(start + toGrid.step[0] * x, grid.size);
        if (voxel) marks[label].push_back(static_cast<std::uint32_t>(*voxel));
      }
    }
  }
  return marks;
}

std::vector<Label> votedLabels(const Marks& marks, std::size_t voxels) {
  std::vector<Label> winner(voxels, kIgnored);
  std::vector<std::uint32_t> most(voxels, 0), votes(voxels, 0);
  for (std::size_t label = 0; label < marks.size(); ++label) {
    for (const auto voxel : marks[label]) ++votes[voxel];
    for (const auto voxel : marks[label]) {
      const auto count = std::exchange(votes[voxel], 0);
      if (count <= most[voxel]) continue;  // the lower label stays on ties
      most[voxel] = count;
      winner[voxel] = static_cast<Label>(label);
    }
  }
  return winner;
}

void checkHash(const std::filesystem::path& file, const std::string& found, const std::string& told) {
  if (found == told) return;
  throw Error(file, "its SHA-256 is not the one that the request tells, so it was changed or exchanged",
              "write the case again");
}

Volume readVolume(const TrainingCaseFiles& files) {
  auto voxels = readVoxels(files.volume, voxelCount(files.geometry.size));
  checkHash(files.volume, sha256Hex(std::as_bytes(std::span(voxels))), files.volumeSha256);
  return {files.geometry.size, std::move(voxels)};
}

void checkLabels(const LabelMap& map, const std::string& which, int channels, bool ignoresNothing,
                 const std::string& table) {
  const auto counts = labelCounts(map);
  const std::size_t end = ignoresNothing ? counts.size() : kIgnored;
  for (auto label = static_cast<std::size_t>(channels); label < end; ++label) {
    if (counts[label] == 0) continue;
    throw Error(which + " hold the label " + std::to_string(label) + ", which the organ table '" + table +
                "' lacks; choose the table that they were drawn with");
  }
}

LabelMap readDense(const TrainingCaseFiles& files, const TrainingRequest& request, int channels) {
  LabelMap map = readLabels(*files.dense, files.geometry.size, files.denseSha256);
  checkLabels(map, "its dense labels", channels, true, request.organs.name);
  return map;
}

LabelMap readStrokes(const TrainingCaseFiles& files, const TrainingRequest& request, int channels) {
  LabelMap map = readLabels(*files.scribbles, files.geometry.size, files.scribblesSha256);
  checkLabels(map, "its strokes", channels, false, request.organs.name);
  if (static_cast<std::size_t>(labelCounts(map)[kIgnored]) == voxelCount(map.size())) {
    throw Error("its map of strokes has no stroke; draw some or leave the case out");
  }
  return map;
}

TrainingVolume readFiles(const TrainingCaseFiles& files, const TrainingRequest& request, int channels) {
  const Volume volume = readVolume(files);
  std::optional<LabelMap> strokes, dense;
  if (files.scribbles) strokes = readStrokes(files, request, channels);
  if (files.dense) dense = readDense(files, request, channels);
  return makeTrainingVolume(files.name, volume, files.geometry, strokes ? &*strokes : nullptr,
                            dense ? &*dense : nullptr, request.spacingMm, request.normalization, request.threads);
}

}  // namespace

TrainingVolume makeTrainingVolume(const std::string& name, const Volume& volume, const Geometry& geometry,
                                  const LabelMap* strokes, const LabelMap* dense, const Point3& spacingMm,
                                  const Normalization& normalization, int threads) {
  TrainingVolume result;
  result.name = name;
  result.grid = gridOf(geometry, spacingMm);
  result.image = resampleHu(volume, geometry, result.grid, kAirHu, threads);
  const HuTransform transform(normalization, result.image);
  transform.apply(result.image);
  result.padValue = transform(kAirHu);
  if (strokes != nullptr) result.strokes = votedLabels(marksOf(*strokes, geometry, result.grid), result.image.size());
  if (dense != nullptr) result.dense = nearestLabels(*dense, geometry, result.grid, threads);
  return result;
}

TrainingVolume readTrainingVolume(const TrainingCaseFiles& files, const TrainingRequest& request, int channels) {
  try {
    return readFiles(files, request, channels);
  } catch (const Error& error) {
    throw Error("case '" + files.name + "': " + error.what(), error.kind());
  }
}

}  // namespace recontour
