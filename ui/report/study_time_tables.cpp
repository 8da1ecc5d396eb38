// Times and arms against each other.
#include <cmath>

#include "ui/report/study_tables.h"

namespace recontour {
namespace {

std::optional<Description> inMinutes(const std::optional<Description>& seconds) {
  if (!seconds) return std::nullopt;
  Description minutes = *seconds;
  for (double* value :
       {&minutes.mean, &minutes.median, &minutes.lowerQuartile, &minutes.upperQuartile, &minutes.min, &minutes.max})
    *value /= 60;
  if (minutes.sd) *minutes.sd /= 60;
  return minutes;
}

std::vector<std::string> withMean(const StudyContext& study, const std::string& arm) {
  auto readers = study.readersOf(arm);
  if (readers.size() > 1) readers.emplace_back(kAllReaders);
  return readers;
}

QString pooledName(const StudyContext& study, const std::string& reader) {
  return reader == kAllReaders ? QStringLiteral("all readers") : study.reader(reader);
}

ReportTable caseTimes(const StudyContext& study) {
  ReportTable table;
  const auto& limits = study.results.protocol.analysis.idleLimitsS;
  table.caption = QStringLiteral("Active time of a case (min); the last columns: mean at each idle limit");
  table.header = {QStringLiteral("arm"), QStringLiteral("reader"), QStringLiteral("n"),
                  QStringLiteral("median (quartiles)"), QStringLiteral("mean \u00b1 SD")};
  for (const double limit : limits) table.header << QStringLiteral("mean at\u00a0%1\u00a0s").arg(limit);
  table.textColumns = 2;
  for (const TimeOutcome& time : study.findings.times) {
    if (time.organ != kWholeCase) continue;
    const auto primary = inMinutes(time.activeS[study.findings.primaryLimit]);
    QStringList row{study.arm(time.arm), pooledName(study, time.reader), QString::number(primary ? primary->n : 0),
                    medianText(primary, 1), meanSdText(primary, 1)};
    for (const auto& at : time.activeS) row << decimalText(at ? std::optional(at->mean / 60) : std::nullopt, 1);
    table.rows.push_back(row);
  }
  return table;
}

ReportTable organTimes(const StudyContext& study, const std::string& arm) {
  ReportTable table;
  table.caption = QStringLiteral("Active time by organ (s), median (quartiles), arm %1").arg(study.arm(arm));
  table.header << QStringLiteral("organ");
  auto readers = withMean(study, arm);
  if (study.readersOf(arm).size() > 5) readers = {kAllReaders};
  for (const std::string& reader : readers) table.header << pooledName(study, reader);
  auto organs = study.organs();
  if (study.findings.findTime(arm, readers.front(), "review") != nullptr) organs.emplace_back("review");
  for (const std::string& organ : organs) {
    QStringList row{study.organ(organ)};
    for (const std::string& reader : readers) {
      const TimeOutcome* time = study.findings.findTime(arm, reader, organ);
      row << medianText(time == nullptr ? std::nullopt : time->activeS[study.findings.primaryLimit], 0);
    }
    table.rows.push_back(row);
  }
  return table;
}

ReportTable comparisonTable(const StudyContext& study) {
  const ArmComparison& first = study.findings.comparisons.front();
  ReportTable table;
  table.caption = QStringLiteral("DSC after, arm %1 against arm %2, paired by case and reader")
                      .arg(study.arm(first.arm), study.arm(first.other));
  table.header = {
      QStringLiteral("organ"),          QStringLiteral("pairs"), QStringLiteral("n"), QStringLiteral("mean difference"),
      QStringLiteral("CI of the mean"), QStringLiteral("HL"),    QStringLiteral("r"), QStringLiteral("p"),
      QStringLiteral("Holm p")};
  for (const ArmComparison& each : study.findings.comparisons) {
    const PairedTest& test = each.dsc;
    table.rows.push_back(
        {study.organ(each.organ), QString::number(each.pairs), QString::number(test.wilcoxon.n),
         signedText(test.mean ? std::optional(test.mean->estimate) : std::nullopt, 3), meanChangeText(test, 3),
         signedText(test.shift ? std::optional(test.shift->estimate) : std::nullopt, 3),
         signedText(test.wilcoxon.rankBiserial, 2), pText(test.p),
         test.holmP ? pText(test.holmP) + (test.canBeSignificant ? QString() : QStringLiteral(" *")) : QString()});
  }
  table.note = QStringLiteral(
      "n: patients. HL: Hodges-Lehmann estimate of the difference. r: matched rank-biserial correlation. Holm p: over "
      "the "
      "organs of this table. * cannot be significant: so few non-zero differences cannot give a small enough p.");
  return table;
}

QStringList effectRow(const QString& what, const TEstimate& effect, bool isLog) {
  if (!isLog) return {what, signedText(effect.estimate, 3), intervalText(effect.interval, 3, true), pText(effect.p)};
  const TimeRatio ratio = backTransformed(effect);
  return {what, decimalText(ratio.ratio, 2), intervalText(ratio.interval, 2), pText(ratio.p)};
}

void addCrossover(const QString& of, const std::optional<Crossover>& crossover, bool isLog, ReportTable& table) {
  if (!crossover) return;
  const QString unit = isLog ? QStringLiteral(" (ratio)") : QStringLiteral(" (difference)");
  table.rows.push_back(
      effectRow(of + QStringLiteral(", first arm against second") + unit, crossover->treatment, isLog));
  table.rows.push_back(effectRow(of + QStringLiteral(", period 2 against 1") + unit, crossover->period, isLog));
  table.rows.push_back(effectRow(of + QStringLiteral(", carry-over") + unit, crossover->carryOver, isLog));
}

ReportTable effectTable(const StudyContext& study) {
  const ArmComparison& whole = study.findings.comparisons.back();
  ReportTable table{
      QStringLiteral("Whole readings, arm %1 against arm %2").arg(study.arm(whole.arm), study.arm(whole.other)),
      {QStringLiteral("effect"), QStringLiteral("estimate"), QStringLiteral("CI"), QStringLiteral("p")},
      {},
      1};
  if (whole.time)
    table.rows.push_back({QStringLiteral("active time, ratio (%1 pairs)").arg(whole.timedPairs),
                          decimalText(whole.time->ratio, 2), intervalText(whole.time->interval, 2),
                          pText(whole.time->p)});
  addCrossover(QStringLiteral("crossover of DSC"), whole.crossoverDsc, false, table);
  addCrossover(QStringLiteral("crossover of active time"), whole.crossoverTime, true, table);
  return table;
}

ReportTable primaryTable(const StudyContext& study) {
  ReportTable table{QStringLiteral("Primary endpoint"),
                    {QStringLiteral("comparison"), QStringLiteral("n"), QStringLiteral("mean"),
                     QStringLiteral("one-sided lower bound"), QStringLiteral("margin"), QStringLiteral("not inferior"),
                     QStringLiteral("p"), QStringLiteral("equivalent (TOST)"), QStringLiteral("p")},
                    {},
                    1};
  const bool time = study.results.protocol.analysis.primaryEndpoint == "active_s";
  const int decimals = time ? 1 : 3;
  const auto yesNo = [](bool value) { return value ? QStringLiteral("yes") : QStringLiteral("no"); };
  for (const PrimaryOutcome& each : study.findings.primary) {
    if (!each.nonInferiority || !each.equivalence) continue;
    table.rows.push_back(
        {text(each.what), QString::number(each.nonInferiority->n), signedText(each.nonInferiority->mean, decimals),
         signedText(each.nonInferiority->lowerBound, decimals), decimalText(each.nonInferiority->margin, decimals),
         yesNo(each.nonInferiority->nonInferior), pText(each.nonInferiority->p), yesNo(each.equivalence->equivalent),
         pText(each.equivalence->p())});
  }
  return table;
}

}  // namespace

std::vector<ReportTable> timeTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  if (study.findings.times.empty()) return tables;
  tables.push_back(caseTimes(study));
  for (const std::string& arm : study.arms()) tables.push_back(organTimes(study, arm));
  return tables;
}

std::vector<ReportTable> armTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  if (!study.findings.primary.empty()) tables.push_back(primaryTable(study));
  if (study.findings.comparisons.empty()) return tables;
  tables.push_back(comparisonTable(study));
  tables.push_back(effectTable(study));
  if (tables.back().rows.empty()) tables.pop_back();
  return tables;
}

}  // namespace recontour
