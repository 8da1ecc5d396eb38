#include "models/engine/label_projection.h"

#include <algorithm>
#include <cmath>

#include "models/engine/model_grid.h"
#include "models/engine/parallel.h"

namespace recontour {
namespace {

constexpr Label kMixed = 255;  // no channel: manifests have at most 255

std::size_t offsetOf(const Size3& size, int x, int y, int z) {
  return (std::size_t(z) * std::size_t(size.y) + std::size_t(y)) * std::size_t(size.x) + std::size_t(x);
}

/// The channel that all eight corners of the cell at (x, y, z) have, or kMixed. Corners beyond the border are those on
/// it.
std::vector<Label> cellChannels(const std::vector<Label>& best, const Size3& size, int threads) {
  std::vector<Label> cells(best.size());
  parallelFor(threads, size.z, [&](int z) {
    const int z1 = std::min(z + 1, size.z - 1);
    for (int y = 0; y < size.y; ++y) {
      const int y1 = std::min(y + 1, size.y - 1);
      const std::array rows = {offsetOf(size, 0, y, z), offsetOf(size, 0, y1, z), offsetOf(size, 0, y, z1),
                               offsetOf(size, 0, y1, z1)};
      for (int x = 0; x < size.x; ++x) {
        const auto x0 = static_cast<std::size_t>(x);
        const auto x1 = static_cast<std::size_t>(std::min(x + 1, size.x - 1));
        const Label first = best[rows[0] + x0];
        bool same = true;
        for (const std::size_t row : rows) same = same && best[row + x0] == first && best[row + x1] == first;
        cells[rows[0] + x0] = same ? first : kMixed;
      }
    }
  });
  return cells;
}

/// A position between grid voxels.
struct Position {
  Index3 cell;
  std::array<float, 3> fraction{};
};

class Interpolator {
 public:
  Interpolator(const Logits& logits, const Geometry& grid, const Geometry& ct) : logits_(logits), map_(ct, grid) {}

  /// @return false when the voxel lies more than one grid voxel beyond the grid
  bool locate(int x, const Point3& row, Position& at) const {
    for (int axis = 0; axis < 3; ++axis) {
      const int last = logits_.size[axis] - 1;
      const double index = row[axis] + map_.step[0][axis] * x;
      if (index < -1 || index > last + 1) return false;
      const double inside = std::clamp(index, 0.0, double(last));
      at.cell[axis] = static_cast<int>(inside);
      at.fraction[std::size_t(axis)] = static_cast<float>(inside - at.cell[axis]);
    }
    return true;
  }
  Point3 row(int y, int z) const { return map_.origin + map_.step[1] * y + map_.step[2] * z; }

  int bestChannel(const Position& at) const {
    std::array<std::size_t, 8> corners;
    std::array<float, 8> weights;
    for (unsigned corner = 0; corner < 8; ++corner) {
      Index3 index = at.cell;
      float weight = 1;
      for (int axis = 0; axis < 3; ++axis) {
        const bool upper = (corner >> axis & 1U) != 0;
        const float fraction = at.fraction[std::size_t(axis)];
        weight *= upper ? fraction : 1 - fraction;
        if (upper) index[axis] = std::min(index[axis] + 1, logits_.size[axis] - 1);
      }
      corners[corner] = offsetOf(logits_.size, index.x, index.y, index.z);
      weights[corner] = weight;
    }
    return largestAt(corners, weights);
  }

 private:
  int largestAt(const std::array<std::size_t, 8>& corners, const std::array<float, 8>& weights) const {
    const std::size_t voxels = voxelCount(logits_.size);
    int best = 0;
    float largest = 0;
    for (int channel = 0; channel < logits_.channels; ++channel) {
      const float* values = logits_.values.data() + static_cast<std::size_t>(channel) * voxels;
      float value = 0;
      for (std::size_t corner = 0; corner < 8; ++corner) value += weights[corner] * values[corners[corner]];
      if (channel == 0 || value > largest) {
        largest = value;
        best = channel;
      }
    }
    return best;
  }
  const Logits& logits_;
  IndexMap map_;
};

template <typename ChannelAt>
void projectRow(const Interpolator& interpolator, int y, int z, std::span<Label> out,
                const std::array<Label, 256>& labelOf, const ChannelAt& channelAt) {
  const Point3 row = interpolator.row(y, z);
  Position at;
  for (std::size_t x = 0; x < out.size(); ++x) {
    if (interpolator.locate(static_cast<int>(x), row, at)) out[x] = labelOf[static_cast<std::size_t>(channelAt(at))];
  }
}

template <typename ChannelAt>
std::vector<Label> projectAll(const Interpolator& interpolator, const Geometry& ct,
                              const std::array<Label, 256>& labelOf, int threads, const ChannelAt& channelAt) {
  std::vector<Label> labels(voxelCount(ct.size), 0);
  parallelFor(threads, ct.size.z, [&](int z) {
    for (int y = 0; y < ct.size.y; ++y) {
      const std::span row(labels.data() + offsetOf(ct.size, 0, y, z), static_cast<std::size_t>(ct.size.x));
      projectRow(interpolator, y, z, row, labelOf, channelAt);
    }
  });
  return labels;
}

}  // namespace

std::vector<Label> bestChannels(const Logits& logits, int threads) {
  const std::size_t voxels = voxelCount(logits.size);
  const std::size_t slice = voxels / static_cast<std::size_t>(logits.size.z);
  std::vector<Label> best(voxels, 0);
  parallelFor(threads, logits.size.z, [&](int z) {
    const std::size_t first = slice * static_cast<std::size_t>(z);
    std::vector<float> largest(logits.values.begin() + std::ptrdiff_t(first),
                               logits.values.begin() + std::ptrdiff_t(first + slice));
    for (int channel = 1; channel < logits.channels; ++channel) {
      const float* values = logits.values.data() + static_cast<std::size_t>(channel) * voxels + first;
      for (std::size_t i = 0; i < slice; ++i) {
        if (values[i] > largest[i]) {
          largest[i] = values[i];
          best[first + i] = static_cast<Label>(channel);
        }
      }
    }
  });
  return best;
}

std::vector<Label> projectLabels(const Logits& logits, const Geometry& grid, const Geometry& ct,
                                 const std::array<Label, 256>& labelOf, int threads) {
  const std::vector<Label> cells = cellChannels(bestChannels(logits, threads), logits.size, threads);
  const Interpolator interpolator(logits, grid, ct);
  return projectAll(interpolator, ct, labelOf, threads, [&](const Position& at) {
    const Label common = cells[offsetOf(logits.size, at.cell.x, at.cell.y, at.cell.z)];
    return common != kMixed ? int(common) : interpolator.bestChannel(at);
  });
}

std::vector<Label> projectLabelsDirectly(const Logits& logits, const Geometry& grid, const Geometry& ct,
                                         const std::array<Label, 256>& labelOf) {
  const Interpolator interpolator(logits, grid, ct);
  return projectAll(interpolator, ct, labelOf, 1, [&](const Position& at) { return interpolator.bestChannel(at); });
}

}  // namespace recontour
