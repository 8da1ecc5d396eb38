#include "core/workbench/label_map_beside.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/io/open_case.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr const char* kModelSuffixes[] = {"_pred", "_prediction"};
constexpr const char* kOtherSuffixes[] = {"_seg", "_labels", "_label"};

/// "ct" and, for "ct_0000", also "ct": labels have no channel number in nnU-Net's data sets.
std::vector<std::string> namesOf(const fs::path& casePath) {
  std::vector<std::string> names = {caseName(casePath)};
  if (const std::string plain = caseNameWithoutChannel(casePath); plain != names[0]) names.push_back(plain);
  return names;
}

/// Files that exist, named NAME + suffix in one of the folders.
std::vector<fs::path> found(const fs::path& casePath, const std::vector<fs::path>& folders,
                            const std::vector<std::string>& suffixes) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const fs::path& folder : folders) {
    for (const std::string& name : namesOf(casePath)) {
      for (const std::string& suffix : suffixes) {
        for (const char* ending : {".nii.gz", ".nii", ".nrrd", ".seg.nrrd"}) {
          const fs::path file = folder / (name + suffix + ending);
          if (fs::is_regular_file(file, ignored) && !fs::equivalent(file, casePath, ignored)) files.push_back(file);
        }
      }
    }
  }
  return files;
}

}  // namespace

std::optional<LabelMapBeside> labelMapBeside(const fs::path& casePath) {
  const fs::path folder = fs::absolute(casePath).lexically_normal().parent_path();
  const fs::path above = folder.parent_path();
  const std::vector<fs::path> predictions = {folder / "predictions", folder / "labelsPr", above / "predictions",
                                             above / "labelsPr"};
  std::vector<fs::path> files = found(casePath, {folder}, {std::begin(kModelSuffixes), std::end(kModelSuffixes)});
  std::ranges::copy(found(casePath, predictions, {""}), std::back_inserter(files));
  std::ranges::copy(found(casePath, {folder}, {std::begin(kOtherSuffixes), std::end(kOtherSuffixes)}),
                    std::back_inserter(files));
  if (!files.empty()) return LabelMapBeside{files.front(), false};
  const auto truth = found(casePath, {above / "labelsTr", above / "labelsTs"}, {""});
  if (truth.size() == 1) return LabelMapBeside{truth.front(), true};
  return std::nullopt;
}

void dropLabelMaps(std::vector<fs::path>& cases) {
  std::set<std::string> labelNames;
  for (const fs::path& path : cases) {
    for (const std::string& name : namesOf(path)) {
      for (const char* suffix : kModelSuffixes) labelNames.insert(name + suffix);
      for (const char* suffix : kOtherSuffixes) labelNames.insert(name + suffix);
    }
  }
  std::erase_if(cases, [&](const fs::path& path) { return labelNames.contains(caseName(path)); });
}

}  // namespace recontour
