#pragma once
#include <QAbstractListModel>
#include <vector>

#include "core/image/organ_table.h"
#include "core/session/step_summary.h"
#include "ui/panels/section.h"

class QLabel;
class QListView;

namespace recontour {

/// The steps of a session, latest first, ending with "opened"; a row stands for the moment after its step.
class HistoryModel : public QAbstractListModel {
  Q_OBJECT
 public:
  using QAbstractListModel::QAbstractListModel;
  void setOrgans(const OrganTable& organs) { organs_ = organs; }
  /// @param depth  steps that are done; those beyond are undone
  void setSteps(std::vector<StepSummary> steps, int depth);
  /// Number of steps that are done at a row's moment.
  int depthOf(int row) const { return static_cast<int>(steps_.size()) - row; }
  int rowOf(int depth) const { return static_cast<int>(steps_.size()) - depth; }
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  QString textOf(const StepSummary& step) const;
  OrganTable organs_;
  std::vector<StepSummary> steps_;
  int depth_ = 0;
};

/// What was done, step by step; a click goes to that moment.
class HistoryPanel : public Section {
  Q_OBJECT
 public:
  explicit HistoryPanel(QWidget* parent = nullptr);
  void setOrgans(const OrganTable& organs) { model_.setOrgans(organs); }
  void setCaseOpen(bool open);  ///< without one it says what it is
  void setSteps(std::vector<StepSummary> steps, int depth);
  QString emptyText() const;  ///< empty while steps are shown
  const HistoryModel& model() const { return model_; }

 Q_SIGNALS:
  void stepChosen(int depth);

 private:
  HistoryModel model_;
  QLabel* waiting_ = nullptr;
  QListView* list_ = nullptr;
};

}  // namespace recontour
