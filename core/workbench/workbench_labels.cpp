// Label maps from files: the reference to compare with, and those to start from.
#include "core/base/sha256.h"
#include "core/io/file_ending.h"
#include "core/io/label_file.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

/// Any thread; reads the file for its hash.
StartMap startFrom(const LabelFile& file, const SlotLabels& labels) {
  StartMap start;
  start.labels = labelled(*file.values, labels);
  start.labelsHash = labelMapHash(start.labels);
  start.source = StartSource::File;
  start.name = file.file.filename().string();
  start.sha256 = sha256HexOfFile(file.file);
  return start;
}

}  // namespace

LabelFile Workbench::State::readLabelFile(const std::filesystem::path& file, const Geometry& grid,
                                          bool isReference) const {
  LabelFile read{file, std::make_shared<LabelValues>(files->readLabels(file, {})), isReference};
  requireSameGrid(file, read.values->geometry, grid);
  return read;
}

std::optional<SlotLabels> Workbench::State::meaningOf(const LabelFile& file) const {
  try {
    if (options.valueTable) return labelsByTable(*file.values, *options.valueTable, shippedOrgans);
    if (options.choosesValues && !areLabelsOf(*file.values, shippedOrgans)) return std::nullopt;
    return labelsAsTheyAre(*file.values);
  } catch (const Error& error) {
    throw Error(file.file, error.what(), "give a table of what its values mean");
  }
}

void Workbench::State::prepareLabels(PreparedCase& prepared, const Options& wanted) const {
  const Geometry& grid = prepared.opened.geometry;
  if (wanted.referenceFile) {
    const LabelFile file = readLabelFile(*wanted.referenceFile, grid, true);
    const auto labels = meaningOf(file);
    prepared.lastLabelFile = file;
    if (labels) prepared.reference = labelled(*file.values, *labels);
    if (!labels) prepared.referenceFile = file;
  }
  if (wanted.predictionFile && mayBeDicomName(*wanted.predictionFile)) {
    const StructureOffer offer = readStructures(*wanted.predictionFile, prepared.opened);
    if (wanted.choosesValues && !namesAreSure(offer)) {
      prepared.structures = offer;
    } else {
      prepared.placed = std::make_shared<TakenStructures>(place(offer, sureKeys(offer), grid, shippedOrgans, {}));
    }
  } else if (wanted.predictionFile) {
    const LabelFile file = readLabelFile(*wanted.predictionFile, grid, false);
    const auto labels = meaningOf(file);
    prepared.lastLabelFile = file;
    if (labels) prepared.start = startFrom(file, *labels);
    if (prepared.start && wanted.studyTask) prepared.start->name = "start map";  // files are named by task
    if (!labels) prepared.predictionFile = file;
  }
}

void Workbench::State::openLabelFile(const std::filesystem::path& path, bool isReference) {
  if (!opened) return;
  struct Found {
    LabelFile file;
    std::optional<SlotLabels> labels;
  };
  inBackground(
      isReference ? "reference" : "start",
      [this, path, isReference, grid = opened->geometry] {
        Found found{readLabelFile(path, grid, isReference), {}};
        found.labels = meaningOf(found.file);
        return found;
      },
      [this](const Found& found) {
        lastLabelFile = found.file;
        if (found.labels) return owner.takeLabels(found.file, *found.labels);
        Q_EMIT owner.labelValuesFound(found.file);
      });
}

void Workbench::openReference(const std::filesystem::path& file) {
  if (!state_->refusesContours()) state_->openLabelFile(file, true);
}

void Workbench::openPrediction(const std::filesystem::path& file) {
  if (mayBeDicomName(file)) return openStructures(file);
  if (!state_->refusesContours()) state_->openLabelFile(file, false);
}

const LabelFile* Workbench::lastLabelFile() const { return state_->lastLabelFile ? &*state_->lastLabelFile : nullptr; }

void Workbench::takeLabels(const LabelFile& file, const SlotLabels& labels) {
  State& s = *state_;
  if (!s.opened) return;
  if (file.reference) {
    return s.inBackground(
        "reference", [file, labels] { return labelled(*file.values, labels); },
        [&s](LabelMap map) {
          s.reference = std::move(map);
          Q_EMIT s.owner.referenceChanged();
          s.requestFigures();
        });
  }
  s.inBackground(
      "start", [file, labels] { return startFrom(file, labels); },
      [&s](StartMap start) {
        s.owner.cancelPrediction();  // it would take the place of what the reader chose
        s.takeStart(std::move(start));
      });
}

}  // namespace recontour
