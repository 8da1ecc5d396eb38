#include "ui/window/operation_dialog.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

#include "ui/panels/theme.h"

namespace recontour {
namespace {
constexpr int kWaitMs = 150;  // for the next digit
}

OperationDialog::OperationDialog(const OperationChoice& choice, const QString& organ, QWidget* parent)
    : QDialog(parent), kind_(choice.kind) {
  const auto text = [](const char* source) { return QCoreApplication::translate("recontour", source); };
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(QStringLiteral("%1: %2").arg(organ, text(choice.text).remove(QStringLiteral("..."))));
  const OperationChoice::Amount& asked = *choice.amount;
  amount_ = new QDoubleSpinBox(this);
  amount_->setDecimals(asked.decimals);
  amount_->setRange(asked.least, asked.largest);
  amount_->setSingleStep(asked.step);
  amount_->setSuffix(QString::fromUtf8(asked.unit));
  amount_->setValue(asked.usual);
  change_ = dimLabel({}, this);
  auto* form = new QFormLayout(this);
  form->addRow(headingLabel(windowTitle(), this));
  form->addRow(text(asked.name), amount_);
  form->addRow(tr("Change"), change_);
  auto* hint = dimLabel(tr("White, dashed: as it would be."), this);
  form->addRow(hint);
  auto* buttons = new QDialogButtonBox(this);
  apply_ = buttons->addButton(tr("Apply"), QDialogButtonBox::AcceptRole);
  buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
  apply_->setDefault(true);
  form->addRow(buttons);
  wait_ = new QTimer(this);
  wait_->setSingleShot(true);
  wait_->setInterval(kWaitMs);
  connect(amount_, &QDoubleSpinBox::valueChanged, wait_, qOverload<>(&QTimer::start));
  connect(wait_, &QTimer::timeout, this, [this] { Q_EMIT previewAsked(amount()); });
  connect(buttons, &QDialogButtonBox::accepted, this, [this] {
    Q_EMIT applied(amount());
    accept();
  });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  wait_->start();
  setBusy();
  amount_->selectAll();
}

double OperationDialog::amount() const { return amount_->value(); }

void OperationDialog::setBusy() { change_->setText(tr("counting...")); }

void OperationDialog::setChange(double millilitres) { change_->setText(tr("%1 mL").arg(signedText(millilitres, 1))); }

}  // namespace recontour
