#pragma once
#include <QWidget>
#include <optional>

#include "core/image/geometry.h"
#include "core/workbench/workbench_state.h"
#include "ui/panels/prediction_line.h"

class QLabel;

namespace recontour {

/// What lies under the pointer.
struct PointerReading {
  Point3 world;           ///< LPS, mm
  std::optional<int> hu;  ///< none outside the volume
  QString organ;          ///< empty on background
};

/// The line at the window's bottom: pointer, model, saved state, undo steps.
class StatusLine : public QWidget {
  Q_OBJECT
 public:
  explicit StatusLine(QWidget* parent = nullptr);
  void setReading(const std::optional<PointerReading>& reading);
  void setSaveStatus(const SaveStatus& status, bool readOnly);
  void setUndoDepth(int depth);
  void setInbox(const QString& text, const QString& folder);  ///< empty when no folder is watched
  PredictionLine& prediction() { return *prediction_; }
  QString readingText() const;
  QString saveText() const;
  QString inboxText() const;

 private:
  QLabel* reading_ = nullptr;
  QLabel* organ_ = nullptr;
  PredictionLine* prediction_ = nullptr;
  QLabel* inbox_ = nullptr;
  QLabel* undo_ = nullptr;
  QLabel* saved_ = nullptr;
};

}  // namespace recontour
