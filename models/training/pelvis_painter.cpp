#include <algorithm>
#include <cmath>
#include <optional>

#include "models/training/painters.h"
#include "models/training/segment.h"

namespace recontour {
namespace {

/// A bone's cut through a slice: a thick line, mm from the middle between the heads of the femora; x to the left.
struct BoneRow {
  double height, x0, y0, x1, y1, halfThickness;
};

// The left hip bone as three lines over the height; the right one is its mirror image.
constexpr BoneRow kIlium[] = {{0.09, 100, -28, 74, 34, 7},   {0.16, 100, -38, 70, 42, 6.5},
                              {0.3, 112, -54, 58, 62, 5.5},  {0.45, 124, -56, 50, 78, 5.5},
                              {0.58, 136, -38, 56, 72, 5.5}, {0.68, 138, -8, 96, 46, 5},
                              {0.74, 134, 8, 112, 30, 4.5}};
constexpr BoneRow kPubis[] = {{-0.22, 10, -38, 22, -30, 7},
                              {-0.15, 8, -46, 20, -44, 8},
                              {-0.06, 9, -48, 44, -34, 7.5},
                              {0.02, 30, -42, 66, -26, 7},
                              {0.1, 62, -32, 74, -20, 6}};
constexpr BoneRow kIschium[] = {{-0.33, 48, 18, 58, 28, 9},
                                {-0.22, 58, 24, 68, 36, 11},
                                {-0.1, 62, 22, 68, 44, 10},
                                {0.0, 60, 20, 62, 42, 9},
                                {0.1, 68, 22, 66, 38, 7}};
// The lower branch from the pubis to the ischium.
constexpr BoneRow kBranch[] = {{-0.33, 34, -2, 50, 20, 6}, {-0.26, 22, -26, 44, 4, 6}, {-0.18, 14, -40, 26, -28, 6}};

template <std::size_t N>
bool rowAt(const BoneRow (&rows)[N], double height, BoneRow& row) {
  if (height < rows[0].height || height > rows[N - 1].height) return false;
  std::size_t i = 0;
  while (i + 2 < N && rows[i + 1].height < height) ++i;
  const double part = (height - rows[i].height) / (rows[i + 1].height - rows[i].height);
  const auto mix = [part](double a, double b) { return a + part * (b - a); };
  row = {height,
         mix(rows[i].x0, rows[i + 1].x0),
         mix(rows[i].y0, rows[i + 1].y0),
         mix(rows[i].x1, rows[i + 1].x1),
         mix(rows[i].y1, rows[i + 1].y1),
         mix(rows[i].halfThickness, rows[i + 1].halfThickness)};
  return true;
}

class PelvisPainter {
 public:
  explicit PelvisPainter(Patient& patient);
  void paintSlice(int z);
  void paintAcetabulum(const FemoralHead& head, int side);
  void paintFemurBelow(Label label);

 private:
  void paintRow(int z, const BoneRow& row);
  void paintIlium(int z, const BoneRow& row);
  Point3 intoWall(const Point3& at, double half) const;
  void paintSegment(int z, const Segment& segment);
  void paintSacrum(int z);
  void put(std::size_t at, double depth);

  Patient& patient_;
  double y0_, perMmX_;
};

PelvisPainter::PelvisPainter(Patient& patient)
    : patient_(patient),
      y0_((patient.frame.heads()[0].centre.y + patient.frame.heads()[1].centre.y) / 2),
      perMmX_(patient.frame.headHalfDistance() / 88) {}

/// A shell of cortical bone one voxel thick around trabecular bone.
void PelvisPainter::put(std::size_t at, double depth) {
  if (depth <= 0 || !patient_.freeInBody(at)) return;
  patient_.map.tissue[at] = depth < 1 ? Tissue::CorticalBone : Tissue::TrabecularBone;
}

void PelvisPainter::paintSegment(int z, const Segment& segment) {
  Box box = segment.bounds();
  box.lower.z = z;
  box.upper.z = z + 1;
  patient_.each(box, [&](std::size_t at, int x, int y, int) {
    put(at, segment.depth({double(x), double(y), double(z)}));
  });
}

void PelvisPainter::paintRow(int z, const BoneRow& row) {
  const double mid = patient_.frame.slice(z).midX, thick = scaledVoxels(patient_, row.halfThickness);
  const auto y = [&](double mm) { return y0_ + scaledVoxels(patient_, mm); };
  for (const int side : {1, -1}) {
    paintSegment(z, {{mid + side * row.x0 * perMmX_, y(row.y0), double(z)},
                     {mid + side * row.x1 * perMmX_, y(row.y1), double(z)},
                     thick,
                     thick});
  }
}

/// The place on the ray through a point where bone of that half thickness lies outside the cavity, inside the wall.
Point3 PelvisPainter::intoWall(const Point3& at, double half) const {
  const int z = static_cast<int>(at.z);
  const FrameSlice& slice = patient_.frame.slice(z);
  const BodyDepths depths = patient_.outline.depths(at.x, at.y, z);
  double outwards = std::max(0.0, static_cast<double>(depths.cavity) + half + 0.6);
  outwards = std::min(outwards, static_cast<double>(depths.muscle) - half - 0.2);
  const Point3 ray{at.x - slice.midX, at.y - slice.centreY, 0};
  return at + ray * (outwards / std::max(1.0, length(ray)));
}

/// The wing as a line that gives way to bowel beside it.
void PelvisPainter::paintIlium(int z, const BoneRow& row) {
  constexpr int kPieces = 12;
  const double mid = patient_.frame.slice(z).midX, half = scaledVoxels(patient_, row.halfThickness);
  for (const int side : {1, -1}) {
    std::optional<Point3> before;
    for (int i = 0; i <= kPieces; ++i) {
      const double part = double(i) / kPieces;
      const double x = row.x0 + part * (row.x1 - row.x0), y = row.y0 + part * (row.y1 - row.y0);
      const Point3 at = intoWall({mid + side * x * perMmX_, y0_ + scaledVoxels(patient_, y), double(z)}, half);
      if (before) paintSegment(z, {*before, at, half, half});
      before = at;
    }
  }
}

void PelvisPainter::paintSacrum(int z) {
  const FrameSlice& slice = patient_.frame.slice(z);
  const double s = slice.height;
  if (s < -0.02 || s > 0.5) return;
  const double a = scaledVoxels(patient_, interpolated({{-0.02, 6}, {0.1, 16}, {0.2, 30}, {0.34, 46}, {0.5, 50}}, s));
  const double b = scaledVoxels(patient_, interpolated({{-0.02, 5}, {0.1, 7}, {0.25, 13}, {0.4, 20}, {0.5, 17}}, s));
  patient_.eachNearMid(z, a + 1, [&](std::size_t at, int x, int y, int) {
    const double dx = std::abs(x - slice.midX);
    const double dy = y - slice.spineY - 0.18 * dx;  // its wings bend backwards
    const double inside = 1 - std::sqrt(dx * dx / (a * a) + dy * dy / (b * b));
    const double foramen = std::hypot(dx - 0.4 * a, dy - 0.2 * b);
    if (inside > 0 && s > 0.15 && s < 0.4 && foramen < 1.3) return;  // a nerve's way out
    put(at, inside * b);
  });
}

void PelvisPainter::paintSlice(int z) {
  const double height = patient_.frame.height(z);
  BoneRow row;
  if (rowAt(kIlium, height, row)) paintIlium(z, row);
  if (rowAt(kPubis, height, row)) paintRow(z, row);
  if (rowAt(kIschium, height, row)) paintRow(z, row);
  if (rowAt(kBranch, height, row)) paintRow(z, row);
  paintSacrum(z);
}

/// A shell around the head, open to the side and below, with a gap of cartilage.
void PelvisPainter::paintAcetabulum(const FemoralHead& head, int side) {
  const double inner = head.radius + 0.6, outer = head.radius + scaledVoxels(patient_, 8);
  const Point3 c = head.centre;
  const Point3 inwards{-0.8 * side, 0.15, 0.55};
  const int reach = static_cast<int>(outer) + 2;
  const Index3 at{static_cast<int>(c.x), static_cast<int>(c.y), static_cast<int>(c.z)};
  patient_.each(grow({at, {at.x + 1, at.y + 1, at.z + 1}}, reach), [&](std::size_t offset, int x, int y, int z) {
    const Point3 from = Point3{double(x), double(y), double(z)} - c;
    const double distance = length(from);
    if (distance < inner || distance > outer || dot(from, inwards) < 0.18 * distance) return;
    put(offset, distance < inner + 1.2 ? 0.5 : outer - distance);
  });
}

/// The shaft goes on as it is cut.
void PelvisPainter::paintFemurBelow(Label label) {
  const OrganPlace& place = patient_.frame.places()[label];
  if (!place.there()) return;
  const int lowest = place.box.lower.z + 1;
  patient_.each(
      {{0, 0, 0}, {patient_.map.size.x, patient_.map.size.y, lowest}}, [&](std::size_t at, int x, int y, int) {
        const auto is = [&](int i, int j) { return patient_.map.labels[patient_.map.offset(i, j, lowest)] == label; };
        if (!is(x, y)) return;
        const bool rim = !is(x - 1, y) || !is(x + 1, y) || !is(x, y - 1) || !is(x, y + 1);
        put(at, rim ? 0.5 : 2);
      });
}

}  // namespace

void paintPelvis(Patient& patient) {
  PelvisPainter painter(patient);
  for (int z = 0; z < patient.map.size.z; ++z) painter.paintSlice(z);
  for (const int side : {0, 1})
    painter.paintAcetabulum(patient.frame.heads()[static_cast<std::size_t>(side)], side == 0 ? 1 : -1);
  painter.paintFemurBelow(word::kFemurLeft);
  painter.paintFemurBelow(word::kFemurRight);
}

}  // namespace recontour
