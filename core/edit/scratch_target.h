#pragma once
// Private to core/edit and tests: labels that are drawn into before anybody has them.
#include <utility>

#include "core/edit/edit_target.h"

namespace recontour {

class ScratchTarget final : public EditTarget {
 public:
  /// @param geometry  must outlive it
  ScratchTarget(LabelMap labels, const Geometry& geometry) : labels_(std::move(labels)), geometry_(geometry) {}
  LabelMap& editableLabels(Label = LabelLayers::kOrgans) override { return labels_; }
  const Geometry& geometry() const override { return geometry_; }
  void committed(EditRecord) override {}

 private:
  LabelMap labels_;
  const Geometry& geometry_;
};

}  // namespace recontour
