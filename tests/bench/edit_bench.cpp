// Editing on a map of WORD's size: a brush stroke with undo against undo by whole snapshots, margin and fill between
// slices on the whole liver. Outputs are compared first.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "core/edit/operation.h"
#include "core/edit/stroke_inputs.h"
#include "core/io/label_file.h"
#include "tests/bench/peer.h"
#include "tests/data/reference_data.h"

namespace recontour::bench {
namespace {

constexpr double kLeastTimeRatio = 20, kLeastMemoryRatio = 50, kOperationLimitMs = 300;
constexpr Label kLiver = 1;
constexpr int kStrokes = 40;
constexpr double kMarginMm = 3;

using Clock = std::chrono::steady_clock;
double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Labels with an undo stack, as a session has them.
class Owner final : public EditTarget {
 public:
  Owner(LabelMap map, const Geometry& geometry) : labels(std::move(map)), grid_(geometry) {}
  LabelMap& editableLabels(Label) override { return labels.layer(LabelLayers::kOrgans); }
  const Geometry& geometry() const override { return grid_; }
  void committed(EditRecord record) override {
    for (const BrickChange& change : record.step.bricks)
      bytes += (change.before.get() != nullptr ? LabelMap::kBrickVoxels : 0) +
               (change.after.get() != nullptr ? LabelMap::kBrickVoxels : 0) + int(sizeof(BrickChange));
    undo.push(std::move(record.step));
  }
  LabelLayers labels;
  UndoStack undo;
  std::int64_t bytes = 0;

 private:
  const Geometry& grid_;
};

StrokeInputs strokeNumber(int number, const Geometry& grid, const Box& box) {
  StrokeInputs inputs{.settings = {.label = kLiver, .radiusMm = 10, .ball = false, .erase = number % 2 == 1}};
  const int z = box.lower.z + (box.upper.z - box.lower.z) * (number + 1) / (kStrokes + 2);
  for (int i = 0; i < 5; ++i)
    inputs.samples.push_back(
        {.pointMm = grid.toWorld(Index3{box.lower.x + 8 * i, (box.lower.y + box.upper.y) / 2, z}), .slice = z});
  return inputs;
}

void draw(Owner& owner, const StrokeInputs& inputs) {
  EditTransaction edit(owner, "brush", strokeFilter(inputs, {}, false, AxisMap(owner.geometry()), {}));
  execute(inputs, {}, edit);
  edit.commit();
}

/// Strokes, each undone and done again. Peer: a whole dense copy of the labels for each step.
bool undoAgainstSnapshots(const LabelImage& image) {
  const Box box = boundingBox(image.labels, kLiver);
  Owner ours(image.labels, image.geometry);
  const auto start = Clock::now();
  for (int i = 0; i < kStrokes; ++i) {
    draw(ours, strokeNumber(i, image.geometry, box));
    ours.undo.undo(ours.labels);
    ours.undo.redo(ours.labels);
  }
  const double oursMs = millisecondsSince(start) / kStrokes;
  Owner theirs(image.labels, image.geometry);
  std::vector<Label> now = image.labels.toDense();
  double peerMs = 0;
  for (int i = 0; i < kStrokes; ++i) {
    draw(theirs, strokeNumber(i, image.geometry, box));
    const std::vector<Label> after =
        theirs.labels.organs().toDense();  // what a dense editor would have drawn into; not timed
    const auto peerStart = Clock::now();
    const std::vector<Label> snapshot = now;  // before the stroke
    now = after;                              // the stroke, at least as fast as any
    std::vector<Label> redo = now;
    now = snapshot;
    now = redo;
    peerMs += millisecondsSince(peerStart) / kStrokes;
  }
  if (now != ours.labels.organs().toDense()) return std::puts("brush: labels differ"), false;
  const double memory = double(now.size()) / (double(ours.bytes) / kStrokes);
  std::printf(
      "brush, undo, redo: ours %.3f ms, snapshots %.1f ms: %.0fx (limit %.0f); %.0f bytes a step, %.0fx less "
      "(limit %.0f)\n",
      oursMs, peerMs, peerMs / oursMs, kLeastTimeRatio, double(ours.bytes) / kStrokes, memory, kLeastMemoryRatio);
  return peerMs / oursMs >= kLeastTimeRatio && memory >= kLeastMemoryRatio;
}

/// Median of five.
double milliseconds(const Operation& operation, const OperationInput& input, LabelMap& result) {
  std::vector<double> times;
  for (int i = 0; i < 5; ++i) {
    const auto start = Clock::now();
    result = executed(operation, input).labels;
    times.push_back(millisecondsSince(start));
  }
  std::ranges::sort(times);
  return times[2];
}

/// Every voxel of some slices by its distance to every voxel of the contour, one by one.
bool marginIsRight(const LabelMap& before, const LabelMap& after, const Geometry& grid) {
  const Box box = boundingBox(before, kLiver);
  const int z = (box.lower.z + box.upper.z) / 2;
  const int reachX = int(kMarginMm / grid.spacing.x) + 1, reachY = int(kMarginMm / grid.spacing.y) + 1,
            reachZ = int(kMarginMm / grid.spacing.z) + 1;
  for (int y = box.lower.y - reachY; y < box.upper.y + reachY; ++y) {
    for (int x = box.lower.x - reachX; x < box.upper.x + reachX; ++x) {
      bool near = false;
      for (int dz = -reachZ; dz <= reachZ; ++dz) {
        for (int dy = -reachY; dy <= reachY; ++dy) {
          for (int dx = -reachX; dx <= reachX; ++dx) {
            const Index3 at{x + dx, y + dy, z + dz};
            const double mm = std::hypot(dx * grid.spacing.x, dy * grid.spacing.y, dz * grid.spacing.z);
            near = near || (mm <= kMarginMm + 1e-4 && grid.box().contains(at) && before.at(at) == kLiver);
          }
        }
      }
      if (near != (after.at({x, y, z}) == kLiver)) return false;
    }
  }
  return true;
}

double dscOf(const LabelMap& truth, const LabelMap& found) {
  std::int64_t both = 0;
  forEachBrickOfEither(truth, found, [&](const Box&, const DenseBox& a, const DenseBox& b) {
    for (std::size_t i = 0; i < a.labels.size(); ++i) both += a.labels[i] == kLiver && b.labels[i] == kLiver;
  });
  return 2.0 * double(both) / double(labelCounts(truth)[kLiver] + labelCounts(found)[kLiver]);
}

/// The plain way: each slice as the nearest one that is drawn.
LabelMap nearestSlices(const LabelMap& drawn, const Box& box) {
  LabelMap result = drawn;
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    const int from = std::min(box.upper.z - 1, box.lower.z + 5 * ((z - box.lower.z + 2) / 5));
    Box source = box, target = box;
    source.lower.z = from;
    source.upper.z = from + 1;
    target.lower.z = z;
    target.upper.z = z + 1;
    result.write(target, drawn.copy(source));
  }
  return result;
}

bool operations(const LabelImage& image) {
  OperationInput input{image.labels, {}, image.geometry, {}};
  LabelMap result;
  const double marginMs =
      milliseconds({.kind = OperationKind::Margin, .organ = kLiver, .amount = kMarginMm}, input, result);
  if (!marginIsRight(image.labels, result, image.geometry)) return std::puts("margin: labels differ"), false;
  std::printf("margin of %.0f mm on the whole liver: %.0f ms (limit %.0f)\n", kMarginMm, marginMs, kOperationLimitMs);
  const Box box = boundingBox(image.labels, kLiver);
  for (int z = box.lower.z; z < box.upper.z; ++z) {  // every fifth slice is drawn
    if ((z - box.lower.z) % 5 == 0 || z == box.upper.z - 1) continue;
    Box slice = box;
    slice.lower.z = z;
    slice.upper.z = z + 1;
    DenseBox dense = input.labels.copy(slice);
    std::ranges::replace(dense.labels, kLiver, Label{0});
    input.labels.write(slice, dense);
  }
  const double fillMs = milliseconds({.kind = OperationKind::FillBetweenSlices, .organ = kLiver}, input, result);
  const double dsc = dscOf(image.labels, result), copied = dscOf(image.labels, nearestSlices(input.labels, box));
  std::printf(
      "fill between every fifth slice of the liver: %.0f ms (limit %.0f), DSC with the whole %.4f, of copies of the "
      "nearest slice %.4f\n",
      fillMs, kOperationLimitMs, dsc, copied);
  return dsc > copied && marginMs <= kOperationLimitMs && fillMs <= kOperationLimitMs;
}

int run() {
  if (!haveReferenceData()) return std::puts("RECONTOUR_DATA is not set"), kNotAvailable;
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const bool undo = undoAgainstSnapshots(image);
  return operations(image) && undo ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main() { return recontour::bench::run(); }
