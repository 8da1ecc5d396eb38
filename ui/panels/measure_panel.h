#pragma once
#include <QColor>
#include <optional>
#include <utility>
#include <vector>

#include "core/workbench/workbench_state.h"
#include "ui/panels/section.h"

class QLabel;
class QGridLayout;

namespace recontour {

/// What the measure panel shows of the active organ and of the case.
struct MeasureState {
  QString organ;
  QColor colour;
  OrganStatus status;
  bool hasReference = false, referenceShown = false, hasLabels = false;
  bool counted = false;   ///< volumes and DSC are known
  bool hasStart = false;  ///< contours were there to begin with, so there is a before
  /// Which concern and which of its places the crosshair was brought to, from 0.
  std::optional<std::pair<std::size_t, std::size_t>> place;
};

/// Volume, voxels changed, DSC before and after, time and edits of the active organ; then the case's time and its undo
/// steps.
class MeasurePanel : public Section {
  Q_OBJECT
 public:
  explicit MeasurePanel(QWidget* parent = nullptr);
  void setState(const std::optional<MeasureState>& state);  ///< none: no case
  QString text(const QString& row) const;                   ///< value of a row by its name, empty when it is hidden
  QString emptyText() const;                                ///< what it waits for; empty while there are contours

 Q_SIGNALS:
  void allOrgansAsked();
  void concernClicked(int number);

 private:
  struct Row {
    QString key;
    QLabel* name;
    QLabel* value;
  };
  void addRow(QGridLayout& grid, const QString& key, const QString& name);
  void setRow(const QString& key, const QString& value, bool shown = true);
  void showConcerns(const MeasureState& state);
  void showChange(const MeasureState& state);
  void showScores(const MeasureState& state);
  QLabel* organ_ = nullptr;
  QLabel* empty_ = nullptr;
  QLabel* concerns_ = nullptr;
  QWidget* figures_ = nullptr;
  QLabel* promise_ = nullptr;
  std::vector<Row> rows_;
};

}  // namespace recontour
