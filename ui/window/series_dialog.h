#pragma once
#include <QDialog>
#include <vector>

#include "core/io/ct_series.h"

class QTreeWidget;

namespace recontour {

/// Has the reader choose one of several CTs of a DICOM folder or archive. Deletes itself when it is closed.
class SeriesDialog final : public QDialog {
  Q_OBJECT
 public:
  SeriesDialog(const QString& name, const std::vector<CtSeries>& series, QWidget* parent);

 Q_SIGNALS:
  void chosen(int number);  ///< from 1 on

 private:
  void choose();
  QTreeWidget* list_ = nullptr;
};

}  // namespace recontour
