// Prediction, reference and difference in the place of the revision, or beside it.
#include <QAction>
#include <utility>

#include "core/image/label_difference.h"
#include "core/session/session.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

/// Blue and orange: told apart by everyone, and no organ's colours on black.
std::vector<std::pair<Label, CaptionKey>> kindsOfDifference() {
  return {{kAddedVoxel, {QColor(0x4a, 0xa3, 0xff), MainWindow::tr("added")}},
          {kRemovedVoxel, {QColor(0xff, 0x8c, 0x2a), MainWindow::tr("taken away")}},
          {kRelabelledVoxel, {QColor(0xf0, 0xf0, 0xf0), MainWindow::tr("another organ")}}};
}

/// A picture without contours must say that there is nothing to see.
ShownMap differenceTo(const QString& to, const LabelMap& before, const LabelMap& now) {
  ShownMap shown{MainWindow::tr("Difference to %1, all organs").arg(to), {}, labelDifference(before, now), {}};
  bool none = true;
  for (const auto& [kind, key] : kindsOfDifference()) {
    LabelStyle& style = shown.palette[kind];
    style.colour = {static_cast<std::uint8_t>(key.colour.red()), static_cast<std::uint8_t>(key.colour.green()),
                    static_cast<std::uint8_t>(key.colour.blue())};
    style.fillAlpha = 150;
    shown.key.push_back(key);
    none = none && boundingBox(shown.labels, kind).empty();
  }
  if (none) shown = {MainWindow::tr("No difference to %1 on any slice").arg(to), {}, shown.labels, shown.palette};
  return shown;
}

}  // namespace

/// All that can be shown besides the revision. The reference only where the reader had it shown: each showing is
/// logged.
std::vector<ShownMap> MainWindow::otherMaps() const {
  std::vector<ShownMap> maps;
  if (workbench_.caseState() != CaseState::Open) return maps;
  const LabelPalette organs = display_.slicePalette(workbench_.organs());
  const LabelMap prediction = workbench_.session()->lastStartLabels();
  const bool referenceShown = workbench_.reference() != nullptr && workbench_.referenceShown();
  // In a study nobody is told whether a model or a person drew it.
  const QString name = study_ != nullptr ? tr("Start") : tr("Prediction");
  if (!prediction.empty()) maps.push_back({name, {}, prediction, organs});
  if (referenceShown) maps.push_back({tr("Reference"), {}, *workbench_.reference(), organs});
  if (const PriorStructures* prior = workbench_.prior())
    maps.push_back({tr("Prior: %1").arg(QString::fromStdString(prior->name)), {}, prior->labels, organs});
  if (referenceShown) {
    maps.push_back(differenceTo(tr("reference"), *workbench_.reference(), workbench_.labels()));
  } else if (!prediction.empty()) {
    maps.push_back(differenceTo(name.toLower(), prediction, workbench_.labels()));
  }
  return maps;
}

/// In turn: the revision, then the others, then the revision again.
void MainWindow::showInTurn(int step) {
  const int maps = static_cast<int>(otherMaps().size()), turns = maps + 1;
  if (maps == 0) return tellNothingToCompare();
  grid_->showBeside({});
  const int next = (shown_ + step + turns) % turns;
  if (next == 0) return showRevision();
  shown_ = next;
  refreshOtherMaps();
}

void MainWindow::showRevision() {
  if (std::exchange(shown_, 0) != 0) grid_->showInstead(std::nullopt);
}

void MainWindow::setBeside(bool beside) {
  if (!beside) return grid_->showBeside({});
  showRevision();
  const auto maps = otherMaps();
  actions_->compare->setChecked(!maps.empty());
  if (maps.empty()) return tellNothingToCompare();
  grid_->showBeside(maps);
  showMarks();
}

/// After an edit, a new start, or when the reference is shown or hidden.
void MainWindow::refreshOtherMaps() {
  if (shown_ == 0 && !grid_->comparing()) return;
  const auto maps = otherMaps();
  if (grid_->comparing()) return grid_->showBeside(maps);
  const auto number = static_cast<std::size_t>(shown_ - 1);
  if (number >= maps.size()) return showRevision();
  grid_->showInstead(maps[number]);
}

void MainWindow::tellNothingToCompare() {
  messages_->add(
      MessageKind::Information,
      tr("There is nothing to compare with yet: run a model, open a label map as start, or show a reference"));
}

}  // namespace recontour
