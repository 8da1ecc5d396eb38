#include "tests/reliability/scripted_editing.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace recontour {

Case scriptedCase(const Size3& size, double spacingMm) {
  Case opened;
  opened.name = "scripted";
  opened.synthetic = true;
  opened.geometry.size = size;
  opened.geometry.spacing = {spacingMm, spacingMm, 2.5};
  opened.volume = Volume(size, std::vector<std::int16_t>(voxelCount(size)));
  opened.imageHash = imageHash(opened.geometry, opened.volume);
  return opened;
}

ScriptedEditing::ScriptedEditing(Session& session, const Case& opened, std::uint64_t seed, Pace pace)
    : session_(session), axes_(opened.geometry), geometry_(opened.geometry), random_(seed), pace_(std::move(pace)) {}

void ScriptedEditing::next() {
  const int dice = random_.below(1000);
  if (dice < 80 && session_.canUndo()) {
    session_.undo();
  } else if (dice < 130 && session_.canRedo()) {
    session_.redo();
  } else if (dice < 135 && pace_.wholeMaps) {
    operate();
  } else if (dice < 138 && pace_.wholeMaps) {
    addStart();
  } else {
    stroke(dice < 300);
  }
}

void ScriptedEditing::stroke(bool erase) {
  const auto label = static_cast<Label>(1 + random_.below(5));
  if (label != session_.selectedOrgan()) session_.selectOrgan(label);
  const int slice = random_.below(geometry_.size.z);
  double column = random_.between(0.2, 0.8) * geometry_.size.x, row = random_.between(0.2, 0.8) * geometry_.size.y;
  double heading = random_.between(0, 2 * std::numbers::pi);
  session_.noteSlice(Plane::Axial, slice);
  session_.beginStroke(
      {.label = label, .radiusMm = random_.between(2, 9), .ball = random_.below(8) == 0, .erase = erase},
      at(column, row, slice));
  const int samples = 1 + random_.below(pace_.samples);
  for (int sample = 1; sample < samples; ++sample) {
    if (pace_.between) pace_.between(sample);
    heading += random_.between(-0.5, 0.5);
    column = std::clamp(column + 2 * std::cos(heading), 0.0, geometry_.size.x - 1.0);
    row = std::clamp(row + 2 * std::sin(heading), 0.0, geometry_.size.y - 1.0);
    session_.continueStroke(at(column, row, slice));
  }
  if (pace_.released) pace_.released();
  session_.endStroke();
}

PointerSample ScriptedEditing::at(double column, double row, int slice) const {
  PointerSample sample;
  sample.pointMm = axes_.worldAt(Plane::Axial, column, row, slice);
  sample.slice = slice;
  return sample;
}

void ScriptedEditing::addStart() {
  StartMap start;
  start.labels = LabelMap(geometry_.size);
  const auto label = static_cast<Label>(1 + random_.below(5));
  const int z = random_.below(geometry_.size.z), edge = geometry_.size.x / 4;
  for (int y = edge; y < 2 * edge; ++y)
    start.labels.writeRow(y, z, edge, std::vector<Label>(static_cast<std::size_t>(edge), label));
  start.source = StartSource::Prediction;
  start.name = "scripted";
  session_.addStart(start);
}

void ScriptedEditing::operate() {
  if (random_.below(3) == 0) {
    session_.clear(session_.selectedOrgan());
    return;
  }
  const Operation operation{.kind = random_.below(2) == 0 ? OperationKind::Margin : OperationKind::FillHoles,
                            .organ = session_.selectedOrgan(),
                            .amount = 3};
  const OperationInput input = inputOf(operation, session_.layers(), session_.beforeLayers(), geometry_);
  session_.apply(operation, {}, executed(operation, input).labels);
}

}  // namespace recontour
