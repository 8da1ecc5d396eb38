#pragma once
#include <filesystem>
#include <optional>
#include <vector>

namespace recontour {

/// A label map that by its name belongs to a CT.
struct LabelMapBeside {
  std::filesystem::path file;
  bool reference = false;  ///< it lies in labelsTr or labelsTs: what is thought to be true, no prediction
};

/// Looks for the label map of a CT NAME: NAME_pred, NAME_prediction; NAME in predictions/ or labelsPr/ inside the CT's
/// folder or beside it; NAME_seg, NAME_labels, NAME_label; and, when there is exactly one, NAME in labelsTr/ or
/// labelsTs/ beside the CT's folder. The first that exists is given. NAME may lack nnU-Net's channel number _0000.
/// Lists no folder but asks the disk, so not for the GUI thread.
std::optional<LabelMapBeside> labelMapBeside(const std::filesystem::path& casePath);

/// Takes those out that are label maps of others among them (NAME_pred, NAME_seg, ...).
void dropLabelMaps(std::vector<std::filesystem::path>& cases);

}  // namespace recontour
