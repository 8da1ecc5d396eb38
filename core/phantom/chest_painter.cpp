#include "core/phantom/chest_painter.h"

namespace recontour {
namespace {

BoundsMm wholeSlice(const SliceCanvas& canvas) {
  return {{canvas.xs().front(), canvas.ys().front(), canvas.z()}, {canvas.xs().back(), canvas.ys().back(), canvas.z()}};
}

double square(double value) { return value * value; }

}  // namespace

ChestPainter::ChestPainter(const Parameters& p, Diaphragm diaphragm, const Table& spineCentreY)
    : diaphragm_(std::move(diaphragm)),
      spineCentreY_(spineCentreY),
      thickness_(static_cast<float>(p.number("thickness"))),
      specksAbove_(static_cast<float>(p.number("lungSpecksAbove"))),
      mediastinum_(p.list("mediastinum", 3)),
      heart_(EllipsoidUnion::from(p.group("heart"))),
      heartFat_(p.group("heart").number("fat")) {}

void ChestPainter::paint(SliceCanvas& canvas) const {
  measure(canvas);
  paintLung(canvas);
  paintHeart(canvas);
}

void ChestPainter::measure(SliceCanvas& canvas) const {
  canvas.each(wholeSlice(canvas), Space::Displaced, [&](std::size_t at, const Point3& p) {
    const bool farBelow = p.z < diaphragm_.lowest() - 1;  // the exact height does not matter there
    canvas.aboveDiaphragm[at] = static_cast<float>(farBelow ? -1 : p.z - diaphragm_.heightAt(p.x, p.y));
  });
}

void ChestPainter::paintLung(SliceCanvas& canvas) const {
  // half axes x and y of the mediastinum round a point so far in front of the spine's centre
  const double front = spineCentreY_.at(canvas.z()) - mediastinum_[2];
  canvas.each(wholeSlice(canvas), Space::Fixed, [&](std::size_t at, const Point3& p) {
    const float above = canvas.aboveDiaphragm[at];
    if (above <= 0 || canvas.cavityDepth[at] <= 0 || canvas.tissue[at] != Tissue::VisceralFat) return;
    if (square(p.x / mediastinum_[0]) + square((p.y - front) / mediastinum_[1]) < 1) return;
    if (above <= thickness_) {
      canvas.set(at, Tissue::Diaphragm);
    } else {
      canvas.set(at, canvas.n7[at] > specksAbove_ ? Tissue::Vein : Tissue::Lung);
    }
  });
}

void ChestPainter::paintHeart(SliceCanvas& canvas) const {
  canvas.eachInside(heart_, heartFat_, Space::Displaced, [&](std::size_t at, const Point3&, double depth) {
    if (canvas.aboveDiaphragm[at] <= thickness_ || canvas.cavityDepth[at] <= 0 || isSkeleton(canvas.tissue[at])) return;
    canvas.set(at, depth > 0 ? Tissue::Heart : Tissue::VisceralFat);
  });
}

}  // namespace recontour
