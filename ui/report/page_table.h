#pragma once
#include "ui/report/report_document.h"
#include "ui/report/report_pages.h"

namespace recontour {

/// A table laid out for a width: its columns and the heights of its rows. The table must outlive it.
class PageTable {
 public:
  PageTable(const ReportTable& table, double width);
  double captionHeight(bool continued) const;
  double headerHeight() const { return headerHeight_; }
  double rowHeight(std::size_t row) const { return rowHeights_[row]; }
  PageItem caption(const QPointF& at, bool continued) const;
  PageItem header(const QPointF& at) const;
  /// @param closed  a strong line below: the last row on its page
  PageItem row(std::size_t number, const QPointF& at, bool closed) const;

 private:
  QString captionText(bool continued) const;
  double heightOf(const QStringList& cells, bool bold) const;
  PageItem line(const QStringList& cells, const QPointF& at, double height, bool isHeader, bool closed) const;
  const ReportTable& table_;
  double width_;                 ///< that it may have
  double tableWidth_ = 0;        ///< that it has
  std::vector<double> columns_;  ///< widths
  double headerHeight_ = 0;
  std::vector<double> rowHeights_;
};

}  // namespace recontour
