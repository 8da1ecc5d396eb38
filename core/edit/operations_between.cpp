// Fill between slices: the shapes of two slices that are drawn, blended on those between them.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/edit/mask_filters.h"
#include "core/edit/organ_cut.h"
#include "core/image/islands.h"

namespace recontour {
namespace {

constexpr double kFarApart = 2.0;  // radii of two parts between whose middles nothing is drawn any more

/// One connected part of the organ on a slice, by the signed distance in mm from its border: negative inside.
struct Part {
  std::vector<float> signedMm;
  double column = 0, row = 0, pixels = 0;  ///< middle and size
};

/// A slice of the cut as a flat array of columns x rows.
class Picture {
 public:
  Picture(const OrganCut& cut, const PlaneAxes& axes, const Point3& spacing)
      : cut_(cut),
        axes_(axes),
        size_{cut.dense.size[axes.columnAxis], cut.dense.size[axes.rowAxis], 1},
        spacing_{spacing[axes.columnAxis], spacing[axes.rowAxis], 1} {}

  std::size_t offsetAt(int column, int row, int slice) const {
    Index3 at;
    at[axes_.columnAxis] = column;
    at[axes_.rowAxis] = row;
    at[axes_.sliceAxis] = slice;
    return cut_.offset(at);
  }
  bool holds(int slice, Label organ) const {
    for (int row = 0; row < size_.y; ++row) {
      for (int column = 0; column < size_.x; ++column) {
        if (cut_.dense.labels[offsetAt(column, row, slice)] == organ) return true;
      }
    }
    return false;
  }
  std::vector<Part> parts(int slice, Label organ) const {
    DenseBox flat{size_, {}};
    for (int row = 0; row < size_.y; ++row) {
      for (int column = 0; column < size_.x; ++column)
        flat.labels.push_back(cut_.dense.labels[offsetAt(column, row, slice)]);
    }
    const auto numbers = islandNumbers(flat, organ);
    std::vector<Part> parts(static_cast<std::size_t>(std::ranges::max(numbers)));
    for (std::size_t number = 0; number < parts.size(); ++number)
      parts[number] = partOf(numbers, static_cast<int>(number) + 1);
    return parts;
  }
  /// Signed distance at a position; beyond the picture that of its border and the way from there.
  double at(const Part& part, double column, double row) const {
    const double x = std::clamp(column, 0.0, size_.x - 1.0), y = std::clamp(row, 0.0, size_.y - 1.0);
    const auto offset = static_cast<std::size_t>(std::lround(y) * size_.x + std::lround(x));
    return part.signedMm[offset] + std::hypot((column - x) * spacing_.x, (row - y) * spacing_.y);
  }
  const Size3& size() const { return size_; }
  double apartMm(const Part& a, const Part& b) const {
    return std::hypot((a.column - b.column) * spacing_.x, (a.row - b.row) * spacing_.y);
  }
  double radiusMm(const Part& part) const {
    return std::sqrt(part.pixels * spacing_.x * spacing_.y / std::numbers::pi);
  }

 private:
  Part partOf(const std::vector<int>& numbers, int number) const {
    std::vector<bool> mask(numbers.size());
    Part part;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      mask[i] = numbers[i] == number;
      if (!mask[i]) continue;
      part.column += double(i % static_cast<std::size_t>(size_.x));
      part.row += double(i / static_cast<std::size_t>(size_.x));
      ++part.pixels;
    }
    part.column /= part.pixels;
    part.row /= part.pixels;
    part.signedMm = distanceMm(mask, size_, spacing_);
    std::vector<bool> outside = mask;
    outside.flip();
    if (part.pixels == double(mask.size())) {  // from end to end of the scan
      std::ranges::fill(part.signedMm, static_cast<float>(-radiusMm(part)));
      return part;
    }
    const auto inside = distanceMm(outside, size_, spacing_);
    for (std::size_t i = 0; i < mask.size(); ++i) part.signedMm[i] -= inside[i];
    return part;
  }
  const OrganCut& cut_;
  PlaneAxes axes_;
  Size3 size_;
  Point3 spacing_;
};

/// The part that lies nearest, if it is near enough to be the same piece of anatomy.
const Part* partnerOf(const Part& part, const std::vector<Part>& others, const Picture& picture) {
  const Part* nearest = nullptr;
  for (const Part& other : others) {
    if (nearest == nullptr || picture.apartMm(part, other) < picture.apartMm(part, *nearest)) nearest = &other;
  }
  if (nearest == nullptr) return nullptr;
  const double reach = kFarApart * (picture.radiusMm(part) + picture.radiusMm(*nearest));
  return picture.apartMm(part, *nearest) <= reach ? nearest : nullptr;
}

using Pair = std::pair<const Part*, const Part*>;

/// Each part with its partner on the other slice, once; parts may branch.
std::vector<Pair> pairsOf(const std::vector<Part>& lower, const std::vector<Part>& upper, const Picture& picture) {
  std::vector<Pair> pairs;
  for (const Part& part : lower) {
    if (const Part* partner = partnerOf(part, upper, picture)) pairs.emplace_back(&part, partner);
  }
  for (const Part& part : upper) {
    const Part* partner = partnerOf(part, lower, picture);
    const Pair pair{partner, &part};
    if (partner != nullptr && std::ranges::find(pairs, pair) == pairs.end()) pairs.push_back(pair);
  }
  return pairs;
}

/// Both shapes moved to where the middle is on the way from one to the other, and blended.
void blend(const Pair& pair, const Picture& picture, double way, int slice, Label organ, DenseBox& dense) {
  const auto& [a, b] = pair;
  const double columns = b->column - a->column, rows = b->row - a->row;
  for (int row = 0; row < picture.size().y; ++row) {
    for (int column = 0; column < picture.size().x; ++column) {
      const double fromA = picture.at(*a, column - way * columns, row - way * rows);
      const double fromB = picture.at(*b, column + (1 - way) * columns, row + (1 - way) * rows);
      if ((1 - way) * fromA + way * fromB <= 0) dense.labels[picture.offsetAt(column, row, slice)] = organ;
    }
  }
}

}  // namespace

void fillBetweenSlices(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  const Point3& spacing = input.geometry.spacing;  // a voxel more on each side: borders lie between voxels
  OrganCut cut = cutOut(input.labels, input.geometry, operation.organ, std::max({spacing.x, spacing.y, spacing.z}));
  if (cut.box.empty()) return;
  const PlaneAxes axes = AxisMap(input.geometry).axes(operation.plane);
  const OrganCut drawn = cut;
  const Picture picture(drawn, axes, spacing);
  int lower = -1;
  std::vector<Part> lowerParts;
  for (int slice = 0; slice < drawn.dense.size[axes.sliceAxis]; ++slice) {
    tellDone(input, double(slice) / drawn.dense.size[axes.sliceAxis]);
    if (!picture.holds(slice, operation.organ)) continue;
    const bool gap = lower >= 0 && slice - lower > 1;
    if (gap) {
      if (lowerParts.empty()) lowerParts = picture.parts(lower, operation.organ);
      std::vector<Part> upperParts = picture.parts(slice, operation.organ);
      for (const Pair& pair : pairsOf(lowerParts, upperParts, picture)) {
        for (int between = lower + 1; between < slice; ++between)
          blend(pair, picture, double(between - lower) / (slice - lower), between, operation.organ, cut.dense);
      }
      lowerParts = std::move(upperParts);
    } else {
      lowerParts.clear();
    }
    lower = slice;
  }
  edit.write(cut.box, cut.dense);
}

}  // namespace recontour
