#include "ui/panels/organ_delegate.h"

#include <QPainter>
#include <algorithm>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kRightMargin = 12, kVolume = 30, kColumnGap = 7, kLock = 12, kEye = 14, kGap = 5, kNameLeft = 44;
constexpr int kLast = 70;

void paintTick(QPainter& painter, const QRectF& place) {
  const QPointF low(place.left() + place.width() * 0.38, place.bottom() - 0.5);
  painter.setPen(QPen(theme().good, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(QPolygonF{{place.left(), place.center().y() + 0.5}, low, {place.right() + 0.5, place.top()}});
}

/// Without a contour for a reason: a bar. Accepted: a tick. Edited: full; seen: half; not seen: hollow.
void paintState(QPainter& painter, const OrganRow& row, const QRect& dot) {
  const QRectF circle = QRectF(dot).adjusted(0.5, 0.5, -0.5, -0.5);
  if (explainsNoContour(row.status.statement.verdict)) {
    painter.setPen(QPen(theme().good, 1.8, Qt::SolidLine, Qt::RoundCap));
    return painter.drawLine(QPointF(circle.left(), circle.center().y()), QPointF(circle.right(), circle.center().y()));
  }
  if (row.done()) return paintTick(painter, circle);
  const QColor colour = row.status.edited ? theme().accent : theme().dim;
  painter.setPen(QPen(colour, 1));
  painter.setBrush(row.status.edited ? QBrush(colour) : Qt::NoBrush);
  painter.drawEllipse(circle);
  if (row.status.edited || !row.status.seen || !row.hasLabels) return;
  painter.setBrush(colour);
  painter.drawChord(circle, 90 * 16, 180 * 16);  // the left half
}

void paintMarks(QPainter& painter, const OrganRow& row, const OrganRowParts& parts, bool hovered) {
  const QIcon eye = icon(QStringLiteral("eye"), theme().dim), eyeOff = icon(QStringLiteral("eye-off"), theme().text);
  const QIcon lock = icon(QStringLiteral("lock"), theme().text), open = icon(QStringLiteral("lock-open"), theme().dim);
  const QIcon refused = icon(QStringLiteral("lock"), theme().error);
  (row.visible ? eye : eyeOff).paint(&painter, parts.eye);
  if (row.flashing) {
    painter.fillRect(parts.lock.adjusted(-3, -3, 3, 3), QColor(255, 107, 107, 60));
    refused.paint(&painter, parts.lock);
  } else if (row.locked) {
    lock.paint(&painter, parts.lock);
  } else if (hovered || row.active) {
    open.paint(&painter, parts.lock);
  }
}

QString volumeText(const OrganRow& row) {
  if (!row.hasLabels) return {};
  if (row.status.volumeMl <= 0) return QStringLiteral("-");
  return QString::number(row.status.volumeMl, 'f', row.status.volumeMl < 10 ? 1 : 0);
}

/// The name, with the side shortened before anything is cut off.
QString nameText(const QString& name, const QFontMetrics& metrics, int width) {
  QString fitting = name;
  if (metrics.horizontalAdvance(fitting) > width) {
    if (fitting.endsWith(QLatin1String(" left"))) fitting = fitting.chopped(4) + QLatin1Char('L');
    if (fitting.endsWith(QLatin1String(" right"))) fitting = fitting.chopped(5) + QLatin1Char('R');
  }
  return metrics.elidedText(fitting, Qt::ElideRight, width);
}

/// "before > after" with the old value dim and the new one in the row's colour.
void paintLast(QPainter& painter, const OrganRow& row, const QRect& place) {
  const QString text = lastColumnText(row);
  const auto arrow = text.indexOf(QLatin1String(" > "));
  painter.setPen(theme().dim);
  if (arrow < 0) {
    if (row.referenceShown && row.status.dscAfter && row.reliable()) painter.setPen(theme().text);
    if (row.concerned() && !row.referenceShown) painter.setPen(theme().warning);
    painter.save();
    QFont small = painter.font();
    small.setPixelSize(kHeadingPx);
    if (painter.fontMetrics().horizontalAdvance(text) > place.width()) painter.setFont(small);
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, text);
    painter.restore();
    return;
  }
  QFont bold = painter.font();
  bold.setBold(true);
  const QString after = text.mid(arrow + 3);
  const int width = QFontMetrics(bold).horizontalAdvance(after);
  painter.drawText(place.adjusted(0, 0, -width, 0), Qt::AlignRight | Qt::AlignVCenter, text.left(arrow + 3));
  painter.save();
  painter.setFont(bold);
  painter.setPen(theme().text);
  painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, after);
  painter.restore();
}

}  // namespace

OrganRowParts organRowParts(const QRect& row) {
  const auto square = [&](int right, int edge) {
    return QRect(right - edge, row.top() + (row.height() - edge) / 2, edge, edge);
  };
  OrganRowParts parts;
  int right = row.right() + 1 - kRightMargin;
  parts.last = QRect(right - kLast, row.top(), kLast, row.height());
  right -= kLast + kColumnGap;
  parts.volume = QRect(right - kVolume, row.top(), kVolume, row.height());
  right -= kVolume + 6;
  parts.lock = square(right, kLock);
  right -= kLock + kGap;
  parts.eye = square(right, kEye);
  right -= kEye + 4;
  parts.bar = QRect(row.left(), row.top(), 3, row.height());
  parts.dot = square(row.left() + 20, 8);
  parts.colour = square(row.left() + 40, 12);
  parts.name = QRect(row.left() + kNameLeft, row.top(), std::max(0, right - row.left() - kNameLeft), row.height());
  return parts;
}

OrganDelegate::OrganDelegate(const OrganModel& model, QObject* parent) : QStyledItemDelegate(parent), model_(model) {}

void OrganDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const OrganRow& row = model_.row(index.row());
  const OrganRowParts parts = organRowParts(option.rect);
  const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setFont(option.font);
  if (row.active || hovered)
    painter->fillRect(option.rect, row.active ? theme().selected : mixed(theme().selected, theme().panel, 0.5));
  if (row.active) painter->fillRect(parts.bar, row.colour);
  if (option.state.testFlag(QStyle::State_HasFocus)) {
    painter->setPen(QPen(theme().accent, 1));
    painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
  }
  paintState(*painter, row, parts.dot);
  const bool faint = !row.reliable() || !row.visible;
  painter->setPen(QPen(mixed(row.colour, theme().text, 0.6), 1));  // pale colours are seen on a pale ground
  painter->setBrush(faint ? mixed(row.colour, theme().panel, 0.4) : row.colour);
  painter->drawRoundedRect(parts.colour, 2, 2);
  painter->setPen(faint ? theme().dim : theme().text);
  const QString name = nameText(row.name, option.fontMetrics, parts.name.width());
  painter->drawText(parts.name, Qt::AlignLeft | Qt::AlignVCenter, name);
  paintMarks(*painter, row, parts, hovered);
  painter->setPen(theme().dim);
  painter->drawText(parts.volume, Qt::AlignRight | Qt::AlignVCenter, volumeText(row));
  paintLast(*painter, row, parts.last);
  painter->restore();
}

QSize OrganDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {kOrganPanelWidth, kOrganRowHeight};
}

}  // namespace recontour
