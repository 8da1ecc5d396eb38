#include "ui/panels/organ_delegate.h"

#include <QPainter>
#include <algorithm>

#include "ui/panels/organ_note.h"
#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kRightMargin = 12, kVolume = 30, kLock = 12, kEye = 14, kGap = 5, kNameLeft = 44, kName = 84;
constexpr int kTime = 34, kScores = 64, kSign = 12;

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
  if (!row.list.dots) return;
  const QColor colour = row.status.edited ? theme().accent : theme().dim;
  painter.setPen(QPen(colour, 1));
  painter.setBrush(row.status.edited ? QBrush(colour) : Qt::NoBrush);
  painter.drawEllipse(circle);
  if (row.status.edited || !row.status.seen || !row.list.hasLabels) return;
  painter.setBrush(colour);
  painter.drawChord(circle, 90 * 16, 180 * 16);  // the left half
}

void paintMarks(QPainter& painter, const OrganRow& row, const OrganRowParts& parts, bool hovered) {
  const QIcon eye = icon(QStringLiteral("eye"), theme().dim), eyeOff = icon(QStringLiteral("eye-off"), theme().text);
  const QIcon lock = icon(QStringLiteral("lock"), theme().text), open = icon(QStringLiteral("lock-open"), theme().dim);
  const QIcon refused = icon(QStringLiteral("lock"), theme().error);
  if (!row.empty()) (row.visible ? eye : eyeOff).paint(&painter, parts.eye);
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
  if (!row.list.hasLabels || !row.list.volumes) return {};
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

/// A triangle with an exclamation mark, full where it is serious.
void paintSign(QPainter& painter, const QRectF& place, bool serious) {
  const QPolygonF triangle({{place.center().x(), place.top()}, place.bottomRight(), place.bottomLeft()});
  painter.setPen(QPen(theme().warning, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(serious ? QBrush(theme().warning) : Qt::NoBrush);
  painter.drawPolygon(triangle);
  painter.setPen(QPen(serious ? theme().panel : theme().warning, 1.3, Qt::SolidLine, Qt::RoundCap));
  const double x = place.center().x(), height = place.height();
  painter.drawLine(QPointF(x, place.top() + height * 0.38), QPointF(x, place.top() + height * 0.62));
  painter.drawPoint(QPointF(x, place.top() + height * 0.82));
}

/// The longest text that fits, behind a sign if it warns.
void paintNote(QPainter& painter, const OrganRow& row, const QRect& place) {
  const OrganNote note = organNote(row);
  if (note.weight == OrganNote::Weight::None) return;
  const bool warns = note.warns();
  if (warns)
    paintSign(painter, QRectF(place.left() + 0.5, place.center().y() - 4.5, kSign - 2, 9),
              note.weight == OrganNote::Weight::Serious);
  const QRect rest = place.adjusted(warns ? kSign + 2 : 0, 0, 0, 0);
  painter.save();
  QFont small = painter.font();
  small.setPixelSize(kHeadingPx);
  painter.setFont(small);
  painter.setPen(warns ? theme().warning : theme().dim);
  for (const QString& text : note.texts) {
    if (painter.fontMetrics().horizontalAdvance(text) > rest.width()) continue;
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, text);
    break;
  }
  painter.restore();
}

/// "before > after" with the old value dim and the new one in the row's colour.
void paintLast(QPainter& painter, const OrganRow& row, const QRect& place) {
  const QString text = lastColumnText(row);
  const auto arrow = text.indexOf(QLatin1String(" > "));
  painter.setPen(theme().dim);
  if (arrow < 0) {
    if (row.list.referenceShown && row.status.dscAfter && row.reliable()) painter.setPen(theme().text);
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, text);
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

OrganRowParts organRowParts(const QRect& row, bool scores) {
  const auto square = [&](int right, int edge) {
    return QRect(right - edge, row.top() + (row.height() - edge) / 2, edge, edge);
  };
  const auto column = [&](int left, int width) { return QRect(left, row.top(), width, row.height()); };
  OrganRowParts parts;
  parts.bar = column(row.left(), 3);
  parts.dot = square(row.left() + 20, 8);
  parts.colour = square(row.left() + 40, 12);
  parts.name = column(row.left() + kNameLeft, kName);
  parts.eye = square(parts.name.right() + 1 + kGap + kEye, kEye);
  parts.lock = square(parts.eye.right() + 1 + kGap + kLock, kLock);
  parts.volume = column(parts.lock.right() + 1 + kGap, kVolume);
  const int last = scores ? kScores : kTime, right = row.right() + 1 - kRightMargin;
  parts.last = column(right - last, last);
  const int left = parts.volume.right() + 1 + kOrganColumnGap;
  parts.note = column(left, std::max(0, right - last - kOrganColumnGap - left));
  return parts;
}

OrganDelegate::OrganDelegate(const OrganModel& model, QObject* parent) : QStyledItemDelegate(parent), model_(model) {}

void OrganDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const OrganRow& row = model_.row(index.row());
  const OrganRowParts parts = organRowParts(option.rect, row.list.referenceShown);
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
  paintNote(*painter, row, parts.note);
  paintLast(*painter, row, parts.last);
  painter->restore();
}

QSize OrganDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {kOrganPanelWidth, kOrganRowHeight};
}

}  // namespace recontour
