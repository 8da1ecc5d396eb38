#pragma once
#include <QVariantMap>

#include "core/training/training_settings.h"
#include "ui/panels/section.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSpinBox;

namespace recontour {

class PathLine;

/// What few people change of a training: schedule, weights of the loss, seed, selection, start, device.
class TrainingMore final : public Section {
  Q_OBJECT
 public:
  explicit TrainingMore(QWidget* parent);
  void fill(TrainingSettings& settings) const;  ///< `batch` 0: by the network
  QString split() const;                        ///< file; empty: by chance
  void keep(QVariantMap& kept) const;
  void restore(const QVariantMap& kept);
  void setLoss(const std::string& loss);  ///< only its weights can be set
  void setFieldsEnabled(bool enabled) { body()->setEnabled(enabled); }
  QSpinBox& epochs() { return *epochs_; }

 Q_SIGNALS:
  void changed();

 private:
  QSpinBox* addNumber(const QString& name, int least, int most, int usual, const QString& toolTip);
  QDoubleSpinBox* addWeight(const QString& name, const QString& toolTip);
  QComboBox* addChoice(const QString& name, const std::vector<std::pair<QString, QString>>& choices);
  PathLine* addPath(PathLine* line, const QString& name);
  void buildSchedule();
  void buildWeights();
  void buildChoices();
  QFormLayout* form_ = nullptr;
  QSpinBox *epochs_ = nullptr, *iterations_ = nullptr, *batch_ = nullptr, *side_ = nullptr, *slices_ = nullptr,
           *seed_ = nullptr;
  QDoubleSpinBox *rate_ = nullptr, *em_ = nullptr, *ivm_ = nullptr, *crf_ = nullptr;
  QComboBox *selection_ = nullptr, *device_ = nullptr;
  PathLine *start_ = nullptr, *split_ = nullptr;
};

}  // namespace recontour
