#include "core/scribble/scribble_import.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/image/label_values.h"
#include "core/io/image_file.h"
#include "core/io/label_file.h"
#include "core/scribble/import_source.h"
#include "core/scribble/scribble_generator.h"
#include "core/scribble/scribble_layout.h"
#include "core/scribble/staging.h"

namespace recontour {
namespace {

const std::vector<std::string> kFolders = {"imagesTr", "scribblesTr", "labelsTr"};

void refuseExisting(const std::filesystem::path& out) {
  for (const std::string& name : kFolders) {
    if (std::filesystem::exists(out / name))
      throw Error(out / name, "is there already", "give another folder with --out");
  }
}

void setBackground(ImportSource& source, const ScribbleImport& wanted) {
  if (!wanted.background || *wanted.background == 0) return;
  if (source.meaning.contains(*wanted.background))
    throw Error(source.folder,
                "gives " + std::to_string(*wanted.background) + " another meaning than background strokes",
                "leave --background out");
  source.meaning[*wanted.background] = 0;
}

/// WORD's generator as released writes background as one more than the last organ, and that organ as 0.
[[noreturn]] void refuseReleased(const std::filesystem::path& file, int background) {
  const std::string value = std::to_string(background);
  throw Error(file,
              "has 0 beside " + value + ": WORD's released generator writes the background as " + value +
                  " and the last organ as 0",
              "change 0 to the last organ, and pass --background " + value);
}

[[noreturn]] void refuseValue(const std::filesystem::path& file, std::size_t value) {
  throw Error(file, "has the value " + std::to_string(value) + ", which the organ table lacks",
              "name the table it was drawn with by --organs");
}

LabelMap translated(const LabelMap& map, const std::filesystem::path& file, const std::map<Label, Label>& meaning) {
  const auto counts = labelCounts(map);
  SlotLabels labels{};
  for (std::size_t value = 0; value < counts.size(); ++value) {
    const auto known = meaning.find(static_cast<Label>(value));
    if (known != meaning.end())
      labels[value] = known->second;
    else if (counts[value] > 0)
      refuseValue(file, value);
  }
  return relabelled(map, labels);
}

/// The background may be another value than 0, which must be said; never guessed.
void requireKnownBackground(const LabelMap& scribbles, const ScribbleFiles& files, const ScribbleImport& wanted) {
  if (!wanted.background) requireBackgroundIsZero(scribbles, files.scribbles, wanted.organs);
  const int last = std::ranges::max(wanted.organs.organs(), {}, &Organ::label).label;
  const int background = wanted.background ? *wanted.background : last + 1;
  if (background == 0 || background >= kUnlabelled) return;
  const auto counts = labelCounts(scribbles);
  if (counts[static_cast<std::size_t>(background)] > 0 && counts[kUnlabelled] > 0 && counts[0] > 0)
    refuseReleased(files.scribbles, background);
}

/// With the table of other organs, the number for voxels without a stroke would be read as an organ.
void requireUnlabelled(const LabelMap& scribbles, const ScribbleFiles& files, const ImportSource& source) {
  if (labelCounts(scribbles)[kUnlabelled] > 0) return;
  const auto unlabelled =
      std::ranges::find(source.meaning, kUnlabelled, [](const auto& entry) { return entry.second; });
  throw Error(files.scribbles,
              "has no voxel without a stroke, which is " + std::to_string(unlabelled->first) + " by the organ table",
              "name the table it was drawn with by --organs");
}

/// Dense labels have no voxel without, and their background is 0 whatever it is in strokes.
std::map<Label, Label> denseMeaning(const std::map<Label, Label>& meaning) {
  std::map<Label, Label> dense = {{Label{0}, Label{0}}};
  for (const auto& [value, label] : meaning) {
    if (label != kUnlabelled && label != 0) dense[value] = label;
  }
  return dense;
}

void importMaps(const ScribbleFiles& files, const ImportSource& source, const ScribbleImport& wanted,
                const std::filesystem::path& folder) {
  const std::string name = files.name + ".nii.gz";
  const Geometry grid = openImageFile(files.image)->header().geometry;
  const LabelMap scribbles = readLabelFileOn(files.scribbles, grid);
  requireKnownBackground(scribbles, files, wanted);
  const LabelMap map = translated(scribbles, files.scribbles, source.meaning);
  requireUnlabelled(map, files, source);
  writeLabelFile(madeFolder(folder / "scribblesTr") / name, map, grid);
  if (files.dense)
    writeLabelFile(madeFolder(folder / "labelsTr") / name,
                   translated(readLabelFileOn(*files.dense, grid), *files.dense, denseMeaning(source.meaning)), grid);
  placeImage(files.image, madeFolder(folder / "imagesTr") / name);
}

/// Where the export that this is of has the strokes file, unless it lies beside the map.
std::optional<std::filesystem::path> strokesFileOf(const ScribbleFiles& files, const ImportSource& source) {
  if (files.strokes) return files.strokes;
  auto folder = source.folder;
  for (int level = 0; level < 2; ++level) {
    folder = parentOf(folder);
    const auto file = folder / "scribbles" / (files.name + ".json");
    if (std::filesystem::exists(folder / "manifest.json") && std::filesystem::exists(file)) return file;
  }
  return std::nullopt;
}

/// It numbers organs by the table, so it can come along only where the maps do.
void importStrokes(const ScribbleFiles& files, const ImportSource& source, const std::filesystem::path& folder,
                   std::vector<std::string>& warnings) {
  const auto file = strokesFileOf(files, source);
  if (!file) return;
  const auto isRenumbered = [](const auto& entry) {
    return entry.second != 0 && entry.second != kUnlabelled && entry.first != entry.second;
  };
  if (std::ranges::any_of(source.meaning, isRenumbered)) {
    warnings.push_back(files.name + ": its strokes file numbers organs otherwise, and was left out");
    return;
  }
  scribbleFileFrom(readWholeFile(*file), *file);  // one that cannot be read is refused
  writeFileSafely(folder / "scribblesTr" / (files.name + ".json"), readWholeFile(*file));
}

}  // namespace

ScribbleImportReport importScribbles(const ScribbleImport& wanted, ProgressSink& progress) {
  ImportSource source = importSource(wanted);
  setBackground(source, wanted);
  refuseExisting(wanted.out);
  const Staging staging(wanted.out);
  ScribbleImportReport report{source.layout, {}, static_cast<int>(source.cases.size())};
  for (std::size_t i = 0; i < source.cases.size(); ++i) {
    progress.progress("import", static_cast<int>(i), report.cases, -1);
    importMaps(source.cases[i], source, wanted, staging.folder());
    importStrokes(source.cases[i], source, staging.folder(), report.warnings);
  }
  std::vector<std::string> made;
  std::ranges::copy_if(kFolders, std::back_inserter(made),
                       [&](const std::string& name) { return std::filesystem::exists(staging.folder() / name); });
  staging.release(made);
  return report;
}

}  // namespace recontour
