#pragma once
#include <filesystem>

#include "ui/report/report_document.h"

namespace recontour {

/// Something at a place of a page; lengths in points from the page's upper left corner.
struct PageItem {
  QRectF area;
  QString text;  ///< what it says; of a figure its title
  std::function<void(QPainter& painter, const QRectF& area)> paint;
};

struct ReportPage {
  std::vector<PageItem> items;
};

inline constexpr QSizeF kPagePoints{595.28, 841.89};  ///< A4

/// Lays the report out on A4: each page has the mark, the report's title, the footer and its number. Tables break
/// between rows and repeat their header; figures shrink to what fits on a page. Needs a QGuiApplication for its fonts.
std::vector<ReportPage> reportPages(const ReportDocument& document);
/// @param painter  with a scale at which one unit is a point
void paintPage(QPainter& painter, const ReportPage& page);
/// Through SafeFile. @throws Error
void writeReportPdf(const std::filesystem::path& file, const ReportDocument& document);

}  // namespace recontour
