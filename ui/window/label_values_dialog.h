#pragma once
#include <QDialog>
#include <QString>
#include <map>
#include <vector>

#include "core/workbench/workbench.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;

namespace recontour {

class LabelPreview;

/// What the values of a label map stand for: keys of organs by value; empty means left out.
using ValueMeaning = std::map<std::int32_t, QString>;
/// The labels that a meaning gives; none when it lacks a value of the map.
std::optional<SlotLabels> labelsOf(const LabelValues& values, const ValueMeaning& meaning, const OrganTable& organs);

/// Asks what the values of a label map mean: a table of a known data set or organ by organ, with a picture of what
/// comes of it. Deletes itself when it is closed.
class LabelValuesDialog final : public QDialog {
  Q_OBJECT
 public:
  /// @param workbench  its open case is shown below the labels
  LabelValuesDialog(const LabelFile& file, const Workbench& workbench, QWidget* parent);
  /// "word", "amos", ... or "" for a meaning given value by value.
  QString table() const;
  void setTable(const QString& name);
  void setOrgan(std::int32_t value, const QString& key);  ///< empty: left out
  ValueMeaning meaning() const;

 Q_SIGNALS:
  /// @param forFolder  it also holds for the other label maps of the folder
  void answered(const recontour::ValueMeaning& meaning, bool forFolder);

 private:
  struct Row {
    Label slot = 0;
    std::int32_t value = 0;
    QComboBox* organ = nullptr;
    QLabel* name = nullptr;  ///< by the chosen table
  };
  QWidget* buildTable();
  void addRow(QGridLayout& grid, Label slot, std::int32_t value, double volumeMl);
  void fillFromTable();
  void showPreview();
  LabelFile file_;
  const OrganTable& organs_;
  std::vector<Row> rows_;
  QComboBox* tables_ = nullptr;
  QCheckBox* forFolder_ = nullptr;
  LabelPreview* preview_ = nullptr;
};

}  // namespace recontour
