#include "ui/report/study_report.h"

#include <QPainter>

#include "core/base/files_together.h"
#include "core/base/safe_file.h"
#include "core/study/study_courses.h"
#include "core/study/study_csv.h"
#include "core/study/study_findings_csv.h"
#include "core/study/study_ratings.h"
#include "ui/report/report_pages.h"
#include "ui/report/study_figures.h"
#include "ui/report/study_methods.h"
#include "ui/report/study_tables.h"

namespace recontour {
namespace {

class Builder {
 public:
  explicit Builder(ReportDocument& document) : document_(document) {}
  /// A section; nothing of one without tables.
  void section(const char* title, const std::vector<ReportTable>& tables, const QString& note = {}) {
    if (tables.empty()) return;
    heading(title);
    for (const ReportTable& table : tables) document_.blocks.emplace_back(table);
    if (!note.isEmpty()) std::get<ReportTable>(document_.blocks.back()).note = note;
  }
  void heading(const char* title) { document_.blocks.emplace_back(ReportHeading{QString::fromUtf8(title)}); }

 private:
  ReportDocument& document_;
};

QString subtitleOf(const StudyContext& study) {
  const StudyProtocol& protocol = study.results.protocol;
  const QString separator = QStringLiteral(" \u00b7 ");
  QStringList parts{QStringLiteral("%1 readers \u00d7 %2 cases \u00d7 %3 organs")
                        .arg(protocol.readers.size())
                        .arg(protocol.cases.size())
                        .arg(protocol.organs.size())};
  parts << QStringLiteral("protocol %1").arg(text(protocol.design.preset));
  const std::string& hash = study.results.freezeHash;
  parts << (hash.empty() ? QStringLiteral("not frozen") : QStringLiteral("frozen %1").arg(text(hash).left(8)));
  parts << QStringLiteral("report made %1").arg(dayText(study.results.madeWallMs));
  parts << reportProgram();
  return parts.join(separator);
}

QString titleOf(const StudyProtocol& protocol) {
  const QString title = text(protocol.title.empty() ? protocol.id : protocol.title);
  return QStringLiteral("Study %1: contours before and after revision").arg(title);
}

QString testNote(const StudyContext& study) {
  return QStringLiteral(
             "n: patients. edited: readings whose contour differs from its start. non-zero: patients with a change of "
             "DSC; "
             "only they have ranks. better/worse/same: cases. HL: Hodges-Lehmann estimate of the change. r: matched "
             "rank-biserial correlation. CI: %1 %. Holm p: over the organs of this table. * cannot be significant: so "
             "few "
             "non-zero changes cannot give a small enough p. All organs: mean over the organs of a case, not part of "
             "the "
             "family. Readers are fixed effects; nothing is claimed for other readers.")
      .arg(100 * (1 - study.results.protocol.analysis.alpha));
}

std::vector<ReportTable> noted(std::vector<ReportTable> tables, const QString& note) {
  for (ReportTable& table : tables) table.note = note;
  return tables;
}

void addFigures(const StudyContext& study, ReportDocument& document) {
  int number = 0;
  std::vector<ReportFigure> figures = studyFigures(study);
  if (figures.empty()) return;
  // Below the first figure of cases, else below all.
  const auto cases =
      std::ranges::find_if(figures, [](const ReportFigure& each) { return each.name.starts_with("paired"); });
  const std::string noted = (cases == figures.end() ? figures.back() : *cases).name;
  for (ReportFigure& figure : figures) {
    const bool last = figure.name == noted;
    figure.caption = QStringLiteral("Figure %1. ").arg(++number) + figure.caption;
    document.blocks.emplace_back(std::move(figure));
    if (last) document.blocks.emplace_back(summaryText(study));
  }
}

/// A figure's file stands alone, so it has a margin.
PaintedFigure withMargin(const PaintedFigure& figure) {
  constexpr double kMargin = 12;
  return {figure.title, figure.points + QSizeF(2 * kMargin, 2 * kMargin),
          [paint = figure.paint](QPainter& painter, const QRectF& area) {
            painter.fillRect(area, Qt::white);
            paint(painter, area.adjusted(kMargin, kMargin, -kMargin, -kMargin));
          }};
}

void writeText(const std::filesystem::path& file, const QString& content) {
  const QByteArray bytes = content.toUtf8();
  writeFileSafely(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

void writeLongCsv(const std::filesystem::path& file, const StudyResults& results) {
  LongCsvFile csv(file, results.protocol.analysis);
  for (const StudyRow& row : results.rows) csv.add(row);
  csv.commit();
}

}  // namespace

ReportDocument studyReport(const StudyContext& study) {
  ReportDocument document;
  document.title = titleOf(study.results.protocol);
  document.subtitle = subtitleOf(study);
  document.mark = study.mark();
  document.footer = QStringLiteral("Research software, not a medical device.");
  Builder builder(document);
  addFigures(study, document);
  builder.section("Flow of cases", flowTables(study));
  builder.section("DSC by organ", dscTables(study),
                  QStringLiteral("SD over cases, divided by n - 1. All organs: mean over the organs of a case. "
                                 "Missing organs are left out, not counted as 0."));
  builder.section("Tests", noted(testTables(study), testNote(study)));
  builder.section("Arms and primary endpoint", armTables(study));
  builder.section("Edits", workTables(study), QStringLiteral("Voxels and contour length over edited readings."));
  builder.section(
      "Active time", timeTables(study),
      QStringLiteral("Idle limit %1 s unless it is named.").arg(study.results.protocol.analysis.primaryIdleLimitS));
  builder.section("Ratings", ratingTables(study));
  builder.section(
      "Agreement between readers", agreementTables(study),
      QStringLiteral(
          "Mean \u00b1 SD over cases of the mean over readers or pairs. Where readers share a start, agreement is "
          "that of a common starting contour, not inter-observer variability."));
  builder.section("Readers against themselves", repeatTables(study));
  builder.section("Planted errors", vigilanceTables(study));
  builder.section("Flags, exclusions, amendments, reopenings", noteTables(study));
  builder.heading("Methods");
  for (const ReportParagraph& paragraph : methodsText(study)) document.blocks.emplace_back(paragraph);
  document.blocks.emplace_back(settingsTable(study));
  for (const ReportTable& table : protocolTables(study)) document.blocks.emplace_back(table);
  for (const ReportTable& table : readerTables(study)) document.blocks.emplace_back(table);
  builder.section("Reproduction", reproductionTables(study));
  builder.section("CLAIM 2024 and DECIDE-AI", {checklistTable(study)});
  return document;
}

void writeStudyReport(const StudyResults& results, const std::filesystem::path& folder) {
  FilesTogether files;
  const StudyFindings findings = analyse(results);
  const StudyContext study(results, findings);
  const ReportDocument document = studyReport(study);
  for (const ReportFigure& figure : studyFigures(study)) {
    writeFigure(files.add(folder / (figure.name + ".svg")), withMargin(figure.figure));
    writeFigure(files.add(folder / (figure.name + ".png")), withMargin(figure.figure));
  }
  writeLongCsv(files.add(folder / "long.csv"), results);
  files.write(folder / "long_columns.csv", dataDictionaryCsv(results.protocol.analysis));
  files.write(folder / "model.R", rSnippet(results.protocol));
  files.write(folder / "outcomes.csv", outcomesCsv(findings));
  files.write(folder / "times.csv", timesCsv(findings, results.protocol.analysis));
  files.write(folder / "agreement.csv", agreementCsv(findings));
  files.write(folder / "dsc_over_time.csv", coursesCsv(results.courses));
  files.write(folder / "ratings.csv", ratingsCsv(results.sessions, results.protocol));
  files.write(folder / "flags.csv", flagsCsv(results));
  files.write(folder / "notes.csv", notesCsv(results));
  writeReportPdf(files.add(folder / "report.pdf"), document);
  writeText(files.add(folder / "report.html"), reportHtml(document));
  files.commit();
}

}  // namespace recontour
