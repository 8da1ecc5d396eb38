#include "core/training/training_data.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/image/axis_map.h"
#include "core/image/job_files.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_generator.h"
#include "core/training/training_messages.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

using Counts = std::array<std::int64_t, 256>;

/// What the cases to learn from show: voxels of each label, and their grids.
struct Seen {
  Counts voxels{};
  std::vector<Point3> spacingsMm;
};

/// Writes a raw file unless it is there, and says what it hashes to.
Json rawFile(const fs::path& folder, const std::string& name, std::span<const std::byte> bytes) {
  const std::string hash = sha256Hex(bytes);
  if (!fs::exists(folder / name) || sha256HexOfFile(folder / name) != hash) {
    SafeFile file(folder / name);
    file.write(bytes);
    file.commit();
  }
  return {{"file", name}, {"sha256", hash}};
}

Json rawLabels(const fs::path& folder, const std::string& name, const LabelMap& labels, const OrganTable& organs) {
  const std::vector<Label> dense = relabelled(labels, toChannels(organs)).toDense();
  return rawFile(folder, name, std::as_bytes(std::span(dense)));
}

void requireKnownLabels(const fs::path& file, const Counts& counts, const OrganTable& organs) {
  for (std::size_t label = 1; label < counts.size(); ++label) {
    if (counts[label] > 0 && organs.find(static_cast<Label>(label)) == nullptr)
      throw Error(file, "has the label " + std::to_string(label) + ", which the organ table lacks",
                  "choose the table that it was drawn with");
  }
}

/// Strokes of a case without what is no annotation.
ScribbleCase readStrokes(const TrainingSource& source, const OrganTable& organs) {
  ScribbleFiles files{source.name, source.image, *source.scribbles};
  const fs::path strokes = source.scribbles->parent_path() / (caseNameWithoutChannel(*source.scribbles) + ".json");
  if (fs::exists(strokes)) files.strokes = strokes;
  return readScribbleCase(files, organs);
}

std::int64_t strokeVoxels(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end() - 1, std::int64_t{0});
}

class Preparation {
 public:
  Preparation(const OrganTable& organs, bool dense, const fs::path& folder)
      : organs_(organs), dense_(dense), folder_(folder) {}
  void add(const TrainingSource& source, OpenProgress& progress, const std::stop_token& stop);
  TrainingData finished(const fs::path& place);

 private:
  Json ofCt(const TrainingSource& source, OpenProgress& progress, const std::stop_token& stop);
  Json ofLabelMap(const TrainingSource& source);
  Json messageOf(const TrainingSource& source, const Geometry& grid, bool synthetic);
  std::string stem() const { return "case-" + std::to_string(data_.cases.size()); }
  void addStrokes(const TrainingSource& source, Json& message);
  void addDense(const TrainingSource& source, const LabelMap& dense, Json& message);
  void count(const TrainingSource& source, bool dense, const Counts& counts);
  void requireLearnable(const fs::path& place) const;
  void warnOfMissingOrgans();
  const OrganTable& organs_;
  bool dense_;
  fs::path folder_;
  Seen seen_;
  TrainingData data_;
};

/// Spacing along the patient's axes.
Point3 spacingLps(const Geometry& geometry) {
  const AxisMap map(geometry);
  return {map.columnSpacingMm(Plane::Axial), map.rowSpacingMm(Plane::Axial), map.sliceSpacingMm(Plane::Axial)};
}

Json Preparation::messageOf(const TrainingSource& source, const Geometry& grid, bool synthetic) {
  if (!source.heldBack) seen_.spacingsMm.push_back(spacingLps(grid));
  return {{"name", source.name},
          {"patient", source.patient},
          {"held_back", source.heldBack},
          {"synthetic", synthetic},
          {"volume", geometryJson(grid)}};
}

Json Preparation::ofCt(const TrainingSource& source, OpenProgress& progress, const std::stop_token& stop) {
  const Case opened = openCase(source.image, progress, stop);
  if (!source.imageHash.empty() && opened.imageHash != source.imageHash)
    throw Error(source.image, "is not the image that was frozen with the study", "restore it from a backup",
                ErrorKind::CheckFailed);
  for (const std::string& warning : opened.warnings) data_.warnings.push_back(source.name + ": " + warning);
  Json message = messageOf(source, opened.geometry, opened.synthetic);
  message["volume"].update(rawFile(folder_, stem() + ".i16", std::as_bytes(opened.volume.voxels())));
  if (source.scribbles) addStrokes(source, message);
  if (source.dense) addDense(source, readLabelFileOn(*source.dense, opened.geometry), message);
  return message;
}

/// The map has the grid, and there is no CT.
Json Preparation::ofLabelMap(const TrainingSource& source) {
  const LabelImage map = readLabelFile(*source.dense);
  Json message = messageOf(source, map.geometry, true);
  addDense(source, map.labels, message);
  return message;
}

void Preparation::add(const TrainingSource& source, OpenProgress& progress, const std::stop_token& stop) {
  data_.cases.push_back(source.image.empty() ? ofLabelMap(source) : ofCt(source, progress, stop));
}

void Preparation::addStrokes(const TrainingSource& source, Json& message) {
  const ScribbleCase one = readStrokes(source, organs_);
  const Counts counts = labelCounts(one.scribbles);
  std::int64_t leftOut = 0;
  for (const auto& [origin, voxels] : one.leftOut) leftOut += voxels;
  if (strokeVoxels(counts) == 0)
    throw Error(*source.scribbles, leftOut > 0 ? "has no stroke that somebody drew" : "has no stroke",
                "draw some, or leave the case out with a split file");
  if (leftOut > 0)
    data_.warnings.push_back(source.name + ": " + std::to_string(leftOut) +
                             " voxels of grown strokes or a model's are left out, since they are no annotation");
  message["scribbles"] = rawLabels(folder_, stem() + ".scribbles.u8", one.scribbles, organs_);
  count(source, false, counts);
}

void Preparation::addDense(const TrainingSource& source, const LabelMap& dense, Json& message) {
  const Counts counts = labelCounts(dense);
  requireKnownLabels(*source.dense, counts, organs_);
  message["dense"] = rawLabels(folder_, stem() + ".dense.u8", dense, organs_);
  count(source, true, counts);
}

void Preparation::count(const TrainingSource& source, bool dense, const Counts& counts) {
  if (source.heldBack || dense != dense_) return;
  std::ranges::transform(seen_.voxels, counts, seen_.voxels.begin(), std::plus<>());
}

void Preparation::requireLearnable(const fs::path& place) const {
  const char* kind = dense_ ? "dense labels" : "strokes";
  const auto isThere = [&](const Organ& organ) { return seen_.voxels[organ.label] > 0; };
  if (std::ranges::none_of(organs_.organs(), isThere))
    throw Error(place, std::string("no case to learn from has ") + kind + " of an organ", "add some");
  if (seen_.voxels[0] == 0)
    throw Error(place,
                std::string("no case to learn from has ") + kind + " of the background, so training would collapse",
                "draw a stroke or two outside all organs");
}

void Preparation::warnOfMissingOrgans() {
  std::string missing;
  for (const Organ& organ : organs_.organs()) {
    if (seen_.voxels[organ.label] == 0) missing += (missing.empty() ? "" : ", ") + organ.key;
  }
  if (!missing.empty())
    data_.warnings.push_back("no case to learn from shows these organs, so the network will not know them: " + missing);
}

double middle(std::vector<double> values) {
  std::ranges::sort(values);
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

TrainingData Preparation::finished(const fs::path& place) {
  requireLearnable(place);
  warnOfMissingOrgans();
  for (int axis = 0; axis < 3; ++axis) {
    std::vector<double> along;
    for (const Point3& mm : seen_.spacingsMm) along.push_back(mm[axis]);
    data_.spacingMm[axis] = middle(along);
  }
  return std::move(data_);
}

/// The folder that the cases lie in.
fs::path placeOf(const TrainingSource& source) {
  return source.image.empty() ? source.dense->parent_path() : source.image.parent_path().parent_path();
}

}  // namespace

TrainingData prepareTrainingData(const std::vector<TrainingSource>& cases, const OrganTable& organs, bool dense,
                                 const fs::path& folder, TrainingSink& sink, const std::stop_token& stop) {
  Preparation preparation(organs, dense, folder);
  OpenProgress quiet;
  const int count = static_cast<int>(cases.size());
  for (int done = 0; done < count; ++done) {
    sink.progress("read", done, count, -1);
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    preparation.add(cases[static_cast<std::size_t>(done)], quiet, stop);
  }
  sink.progress("read", count, count, -1);
  TrainingData data = preparation.finished(placeOf(cases.front()));
  for (const std::string& warning : data.warnings) sink.warning(warning);
  return data;
}

}  // namespace recontour
