#include "app/cli/evaluate_figures.h"

#include <QGuiApplication>
#include <cstdlib>

#include "core/base/files_together.h"
#include "ui/report/evaluation_figures.h"
#include "ui/report/figure_file.h"

namespace recontour::cli {
namespace {

/// Text in pictures needs fonts, and those a QGuiApplication; it asks for no display.
class Fonts {
 public:
  Fonts() {
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    application_.emplace(count_, arguments_);
  }

 private:
  int count_ = 1;
  char name_[14] = "recontour-cli";
  char* arguments_[2] = {name_, nullptr};
  std::optional<QGuiApplication> application_;
};

}  // namespace

void writeBoxPlots(const std::filesystem::path& file, std::span<const MethodResult> methods, const OrganTable& organs,
                   bool withEmpty) {
  const Fonts fonts;
  const auto& columns = methods.front().evaluation.columns;
  FilesTogether files;
  for (const MetricColumn& column : columns) {
    if (column.kind == MetricKind::Given || column.ofBefore) continue;
    std::filesystem::path target = file;
    if (columns.size() > 1)
      target.replace_filename(file.stem().string() + "-" + column.name + file.extension().string());
    writeFigure(files.add(target), metricPlot(methods, organs, column, withEmpty));
  }
  files.commit();
}

void writeVolumePlot(const std::filesystem::path& file, const Evaluation& evaluation, const OrganTable& organs) {
  const Fonts fonts;
  writeFigure(file, volumePlot(evaluation, organs));
}

}  // namespace recontour::cli
