#pragma once
#include <QWidget>
#include <map>
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/training/training_run.h"
#include "ui/report/curve_plot.h"

class QCheckBox;
class QTableWidget;

namespace recontour {

class TrainingCurves;
class TrainingPicture;

/// How a training goes: curves of loss and held-back DSC, a slice as the network labels it now, DSC by organ.
class TrainingLive final : public QWidget {
  Q_OBJECT
 public:
  TrainingLive(const OrganTable& organs, QWidget* parent);
  /// A run that goes on keeps its curves where they are shown. @param meanOf  iterations of the running mean
  void begin(const QString& model, int iterations, int meanOf, bool resumes);
  void add(const std::vector<TrainingPoint>& points);
  void setView(const TrainingView& view);

  const CurvePlot& plot() const;
  QTableWidget& scores() { return *scores_; }
  TrainingPicture& picture() { return *picture_; }
  QWidget& curves();

 private:
  void showScores(const TrainingPoint& point);
  OrganTable organs_;
  QString shown_;                       ///< model folder of the run whose curves these are
  std::map<std::string, double> best_;  ///< DSC so far, by organ key
  TrainingCurves* curves_ = nullptr;
  QCheckBox* logarithmic_ = nullptr;
  TrainingPicture* picture_ = nullptr;
  QTableWidget* scores_ = nullptr;
};

}  // namespace recontour
