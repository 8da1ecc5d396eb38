#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/panels/theme.h"
#include "ui/study/reading_table.h"
#include "ui/study/study_texts.h"
#include "ui/study/warning_sign.h"

namespace recontour {

using State = StudySession::State;

QColor ReadingTable::colourOf(const StudySession& session) const {
  const double range = mostS_ - leastS_;
  const double part = range > 0 ? (session.activeS - leastS_) / range : 0.5;
  return mixed(theme().accent, theme().panel, 0.22 + 0.36 * std::clamp(part, 0.0, 1.0));
}

void ReadingTable::paintCell(QPainter& painter, const QRect& rect, const StudySession& session) const {
  const bool isOpen = session.state == State::Open, isFlagged = !session.flags.empty();
  painter.setPen(isOpen ? QPen(theme().accent, 1) : QPen(Qt::NoPen));
  painter.setBrush(session.state == State::Accepted ? QBrush(colourOf(session)) : QBrush(Qt::NoBrush));
  if (session.state == State::Accepted || isOpen)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  painter.setPen(isOpen ? theme().accent : session.state == State::Accepted ? theme().text : theme().dim);
  QString text = session.state == State::Accepted   ? QString::number(std::lround(session.activeS / 60))
                 : session.state == State::Excluded ? QStringLiteral("\u00d7")
                 : isOpen                           ? tr("open")
                                                    : QStringLiteral("\u00b7");
  if (session.task.practice && session.state == State::Accepted) text = tr("p %1").arg(text);
  const int sign = isFlagged ? 15 : 0;
  painter.drawText(rect.adjusted(0, 0, -sign, 0), Qt::AlignCenter, text);
  if (!isFlagged) return;
  const double half = painter.fontMetrics().horizontalAdvance(text) / 2.0;
  paintWarningSign(painter, {rect.center().x() - sign / 2.0 + half + 9, rect.center().y() + 0.5});
}

void ReadingTable::paintHeads(QPainter& painter) const {
  painter.setPen(theme().dim);
  for (int column = 0; column < static_cast<int>(grid_.columns.size()); ++column) {
    const ReadingColumn& head = grid_.columns[static_cast<std::size_t>(column)];
    QRect rect = cellRect(0, column);
    rect.moveTop(4);
    rect.setHeight(16);
    painter.drawText(rect, Qt::AlignCenter, shown(head.head));
    if (!head.below.empty()) painter.drawText(rect.translated(0, 13), Qt::AlignCenter, shown(head.below));
  }
}

void ReadingTable::paintReaders(QPainter& painter) const {
  const QFont plain = painter.font();
  QFont bold = plain;
  bold.setBold(true);
  const int right = viewport()->width() - kDone;
  for (int line = 0; line < static_cast<int>(grid_.lines.size()); ++line) {
    const ReaderLine& reader = grid_.lines[static_cast<std::size_t>(line)];
    const int top = cellRect(line, 0).top();
    painter.setFont(bold);
    painter.setPen(theme().text);
    painter.drawText(QRect(2, top, kReader - 10, 16), Qt::AlignVCenter | Qt::AlignLeft, shown(reader.reader));
    const QString done = QString::number(reader.done), all = QStringLiteral(" / %1").arg(reader.all);
    QRect rest(right, top, kDone - 14, kLine - kGap);
    painter.setFont(plain);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight, all);
    rest.setRight(rest.right() - painter.fontMetrics().horizontalAdvance(all));
    painter.setFont(bold);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight, done);
    painter.setFont(plain);
    painter.setPen(theme().dim);
    painter.drawText(QRect(2, top + 15, kReader - 10, 16), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(shown(reader.about), Qt::ElideRight, kReader - 10));
  }
}

void ReadingTable::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  const QRect all = viewport()->rect();
  const QRect cells(kReader, headHeight(), all.width() - kReader - kDone, all.height() - headHeight());
  painter.setClipRect(cells);
  for (int line = 0; line < static_cast<int>(grid_.lines.size()); ++line)
    for (int column = 0; column < static_cast<int>(grid_.columns.size()); ++column) {
      const QRect rect = cellRect(line, column);
      if (!rect.intersects(cells)) continue;
      if (const StudySession* session = sessionOf(line, column)) paintCell(painter, rect, *session);
      if (!hasFocus() || current_ != Cell{line, column}) continue;
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(theme().text, 1.5));
      painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 3, 3);
    }
  painter.setClipRect(QRect(kReader, 0, cells.width(), headHeight()));
  paintHeads(painter);
  painter.setClipRect(QRect(0, headHeight(), all.width(), cells.height()));
  paintReaders(painter);
  painter.setClipping(false);
  painter.setPen(theme().dim);
  painter.drawText(QRect(cells.right(), 4, kDone - 12, 16), Qt::AlignRight | Qt::AlignVCenter, tr("done"));
}

}  // namespace recontour
