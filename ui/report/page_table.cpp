#include "ui/report/page_table.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <numeric>

#include "ui/report/figure_style.h"

namespace recontour {
namespace {

constexpr int kPoints = 7, kCaptionPoints = 8;
constexpr double kPad = 4, kAbove = 2;  // between columns; above and below a row's text

QFont cellFont(bool bold) { return figureFont(kPoints, bold); }

double widestWord(const QFont& font, const QString& text) {
  double widest = 0;
  for (const QString& word : text.split(QLatin1Char(' '))) widest = std::max(widest, textWidth(font, word));
  return widest;
}

/// What a column needs at least (its longest word) and would like (its longest cell on one line).
struct Wish {
  double least = 0, best = 0;
};

std::vector<Wish> wishesOf(const ReportTable& table) {
  std::vector<Wish> wishes(static_cast<std::size_t>(table.header.size()));
  for (std::size_t c = 0; c < wishes.size(); ++c) {
    const auto column = static_cast<qsizetype>(c);
    const bool isText = column < table.textColumns;
    Wish& wish = wishes[c];
    wish.least = wish.best = widestWord(cellFont(true), table.header[column]);
    for (const QStringList& row : table.rows) {
      const double whole = textWidth(cellFont(false), row.value(column));
      wish.best = std::max(wish.best, whole);
      wish.least = std::max(wish.least, isText ? widestWord(cellFont(false), row.value(column)) : whole);
    }
  }
  return wishes;
}

constexpr double kMostSpread = 34;  // beyond what a column would like: rows must stay easy to follow

/// Narrow columns get what they would like; those that can wrap share the rest.
std::vector<double> sharedWidths(const std::vector<Wish>& wishes, double room) {
  std::vector<double> widths(wishes.size(), -1);
  auto open = static_cast<double>(wishes.size());
  for (bool changed = true; changed && open > 0;) {
    changed = false;
    const double share = room / open;
    for (std::size_t c = 0; c < wishes.size(); ++c) {
      const bool fixed = wishes[c].best <= share || wishes[c].least > share;
      if (widths[c] >= 0 || !fixed) continue;
      widths[c] = wishes[c].best <= share ? wishes[c].best : wishes[c].least;
      room -= widths[c];
      --open;
      changed = true;
      break;
    }
  }
  for (double& width : widths) {
    if (width < 0) width = room / open;
  }
  return widths;
}

std::vector<double> columnWidths(const ReportTable& table, double width) {
  const std::vector<Wish> wishes = wishesOf(table);
  const double room = width - 2 * kPad * double(std::max<std::size_t>(1, wishes.size()) - 1);
  double best = 0;
  for (const Wish& wish : wishes) best += wish.best;
  if (best > room) return sharedWidths(wishes, room);
  const double spread = std::min(kMostSpread, (room - best) / double(wishes.size()));
  std::vector<double> widths;
  for (const Wish& wish : wishes) widths.push_back(wish.best + spread);
  return widths;
}

}  // namespace

PageTable::PageTable(const ReportTable& table, double width)
    : table_(table), width_(width), columns_(columnWidths(table, width)) {
  tableWidth_ = std::accumulate(columns_.begin(), columns_.end(), 2 * kPad * double(columns_.size() - 1));
  headerHeight_ = heightOf(table.header, true);
  for (const QStringList& row : table.rows) rowHeights_.push_back(heightOf(row, false));
}

double PageTable::heightOf(const QStringList& cells, bool bold) const {
  const QFontMetricsF metrics(cellFont(bold));
  double height = metrics.height();
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const QRectF room(0, 0, columns_[c] + 0.5, 10000);
    height =
        std::max(height, metrics.boundingRect(room, Qt::TextWordWrap, cells.value(static_cast<qsizetype>(c))).height());
  }
  return height + 2 * kAbove;
}

QString PageTable::captionText(bool continued) const {
  return continued ? table_.caption + QStringLiteral(" (continued)") : table_.caption;
}

double PageTable::captionHeight(bool continued) const {
  const QFontMetricsF metrics(figureFont(kCaptionPoints, true));
  return metrics.boundingRect(QRectF(0, 0, width_, 1000), Qt::TextWordWrap, captionText(continued)).height() + 4;
}

PageItem PageTable::caption(const QPointF& at, bool continued) const {
  const QString text = captionText(continued);
  return {QRectF(at, QSizeF(width_, captionHeight(continued))), text, [text](QPainter& painter, const QRectF& area) {
            painter.setFont(figureFont(kCaptionPoints, true));
            painter.setPen(QColor(kInk));
            painter.drawText(area, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap | Qt::TextDontClip, text);
          }};
}

PageItem PageTable::header(const QPointF& at) const { return line(table_.header, at, headerHeight_, true, false); }

PageItem PageTable::row(std::size_t number, const QPointF& at, bool closed) const {
  return line(table_.rows[number], at, rowHeights_[number], false, closed);
}

PageItem PageTable::line(const QStringList& cells, const QPointF& at, double height, bool isHeader, bool closed) const {
  const auto paint = [cells, columns = columns_, textColumns = table_.textColumns, isHeader, closed](
                         QPainter& painter, const QRectF& area) {
    painter.setFont(cellFont(isHeader));
    painter.setPen(QColor(kInk));
    double x = area.left();
    for (std::size_t c = 0; c < columns.size(); x += columns[c] + 2 * kPad, ++c) {
      const auto column = static_cast<qsizetype>(c);
      const auto side = column < textColumns ? Qt::AlignLeft : Qt::AlignRight;
      painter.drawText(QRectF(x, area.top() + kAbove, columns[c] + 0.5, area.height() - 2 * kAbove),
                       side | (isHeader ? Qt::AlignBottom : Qt::AlignTop) | Qt::TextWordWrap | Qt::TextDontClip,
                       cells.value(column));
    }
    const bool strong = isHeader || closed;
    painter.setPen(QPen(QColor(strong ? kInk : kGrid), strong ? 0.8 : 0.5));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (isHeader) painter.drawLine(area.topLeft(), area.topRight());
  };
  return {QRectF(at, QSizeF(tableWidth_, height)), cells.join(QLatin1Char('\t')), paint};
}

}  // namespace recontour
