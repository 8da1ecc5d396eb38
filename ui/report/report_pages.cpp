#include "ui/report/report_pages.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/report/figure_style.h"
#include "ui/report/page_table.h"

namespace recontour {
namespace {

constexpr double kSide = 42, kTop = 58, kBottom = 786;  // of the body
constexpr double kWidth = kPagePoints.width() - 2 * kSide;
constexpr std::size_t kFewRows = 4;  // of a table that go together
constexpr int kBody = 8, kSmall = 7, kHeading = 11, kTitle = 17;

double textHeight(const QString& text, int points, bool bold) {
  return QFontMetricsF(figureFont(points, bold))
      .boundingRect(QRectF(0, 0, kWidth, 10000), Qt::TextWordWrap, text)
      .height();
}

PageItem textItem(const QRectF& area, const QString& text, int points, bool bold, QRgb colour,
                  Qt::Alignment side = Qt::AlignLeft) {
  return {area, text, [=](QPainter& painter, const QRectF& at) {
            painter.setFont(figureFont(points, bold));
            painter.setPen(QColor(colour));
            painter.drawText(at, static_cast<int>(side | Qt::AlignTop) | Qt::TextWordWrap | Qt::TextDontClip, text);
          }};
}

/// Puts blocks below each other and begins pages.
class Layout {
 public:
  explicit Layout(const ReportDocument& document) : document_(document) { pages_.emplace_back(); }

  std::vector<ReportPage> run() {
    addText(document_.title, kTitle, true, kInk, 3);
    addText(document_.subtitle, kBody, false, kDim, 10);
    for (const ReportBlock& block : document_.blocks) std::visit([this](const auto& each) { add(each); }, block);
    for (std::size_t i = 0; i < pages_.size(); ++i) frame(i);
    return std::move(pages_);
  }

 private:
  void newPage() {
    pages_.emplace_back();
    y_ = kTop;
  }
  bool fits(double height) const { return y_ + height <= kBottom; }
  bool isFresh() const { return y_ <= kTop; }
  void put(PageItem item, double height) {
    pages_.back().items.push_back(std::move(item));
    y_ += height;
  }

  void addText(const QString& text, int points, bool bold, QRgb colour, double below) {
    const double height = textHeight(text, points, bold);
    if (!fits(height) && !isFresh()) newPage();
    put(textItem(QRectF(kSide, y_, kWidth, height), text, points, bold, colour), height + below);
  }

  void add(const ReportHeading& heading) { heading_ = heading.text; }  // it stays with what follows

  /// Before a block of which at least `height` is to be on one page.
  void begin(double height) {
    const double above = isFresh() ? 0 : 8;
    const double room = heading_.isEmpty() ? 0 : above + textHeight(heading_, kHeading, true) + 4;
    if (!fits(room + height) && !isFresh()) newPage();
    if (heading_.isEmpty()) return;
    if (!isFresh()) y_ += above;
    addText(std::exchange(heading_, {}), kHeading, true, kInk, 4);
  }

  void add(const ReportParagraph& paragraph) {
    begin(textHeight(paragraph.text, kBody, false));
    addText(paragraph.text, kBody, false, kInk, 5);
  }

  void add(const ReportTable& table) {
    const PageTable laidOut(table, kWidth);
    std::size_t row = 0;
    do {
      const double head = laidOut.captionHeight(row > 0) + laidOut.headerHeight();
      const double few = head + roomOfRows(laidOut, table, row);
      begin(few);
      put(laidOut.caption({kSide, y_}, row > 0), laidOut.captionHeight(row > 0));
      put(laidOut.header({kSide, y_}), laidOut.headerHeight());
      row = addRows(laidOut, table, row);
    } while (row < table.rows.size());
    y_ += 4;
    if (!table.note.isEmpty()) addText(table.note, kSmall, false, kDim, 0);
    y_ += 6;
  }

  static double noteHeight(const ReportTable& table) {
    return table.note.isEmpty() ? 0 : 4 + textHeight(table.note, kSmall, false);
  }

  /// A table stays whole where that leaves little of a page empty; of others a page begins with some rows.
  double roomOfRows(const PageTable& laidOut, const ReportTable& table, std::size_t first) const {
    constexpr double kEmpty = 0.2;  // of a page
    double whole = noteHeight(table), few = 0;
    for (std::size_t i = first; i < table.rows.size(); ++i) {
      whole += laidOut.rowHeight(i);
      if (i < first + kFewRows) few += laidOut.rowHeight(i);
    }
    const bool little = kBottom - y_ < (kBottom - kTop) * kEmpty;
    return little && whole < (kBottom - kTop) * 0.8 ? whole : std::min(whole, few);
  }

  /// The last row stays with the note.
  static double heightOfRow(const PageTable& laidOut, const ReportTable& table, std::size_t row) {
    return laidOut.rowHeight(row) + (row + 1 == table.rows.size() ? noteHeight(table) : 0);
  }

  /// The row after the last one that fits; some rows stay for the next page rather than one or two.
  std::size_t endOfRows(const PageTable& laidOut, const ReportTable& table, std::size_t first) const {
    double y = y_;
    std::size_t end = first;
    for (; end < table.rows.size() && (end == first || y + heightOfRow(laidOut, table, end) <= kBottom); ++end)
      y += laidOut.rowHeight(end);
    const std::size_t left = table.rows.size() - end;
    const std::size_t moved = left == 0 || left >= kFewRows ? 0 : kFewRows - left;
    return end - first > 2 * moved ? end - moved : end;
  }

  std::size_t addRows(const PageTable& laidOut, const ReportTable& table, std::size_t first) {
    const std::size_t end = endOfRows(laidOut, table, first);
    for (std::size_t row = first; row < end; ++row) {
      const double height = laidOut.rowHeight(row);
      put(laidOut.row(row, {kSide, y_}, row + 1 == end), height);
    }
    return end;
  }

  void add(const ReportFigure& figure) {
    const QSizeF size = figure.figure.points;
    const double caption = textHeight(figure.caption, kSmall, false) + 4;
    double height = size.height() * kWidth / size.width();
    const double scale = std::min(1.0, (kBottom - kTop - caption) / height);
    height *= scale;
    begin(height + caption);
    const double width = kWidth * scale;
    const auto paint = [painted = figure.figure.paint, size](QPainter& painter, const QRectF& area) {
      painter.save();
      painter.translate(area.topLeft());
      painter.scale(area.width() / size.width(), area.width() / size.width());
      painted(painter, QRectF({}, size));
      painter.restore();
    };
    put({QRectF(kSide + (kWidth - width) / 2, y_, width, height), figure.figure.title, paint}, height + 3);
    addText(figure.caption, kSmall, false, kDim, 10);
  }

  /// What every page has.
  void frame(std::size_t number) {
    auto& items = pages_[number].items;
    const double width = kPagePoints.width() - kSide;
    items.push_back(
        {QRectF(kSide, 26, kWidth, 15), document_.mark, [mark = document_.mark](QPainter& painter, const QRectF& area) {
           paintMark(painter, area.topRight(), mark);
         }});
    if (number > 0)
      items.push_back(textItem(QRectF(kSide, 29, kWidth - 160, 12), document_.title, kSmall, false, kDim));
    items.push_back(textItem(QRectF(kSide, 806, kWidth - 80, 12), document_.footer, kSmall, false, kDim));
    items.push_back(textItem(QRectF(width - 80, 806, 80, 12),
                             QStringLiteral("%1 / %2").arg(number + 1).arg(pages_.size()), kSmall, false, kDim,
                             Qt::AlignRight));
  }

  const ReportDocument& document_;
  std::vector<ReportPage> pages_;
  QString heading_;  ///< that waits for its block
  double y_ = kTop;
};

}  // namespace

std::vector<ReportPage> reportPages(const ReportDocument& document) { return Layout(document).run(); }

void paintPage(QPainter& painter, const ReportPage& page) {
  for (const PageItem& item : page.items) {
    painter.save();
    item.paint(painter, item.area);
    painter.restore();
  }
}

}  // namespace recontour
