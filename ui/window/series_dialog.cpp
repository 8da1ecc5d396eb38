#include "ui/window/series_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace recontour {
namespace {

constexpr int kWidth = 760, kHeight = 320, kRowHeight = 26, kGap = 16;

QString planeText(const std::string& plane) {
  if (plane == "axial") return SeriesDialog::tr("axial");
  if (plane == "coronal") return SeriesDialog::tr("coronal");
  if (plane == "sagittal") return SeriesDialog::tr("sagittal");
  return plane.empty() ? QString() : SeriesDialog::tr("oblique");
}

QString spacingText(const CtSeries& series) {
  const Point3& mm = series.spacingMm;
  const QString inPlane = SeriesDialog::tr("%1 x %2").arg(mm.x, 0, 'g', 4).arg(mm.y, 0, 'g', 4);
  return mm.z > 0 ? SeriesDialog::tr("%1 x %2 mm").arg(inPlane).arg(mm.z, 0, 'g', 4)
                  : SeriesDialog::tr("%1 mm").arg(inPlane);
}

QTreeWidgetItem* rowOf(const CtSeries& series) {
  const QString size = QStringLiteral("%1 x %2").arg(series.size.x).arg(series.size.y);
  auto* row =
      new QTreeWidgetItem({QString::fromStdString(series.name), QString::number(series.size.z), size,
                           spacingText(series), planeText(series.plane), QString::fromStdString(series.problem)});
  row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
  row->setToolTip(0, QString::fromStdString(series.uid));
  row->setToolTip(5, QString::fromStdString(series.problem));
  if (!series.problem.empty()) row->setFlags(Qt::NoItemFlags);
  return row;
}

}  // namespace

SeriesDialog::SeriesDialog(const QString& name, const std::vector<CtSeries>& series, QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(tr("Choose a CT series"));
  setAttribute(Qt::WA_DeleteOnClose);
  setModal(true);
  resize(kWidth, kHeight);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(
      new QLabel(tr("%1 holds %n CT series. Which one is to be opened?", "", int(series.size())).arg(name), this));
  list_ = new QTreeWidget(this);
  list_->setHeaderLabels({tr("Series"), tr("Slices"), tr("Pixels"), tr("Voxel size"), tr("Plane"), tr("Why not")});
  list_->setStyleSheet(QStringLiteral("QTreeView::item { height: %1px; }").arg(kRowHeight));
  list_->setRootIsDecorated(false);
  for (const CtSeries& one : series) list_->addTopLevelItem(rowOf(one));
  const auto opens = [](const CtSeries& one) { return one.problem.empty(); };
  list_->setColumnHidden(5, std::all_of(series.begin(), series.end(), opens));
  for (int column = 0; column < 5; ++column) {
    list_->resizeColumnToContents(column);
    list_->setColumnWidth(column, list_->columnWidth(column) + kGap);
  }
  list_->setCurrentItem(list_->topLevelItem(0));
  layout->addWidget(list_, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Cancel)->setIcon({});
  buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole)->setDefault(true);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &SeriesDialog::choose);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(list_, &QTreeWidget::itemActivated, this, &SeriesDialog::choose);
}

void SeriesDialog::choose() {
  const QTreeWidgetItem* row = list_->currentItem();
  if (row == nullptr || row->flags() == Qt::NoItemFlags) return;
  const int number = list_->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(row)) + 1;
  accept();
  Q_EMIT chosen(number);
}

}  // namespace recontour
