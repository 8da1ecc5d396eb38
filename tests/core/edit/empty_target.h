#pragma once
#include <optional>
#include <utility>

#include "core/edit/edit_target.h"
#include "core/edit/edit_transaction.h"

namespace recontour {

/// An owner of labels that begin as background; keeps the last record that was committed.
class EmptyTarget final : public EditTarget {
 public:
  EmptyTarget(const Size3& size, const Point3& spacing) : labels_(size) {
    geometry_.size = size;
    geometry_.spacing = spacing;
  }
  LabelMap& editableLabels(Label = LabelLayers::kOrgans) override { return labels_; }
  const Geometry& geometry() const override { return geometry_; }
  void committed(EditRecord record) override {
    ++commits;
    last = std::move(record);
  }

  Label labelAt(const Index3& at) const { return labels_.at(at); }
  std::int64_t count(Label label) const { return labelCounts(labels_)[label]; }
  void fill(Label label) {
    for (int z = 0; z < geometry_.size.z; ++z) {
      for (int y = 0; y < geometry_.size.y; ++y) {
        labels_.writeRow(y, z, 0, std::vector<Label>(static_cast<std::size_t>(geometry_.size.x), label));
      }
    }
  }

  int commits = 0;
  std::optional<EditRecord> last;

 private:
  Geometry geometry_;
  LabelMap labels_;
};

}  // namespace recontour
