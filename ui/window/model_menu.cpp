#include "ui/window/model_menu.h"

#include <QAction>
#include <QActionGroup>
#include <QFileInfo>
#include <QMenu>

namespace recontour {

ModelMenu::ModelMenu(QMenu& menu, const std::vector<ModelEntry>& models, QObject* parent) : QObject(parent) {
  models_ = new QActionGroup(this);
  models_->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);  // none is checked before it is chosen
  devices_ = new QActionGroup(this);
  menu.addSeparator();
  fillModels(*menu.addMenu(tr("First contours of each case")), models);
  fillDevices(*menu.addMenu(tr("Device")));
}

QAction* ModelMenu::add(QMenu& menu, QActionGroup& group, const QString& text) {
  QAction* action = menu.addAction(text);
  action->setCheckable(true);
  group.addAction(action);
  return action;
}

void ModelMenu::fillModels(QMenu& menu, const std::vector<ModelEntry>& models) {
  const auto choose = [this](QAction* action, const QString& folder) {
    action->setData(folder);
    connect(action, &QAction::triggered, this, [this, folder] { Q_EMIT modelChosen(folder); });
  };
  for (const ModelEntry& model : models)
    choose(add(menu, *models_, model.name), QString::fromStdString(model.folder.string()));
  otherFolder_ = add(menu, *models_, tr("Another folder..."));
  connect(otherFolder_, &QAction::triggered, this, &ModelMenu::folderWanted);
  choose(add(menu, *models_, tr("None: from a label map of my own, or empty")), QString());
}

void ModelMenu::fillDevices(QMenu& menu) {
  const std::pair<QString, QString> devices[] = {
      {QStringLiteral("auto"), tr("A graphics card where there is one")},
      {QStringLiteral("cpu"), tr("CPU")},
      {QStringLiteral("cuda"), tr("NVIDIA graphics card")},
  };
  for (const auto& [device, text] : devices) {
    QAction* action = add(menu, *devices_, text);
    action->setData(device);
    connect(action, &QAction::triggered, this, [this, device = device] { Q_EMIT deviceChosen(device); });
  }
}

void ModelMenu::setModel(const std::optional<QString>& folder) {
  otherFolder_->setText(tr("Another folder..."));
  for (QAction* action : models_->actions()) action->setChecked(false);
  if (!folder) return;
  for (QAction* action : models_->actions()) {
    if (action != otherFolder_ && action->data().toString() == *folder) return action->setChecked(true);
  }
  otherFolder_->setText(tr("%1, or another folder...").arg(QFileInfo(*folder).fileName()));
  otherFolder_->setChecked(true);
}

void ModelMenu::setDevice(const QString& device) {
  for (QAction* action : devices_->actions()) action->setChecked(action->data().toString() == device);
}

std::vector<QAction*> ModelMenu::modelActions() const {
  const auto actions = models_->actions();
  return {actions.begin(), actions.end()};
}

std::vector<QAction*> ModelMenu::deviceActions() const {
  const auto actions = devices_->actions();
  return {actions.begin(), actions.end()};
}

}  // namespace recontour
