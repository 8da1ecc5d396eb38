// Agreement, planted errors, reproduction of WORD's rule and readers.
#include <QJsonDocument>
#include <QJsonObject>
#include <set>

#include "ui/report/study_tables.h"

namespace recontour {
namespace {

ReportTable agreementTable(const StudyContext& study, const std::string& arm, bool commonStart) {
  ReportTable table;
  table.caption = QStringLiteral("Agreement, arm %1: %2")
                      .arg(study.arm(arm),
                           commonStart ? QStringLiteral("common starting contour, not inter-observer variability")
                                       : QStringLiteral("drawn without a common start, inter-observer variability"));
  table.header = {QStringLiteral("organ"),
                  QStringLiteral("n"),
                  QStringLiteral("pairwise DSC"),
                  QStringLiteral("generalised overlap"),
                  QStringLiteral("DSC to majority"),
                  QStringLiteral("DSC to STAPLE"),
                  QStringLiteral("ICC(2,1) of volume (CI)")};
  for (const AgreementOutcome& each : study.findings.agreement) {
    if (each.arm != arm || each.commonStart != commonStart) continue;
    QString icc = decimalText(each.volume ? std::optional(each.volume->single2.value) : std::nullopt, 3);
    if (each.volume && each.volume->single2.interval)
      icc += QStringLiteral(" (%1)").arg(intervalText(each.volume->single2.interval, 3));
    table.rows.push_back({study.organ(each.organ), QString::number(each.pairwise ? each.pairwise->n : 0),
                          meanSdText(each.pairwise, 3), meanSdText(each.generalised, 3), meanSdText(each.toMajority, 3),
                          meanSdText(each.toStaple, 3), icc});
  }
  return table;
}

/// The contours of an arm by organ, absent ones counted as WORD's script does.
ReportTable reproductionTable(const StudyContext& study, const std::string& arm, bool dsc) {
  ReportTable table;
  table.caption = (dsc ? QStringLiteral("DSC by the rule of WORD's script, arm %1: mean \u00b1 SD (absent)")
                       : QStringLiteral("HD95 (mm) by the rule of WORD's script, arm %1: mean \u00b1 SD (absent)"))
                      .arg(study.arm(arm));
  table.header << QStringLiteral("organ");
  for (const ReproductionOutcome& each : study.findings.reproduction) {
    if (each.arm != arm || each.cases == 0) continue;
    const QString name = each.reader.empty() ? study.start(arm) : study.reader(each.reader);
    if (!table.header.contains(name)) table.header << name;
    const QString organ = study.organ(each.organ);
    if (table.rows.empty() || table.rows.back().front() != organ) table.rows.push_back({organ});
    table.rows.back()
        << QStringLiteral("%1 (%2)").arg(meanSdText(dsc ? each.dsc : each.hd95Mm, dsc ? 3 : 2)).arg(each.absent);
  }
  table.note = QStringLiteral(
      "In brackets: cases where a map lacks the organ. Here, and only here, they count as DSC 0 and HD95 50 mm.");
  return table;
}

/// What a reader's program recorded of its machine, as "name: value" in one line.
QString environmentText(const std::string& json) {
  const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
  QStringList parts;
  for (auto it = object.begin(); it != object.end(); ++it) {
    const QVariant value = it.value().toVariant();
    const QString shown = it.value().isObject() || it.value().isArray()
                              ? QString::fromUtf8(QJsonDocument::fromVariant(value).toJson(QJsonDocument::Compact))
                              : value.toString();
    parts << QStringLiteral("%1: %2").arg(it.key(), shown);
  }
  return parts.join(QStringLiteral("; "));
}

QString machinesOf(const StudyContext& study, const std::string& reader) {
  std::set<QString> machines;
  for (const StudySession& session : study.results.sessions) {
    if (session.task.reader == reader && !session.environment.empty())
      machines.insert(environmentText(session.environment));
  }
  QStringList list(machines.begin(), machines.end());
  list.removeAll(QString());
  return list.isEmpty() ? QStringLiteral("not recorded") : list.join(QStringLiteral(" | "));
}

}  // namespace

std::vector<ReportTable> agreementTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  for (const std::string& arm : study.arms()) {
    for (const bool commonStart : {true, false}) {
      tables.push_back(agreementTable(study, arm, commonStart));
      if (tables.back().rows.empty()) tables.pop_back();
    }
  }
  return tables;
}

std::vector<ReportTable> repeatTables(const StudyContext& study) {
  if (study.findings.repeats.empty()) return {};
  ReportTable table{
      QStringLiteral("Readers against themselves: second reading - first"),
      {QStringLiteral("reader"), QStringLiteral("organ"), QStringLiteral("n"), QStringLiteral("DSC, mean \u00b1 SD"),
       QStringLiteral("volume (mL), mean \u00b1 SD"), QStringLiteral("time ratio (CI)")},
      {},
      2};
  for (const RepeatOutcome& each : study.findings.repeats) {
    if (each.organ == "review") continue;
    QString ratio = decimalText(each.time ? std::optional(each.time->ratio) : std::nullopt, 2);
    if (each.time) ratio += QStringLiteral(" (%1)").arg(intervalText(each.time->interval, 2));
    table.rows.push_back({study.reader(each.reader), study.organ(each.organ),
                          QString::number(each.dsc ? each.dsc->n : 0), meanSdText(each.dsc, 3),
                          meanSdText(each.volumeMl, 2), ratio});
  }
  return {table};
}

std::vector<ReportTable> vigilanceTables(const StudyContext& study) {
  if (study.findings.vigilance.empty()) return {};
  ReportTable table{QStringLiteral("Planted errors found (at least half of the error's voxels corrected)"),
                    {QStringLiteral("reader"), QStringLiteral("found (CI)")},
                    {},
                    1};
  for (const VigilanceOutcome& each : study.findings.vigilance)
    table.rows.push_back({each.reader.empty() ? QStringLiteral("all readers") : study.reader(each.reader),
                          partText(each.found, each.planted, each.part)});
  ReportTable list{QStringLiteral("Each planted error"),
                   {QStringLiteral("reader"), QStringLiteral("case"), QStringLiteral("error"), QStringLiteral("organ"),
                    QStringLiteral("voxels"), QStringLiteral("corrected"), QStringLiteral("found")},
                   {},
                   4};
  for (const FoundError& each : study.results.foundErrors)
    list.rows.push_back({text(each.reader), text(each.caseId),
                         text(each.kind).replace(QLatin1Char('_'), QLatin1Char(' ')), study.organ(each.organ),
                         QString::number(each.voxels), QString::number(each.corrected),
                         each.found() ? QStringLiteral("yes") : QStringLiteral("no")});
  return {table, list};
}

std::vector<ReportTable> reproductionTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  for (const std::string& arm : study.arms()) {
    for (const bool dsc : {true, false}) {
      ReportTable table = reproductionTable(study, arm, dsc);
      if (!table.rows.empty()) tables.push_back(std::move(table));
    }
  }
  return tables;
}

std::vector<ReportTable> readerTables(const StudyContext& study) {
  ReportTable table{QStringLiteral("Readers and their machines"),
                    {QStringLiteral("reader"), QStringLiteral("hospital"), QStringLiteral("experience (years)"),
                     QStringLiteral("machine, as the program recorded it")},
                    {},
                    4};
  for (const StudyReader& reader : study.results.protocol.readers)
    table.rows.push_back({text(reader.id),
                          reader.hospital.empty() ? QStringLiteral("not given") : text(reader.hospital),
                          QString::number(reader.years), machinesOf(study, reader.id)});
  return {table};
}

}  // namespace recontour
