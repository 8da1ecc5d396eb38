#include "tests/ui/report/figure3_comparison.h"

#include <QPainter>
#include <cstdio>

#include "core/image/organ_table.h"
#include "ui/report/bar_chart.h"

namespace recontour {
namespace {

constexpr double kWidth = 560, kHeight = 250, kMargin = 12;

template <typename... Values>
std::string printed(const char* format, Values... values) {
  char text[128];
  std::snprintf(text, sizeof(text), format, values...);
  return text;
}

BarChart emptyChart(const char* title, const char* mark, const char* reader) {
  BarChart chart;
  chart.title = QString::fromUtf8(title);
  chart.mark = QString::fromUtf8(mark);
  chart.axis = QStringLiteral("DSC");
  chart.cut = 0.5;
  chart.largest = 1;
  chart.series.push_back({QStringLiteral("nnU-Net v2 (3D)"), startColour()});
  for (std::size_t i = 0; i < 3; ++i)
    chart.series.push_back({QStringLiteral("%1 %2").arg(QString::fromUtf8(reader)).arg(i + 1), readerColour(i)});
  return chart;
}

BarChart chartOf(const Figure3Recovery& recovery, bool ours) {
  const OrganTable table = OrganTable::named("word");
  BarChart chart = ours ? emptyChart("Recovered through the pipeline", "SIMULATED READERS", "script")
                        : emptyChart("WORD, Fig. 3, digitised", "", "oncologist");
  for (const RecoveredOrgan& organ : recovery.organs) {
    auto& category = chart.categories.emplace_back();
    category.name = QString::fromStdString(table.find(organ.printed.label)->name);
    for (int column = 0; column < 4; ++column) {
      const Description& found = organ.found[static_cast<std::size_t>(column)];
      const double mean = ours ? found.mean : organ.printed.mean(column);
      const double sd = ours ? *found.sd : organ.printed.sd(column);
      category.bars.push_back(BarChart::Bar{mean, mean - sd, mean + sd});
    }
  }
  return chart;
}

}  // namespace

std::string figure3Table(const Figure3Recovery& recovery) {
  const OrganTable table = OrganTable::named("word");
  std::string text = "| organ | model | reader 1 | reader 2 | reader 3 |\n| --- | --- | --- | --- | --- |\n";
  for (const RecoveredOrgan& organ : recovery.organs) {
    text += "| " + table.find(organ.printed.label)->name;
    for (int column = 0; column < 4; ++column)
      text += printed(" | %.3f / %.4f", organ.printed.mean(column), organ.found[static_cast<std::size_t>(column)].mean);
    text += " |\n";
  }
  return text + printed("\nLargest deviation of the 64 means %.5f, of the SDs %.5f.\n", recovery.largestMean,
                        recovery.largestSd);
}

PaintedFigure figure3Picture(const Figure3Recovery& recovery) {
  const BarChart word = chartOf(recovery, false), ours = chartOf(recovery, true);
  return {QStringLiteral("Figure 3, printed and recovered"),
          {kWidth + 2 * kMargin, 2 * kHeight + 3 * kMargin},
          [word, ours](QPainter& painter, const QRectF& area) {
            painter.fillRect(area, Qt::white);
            const QRectF upper(area.left() + kMargin, area.top() + kMargin, kWidth, kHeight);
            paintBarChart(painter, upper, word);
            paintBarChart(painter, upper.translated(0, kHeight + kMargin), ours);
          }};
}

}  // namespace recontour
