#pragma once
#include <QString>
#include <QStringList>
#include <string>
#include <variant>
#include <vector>

#include "ui/report/figure_file.h"

namespace recontour {

struct ReportHeading {
  QString text;
};
struct ReportParagraph {
  QString text;
};
struct ReportTable {
  QString caption;
  QStringList header;
  std::vector<QStringList> rows;
  int textColumns = 1;  ///< the first ones, written at the left; numbers are at the right
  QString note{};       ///< below it
};
struct ReportFigure {
  std::string name;  ///< of its files, without ending
  PaintedFigure figure;
  QString caption;
};
using ReportBlock = std::variant<ReportHeading, ReportParagraph, ReportTable, ReportFigure>;

/// A report as what it says, before it becomes a web page or paper.
struct ReportDocument {
  QString title, subtitle;
  QString mark;    ///< on every page, e.g. "SIMULATED READERS"; may be empty
  QString footer;  ///< on every page
  std::vector<ReportBlock> blocks;
};

/// One HTML file without anything from elsewhere: style and figures (as SVG) are in it.
QString reportHtml(const ReportDocument& document);

}  // namespace recontour
