#include "ui/window/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QScrollArea>
#include <QVBoxLayout>

namespace recontour {
namespace {

constexpr int kWidth = 620, kListHeight = 320;

QLabel* wrapped(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setWordWrap(true);
  return label;
}

/// "3 slices: 2, 4-5"
QString countedSlices(const std::vector<int>& slices) {
  return slices.size() == 1 ? AcceptDialog::tr("1 slice: %1").arg(slicesText(slices))
                            : AcceptDialog::tr("%1 slices: %2").arg(slices.size()).arg(slicesText(slices));
}

QString rowText(const Workbench::OrganSlices& slices, const OrganTable& table) {
  const Organ* organ = table.find(slices.organ);
  const QString name = organ != nullptr ? QString::fromStdString(organ->name) : QString::number(slices.organ);
  QString text = QStringLiteral("<p><b>%1</b>").arg(name.toHtmlEscaped());
  const auto line = [&](const QString& what, const std::vector<int>& which) {
    if (!which.empty()) text += QStringLiteral("<br>") + what.arg(countedSlices(which));
  };
  line(AcceptDialog::tr("changed on %1"), slices.changed);
  line(AcceptDialog::tr("never on the screen: %1"), slices.notSeen);
  return text + QStringLiteral("</p>");
}

}  // namespace

QString slicesText(const std::vector<int>& slices) {
  QStringList parts;
  for (std::size_t i = 0; i < slices.size();) {
    std::size_t last = i;
    while (last + 1 < slices.size() && slices[last + 1] == slices[last] + 1) ++last;
    parts +=
        last == i ? QString::number(slices[i] + 1) : QStringLiteral("%1-%2").arg(slices[i] + 1).arg(slices[last] + 1);
    i = last + 1;
  }
  return parts.join(QStringLiteral(", "));
}

ExportDialog::ExportDialog(const ExportOptions& options, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("DICOM export"));
  resize(kWidth, 0);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(
      wrapped(tr("Accept always writes revision.nii.gz. It also writes, into the session's folder:"), this));
  structureSet_ = new QCheckBox(tr("a structure set (RTSTRUCT); always where the contours came from one"), this);
  structureSet_->setChecked(options.structureSet);
  segmentation_ = new QCheckBox(tr("a DICOM segmentation (SEG)"), this);
  segmentation_->setChecked(options.segmentation);
  layout->addWidget(structureSet_);
  layout->addWidget(segmentation_);
  outbox_ = new QLineEdit(QString::fromStdString(options.outbox.string()), this);
  outbox_->setPlaceholderText(tr("none"));
  auto* choose = new QPushButton(tr("Choose..."), this);
  choose->setAutoDefault(false);
  connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseOutbox);
  auto* line = new QHBoxLayout;
  line->addWidget(outbox_, 1);
  line->addWidget(choose);
  uidRoot_ = new QLineEdit(QString::fromStdString(options.uidRoot), this);
  uidRoot_->setValidator(new QRegularExpressionValidator(
      QRegularExpression(QStringLiteral("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){0,20}")), uidRoot_));
  uidRoot_->setMaxLength(40);
  edge_ = new QComboBox(this);
  edge_->addItems({tr("between voxels, smoothed; every voxel comes back"), tr("along the edges of voxels")});
  edge_->setCurrentIndex(static_cast<int>(options.contours.edge));
  holes_ = new QComboBox(this);
  holes_->addItems({tr("tied to their outline (keyhole)"), tr("contours of their own (XOR); newer systems read it")});
  holes_->setCurrentIndex(static_cast<int>(options.contours.holes));
  auto* form = new QFormLayout;
  form->addRow(tr("Contours run"), edge_);
  form->addRow(tr("Holes are"), holes_);
  form->addRow(tr("Outbox: a copy goes to"), line);
  form->addRow(tr("UID root of your institution"), uidRoot_);
  layout->addLayout(form);
  layout->addWidget(
      wrapped(tr("What is written is marked as not approved unless you approve it when you accept."), this));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel | QDialogButtonBox::Ok, this);
  for (QAbstractButton* button : buttons->buttons()) button->setIcon({});
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ExportDialog::chooseOutbox() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose the outbox"), outbox_->text());
  if (!folder.isEmpty()) outbox_->setText(folder);
}

ExportOptions ExportDialog::options() const {
  ExportOptions options;
  options.structureSet = structureSet_->isChecked();
  options.segmentation = segmentation_->isChecked();
  options.outbox = outbox_->text().toStdString();
  options.contours = {static_cast<ContourEdge>(edge_->currentIndex()),
                      static_cast<ContourHoles>(holes_->currentIndex())};
  if (uidRoot_->hasAcceptableInput()) options.uidRoot = uidRoot_->text().toStdString();
  return options;
}

AcceptDialog::AcceptDialog(const std::vector<Workbench::OrganSlices>& organs, const OrganTable& table, QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(tr("Accept and write the structure set"));
  setAttribute(Qt::WA_DeleteOnClose);
  setModal(true);
  resize(kWidth, 0);
  auto* layout = new QVBoxLayout(this);
  QString text;
  for (const Workbench::OrganSlices& slices : organs) text += rowText(slices, table);
  if (organs.empty()) text = tr("Nothing was changed, and every slice with a contour was on the screen.");
  list_ = wrapped(text, this);
  list_->setTextFormat(Qt::RichText);
  list_->setAlignment(Qt::AlignTop);
  list_->setContentsMargins(8, 4, 8, 4);
  auto* scrolled = new QScrollArea(this);
  scrolled->setWidgetResizable(true);
  scrolled->setMinimumHeight(kListHeight);
  scrolled->setWidget(list_);
  layout->addWidget(scrolled, 1);
  approves_ = new QCheckBox(tr("I approve these contours (else they are marked as not approved)"), this);
  name_ = new QLineEdit(this);
  role_ = new QLineEdit(this);
  role_->setPlaceholderText(tr("radiation oncologist, ..."));
  layout->addWidget(approves_);
  auto* form = new QFormLayout;
  form->addRow(tr("Name"), name_);
  form->addRow(tr("Role"), role_);
  layout->addLayout(form);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Cancel)->setIcon({});
  goOn_ = buttons->addButton(tr("Accept"), QDialogButtonBox::AcceptRole);
  goOn_->setDefault(true);
  layout->addWidget(buttons);
  for (QLineEdit* edit : {name_, role_}) connect(edit, &QLineEdit::textChanged, this, &AcceptDialog::showState);
  connect(approves_, &QCheckBox::toggled, this, &AcceptDialog::showState);
  connect(buttons, &QDialogButtonBox::accepted, this, &AcceptDialog::goOn);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  showState();
}

QString AcceptDialog::listText() const { return list_->text(); }

void AcceptDialog::showState() {
  for (QLineEdit* edit : {name_, role_}) edit->setEnabled(approves_->isChecked());
  const bool isNamed = !name_->text().trimmed().isEmpty() && !role_->text().trimmed().isEmpty();
  goOn_->setEnabled(!approves_->isChecked() || isNamed);
}

void AcceptDialog::goOn() {
  if (!goOn_->isEnabled()) return;
  std::optional<StructureSetFacts::Approval> approval;
  if (approves_->isChecked()) approval = {name_->text().trimmed().toStdString(), role_->text().trimmed().toStdString()};
  accept();
  Q_EMIT agreed(approval);
}

}  // namespace recontour
