#include "core/study/plant_scene.h"

#include <cmath>
#include <limits>
#include <queue>
#include <utility>

namespace recontour {

PlantScene::PlantScene(const LabelMap& map, const Geometry& geometry, const Box& box, std::uint64_t seed)
    : labels(map.copy(box)), random(seed), geometry_(geometry), box_(box) {}

std::int64_t PlantScene::voxelsOf(double ml) const {
  return std::max<std::int64_t>(1, std::llround(ml * 1000 / geometry_.voxelVolumeMm3()));
}

double PlantScene::mlOf(std::int64_t voxels) const {
  return static_cast<double>(voxels) * geometry_.voxelVolumeMm3() / 1000;
}

std::size_t PlantScene::number(const Index3& at) const {
  const auto width = static_cast<std::size_t>(labels.size.x), height = static_cast<std::size_t>(labels.size.y);
  return (static_cast<std::size_t>(at.z) * height + static_cast<std::size_t>(at.y)) * width +
         static_cast<std::size_t>(at.x);
}

Index3 PlantScene::place(std::size_t number) const {
  const auto width = static_cast<std::size_t>(labels.size.x), height = static_cast<std::size_t>(labels.size.y);
  return {static_cast<int>(number % width), static_cast<int>(number / width % height),
          static_cast<int>(number / width / height)};
}

std::optional<std::size_t> PlantScene::neighbour(std::size_t number, int axis, int step) const {
  Index3 at = place(number);
  at[axis] += step;
  if (at[axis] < 0 || at[axis] >= labels.size[axis]) return std::nullopt;
  return this->number(at);
}

double PlantScene::squaredMm(const Index3& a, const Index3& b) const {
  double sum = 0;
  for (int axis = 2; axis >= 0; --axis) {
    const double mm = (a[axis] - b[axis]) * geometry_.spacing[axis];
    sum += mm * mm;
  }
  return sum;
}

std::size_t PlantScene::randomEnd(Label label) {
  const Point3 towards{random.between(-1, 1), random.between(-1, 1), random.between(-1, 1)};
  std::size_t end = 0;
  double farthest = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < labels.labels.size(); ++i) {
    if (labels.labels[i] != label) continue;
    const double along = dot(geometry_.toWorld(place(i)), towards);
    if (along <= farthest) continue;
    farthest = along;
    end = i;
  }
  return end;
}

std::vector<std::size_t> PlantScene::neighboursOf(std::size_t number, Label label) const {
  std::vector<std::size_t> found;
  for (int axis = 0; axis < 3; ++axis) {
    for (const int step : {-1, 1}) {
      const auto beside = neighbour(number, axis, step);
      if (beside && labels.labels[*beside] == label) found.push_back(*beside);
    }
  }
  return found;
}

std::vector<std::size_t> PlantScene::grown(const std::vector<std::size_t>& starts, std::size_t centre, Label over,
                                           std::int64_t most) const {
  using Waiting = std::pair<double, std::size_t>;  // squared mm from the centre, voxel
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting;
  std::vector<bool> met(labels.labels.size());
  const auto meet = [&](std::size_t voxel) {
    if (met[voxel]) return;
    met[voxel] = true;
    waiting.emplace(squaredMm(place(voxel), place(centre)), voxel);
  };
  for (const std::size_t start : starts) meet(start);
  std::vector<std::size_t> taken;
  while (!waiting.empty() && static_cast<std::int64_t>(taken.size()) < most) {
    taken.push_back(waiting.top().second);
    waiting.pop();
    for (const std::size_t beside : neighboursOf(taken.back(), over)) meet(beside);
  }
  return taken;
}

}  // namespace recontour
