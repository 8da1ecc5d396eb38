// WORD's user study, simulated from label maps, with its report, and the table and picture of
// docs/development/figure-3.md: figure3_report LABELS OUT [STEP]
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "tests/core/study/figure3_study.h"
#include "tests/ui/report/figure3_comparison.h"
#include "ui/report/study_report.h"

namespace recontour {
namespace {

struct Lines final : ProgressSink {
  void progress(std::string_view stage, int done, int total, double) override {
    std::fprintf(stderr, "\r%.*s %d of %d   ", static_cast<int>(stage.size()), stage.data(), done + 1, total);
  }
};

/// For a page on a screen, so with fewer dots than the report's files.
void writePicture(const std::filesystem::path& file, const PaintedFigure& figure) {
  constexpr double kScale = 1.6;
  QImage image((figure.points * kScale).toSize(), QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.scale(kScale, kScale);
  figure.paint(painter, QRectF({}, figure.points));
  painter.end();
  if (!image.save(QString::fromStdString(file.string()))) throw Error(file, "cannot be written");
}

int run(const std::filesystem::path& labels, const std::filesystem::path& out, int step) {
  Figure3Request request;
  request.folder = out;
  request.step = step;
  for (const auto& entry : std::filesystem::directory_iterator(labels)) request.truths.push_back(entry.path());
  std::ranges::sort(request.truths);
  Lines lines;
  const StudyResults results = runFigure3Study(request, lines);
  writeStudyReport(results, out / "report");
  const Figure3Recovery recovery = recoveredFigure3(results);
  const std::string table = figure3Table(recovery);
  writeFileSafely(out / "figure-3.md", table);
  writePicture(out / "figure-3.png", figure3Picture(recovery));
  std::printf("\n%s\n%s\n", table.c_str(), (out / "report" / "report.html").c_str());
  return 0;
}

}  // namespace
}  // namespace recontour

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: figure3_report LABELS OUT [STEP]\n");
    return 2;
  }
  ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
  const QGuiApplication application(argc, argv);
  try {
    return recontour::run(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 1);
  } catch (const recontour::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return recontour::exitStatus(error.kind());
  }
}
