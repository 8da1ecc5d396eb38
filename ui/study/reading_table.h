#pragma once
#include <QAbstractScrollArea>
#include <vector>

#include "ui/study/study_overview.h"

namespace recontour {

/// Readers below each other, cases side by side, a cell a reading: the bluer, the more active minutes. Readers and
/// column heads stay while cells scroll. Arrow keys move between cells, Enter and a click choose one.
class ReadingTable final : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit ReadingTable(QWidget* parent = nullptr);
  void show(const StudySnapshot& snapshot, ReadingColumns by);
  using QWidget::show;
  const ReadingGrid& grid() const { return grid_; }
  /// As it is seen: "16", "open", "x", "." or nothing, with " !" where it is flagged.
  QString cellText(int line, int column) const;
  QRect cellRect(int line, int column) const;  ///< in the viewport; may lie outside
  QSize sizeHint() const override;
  int linesHeight(int lines) const;  ///< of the whole widget

 Q_SIGNALS:
  void readingChosen(const QString& task);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  struct Cell {
    int line = -1, column = -1;
    bool operator==(const Cell&) const = default;
  };
  static constexpr int kHead = 26, kLine = 33, kGap = 2, kReader = 148, kDone = 76, kLeastCell = 34, kLargestCell = 90;
  const StudySession* sessionOf(int line, int column) const;
  Cell cellAt(const QPoint& at) const;
  int cellWidth() const;
  int headHeight() const { return hasSecondHead_ ? kHead + 12 : kHead; }
  QColor colourOf(const StudySession& session) const;
  void paintCell(QPainter& painter, const QRect& rect, const StudySession& session) const;
  void paintHeads(QPainter& painter) const;
  void paintReaders(QPainter& painter) const;
  void setScrollRanges();
  void makeVisible(const Cell& cell);
  void choose(const Cell& cell);
  QString toolTipOf(const StudySession& session) const;

  ReadingGrid grid_;
  std::vector<StudySession> sessions_;
  double leastS_ = 0, mostS_ = 0;  ///< active seconds of accepted readings
  bool hasSecondHead_ = false;
  Cell current_, pressed_;
};

}  // namespace recontour
