// What a protocol holds, and what reporting guidelines ask for.
#include "ui/report/study_methods.h"

namespace recontour {
namespace {

const QString kByAuthors = QStringLiteral("to be filled in by the authors");

QString joined(const std::vector<std::string>& values) {
  QStringList list;
  for (const std::string& value : values) list << text(value).replace(QLatin1Char('_'), QLatin1Char(' '));
  return list.isEmpty() ? QStringLiteral("none") : list.join(QStringLiteral(", "));
}

ReportTable armTable(const StudyContext& study) {
  ReportTable table{
      QStringLiteral("Arms: what readers could use and see"),
      {QStringLiteral("arm"), QStringLiteral("starts from"), QStringLiteral("tools"), QStringLiteral("cues shown")},
      {},
      4};
  for (const StudyArm& arm : study.results.protocol.arms)
    table.rows.push_back({study.arm(arm.id), arm.fromNothing ? QStringLiteral("nothing") : study.start(arm.id),
                          joined(arm.tools), joined(arm.cues)});
  return table;
}

ReportTable organTable(const StudyContext& study) {
  const StudyProtocol& protocol = study.results.protocol;
  ReportTable table{QStringLiteral("Organs: tolerance of the surface DSC, and guideline"),
                    {QStringLiteral("organ"), QStringLiteral("tolerance (mm)"), QStringLiteral("guideline")},
                    {},
                    3};
  std::size_t others = 0;
  for (const std::string& organ : protocol.organs) {
    const auto tolerance = protocol.analysis.tolerancesMm.find(organ);
    const auto guideline = protocol.guidelines.find(organ);
    const bool ownTolerance = tolerance != protocol.analysis.tolerancesMm.end(),
               ownGuideline = guideline != protocol.guidelines.end();
    if (!ownTolerance && !ownGuideline) ++others;
    if (ownTolerance || ownGuideline)
      table.rows.push_back({study.organ(organ), QString::number(ownTolerance ? tolerance->second : 3),
                            ownGuideline ? text(guideline->second) : QStringLiteral("not given")});
  }
  if (others > 0)
    table.rows.push_back({table.rows.empty() ? QStringLiteral("all") : QStringLiteral("the %1 others").arg(others),
                          QStringLiteral("3"), QStringLiteral("not given")});
  return table;
}

QString readersText(const StudyContext& study) {
  QStringList list;
  for (const StudyReader& reader : study.results.protocol.readers)
    list << QStringLiteral("%1: %2 years").arg(text(reader.id)).arg(reader.years);
  return list.join(QStringLiteral("; "));
}

QString vigilanceText(const StudyContext& study) {
  if (study.findings.vigilance.empty()) return QStringLiteral("no errors were planted");
  const VigilanceOutcome& all = study.findings.vigilance.back();
  return QStringLiteral("%1 planted errors found").arg(partText(all.found, all.planted, all.part));
}

}  // namespace

std::vector<ReportTable> protocolTables(const StudyContext& study) { return {armTable(study), organTable(study)}; }

ReportTable checklistTable(const StudyContext& study) {
  const StudyProtocol& protocol = study.results.protocol;
  const StudyFlow& flow = study.findings.flow;
  ReportTable table{QStringLiteral("What reporting guidelines ask for (wording of our own)"),
                    {QStringLiteral("asked for"), QStringLiteral("guideline"), QStringLiteral("in this study")},
                    {},
                    3};
  const auto add = [&](const char* what, const char* guideline, const QString& answer) {
    table.rows.push_back(
        {QString::fromLatin1(what), QString::fromLatin1(guideline), answer.isEmpty() ? kByAuthors : answer});
  };
  const QString models = [&] {
    QStringList list;
    for (const StudyArm& arm : protocol.arms) {
      if (!arm.model.empty()) list << text(arm.model + (arm.modelHash.empty() ? "" : ", SHA-256 " + arm.modelHash));
    }
    return list.join(QStringLiteral("; "));
  }();
  add("clinical question and intended use", "CLAIM, DECIDE-AI", {});
  add("study design, fixed in advance", "CLAIM, DECIDE-AI",
      QStringLiteral("preset %1, frozen with SHA-256 %2")
          .arg(text(protocol.design.preset), text(study.results.freezeHash)));
  add("source of the images, dates, setting", "CLAIM", {});
  add("how cases were selected and excluded", "CLAIM",
      QStringLiteral("cases: %1; readings excluded: %2; selection %3")
          .arg(protocol.cases.size())
          .arg(flow.excluded)
          .arg(kByAuthors));
  add("patients' characteristics", "CLAIM, DECIDE-AI", {});
  add("reference standard and who made it", "CLAIM", {});
  add("dependent cases", "CLAIM", QStringLiteral("cases of one patient are one unit in tests and intervals"));
  add("model: origin, version, training data", "CLAIM, DECIDE-AI",
      models.isEmpty() ? QString() : models + QStringLiteral("; training data ") + kByAuthors);
  add("software and its version", "CLAIM, DECIDE-AI", reportProgram());
  add("users: number, experience, recruitment", "DECIDE-AI",
      readersText(study) + QStringLiteral("; recruitment ") + kByAuthors);
  add("training and familiarisation of users", "DECIDE-AI",
      QStringLiteral("practice readings accepted: %1; further training %2").arg(flow.practice).arg(kByAuthors));
  add("what users saw and could do", "DECIDE-AI", QStringLiteral("table of arms"));
  add("blinding", "CLAIM",
      QStringLiteral("the program withheld reference, names of arms and models, and other readers' work"));
  add("sample size and its reasons", "CLAIM", {});
  add("metrics and statistics", "CLAIM",
      QStringLiteral("methods text; alpha %1, seed %2").arg(protocol.analysis.alpha).arg(protocol.design.seed));
  add("flow of cases", "CLAIM, DECIDE-AI",
      QStringLiteral("%1 planned, %2 accepted, %3 counted").arg(flow.tasks).arg(flow.accepted).arg(flow.counted));
  add("performance with uncertainty", "CLAIM", QStringLiteral("tables of DSC and of tests"));
  add("changes during the study", "DECIDE-AI",
      QStringLiteral("entries of the coordinator: %1").arg(study.results.notes.size()));
  add("use, time and workload", "DECIDE-AI",
      QStringLiteral("tables of times and of edits; questionnaires %1").arg(kByAuthors));
  add("errors and whether users notice them", "DECIDE-AI", vigilanceText(study));
  add("safety and harm", "DECIDE-AI", {});
  add("ethics", "DECIDE-AI", text(protocol.ethicsId));
  add("data and code for others", "CLAIM, DECIDE-AI",
      QStringLiteral("long.csv, long_columns.csv, model.R and other tables beside this report; availability %1")
          .arg(kByAuthors));
  add("limits and generalisation", "CLAIM, DECIDE-AI",
      QStringLiteral("readers are fixed effects; otherwise %1").arg(kByAuthors));
  add("funding and interests", "CLAIM, DECIDE-AI", {});
  return table;
}

}  // namespace recontour
