// Strokes from and to files, and from what was corrected.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/scribble/correction_strokes.h"
#include "core/scribble/training_case.h"
#include "core/strokes/scribble_json.h"
#include "core/strokes/scribble_raster.h"
#include "core/workbench/scribbling.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

/// A strokes file, or why it could not be read: told where it is asked for.
class ReadStrokes {
 public:
  explicit ReadStrokes(const std::filesystem::path& file) {
    try {
      strokes_ = scribbleFileFrom(readWholeFile(file), file);
    } catch (const Error& error) {
      failure_ = error;
    }
  }
  const ScribbleFile& strokes() const {
    if (failure_) throw *failure_;
    return strokes_;
  }

 private:
  ScribbleFile strokes_;
  std::optional<Error> failure_;
};

/// The same line at the same time by the same hand.
bool isThere(const std::vector<ScribbleStroke>& strokes, const ScribbleStroke& one) {
  return std::ranges::any_of(strokes, [&](const ScribbleStroke& other) {
    return other.author == one.author && other.startMs == one.startMs && other.label == one.label &&
           other.points == one.points;
  });
}

/// Those of a file that are not there yet, numbered on. @throws Error when they do not belong to the case
ScribbleChange missingOf(const ScribbleFile& file, const std::filesystem::path& source, const ScribbleLayer& layer,
                         const Case& opened, const OrganTable& organs) {
  if (!file.imageHash.empty() && file.imageHash != opened.imageHash)
    throw Error(source, "belongs to another image than " + opened.name, "choose the strokes of this case");
  if (!file.organTable.empty() && file.organTable != organs.name())
    throw Error(source, "was drawn with the organ table " + file.organTable, "open the case with that table");
  ScribbleChange change{"import", {}, {}};
  for (ScribbleStroke stroke : file.strokes) {
    const bool outside = std::ranges::any_of(stroke.points, [&](const ScribblePoint& point) {
      return !grow(opened.geometry.box(), 1).contains(opened.geometry.nearestVoxel(point.mm));
    });
    if (outside) throw Error(source, "has a stroke outside " + opened.name, "choose the strokes of this case");
    if (stroke.label != 0 && organs.find(stroke.label) == nullptr)
      throw Error(source, "has a stroke of organ " + std::to_string(stroke.label) + ", which the organ table lacks",
                  "open the case with the table it was drawn with");
    if (isThere(layer.strokes(), stroke)) continue;
    stroke.id = layer.nextId() + change.added.size();
    stroke.order = 0;
    change.added.push_back(std::move(stroke));
  }
  return change;
}

}  // namespace

void Scribbling::saveAs(const std::filesystem::path& file) {
  if (!state_.session) return;
  const auto save = [file, strokes = state_.scribbleFile(), organs = state_.organs, grid = state_.opened->geometry,
                     how = agreement_] {
    if (file.extension() == ".json") {
      writeFileSafely(file, toJson(strokes, organs));
    } else {
      writeLabelFile(file, withBackgroundSwapped(agreedRaster(strokes.strokes, grid, how)), grid);
    }
    return QString::fromStdString(file.string());
  };
  state_.inBackground("save " + file.string(), save, [this](const QString& written) {
    Q_EMIT state_.owner.message(MessageKind::Information, tr("The strokes are in %1").arg(written));
  });
}

void Scribbling::putInto(const std::filesystem::path& cases, bool dense) {
  if (!state_.session) return;
  const auto put = [cases, opened = *state_.opened, strokes = state_.scribbleFile(), how = agreement_,
                    labels = dense ? std::optional(state_.session->labels()) : std::nullopt, organs = state_.organs] {
    const LabelMap map = withBackgroundSwapped(agreedRaster(strokes.strokes, opened.geometry, how));
    putTrainingCase({opened, strokes, map, labels}, cases, organs);
    return QString::fromStdString(cases.string());
  };
  state_.inBackground("put", put, [this](const QString& folder) { Q_EMIT casePut(folder); });
}

void Scribbling::addFrom(const std::filesystem::path& file) {
  if (!state_.session) return;
  if (!state_.editable()) return refuse(tr("The case is open for reading only"));
  if (state_.refusesContours()) return;
  adding_ = true;
  const auto text = [file] { return std::make_shared<ReadStrokes>(file); };
  state_.inBackground("strokes " + file.string(), text, [this, file](const std::shared_ptr<ReadStrokes>& read) {
    adding_ = false;
    try {
      const ScribbleChange change = missingOf(read->strokes(), file, layer(), *state_.opened, state_.organs);
      if (change.empty()) return refuse(tr("All of these strokes are there already"));
      changedNow(state_.session->changeScribbles(change, state_.clock.monotonicMs()));
    } catch (const Error& error) {
      state_.fail(error.what());
    }
  });
}

void Scribbling::addFromCorrections() {
  if (!state_.session) return;
  if (!state_.editable()) return refuse(tr("The case is open for reading only"));
  if (!state_.session->hasStarts())
    return refuse(tr("Nothing was corrected: the contours were drawn, not started from a model or file"));
  const auto find = [before = state_.session->beforeLabels(), after = state_.session->labels(),
                     grid = state_.opened->geometry, author = state_.session->reader(),
                     next = layer().nextId()] { return correctionStrokes(before, after, grid, author, next); };
  state_.inBackground("corrections", find, [this](std::vector<ScribbleStroke> strokes) {
    std::erase_if(strokes, [this](const ScribbleStroke& one) { return isThere(layer().strokes(), one); });
    std::uint64_t id = layer().nextId();  // some may have been drawn meanwhile
    for (ScribbleStroke& stroke : strokes) stroke.id = id++;
    if (strokes.empty()) return refuse(tr("Nothing more was corrected"));
    const auto count = strokes.size();
    changedNow(
        state_.session->changeScribbles({"from corrections", {}, std::move(strokes)}, state_.clock.monotonicMs()));
    Q_EMIT state_.owner.message(MessageKind::Information,
                                tr("%n stroke(s) of what was corrected", nullptr, static_cast<int>(count)));
  });
}

}  // namespace recontour
