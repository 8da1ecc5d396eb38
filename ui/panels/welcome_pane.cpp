#include "ui/panels/welcome_pane.h"

#include <QFileInfo>
#include <QLabel>
#include <QLayoutItem>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

QPushButton* door(const QString& text, const QString& iconName, QWidget* parent) {
  auto* button = new QPushButton(icon(iconName, theme().accent), QStringLiteral("  ") + text, parent);
  button->setIconSize({kIcon, kIcon});
  button->setProperty("role", QStringLiteral("door"));
  return button;
}

void clear(QVBoxLayout& list) {
  while (QLayoutItem* item = list.takeAt(0)) {
    if (item->widget() != nullptr) item->widget()->deleteLater();
    delete item;
  }
}

}  // namespace

WelcomePane::WelcomePane(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("welcome"));
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QWidget(this);
  column->setMaximumWidth(560);
  auto* layout = new QVBoxLayout(column);
  layout->setSpacing(8);
  auto* title = new QLabel(tr("Recontour"), this);
  title->setProperty("role", QStringLiteral("big"));
  layout->addWidget(title);
  layout->addWidget(
      dimLabel(tr("Revise automatic organ contours on CT. Research software, not a medical device."), this));
  layout->addSpacing(12);
  failure_ = new QLabel(this);
  failure_->setProperty("role", QStringLiteral("error"));
  failure_->setWordWrap(true);
  failure_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(failure_);
  unfinished_ = new QWidget(this);
  unfinishedList_ = new QVBoxLayout(unfinished_);
  unfinishedList_->setContentsMargins(0, 0, 0, 12);
  layout->addWidget(unfinished_);
  unfinished_->hide();
  auto* file = door(tr("Open a CT file (NIfTI, zipped DICOM)"), QStringLiteral("open"), this);
  auto* folder = door(tr("Open a DICOM folder"), QStringLiteral("dicom"), this);
  auto* demo = door(tr("Try the demo case"), QStringLiteral("demo"), this);
  demo_ = demo;
  auto* study = door(tr("Read in a study (package)"), QStringLiteral("dicom"), this);
  for (QWidget* button : {file, folder, demo, study}) layout->addWidget(button);
  connect(study, &QPushButton::clicked, this, &WelcomePane::studyClicked);
  layout->addWidget(dimLabel(tr("Or drop a file or folder anywhere in the window."), this));
  recent_ = new QWidget(this);
  recentList_ = new QVBoxLayout(recent_);
  recentList_->setContentsMargins(0, 16, 0, 0);
  layout->addWidget(recent_);
  auto* outer = new QVBoxLayout(this);
  outer->addStretch(2);
  outer->addWidget(column, 0, Qt::AlignHCenter);
  outer->addStretch(3);
  connect(file, &QPushButton::clicked, this, &WelcomePane::openFileClicked);
  connect(folder, &QPushButton::clicked, this, &WelcomePane::openFolderClicked);
  connect(demo, &QPushButton::clicked, this, &WelcomePane::demoClicked);
  setFailure({});
  setRecent({});
}

void WelcomePane::setUnfinished(const std::vector<UnfinishedWork>& works) {
  clear(*unfinishedList_);
  unfinished_->setVisible(!works.empty());
  if (works.empty()) return;
  unfinishedList_->addWidget(headingLabel(tr("Not closed last time"), this));
  for (const UnfinishedWork& work : works) {
    if (!work.path.isEmpty()) {
      auto* button = door(work.text, QStringLiteral("brush"), this);
      button->setToolTip(work.path);
      connect(button, &QPushButton::clicked, this, [this, path = work.path] { Q_EMIT unfinishedClicked(path); });
      unfinishedList_->addWidget(button);
    } else {
      unfinishedList_->addWidget(new QLabel(work.text, this));
    }
    auto* detail = dimLabel(work.detail, this);
    detail->setWordWrap(true);
    detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    unfinishedList_->addWidget(detail);
  }
}

void WelcomePane::setRecent(const QStringList& paths) {
  clear(*recentList_);
  recent_->setVisible(!paths.isEmpty());
  if (paths.isEmpty()) return;
  recentList_->addWidget(headingLabel(tr("Last cases"), this));
  for (const QString& path : paths) {
    auto* link = new QPushButton(QFileInfo(path).fileName(), this);
    link->setProperty("role", QStringLiteral("link"));
    link->setToolTip(path);
    connect(link, &QPushButton::clicked, this, [this, path] { Q_EMIT recentClicked(path); });
    recentList_->addWidget(link, 0, Qt::AlignLeft);
  }
}

void WelcomePane::setDemoAvailable(bool available) { demo_->setVisible(available); }

void WelcomePane::setFailure(const QString& text) {
  failure_->setText(text);
  failure_->setVisible(!text.isEmpty());
}

QString WelcomePane::failure() const { return failure_->text(); }

}  // namespace recontour
