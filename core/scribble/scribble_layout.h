#pragma once
// Private to core/scribble: how the training codes want their files.
#include <memory>
#include <string>
#include <vector>

#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_export.h"

namespace recontour {

/// A case with its place in the folds.
struct PlannedCase {
  ScribbleFiles files;
  std::string patient;
  int fold = 0;  ///< in which it validates
};

/// The cases of an export, and what all layouts share.
struct ExportPlan {
  const ScribbleExport& wanted;
  std::vector<PlannedCase> cases;
  int folds = 1;          ///< 1: there are too few patients to hold any back
  Label unlabelled = 17;  ///< where the code wants one more than the last organ
  bool validates(const PlannedCase& one) const { return folds > 1 && one.fold == 0; }
};

/// Writes one format, case after case, then what names them all. All paths lie in the folder that it was made for.
class ScribbleLayout {
 public:
  virtual ~ScribbleLayout() = default;
  virtual void add(const PlannedCase& planned, const ScribbleCase& one) = 0;
  virtual void finish() = 0;
};

/// @param folder  of this format, which exists and is empty
std::unique_ptr<ScribbleLayout> makeLayout(ScribbleFormat format, const std::filesystem::path& folder,
                                           const ExportPlan& plan);
const char* layoutFolder(ScribbleFormat format);  ///< "nnUNet_raw", "WORD", ...
/// What its maps have where there is no stroke. @param next  one more than the last organ
int unlabelledIn(ScribbleFormat format, int next);

/// The image as .nii.gz: linked, copied or converted.
void placeImage(const std::filesystem::path& image, const std::filesystem::path& target);
std::string datasetName(int id);  ///< "Dataset501_WORDScribble"
/// How to train on each of the exported formats, as a page.
std::string trainingGuide(const ExportPlan& plan);

}  // namespace recontour
