// What is wrong with the strokes of a case.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/scribble/scribble_generator.h"
#include "core/scribble/voxel_origins.h"

namespace recontour {
namespace {

constexpr double kMostOutside = 0.05;  // of a stroke's length, or of an organ's voxels
constexpr double kRounding = 1e-9;

std::string nameOf(const OrganTable& organs, Label label) {
  const Organ* organ = organs.find(label);
  return label == 0 ? "background" : organ != nullptr ? organ->key : std::to_string(label);
}

std::string percent(double part) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.0f %%", 100 * part);
  return text.data();
}

/// Lengths of a line by what the dense labels say of them; a dot has the length 1.
class LineOnLabels {
 public:
  LineOnLabels(const ScribbleStroke& stroke, const LabelMap& dense, const Geometry& geometry)
      : label_(stroke.label), dense_(dense), geometry_(geometry) {
    const AxisMap axes(geometry);
    // Half a voxel, so that none on the way is left out.
    const double stepMm = std::min(axes.columnSpacingMm(stroke.plane), axes.rowSpacingMm(stroke.plane)) / 2;
    if (lengthMm(stroke) <= 0) add(stroke.points.front().mm, 1);
    for (std::size_t i = 1; i < stroke.points.size(); ++i) {
      const Point3 from = stroke.points[i - 1].mm, way = stroke.points[i].mm - from;
      const int pieces = std::max(1, static_cast<int>(std::ceil(length(way) / stepMm)));
      for (int piece = 0; piece < pieces; ++piece) add(from + way * ((piece + 0.5) / pieces), length(way) / pieces);
    }
  }
  /// 0 of a line that lies outside the grid.
  double contradictedPart() const { return insideMm_ > 0 ? contradictedMm_ / insideMm_ : 0; }

 private:
  void add(const Point3& at, double lengthMm) {
    const Index3 voxel = geometry_.nearestVoxel(at);
    if (!geometry_.box().contains(voxel)) return;
    insideMm_ += lengthMm;
    if (dense_.at(voxel) != label_) contradictedMm_ += lengthMm;
  }
  Label label_;
  const LabelMap& dense_;
  const Geometry& geometry_;
  double insideMm_ = 0, contradictedMm_ = 0;
};

/// Slices are counted from 1, as the window does.
void addProblemsOfLines(const ScribbleCase& one, const OrganTable& organs, std::vector<std::string>& problems) {
  for (const ScribbleStroke& stroke : one.strokes->strokes) {
    const double part = LineOnLabels(stroke, *one.dense, one.geometry).contradictedPart();
    if (part <= kMostOutside + kRounding) continue;
    problems.push_back("stroke " + std::to_string(stroke.id) + " of " + nameOf(organs, stroke.label) + " on " +
                       planeName(stroke.plane) + " slice " + std::to_string(stroke.slice + 1) +
                       " contradicts the dense " + "labels along " + percent(part) + " of its length");
  }
}

/// What no line of the case covers.
LabelMap withoutLines(const ScribbleCase& one) {
  LabelMap rest = one.scribbles;
  const LabelMap covered = strokeOrigins(one.scribbles, one.strokes->strokes, one.geometry);
  covered.forEachBrickIn(one.geometry.box(), [&](const LabelMap::Brick&, const Box& box) {
    DenseBox map = rest.copy(box);
    const DenseBox over = covered.copy(box);
    for (std::size_t i = 0; i < map.labels.size(); ++i) {
      if (over.labels[i] != 0) map.labels[i] = kUnlabelled;
    }
    rest.write(box, map);
  });
  return rest;
}

/// Voxels of strokes of a label.
struct Drawn {
  std::int64_t all = 0, inOrgan = 0;
};

/// By label. Most of a map has no stroke, and is passed by.
std::array<Drawn, 256> drawnVoxels(const LabelMap& voxels, const LabelMap& dense) {
  std::array<Drawn, 256> drawn{};
  for (std::size_t number = 0; number < voxels.brickCount(); ++number) {
    const Box box = voxels.brickBox(number);
    const DenseBox strokes = voxels.copy(box);
    if (std::ranges::all_of(strokes.labels, [](Label label) { return label == kUnlabelled; })) continue;
    const DenseBox truth = dense.copy(box);
    for (std::size_t i = 0; i < strokes.labels.size(); ++i) {
      const Label stroke = strokes.labels[i];
      if (stroke == kUnlabelled) continue;
      ++drawn[stroke].all;
      drawn[stroke].inOrgan += stroke == truth.labels[i];
    }
  }
  return drawn;
}

void addProblemsOfVoxels(const LabelMap& voxels, const LabelMap& dense, const OrganTable& organs,
                         std::vector<std::string>& problems) {
  const auto drawn = drawnVoxels(voxels, dense);
  for (std::size_t label = 1; label < kUnlabelled; ++label) {
    if (drawn[label].all == 0) continue;
    const double outside = 1 - double(drawn[label].inOrgan) / double(drawn[label].all);
    if (outside > kMostOutside)
      problems.push_back(percent(outside) + " of the strokes of " + nameOf(organs, static_cast<Label>(label)) +
                         " lie outside it in the dense labels");
  }
}

}  // namespace

std::vector<std::string> scribbleProblems(const ScribbleCase& one, const OrganTable& organs) {
  std::vector<std::string> problems;
  const auto drawn = labelCounts(one.scribbles);
  if (drawn[0] == 0) problems.push_back("no stroke in the background: training would collapse");
  const auto dense = one.dense ? labelCounts(*one.dense) : std::array<std::int64_t, 256>();
  for (const Organ& organ : organs.organs()) {
    const bool there = !one.dense || dense[organ.label] > 0;
    if (there && drawn[organ.label] == 0) problems.push_back("no stroke of " + organ.key);
  }
  if (!one.dense) return problems;
  const bool hasLines = one.strokes && !one.strokes->strokes.empty();
  if (hasLines) addProblemsOfLines(one, organs, problems);
  addProblemsOfVoxels(hasLines ? withoutLines(one) : one.scribbles, *one.dense, organs, problems);
  return problems;
}

}  // namespace recontour
