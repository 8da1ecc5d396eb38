#include "core/scribble/scribble_case.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/error.h"
#include "core/io/file_ending.h"
#include "core/io/image_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/scribble/scribble_cost.h"
#include "core/scribble/scribble_generator.h"

namespace recontour {
namespace {

constexpr double kMostOutside = 0.05;  // of an organ's strokes

/// The volume files of a folder by the name of their case.
std::map<std::string, std::filesystem::path> volumesIn(const std::filesystem::path& folder) {
  std::map<std::string, std::filesystem::path> volumes;
  if (!std::filesystem::is_directory(folder)) return volumes;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (isVolumeName(entry.path())) volumes[caseNameWithoutChannel(entry.path())] = entry.path();
  }
  return volumes;
}

Label highest(const OrganTable& organs) { return std::ranges::max(organs.organs(), {}, &Organ::label).label; }

std::string nameOf(const OrganTable& organs, Label label) {
  const Organ* organ = organs.find(label);
  return organ != nullptr ? organ->key : std::to_string(label);
}

std::string outsideText(const std::string& organ, double part) {
  std::array<char, 128> text{};
  std::snprintf(text.data(), text.size(), "%.0f %% of the strokes of %s lie outside it in the dense labels", 100 * part,
                organ.c_str());
  return text.data();
}

}  // namespace

std::vector<ScribbleFiles> scribbleCasesIn(const std::filesystem::path& folder) {
  const auto images = volumesIn(folder / "imagesTr"), scribbles = volumesIn(folder / "scribblesTr"),
             dense = volumesIn(folder / "labelsTr");
  std::vector<ScribbleFiles> cases;
  for (const auto& [name, image] : images) {
    const auto drawn = scribbles.find(name), truth = dense.find(name);
    if (drawn == scribbles.end()) continue;
    cases.push_back({name, image, drawn->second, {}});
    if (truth != dense.end()) cases.back().dense = truth->second;
  }
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
                "change " + value + " to 0");
  }
}

ScribbleCase readScribbleCase(const ScribbleFiles& files, const OrganTable& organs) {
  ScribbleCase one;
  one.geometry = openImageFile(files.image)->header().geometry;
  one.scribbles = readLabelFileOn(files.scribbles, one.geometry);
  if (files.dense) one.dense = readLabelFileOn(*files.dense, one.geometry);
  requireBackgroundIsZero(one.scribbles, files.scribbles, organs);
  const auto counts = labelCounts(one.scribbles);
  for (std::size_t label = 1; label < kUnlabelled; ++label) {
    if (counts[label] > 0 && organs.find(static_cast<Label>(label)) == nullptr)
      throw Error(files.scribbles, "has the label " + std::to_string(label) + ", which the organ table lacks",
                  "name the table it was drawn with by --organs");
  }
  return one;
}

std::vector<std::string> scribbleProblems(const ScribbleCase& one, const OrganTable& organs) {
  std::vector<std::string> problems;
  const auto drawn = labelCounts(one.scribbles);
  if (drawn[0] == 0) problems.push_back("no stroke in the background: training would collapse");
  const auto dense = one.dense ? labelCounts(*one.dense) : std::array<std::int64_t, 256>();
  for (const Organ& organ : organs.organs()) {
    const bool there = !one.dense || dense[organ.label] > 0;
    if (there && drawn[organ.label] == 0) problems.push_back("no stroke of " + organ.key);
  }
  if (!one.dense) return problems;
  for (const OrganCost& cost : scribbleCost(one.scribbles, *one.dense, one.geometry).organs) {
    const double outside = cost.drawnVoxels == 0 ? 0 : 1 - double(cost.inOrganVoxels) / double(cost.drawnVoxels);
    if (outside > kMostOutside) problems.push_back(outsideText(nameOf(organs, cost.organ), outside));
  }
  return problems;
}

std::string patientOf(const std::string& caseName) {
  for (const char* part : {"_frame", "_visit", "_scan", "_series"}) {
    if (const auto at = caseName.rfind(part); at != std::string::npos && at > 0) return caseName.substr(0, at);
  }
  return caseName;
}

}  // namespace recontour
