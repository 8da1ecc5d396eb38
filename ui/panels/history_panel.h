#pragma once
#include <QAbstractListModel>
#include <QIcon>
#include <QImage>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "core/image/organ_table.h"
#include "core/session/step_summary.h"
#include "ui/panels/section.h"

class QLabel;
class QListView;

namespace recontour {

inline constexpr int kThumbnailPx = 32;

/// The steps of a session, latest first, ending with "opened"; a row stands for the moment after its step.
class HistoryModel : public QAbstractListModel {
  Q_OBJECT
 public:
  using QAbstractListModel::QAbstractListModel;
  void setOrgans(const OrganTable& organs) { organs_ = organs; }
  /// A small picture of what a step changed; asked for once, when its row is seen.
  using Thumbnail = std::function<QImage(int number, const StepSummary& step)>;
  void setThumbnails(Thumbnail thumbnail) { thumbnail_ = std::move(thumbnail); }
  /// @param depth  steps that are done; those beyond are undone
  void setSteps(std::vector<StepSummary> steps, int depth);
  /// Number of steps that are done at a row's moment.
  int depthOf(int row) const { return static_cast<int>(steps_.size()) - row; }
  int rowOf(int depth) const { return static_cast<int>(steps_.size()) - depth; }
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  QString textOf(const StepSummary& step) const;
  QVariant thumbnailOf(int step) const;
  OrganTable organs_;
  Thumbnail thumbnail_;
  mutable std::map<std::pair<int, std::int64_t>, QIcon> thumbnails_;  ///< by number and time of the step
  std::vector<StepSummary> steps_;
  int depth_ = 0;
};

/// What was done, step by step; a click goes to that moment.
class HistoryPanel : public Section {
  Q_OBJECT
 public:
  explicit HistoryPanel(QWidget* parent = nullptr);
  void setOrgans(const OrganTable& organs) { model_.setOrgans(organs); }
  void setThumbnails(HistoryModel::Thumbnail thumbnail) { model_.setThumbnails(std::move(thumbnail)); }
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
