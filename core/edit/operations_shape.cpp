// Operations on the shape of contours: holes, margins, smoothing.
#include <algorithm>
#include <cmath>

#include "core/edit/mask_filters.h"
#include "core/edit/organ_cut.h"

namespace recontour {
namespace {

constexpr double kRounding = 1e-4;  // of float distances, mm
constexpr double kSmoothReach = 3;  // standard deviations; beyond, a Gaussian is no more

std::vector<bool> complement(std::vector<bool> mask) {
  mask.flip();
  return mask;
}

/// Voxels of the other side within some mm of the mask, added to it.
std::vector<bool> grown(const std::vector<bool>& mask, const Size3& size, const Point3& spacing, double mm,
                        const OperationProgress& progress) {
  if (std::ranges::find(mask, true) == mask.end()) return mask;
  const std::vector<float> distances = distanceMm(mask, size, spacing, progress);
  std::vector<bool> result(mask.size());
  for (std::size_t i = 0; i < mask.size(); ++i) result[i] = distances[i] <= mm + kRounding;
  return result;
}

/// What `reached` did not reach of the slice is enclosed by the organ.
void fillSlice(OrganCut& cut, const PlaneAxes& axes, int slice, Label organ) {
  const int columns = cut.dense.size[axes.columnAxis], rows = cut.dense.size[axes.rowAxis];
  const auto offsetAt = [&](int column, int row) {
    Index3 at;
    at[axes.columnAxis] = column;
    at[axes.rowAxis] = row;
    at[axes.sliceAxis] = slice;
    return cut.offset(at);
  };
  std::vector<bool> reached(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  std::vector<std::pair<int, int>> open;
  const auto visit = [&](int column, int row) {
    if (column < 0 || row < 0 || column >= columns || row >= rows) return;
    const auto place = static_cast<std::size_t>(row * columns + column);
    if (reached[place] || cut.dense.labels[offsetAt(column, row)] == organ) return;
    reached[place] = true;
    open.emplace_back(column, row);
  };
  for (int column = 0; column < columns; ++column) visit(column, 0), visit(column, rows - 1);
  for (int row = 0; row < rows; ++row) visit(0, row), visit(columns - 1, row);
  while (!open.empty()) {
    const auto [column, row] = open.back();
    open.pop_back();
    visit(column - 1, row), visit(column + 1, row), visit(column, row - 1), visit(column, row + 1);
  }
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (!reached[static_cast<std::size_t>(row * columns + column)]) cut.dense.labels[offsetAt(column, row)] = organ;
    }
  }
}

}  // namespace

void fillHoles(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  OrganCut cut = cutOut(input.labels, input.geometry, operation.organ, 0);
  if (cut.box.empty()) return;
  const PlaneAxes axes = AxisMap(input.geometry).axes(operation.plane);
  for (int slice = 0; slice < cut.dense.size[axes.sliceAxis]; ++slice) fillSlice(cut, axes, slice, operation.organ);
  edit.write(cut.box, cut.dense);
}

/// Shrinking is growth of what is not the organ. Beyond the grid nothing is known, so a cut organ keeps its cut side.
void addMargin(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  const double mm = operation.amount,
               largestSpacing =
                   std::max({input.geometry.spacing.x, input.geometry.spacing.y, input.geometry.spacing.z});
  OrganCut cut = cutOut(input.labels, input.geometry, operation.organ, std::max(mm, largestSpacing));
  if (cut.box.empty() || mm == 0) return;
  const std::vector<bool> mask = maskOf(cut.dense, operation.organ);
  const Point3& spacing = input.geometry.spacing;
  setMask(cut.dense, operation.organ,
          mm > 0 ? grown(mask, cut.dense.size, spacing, mm, input.progress)
                 : complement(grown(complement(mask), cut.dense.size, spacing, -mm, input.progress)));
  edit.write(cut.box, cut.dense);
}

void smooth(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  OrganCut cut = cutOut(input.labels, input.geometry, operation.organ, kSmoothReach * operation.amount);
  if (cut.box.empty() || operation.amount <= 0) return;
  const std::vector<float> soft = blurred(maskOf(cut.dense, operation.organ), cut.dense.size, input.geometry.spacing,
                                          operation.amount, input.progress);
  std::vector<bool> mask(soft.size());
  for (std::size_t i = 0; i < soft.size(); ++i) mask[i] = soft[i] >= 0.5F;
  setMask(cut.dense, operation.organ, mask);
  edit.write(cut.box, cut.dense);
}

void smoothByMedian(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  if (operation.amount <= 0) return;
  OrganCut cut = cutOut(input.labels, input.geometry, operation.organ, operation.amount);
  if (cut.box.empty()) return;
  setMask(cut.dense, operation.organ,
          median(maskOf(cut.dense, operation.organ), cut.dense.size, input.geometry.spacing, operation.amount,
                 input.progress));
  edit.write(cut.box, cut.dense);
}

void keepByDistance(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  OrganCut cut = cutOut(input.labels, input.geometry, operation.organ, 0);
  const Box around = organBox(input.others(), input.geometry, operation.other, operation.amount);
  const bool near = operation.kind == OperationKind::KeepNear;
  if (cut.box.empty() || (around.empty() && !near)) return;
  const OrganCut both{unite(cut.box, around), input.others().copy(unite(cut.box, around))};
  const auto reached = grown(maskOf(both.dense, operation.other), both.dense.size, input.geometry.spacing,
                             operation.amount, input.progress);
  std::size_t i = 0;
  for (int z = cut.box.lower.z; z < cut.box.upper.z; ++z) {
    for (int y = cut.box.lower.y; y < cut.box.upper.y; ++y) {
      for (int x = cut.box.lower.x; x < cut.box.upper.x; ++x, ++i) {
        const bool inReach = reached[both.placeOf({x, y, z})];
        if (cut.dense.labels[i] == operation.organ && inReach != near) cut.dense.labels[i] = 0;
      }
    }
  }
  edit.write(cut.box, cut.dense);
}

/// Each voxel goes to the organ, or to the background, that has most of its surroundings.
void smoothAll(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  const auto counts = labelCounts(input.labels);
  Box all;
  for (std::size_t label = 1; label < 256; ++label) {
    if (counts[label] > 0)
      all = unite(all,
                  organBox(input.labels, input.geometry, static_cast<Label>(label), kSmoothReach * operation.amount));
  }
  if (all.empty() || operation.amount <= 0) return;
  OrganCut whole{all, input.labels.copy(all)};
  std::vector<float> most(whole.dense.labels.size(), 0), background(whole.dense.labels.size(), 1);
  DenseBox result{whole.dense.size, std::vector<Label>(whole.dense.labels.size(), 0)};
  const auto organs =
      static_cast<double>(std::count_if(counts.begin() + 1, counts.end(), [](std::int64_t n) { return n > 0; }));
  double done = 0;
  for (std::size_t number = 1; number < 256; ++number) {
    const Label label = static_cast<Label>(number);
    if (counts[number] == 0) continue;
    tellDone(input, done++ / organs);
    const OrganCut cut = cutOut(input.labels, input.geometry, label, kSmoothReach * operation.amount);
    const std::vector<float> soft =
        blurred(maskOf(cut.dense, label), cut.dense.size, input.geometry.spacing, operation.amount);
    std::size_t i = 0;
    for (int z = cut.box.lower.z; z < cut.box.upper.z; ++z) {
      for (int y = cut.box.lower.y; y < cut.box.upper.y; ++y) {
        std::size_t at = whole.placeOf({cut.box.lower.x, y, z});
        for (int x = cut.box.lower.x; x < cut.box.upper.x; ++x, ++i, ++at) {
          background[at] -= soft[i];
          if (soft[i] <= most[at]) continue;
          most[at] = soft[i];
          result.labels[at] = label;
        }
      }
    }
  }
  for (std::size_t i = 0; i < most.size(); ++i) {
    if (background[i] > most[i]) result.labels[i] = 0;
  }
  edit.write(all, result);
}

}  // namespace recontour
