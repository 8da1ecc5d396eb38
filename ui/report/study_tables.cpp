// Flow of cases, DSC, tests and work.
#include "ui/report/study_tables.h"

#include <algorithm>

namespace recontour {
namespace {

constexpr std::size_t kMostColumns = 5;  // of readers in one table

std::vector<std::string> withMean(const StudyContext& study, const std::string& arm) {
  auto readers = study.readersOf(arm);
  if (readers.size() > 1) readers.emplace_back(kAllReaders);
  return readers;
}

bool fromNothing(const StudyContext& study, const std::string& arm) {
  const StudyArm* found = study.results.protocol.findArm(arm);
  return found != nullptr && found->fromNothing;
}

QString withCount(const std::optional<Description>& values) {
  return values ? QStringLiteral("%1 (%2)").arg(meanSdText(values, 3)).arg(values->n) : meanSdText(values, 3);
}

ReportTable flowTable(const StudyContext& study) {
  const StudyFlow& flow = study.findings.flow;
  ReportTable table{QStringLiteral("Flow of readings (a reading is one case by one reader in one arm)"),
                    {QStringLiteral("readings"), QStringLiteral("number")},
                    {},
                    1};
  const auto add = [&](const char* name, int number) {
    table.rows.push_back({QString::fromLatin1(name), QString::number(number)});
  };
  add("planned", flow.tasks);
  add("not begun", flow.waiting);
  add("begun, not accepted", flow.open);
  add("excluded", flow.excluded);
  add("accepted", flow.accepted);
  add("  of these practice, outside of all figures", flow.practice);
  add("  of these with planted errors, outside of DSC and time", flow.planted);
  add("  of these repeats, for agreement of readers with themselves only", flow.repeats);
  add("counted for DSC", flow.counted);
  add("counted for time (not interrupted)", flow.timed);
  return table;
}

ReportTable dscTable(const StudyContext& study, const std::string& arm, std::span<const std::string> readers) {
  ReportTable table;
  table.caption = QStringLiteral("DSC, mean \u00b1 SD over cases (number of cases), arm %1").arg(study.arm(arm));
  table.header << QStringLiteral("organ");
  const bool withStart = !fromNothing(study, arm);
  if (withStart) table.header << study.start(arm);
  for (const std::string& reader : readers) table.header << study.reader(reader);
  auto organs = study.organs();
  organs.emplace_back(kAllOrgans);
  for (const std::string& organ : organs) {
    QStringList row{study.organ(organ)};
    const StartOutcome* start = study.findings.findStart(arm, organ);
    if (withStart) row << withCount(start == nullptr ? std::nullopt : start->dsc);
    for (const std::string& reader : readers) {
      const OrganOutcome* outcome = study.findings.find(arm, reader, organ);
      row << withCount(outcome == nullptr ? std::nullopt : outcome->after);
    }
    table.rows.push_back(row);
  }
  return table;
}

QStringList testRow(const StudyContext& study, const OrganOutcome& outcome) {
  const PairedTest& test = outcome.test;
  const auto count = [](int number) { return QString::number(number); };
  return {study.organ(outcome.organ),
          test.mean ? count(test.wilcoxon.n) : QString::number(0),
          partText(outcome.edited, outcome.readings, outcome.editedPart),
          count(test.wilcoxon.nonZero),
          QStringLiteral("%1/%2/%3").arg(outcome.improved).arg(outcome.worse).arg(outcome.unchanged),
          signedText(outcome.change ? std::optional(outcome.change->mean) : std::nullopt, 3),
          meanChangeText(test, 3),
          signedText(test.shift ? std::optional(test.shift->estimate) : std::nullopt, 3),
          signedText(test.wilcoxon.rankBiserial, 2),
          pText(test.p),
          test.holmP ? pText(test.holmP) + (test.canBeSignificant ? QString() : QStringLiteral(" *")) : QString()};
}

ReportTable testTable(const StudyContext& study, const std::string& arm, const std::string& reader) {
  ReportTable table;
  table.caption = QStringLiteral("Change of DSC by revision, arm %1, %2").arg(study.arm(arm), study.reader(reader));
  table.header = {QStringLiteral("organ"),
                  QStringLiteral("n"),
                  QStringLiteral("edited (CI)"),
                  QStringLiteral("non-zero"),
                  QStringLiteral("better/ worse/ same"),
                  QStringLiteral("mean change"),
                  QStringLiteral("CI of the mean"),
                  QStringLiteral("HL"),
                  QStringLiteral("r"),
                  QStringLiteral("p"),
                  QStringLiteral("Holm p")};
  for (const OrganOutcome& outcome : study.findings.organs) {
    if (outcome.arm == arm && outcome.reader == reader) table.rows.push_back(testRow(study, outcome));
  }
  return table;
}

ReportTable workTable(const StudyContext& study, const std::string& arm, const std::string& reader) {
  ReportTable table;
  table.caption =
      QStringLiteral("What was edited, arm %1, %2")
          .arg(study.arm(arm), reader == kAllReaders ? QStringLiteral("all readers") : study.reader(reader));
  table.header = {QStringLiteral("organ"),
                  QStringLiteral("edited"),
                  QStringLiteral("voxels changed, median (quartiles)"),
                  QStringLiteral("contour drawn, median (quartiles), mm"),
                  QStringLiteral("strokes"),
                  QStringLiteral("undos"),
                  QStringLiteral("not looked through")};
  for (const WorkOutcome& work : study.findings.work) {
    if (work.arm != arm || work.reader != reader) continue;
    table.rows.push_back({study.organ(work.organ), partText(work.edited, work.readings),
                          medianText(work.voxelsChanged, 0), medianText(work.drawnMm, 0), QString::number(work.strokes),
                          QString::number(work.undos), QString::number(work.unseen)});
  }
  return table;
}

}  // namespace

std::vector<ReportTable> flowTables(const StudyContext& study) {
  std::vector<ReportTable> tables{flowTable(study)};
  const StudyFlow& flow = study.findings.flow;
  if (flow.exclusions.empty()) return tables;
  tables.push_back({QStringLiteral("Excluded readings"), {QStringLiteral("reading"), QStringLiteral("reason")}, {}, 2});
  for (const auto& [reading, reason] : flow.exclusions)
    tables.back().rows.push_back({text(reading), reason.empty() ? QStringLiteral("not given") : text(reason)});
  return tables;
}

std::vector<ReportTable> dscTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  for (const std::string& arm : study.arms()) {
    const auto readers = study.readersOf(arm);
    for (std::size_t first = 0; first < readers.size(); first += kMostColumns) {
      const std::size_t count = std::min(kMostColumns, readers.size() - first);
      tables.push_back(dscTable(study, arm, std::span(readers).subspan(first, count)));
    }
  }
  return tables;
}

std::vector<ReportTable> testTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  for (const std::string& arm : study.arms()) {
    if (fromNothing(study, arm)) continue;  // there is nothing before
    for (const std::string& reader : withMean(study, arm)) tables.push_back(testTable(study, arm, reader));
  }
  return tables;
}

std::vector<ReportTable> workTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  for (const std::string& arm : study.arms()) tables.push_back(workTable(study, arm, withMean(study, arm).back()));
  return tables;
}

}  // namespace recontour
