#include "ui/study/reading_table.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/study/study_texts.h"

namespace recontour {

using State = StudySession::State;

ReadingTable::ReadingTable(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Readings by reader and case"));
  viewport()->setAutoFillBackground(false);
  viewport()->setMouseTracking(true);
}

void ReadingTable::show(const StudySnapshot& snapshot, ReadingColumns by) {
  grid_ = readingGrid(snapshot, by);
  sessions_ = snapshot.sessions;
  mostS_ = 0;
  leastS_ = 1e9;
  for (const StudySession& one : sessions_) {
    if (one.state != State::Accepted) continue;
    mostS_ = std::max(mostS_, one.activeS);
    leastS_ = std::min(leastS_, one.activeS);
  }
  hasSecondHead_ = std::ranges::any_of(grid_.columns, [](const ReadingColumn& one) { return !one.below.empty(); });
  updateGeometry();
  setScrollRanges();
  viewport()->update();
}

const StudySession* ReadingTable::sessionOf(int line, int column) const {
  if (line < 0 || line >= static_cast<int>(grid_.lines.size())) return nullptr;
  const auto& cells = grid_.lines[static_cast<std::size_t>(line)].cells;
  if (column < 0 || column >= static_cast<int>(cells.size())) return nullptr;
  const int index = cells[static_cast<std::size_t>(column)];
  return index < 0 ? nullptr : &sessions_[static_cast<std::size_t>(index)];
}

QString ReadingTable::cellText(int line, int column) const {
  const StudySession* session = sessionOf(line, column);
  if (session == nullptr) return {};
  const QString sign = session->flags.empty() ? QString() : QStringLiteral(" !");
  switch (session->state) {
    case State::Waiting:
      return QStringLiteral(".");
    case State::Open:
      return tr("open") + sign;
    case State::Accepted:
      return QString::number(std::lround(session->activeS / 60)) + sign;
    case State::Excluded:
      return QStringLiteral("x") + sign;
  }
  return {};
}

int ReadingTable::cellWidth() const {
  const int count = std::max(1, static_cast<int>(grid_.columns.size()));
  return std::clamp((viewport()->width() - kReader - kDone) / count, kLeastCell, kLargestCell);
}

QRect ReadingTable::cellRect(int line, int column) const {
  const int left = kReader + column * cellWidth() - horizontalScrollBar()->value();
  const int top = headHeight() + line * kLine - verticalScrollBar()->value();
  return {left, top, cellWidth() - kGap, kLine - kGap};
}

ReadingTable::Cell ReadingTable::cellAt(const QPoint& at) const {
  if (at.y() < headHeight() || at.x() < kReader || at.x() >= viewport()->width() - kDone) return {};
  const Cell cell{(at.y() - headHeight() + verticalScrollBar()->value()) / kLine,
                  (at.x() - kReader + horizontalScrollBar()->value()) / cellWidth()};
  return sessionOf(cell.line, cell.column) == nullptr ? Cell{} : cell;
}

int ReadingTable::linesHeight(int lines) const {
  return headHeight() + lines * kLine + (horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->height() : 0);
}
QSize ReadingTable::sizeHint() const { return {900, linesHeight(static_cast<int>(grid_.lines.size()))}; }

void ReadingTable::setScrollRanges() {
  const int wide = cellWidth() * static_cast<int>(grid_.columns.size());
  const int high = kLine * static_cast<int>(grid_.lines.size());
  horizontalScrollBar()->setRange(0, std::max(0, wide - (viewport()->width() - kReader - kDone)));
  horizontalScrollBar()->setPageStep(viewport()->width() - kReader - kDone);
  horizontalScrollBar()->setSingleStep(cellWidth());
  verticalScrollBar()->setRange(0, std::max(0, high - (viewport()->height() - headHeight())));
  verticalScrollBar()->setPageStep(viewport()->height() - headHeight());
  verticalScrollBar()->setSingleStep(kLine);
}

void ReadingTable::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  setScrollRanges();
}

void ReadingTable::mousePressEvent(QMouseEvent* event) { pressed_ = cellAt(event->pos()); }

void ReadingTable::mouseReleaseEvent(QMouseEvent* event) {
  if (pressed_.line >= 0 && cellAt(event->pos()) == pressed_) choose(pressed_);
}

void ReadingTable::keyPressEvent(QKeyEvent* event) {
  Cell to = current_.line < 0 ? Cell{0, 0} : current_;
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return choose(to);
  if (event->key() == Qt::Key_Left) --to.column;
  if (event->key() == Qt::Key_Right) ++to.column;
  if (event->key() == Qt::Key_Up) --to.line;
  if (event->key() == Qt::Key_Down) ++to.line;
  if (to == current_) return QAbstractScrollArea::keyPressEvent(event);
  to.line = std::clamp(to.line, 0, std::max(0, static_cast<int>(grid_.lines.size()) - 1));
  to.column = std::clamp(to.column, 0, std::max(0, static_cast<int>(grid_.columns.size()) - 1));
  current_ = to;
  makeVisible(to);
  viewport()->update();
}

void ReadingTable::makeVisible(const Cell& cell) {
  const int left = cell.column * cellWidth(), top = cell.line * kLine;
  const auto scroll = [](QScrollBar* bar, int from, int size) {
    if (from < bar->value()) bar->setValue(from);
    if (from + size > bar->value() + bar->pageStep()) bar->setValue(from + size - bar->pageStep());
  };
  scroll(horizontalScrollBar(), left, cellWidth());
  scroll(verticalScrollBar(), top, kLine);
}

void ReadingTable::choose(const Cell& cell) {
  current_ = cell;
  viewport()->update();
  if (const StudySession* session = sessionOf(cell.line, cell.column)) Q_EMIT readingChosen(shown(session->task.id));
}

QString ReadingTable::toolTipOf(const StudySession& session) const {
  QString text =
      tr("%1, case %2: %3").arg(shown(session.task.reader), shown(session.task.caseId), stateLabel(session.state));
  if (session.state == State::Accepted) text += tr(", %1 min active").arg(session.activeS / 60, 0, 'f', 1);
  for (const StudyFlag& flag : session.flags) text += QLatin1Char('\n') + shown(flag.text);
  return text;
}

bool ReadingTable::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const Cell cell = cellAt(help->pos());
  if (const StudySession* session = sessionOf(cell.line, cell.column))
    QToolTip::showText(help->globalPos(), toolTipOf(*session));
  return true;
}

}  // namespace recontour
