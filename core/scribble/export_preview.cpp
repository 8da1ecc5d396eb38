#include "core/scribble/export_preview.h"

#include <algorithm>

#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_generator.h"
#include "core/scribble/scribble_layout.h"

namespace recontour {
namespace {

ExportPreview::CasePart partOf(const ScribbleFiles& files, const OrganTable& organs) {
  const ScribbleCase one = readScribbleCase(files, organs);
  const auto counts = labelCounts(one.scribbles);
  ExportPreview::CasePart part{files.name,    patientOf(files.name), 0,
                               counts[0] > 0, one.dense.has_value(), scribbleProblems(one, organs)};
  part.organs = static_cast<int>(
      std::count_if(counts.begin() + 1, counts.begin() + kUnlabelled, [](std::int64_t voxels) { return voxels > 0; }));
  return part;
}

const char* filesOf(ScribbleFormat format) {
  switch (format) {
    case ScribbleFormat::NnUNet:
      return "dataset.json, splits_final.json";
    case ScribbleFormat::Word:
      return "images, strokes and dense labels alone";
    case ScribbleFormat::PyMic:
      return "CSVs of train, valid and test; a cfg";
    case ScribbleFormat::Wsl4Mis:
      return "slices and volumes as HDF5; names.csv";
    case ScribbleFormat::Monai:
      return "datalist.json; a mask of where there are strokes";
  }
  return "";
}

std::string valuesOf(ScribbleFormat format, int last) {
  return "0.." + std::to_string(last) + ", " + std::to_string(unlabelledIn(format, last + 1)) + " without a stroke";
}

}  // namespace

ExportPreview previewExport(const ScribbleExport& wanted) {
  ExportPreview preview;
  for (const ScribbleFiles& files : scribbleCasesIn(wanted.cases))
    preview.cases.push_back(partOf(files, wanted.organs));
  const int last = std::ranges::max(wanted.organs.organs(), {}, &Organ::label).label;
  for (const ScribbleFormat format : wanted.formats) {
    const auto folder = std::filesystem::path(layoutFolder(format)) /
                        (format == ScribbleFormat::NnUNet ? datasetName(wanted.datasetId) : "");
    const bool isThere = !wanted.out.empty() && std::filesystem::exists(wanted.out / layoutFolder(format));
    preview.formats.push_back({format, folder.string(), valuesOf(format, last), filesOf(format), isThere});
  }
  return preview;
}

}  // namespace recontour
