#include "core/strokes/author_agreement.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/strokes/scribble_raster.h"

namespace recontour {
namespace {

std::map<std::string, LabelMap> rastersByAuthor(const std::vector<ScribbleStroke>& strokes, const Geometry& geometry) {
  std::map<std::string, std::vector<ScribbleStroke>> byAuthor;
  for (const ScribbleStroke& stroke : strokes) byAuthor[stroke.author].push_back(stroke);
  std::map<std::string, LabelMap> rasters;
  for (const auto& [author, own] : byAuthor) rasters.emplace(author, rasterOf(own, geometry));
  return rasters;
}

/// Calls visit(voxel, label of a, label of b) where either has a stroke.
template <typename Visit>
void forEachStrokeVoxel(const LabelMap& a, const LabelMap& b, Visit visit) {
  forEachBrickOfEither(a, b, [&](const Box& box, const DenseBox& first, const DenseBox& second) {
    std::size_t i = 0;
    for (int z = box.lower.z; z < box.upper.z; ++z) {
      for (int y = box.lower.y; y < box.upper.y; ++y) {
        for (int x = box.lower.x; x < box.upper.x; ++x, ++i) {
          if (first.labels[i] != 0 || second.labels[i] != 0) visit(Index3{x, y, z}, first.labels[i], second.labels[i]);
        }
      }
    }
  });
}

Label strokeLabel(Label raster) { return raster == kBackgroundStroke ? Label{0} : raster; }

/// The voxel that lies nearest to the middle of all.
Index3 middleOf(const std::vector<Index3>& voxels) {
  Point3 sum;
  for (const Index3& at : voxels) sum = sum + Point3{double(at.x), double(at.y), double(at.z)};
  const Point3 middle = sum * (1.0 / static_cast<double>(voxels.size()));
  return std::ranges::min(voxels, {}, [&](const Index3& at) {
    return length(Point3{double(at.x), double(at.y), double(at.z)} - middle);
  });
}

void addConflicts(const std::pair<const std::string, LabelMap>& a, const std::pair<const std::string, LabelMap>& b,
                  const Geometry& geometry, std::vector<StrokeConflict>& conflicts) {
  const AxisMap axisMap(geometry);
  std::map<std::tuple<int, Label, Label>, std::vector<Index3>> found;
  forEachStrokeVoxel(a.second, b.second, [&](const Index3& at, Label first, Label second) {
    if (first == 0 || second == 0 || first == second) return;
    found[{axisMap.sliceAt(Plane::Axial, geometry.toWorld(at)), first, second}].push_back(at);
  });
  for (const auto& [key, voxels] : found) {
    const auto& [slice, first, second] = key;
    conflicts.push_back({a.first, b.first, strokeLabel(first), strokeLabel(second), slice,
                         static_cast<std::int64_t>(voxels.size()), geometry.toWorld(middleOf(voxels))});
  }
}

constexpr Label kDisputed = 254;  // while maps are put together; no organ has this number beside 255

Label agreed(Label first, Label second, Agreement agreement) {
  if (first == second) return first;
  if (agreement == Agreement::Intersection) return 0;
  return first == 0 ? second : second == 0 ? first : kDisputed;
}

}  // namespace

std::vector<StrokeConflict> strokeConflicts(const std::vector<ScribbleStroke>& strokes, const Geometry& geometry) {
  const auto rasters = rastersByAuthor(strokes, geometry);
  std::vector<StrokeConflict> conflicts;
  for (auto a = rasters.begin(); a != rasters.end(); ++a) {
    for (auto b = std::next(a); b != rasters.end(); ++b) addConflicts(*a, *b, geometry, conflicts);
  }
  std::ranges::stable_sort(conflicts, {}, &StrokeConflict::axialSlice);
  return conflicts;
}

LabelMap agreedRaster(const std::vector<ScribbleStroke>& strokes, const Geometry& geometry, Agreement agreement) {
  const auto rasters = rastersByAuthor(strokes, geometry);
  if (rasters.empty()) return LabelMap(geometry.size);
  LabelMap all = rasters.begin()->second;
  for (auto next = std::next(rasters.begin()); next != rasters.end(); ++next) {
    const LabelMap before = all;
    forEachStrokeVoxel(before, next->second, [&](const Index3& at, Label first, Label second) {
      const Label label = agreed(first, second, agreement);
      all.writeRow(at.y, at.z, at.x, std::span(&label, 1));
    });
  }
  const LabelMap disputed = all;
  forEachStrokeVoxel(disputed, disputed, [&](const Index3& at, Label label, Label) {
    const Label none = 0;
    if (label == kDisputed) all.writeRow(at.y, at.z, at.x, std::span(&none, 1));
  });
  return all;
}

}  // namespace recontour
