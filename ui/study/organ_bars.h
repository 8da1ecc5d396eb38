#pragma once
#include <QWidget>
#include <functional>
#include <vector>

#include "ui/study/study_overview.h"

namespace recontour {

/// A bar an organ, from the zero line to its figure; negative ones go to the left in the colour of errors.
class OrganBars final : public QWidget {
  Q_OBJECT
 public:
  using Text = std::function<QString(double)>;
  /// @param text  of a figure, at the right end of its row
  explicit OrganBars(Text text, QWidget* parent = nullptr);
  void setFigures(std::vector<OrganFigure> figures);
  const std::vector<OrganFigure>& figures() const { return figures_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  static constexpr int kRow = 18, kLargestRow = 24, kName = 118, kValue = 66, kBar = 8;
  int rowHeight() const;
  void paintRow(QPainter& painter, const QRect& row, const OrganFigure& figure) const;
  Text text_;
  std::vector<OrganFigure> figures_;
  double lowest_ = 0, highest_ = 0;
};

}  // namespace recontour
