#include "ui/study/flag_list.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"
#include "ui/study/warning_sign.h"

namespace recontour {
namespace {

constexpr int kBelow = Qt::UserRole, kTask = Qt::UserRole + 1;
constexpr int kRow = 40, kSign = 18;

/// What is left to say after the head.
QString belowOf(const ShownFlag& flag) {
  if (!flag.reader.empty()) return shown(flag.text);
  const auto semicolon = flag.text.find("; ");
  return semicolon == std::string::npos ? QString() : shown(flag.text.substr(semicolon + 2));
}

class FlagDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {100, kRow}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if ((option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) != 0)
      painter->fillRect(option.rect, theme().selected);
    const QRect text = option.rect.adjusted(kSign, 4, -4, 0);
    paintWarningSign(*painter, QPointF(option.rect.left() + 6, option.rect.top() + 13));
    paintLine(*painter, QRect(text.left(), text.top(), text.width(), 17), theme().text, index.data().toString());
    paintLine(*painter, QRect(text.left(), text.top() + 16, text.width(), 16), theme().dim,
              index.data(kBelow).toString());
    painter->setPen(theme().line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
  }

 private:
  static void paintLine(QPainter& painter, const QRect& rect, const QColor& colour, const QString& text) {
    painter.setPen(colour);
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
  }
};

}  // namespace

FlagList::FlagList(QWidget* parent) : QListWidget(parent) {
  setItemDelegate(new FlagDelegate(this));
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setMouseTracking(true);
  setAccessibleName(tr("Flags"));
  const auto choose = [this](const QListWidgetItem* item) {
    if (const QString task = item->data(kTask).toString(); !task.isEmpty()) Q_EMIT readingChosen(task);
  };
  connect(this, &QListWidget::itemClicked, this, choose);
  connect(this, &QListWidget::itemActivated, this, choose);
}

void FlagList::show(const std::vector<ShownFlag>& flags) {
  const int row = currentRow();
  clear();
  for (const ShownFlag& flag : flags) {
    auto* item = new QListWidgetItem(flagHead(flag), this);
    item->setData(kBelow, belowOf(flag));
    item->setData(kTask, shown(flag.task));
    item->setToolTip(shown(flag.text));
  }
  setCurrentRow(row < count() ? row : -1);
}

}  // namespace recontour
