#include "ui/window/path_line.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace recontour {

PathLine::PathLine(Kind kind, const QString& name, const QString& toolTip, QWidget* parent, const QString& filter)
    : QWidget(parent), kind_(kind), name_(name), filter_(filter) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  path_ = new QLineEdit(this);
  path_->setAccessibleName(name);
  path_->setToolTip(toolTip);
  auto* choose = new QPushButton(kind == Kind::File ? tr("File...") : tr("Folder..."), this);
  choose->setAutoDefault(false);
  row->addWidget(path_, 1);
  row->addWidget(choose);
  setFocusProxy(path_);
  connect(path_, &QLineEdit::editingFinished, this, &PathLine::changed);
  connect(choose, &QPushButton::clicked, this, &PathLine::ask);
}

QString PathLine::path() const { return path_->text().trimmed(); }
void PathLine::setPath(const QString& path) { path_->setText(path); }
void PathLine::setPlaceholder(const QString& text) { path_->setPlaceholderText(text); }

void PathLine::ask() {
  QString chosen;
  if (kind_ == Kind::Folder) chosen = QFileDialog::getExistingDirectory(this, name_, path());
  if (kind_ == Kind::File) chosen = QFileDialog::getOpenFileName(this, name_, path(), filter_);
  if (kind_ == Kind::NewFolder) chosen = QFileDialog::getSaveFileName(this, name_, path());
  if (chosen.isEmpty()) return;
  path_->setText(chosen);
  Q_EMIT changed();
}

}  // namespace recontour
