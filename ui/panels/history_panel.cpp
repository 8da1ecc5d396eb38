#include "ui/panels/history_panel.h"

#include <QDateTime>
#include <QFont>
#include <QIconEngine>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/panels/step_text.h"
#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr std::size_t kThumbnailsKept = 500;
constexpr int kLeastHeight = 3 * (kThumbnailPx + 4);  // three steps

/// Painted as it is: Qt's cache of pixmaps, where those of an icon go, would keep it after its case was closed. A null
/// picture takes the place, so that texts stand below one another.
class StepPicture : public QIconEngine {
 public:
  explicit StepPicture(const QImage& picture) : picture_(picture) {}
  void paint(QPainter* painter, const QRect& at, QIcon::Mode, QIcon::State) override {
    painter->drawImage(at, picture_);
  }
  QIconEngine* clone() const override { return new StepPicture(picture_); }

 private:
  QImage picture_;
};

QIcon iconOf(const QImage& picture) { return QIcon(new StepPicture(picture)); }

}  // namespace

void HistoryModel::setSteps(std::vector<StepSummary> steps, int depth) {
  beginResetModel();
  if (steps.empty()) thumbnails_.clear();  // another case
  steps_ = std::move(steps);
  depth_ = depth;
  endResetModel();
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(steps_.size()) + 1;
}

QString HistoryModel::textOf(const StepSummary& step) const {
  const QString text = stepText(step, organs_), slice = stepSliceText(step);
  return slice.isEmpty() ? text : text + QLatin1Char('\n') + slice;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const int depth = depthOf(index.row());
  const StepSummary* step = depth == 0 ? nullptr : &steps_[static_cast<std::size_t>(depth - 1)];
  if (role == Qt::DisplayRole) return step == nullptr ? HistoryPanel::tr("Opened") : textOf(*step);
  if (role == Qt::DecorationRole) return step != nullptr ? thumbnailOf(depth - 1) : iconOf({});
  if (role == Qt::SizeHintRole) return QSize(kThumbnailPx, kThumbnailPx + 4);  // of every row
  if (role == Qt::ForegroundRole) return depth > depth_ ? theme().dim : theme().text;
  if (role == Qt::ToolTipRole && step != nullptr) {
    const QString time = QLocale().toString(QDateTime::fromMSecsSinceEpoch(step->wallMs), QLocale::ShortFormat);
    return step->isStart ? time : HistoryPanel::tr("%1, %2 voxels").arg(time).arg(step->voxels);
  }
  return {};
}

QVariant HistoryModel::thumbnailOf(int step) const {
  if (!thumbnail_) return {};
  const StepSummary& summary = steps_[static_cast<std::size_t>(step)];
  const std::pair key(step, summary.wallMs);
  auto found = thumbnails_.find(key);
  if (found == thumbnails_.end()) {
    if (thumbnails_.size() >= kThumbnailsKept) thumbnails_.clear();
    found = thumbnails_.emplace(key, iconOf(thumbnail_(step, summary))).first;
  }
  return found->second;
}

HistoryPanel::HistoryPanel(QWidget* parent) : Section(tr("History"), parent) {
  QVBoxLayout* layout = bodyLayout();
  layout->setContentsMargins(8, 0, 4, 0);
  list_ = new QListView(this);
  list_->setObjectName(QStringLiteral("history"));
  list_->setModel(&model_);
  list_->setIconSize({kThumbnailPx, kThumbnailPx});
  list_->setUniformItemSizes(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setTextElideMode(Qt::ElideRight);
  list_->setAccessibleName(tr("History"));
  list_->setMinimumHeight(kLeastHeight);
  list_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);  // takes what is there, asks for no more
  waiting_ = dimLabel(tr("Each step of the revision, to go back to it. Open a case to begin."), this);
  waiting_->setWordWrap(true);
  waiting_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  layout->addWidget(waiting_, 1);
  layout->addWidget(list_, 1);
  const auto choose = [this](const QModelIndex& index) { Q_EMIT stepChosen(model_.depthOf(index.row())); };
  connect(list_, &QListView::clicked, this, choose);
  connect(list_, &QListView::activated, this, choose);
  setCaseOpen(false);
}

void HistoryPanel::setCaseOpen(bool open) {
  waiting_->setVisible(!open);
  list_->setVisible(open);
}

QString HistoryPanel::emptyText() const { return waiting_->isHidden() ? QString() : waiting_->text(); }

void HistoryPanel::setSteps(std::vector<StepSummary> steps, int depth) {
  model_.setSteps(std::move(steps), depth);
  const QModelIndex now = model_.index(model_.rowOf(depth));
  list_->setCurrentIndex(now);
  list_->scrollTo(now);
}

}  // namespace recontour
