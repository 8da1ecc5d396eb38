#include "ui/window/inbox_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/workbench/inbox_folders.h"
#include "ui/panels/theme.h"
#include "ui/window/path_line.h"

namespace recontour {
namespace {

constexpr int kWidth = 620;

QLabel* wrapped(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setWordWrap(true);
  return label;
}

}  // namespace

InboxDialog::InboxDialog(const QString& inbox, const QString& outbox, bool opensFirst, QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(tr("Watch a folder"));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(kWidth, 0);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(wrapped(tr("A CT series that comes into the inbox is listed under Cases when it is complete and "
                               "nothing was added for 10 seconds. After Accept the next one opens."),
                            this));
  inbox_ = new PathLine(PathLine::Kind::Folder, tr("Inbox"), tr("Folders below it are watched too"), this);
  outbox_ = new PathLine(PathLine::Kind::Folder, tr("Outbox"), tr("Accept puts an RTSTRUCT there"), this);
  inbox_->setPath(inbox);
  outbox_->setPath(outbox);
  outbox_->setPlaceholder(tr("none"));
  auto* form = new QFormLayout;
  form->addRow(tr("Inbox"), inbox_);
  form->addRow(tr("Outbox: a copy of the RTSTRUCT goes to"), outbox_);
  layout->addLayout(form);
  opensFirst_ = new QCheckBox(tr("Open what comes while there is nothing left to do"), this);
  opensFirst_->setChecked(opensFirst);
  layout->addWidget(opensFirst_);
  problem_ = wrapped({}, this);
  setRole(*problem_, QStringLiteral("warning"));
  layout->addWidget(problem_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Cancel)->setIcon({});
  watch_ = buttons->addButton(tr("Watch"), QDialogButtonBox::AcceptRole);
  watch_->setDefault(true);
  layout->addWidget(buttons);
  for (PathLine* line : {inbox_, outbox_}) {
    connect(line->findChild<QLineEdit*>(), &QLineEdit::textChanged, this, &InboxDialog::showState);
  }
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  showState();
}

/// Whether the folders are there is found in the background, since a share may take long to say so.
void InboxDialog::showState() {
  const QString inbox = inbox_->path(), outbox = outbox_->path();
  const bool outboxInside =
      !inbox.isEmpty() && !outbox.isEmpty() && isWithin(outbox.toStdString(), inbox.toStdString());
  problem_->setText(outboxInside ? tr("The outbox must lie elsewhere than in the inbox.") : QString());
  problem_->setVisible(outboxInside);
  watch_->setEnabled(!inbox.isEmpty() && !outboxInside);
}

}  // namespace recontour
