#include "core/scribble/scribble_case.h"

#include <algorithm>
#include <future>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/io/file_ending.h"
#include "core/io/image_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/scribble/scribble_generator.h"
#include "core/scribble/voxel_origins.h"

namespace recontour {
namespace {

constexpr double kFarMm = 1e4;

Label highest(const OrganTable& organs) { return std::ranges::max(organs.organs(), {}, &Organ::label).label; }

[[noreturn]] void refuseLabel(const std::filesystem::path& file, const std::string& what, std::size_t label) {
  throw Error(file, what + "has the label " + std::to_string(label) + ", which the organ table lacks",
              "name the table it was drawn with by --organs");
}

void requireKnownLabels(const ScribbleFiles& files, const ScribbleCase& one, const OrganTable& organs) {
  const auto counts = labelCounts(one.scribbles);
  for (std::size_t label = 1; label < kUnlabelled; ++label) {
    if (counts[label] > 0 && organs.find(static_cast<Label>(label)) == nullptr) refuseLabel(files.scribbles, "", label);
  }
}

/// @throws Error for strokes that are none of this case; lines across metres would take hours to paint, too
void requireUsableStrokes(const std::filesystem::path& file, const ScribbleCase& one, const OrganTable& organs) {
  for (const ScribbleStroke& stroke : one.strokes->strokes) {
    const std::string name = "stroke " + std::to_string(stroke.id) + " ";
    if (stroke.label != 0 && organs.find(stroke.label) == nullptr) refuseLabel(file, name, stroke.label);
    const auto isFar = [&](const ScribblePoint& at) { return length(at.mm - one.geometry.origin) > kFarMm; };
    if (std::ranges::any_of(stroke.points, isFar))
      throw Error(file, name + "lies metres away from the image", "is it of another case?");
  }
}

}  // namespace

std::map<std::string, std::filesystem::path> volumesIn(const std::filesystem::path& folder) {
  std::map<std::string, std::filesystem::path> volumes;
  if (!std::filesystem::is_directory(folder)) return volumes;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const bool isHidden = entry.path().filename().string().starts_with('.');  // written aside, by us or others
    if (!isHidden && isVolumeName(entry.path())) volumes[caseNameWithoutChannel(entry.path())] = entry.path();
  }
  return volumes;
}

std::vector<ScribbleFiles> scribbleCasesIn(const std::filesystem::path& images, const std::filesystem::path& scribbles,
                                           const std::filesystem::path& dense) {
  const auto drawn = volumesIn(scribbles), truth = volumesIn(dense);
  std::vector<ScribbleFiles> cases;
  for (const auto& [name, image] : volumesIn(images)) {
    if (!drawn.contains(name)) continue;
    cases.push_back({name, image, drawn.at(name)});
    if (truth.contains(name)) cases.back().dense = truth.at(name);
    const auto strokes = scribbles / (name + ".json");
    if (std::filesystem::exists(strokes)) cases.back().strokes = strokes;
  }
  return cases;
}

std::vector<ScribbleFiles> scribbleCasesIn(const std::filesystem::path& folder) {
  auto cases = scribbleCasesIn(folder / "imagesTr", folder / "scribblesTr", folder / "labelsTr");
  if (cases.empty())
    throw Error(folder, "has no case with an image in imagesTr and strokes of that name in scribblesTr",
                "lay the files out as docs/formats/scribbles.md says");
  return cases;
}

void requireBackgroundIsZero(const LabelMap& scribbles, const std::filesystem::path& file, const OrganTable& organs) {
  const std::size_t released = highest(organs) + std::size_t{1};
  const auto counts = labelCounts(scribbles);
  if (released < counts.size() && counts[released] > 0 && counts[kUnlabelled] > 0 && counts[0] == 0) {
    const std::string value = std::to_string(released);
    throw Error(file, "has " + value + " beside 255 and no 0: the background as WORD's released generator writes it",
                "change " + value + " to 0: scribble import --background " + value);
  }
}

ScribbleCase readScribbleCase(const ScribbleFiles& files, const OrganTable& organs,
                              const std::vector<StrokeOrigin>& include) {
  ScribbleCase one;
  one.geometry = openImageFile(files.image)->header().geometry;
  std::future<LabelMap> dense;  // both at once: they take most of the time
  if (files.dense) dense = std::async(std::launch::async, readLabelFileOn, *files.dense, one.geometry);
  one.scribbles = readLabelFileOn(files.scribbles, one.geometry);
  if (dense.valid()) one.dense = dense.get();
  if (files.strokes) one.strokes = scribbleFileFrom(readWholeFile(*files.strokes), *files.strokes);
  requireBackgroundIsZero(one.scribbles, files.scribbles, organs);
  requireKnownLabels(files, one, organs);
  if (one.strokes) requireUsableStrokes(*files.strokes, one, organs);
  findOrigins(one, include);
  return one;
}

std::string patientOf(const std::string& caseName) {
  for (const std::string part : {"_frame", "_visit", "_scan", "_series"}) {
    const auto at = caseName.rfind(part);
    if (at == std::string::npos || at == 0) continue;
    const std::string number = caseName.substr(at + part.size());
    const bool isNumber = !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
    if (isNumber) return caseName.substr(0, at);
  }
  return caseName;
}

}  // namespace recontour
