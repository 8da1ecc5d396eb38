#include "core/edit/edit_transaction.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace recontour {

EditTransaction::EditTransaction(EditTarget& target, std::string name, WriteFilter filter, Label layer)
    : target_(target),
      name_(std::move(name)),
      layer_(layer),
      filter_(std::move(filter)),
      before_(target.editableLabels(layer)) {}

EditTransaction::~EditTransaction() { cancel(); }

template <typename WantedAt>
Box EditTransaction::writeRow(int y, int z, int x0, int x1, WantedAt wantedAt) {
  const Box row{{x0, y, z}, {x1, y + 1, z + 1}};
  const Box area = intersect(row, geometry().box());
  if (area.empty()) return {};
  LabelMap& map = target_.editableLabels(layer_);
  std::vector<Label> labels(static_cast<std::size_t>(area.upper.x - area.lower.x));
  map.readRow(y, z, area.lower.x, area.upper.x, labels.data());
  Box changed;
  for (int x = area.lower.x; x < area.upper.x; ++x) {
    Label& present = labels[static_cast<std::size_t>(x - area.lower.x)];
    const Label wanted = wantedAt(x, present);
    if (present == wanted) continue;
    if (const Refusal why = filter_.judge({x, y, z}, present, wanted); why != Refusal::None) {
      refusal_ = std::max(refusal_, why);
      continue;
    }
    present = wanted;
    changed = unite(changed, {{x, y, z}, {x + 1, y + 1, z + 1}});
  }
  if (!changed.empty()) map.writeRow(y, z, area.lower.x, labels);
  changed_ = unite(changed_, changed);
  return changed;
}

bool EditTransaction::allows(const Index3& at, Label label) const {
  const Label present = labels().at(at);
  return present == label || filter_.judge(at, present, label) == Refusal::None;
}

Box EditTransaction::paintRow(int y, int z, int x0, int x1, Label label) {
  return writeRow(y, z, x0, x1 + 1, [label](int, Label) { return label; });
}

Box EditTransaction::write(const Box& box, const DenseBox& labels) {
  Box changed;
  const Label* row = labels.labels.data();
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y, row += labels.size.x) {
      const auto wantedAt = [&](int x, Label) { return row[x - box.lower.x]; };
      changed = unite(changed, writeRow(y, z, box.lower.x, box.upper.x, wantedAt));
    }
  }
  return changed;
}

void EditTransaction::commit(std::string inputs) {
  if (!std::exchange(open_, false) || changed_.empty()) return;
  UndoStep step = differenceOf(before_, target_.editableLabels(layer_), layer_);
  step.changed = changed_;
  target_.committed({name_, layer_, std::move(inputs), std::move(step)});
}

void EditTransaction::cancel() {
  if (!std::exchange(open_, false) || changed_.empty()) return;
  target_.editableLabels(layer_) = before_;
}

}  // namespace recontour
