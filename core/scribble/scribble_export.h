#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/image/organ_table.h"
#include "core/strokes/scribble_stroke.h"

namespace recontour {

/// What training code the files are for. Layouts: docs/formats/scribbles.md.
enum class ScribbleFormat { NnUNet, Word, PyMic, Wsl4Mis, Monai };
inline constexpr int kScribbleFormats = 5;
const char* scribbleFormatName(ScribbleFormat format);  ///< "nnunet", "word", "pymic", "wsl4mis", "monai"
/// One by its name, or every one for "all". @throws Error
std::vector<ScribbleFormat> scribbleFormatsNamed(const std::string& name);

struct ScribbleExport {
  std::filesystem::path cases;  ///< laid out as WORD's, see scribbleCasesIn()
  std::filesystem::path out;    ///< a folder, made where it is missing
  std::vector<ScribbleFormat> formats;
  OrganTable organs;          ///< labels 1..n without a gap
  int datasetId = 501;        ///< of nnU-Net
  bool force = false;         ///< goes on where scribbleProblems() finds some; they are warnings of the manifest then
  std::uint64_t seed = 2022;  ///< of the folds
  std::vector<StrokeOrigin> include = {};  ///< of grown and model strokes, which else become unlabelled
};
struct ScribbleExportReport {
  std::vector<std::filesystem::path> folders;  ///< one a format
  std::vector<std::string> warnings;
  int cases = 0;
};

/// Writes strokes as each format's training code reads them, with manifest.json and TRAIN.md beside; a file of the
/// image that has the right type already is linked or copied as it is, and so are strokes files. All is there at the
/// end or nothing.
/// @throws Error when a case has problems, a folder of the format is there already, or cannot be written
ScribbleExportReport exportScribbles(const ScribbleExport& wanted, ProgressSink& progress);

}  // namespace recontour
