#pragma once
#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "ui/window/shipped_files.h"

class QAction;
class QActionGroup;
class QMenu;

namespace recontour {

/// The part of the Model menu that says what runs by itself, and where.
class ModelMenu : public QObject {
  Q_OBJECT
 public:
  ModelMenu(QMenu& menu, const std::vector<ModelEntry>& models, QObject* parent);
  /// Checks the choice: a folder, empty for no model, nothing before it was made.
  void setModel(const std::optional<QString>& folder);
  void setDevice(const QString& device);
  std::vector<QAction*> modelActions() const;  ///< the shipped ones, another folder, none
  std::vector<QAction*> deviceActions() const;

 Q_SIGNALS:
  void modelChosen(const QString& folder);  ///< empty: none
  void folderWanted();
  void deviceChosen(const QString& device);  ///< auto, cpu, cuda

 private:
  QAction* add(QMenu& menu, QActionGroup& group, const QString& text);
  void fillModels(QMenu& menu, const std::vector<ModelEntry>& models);
  void fillDevices(QMenu& menu);
  QActionGroup* models_ = nullptr;
  QActionGroup* devices_ = nullptr;
  QAction* otherFolder_ = nullptr;
};

}  // namespace recontour
