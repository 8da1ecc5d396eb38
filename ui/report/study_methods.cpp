#include "ui/report/study_methods.h"

#include <algorithm>
#include <set>

namespace recontour {
namespace {

QString joined(const std::set<std::string>& values) {
  QStringList list;
  for (const std::string& value : values) list << text(value);
  return list.isEmpty() ? QStringLiteral("not recorded") : list.join(QStringLiteral(", "));
}

QString sentence(const std::string& utf8) {
  QString made = text(utf8);
  if (made.isEmpty()) return made;
  made[0] = made[0].toUpper();
  return made.endsWith(QLatin1Char('.')) ? made : made + QLatin1Char('.');
}

QString designText(const StudyContext& study) {
  const StudyProtocol& protocol = study.results.protocol;
  const auto practice = std::ranges::count(protocol.cases, true, &StudyCase::practice);
  QString design =
      QStringLiteral(
          "Design. Preset %1: %2 readers, %3 cases (and %4 to practise on), %5 organs, %6. The order of the "
          "cases was drawn for each reader from seed %7 before the protocol was frozen (%8); ")
          .arg(text(protocol.design.preset))
          .arg(protocol.readers.size())
          .arg(protocol.cases.size() - static_cast<std::size_t>(practice))
          .arg(practice)
          .arg(protocol.organs.size())
          .arg(protocol.arms.size() == 1 ? QStringLiteral("one arm")
                                         : QStringLiteral("%1 arms").arg(protocol.arms.size()))
          .arg(protocol.design.seed)
          .arg(study.results.freezeHash.empty()
                   ? QStringLiteral("not yet")
                   : QStringLiteral("SHA-256 %1..., in full below").arg(text(study.results.freezeHash).left(8)));
  design += QStringLiteral(
                "later changes are listed as amendments. Washout between readings of a case %1 days, between cases of "
                "a patient %2 days.")
                .arg(protocol.design.washoutDays)
                .arg(protocol.design.samePatientDays);
  return design +
         QStringLiteral(
             " The program gave readers neither the reference nor the names of arms and models nor the work of "
             "other readers.");
}

QString softwareText(const StudyContext& study) {
  const std::string& protocol = study.results.protocol.appVersion;
  QString software = QStringLiteral("Software. This report was written by %1").arg(reportProgram());
  if (!protocol.empty()) software += QStringLiteral("; the protocol was made with Recontour %1").arg(text(protocol));
  return software + QStringLiteral(". Programs of the readers are in the table of settings.");
}

QString ratingText() {
  return QStringLiteral(
      "Ratings. Forms were timed apart from revision. Scores are given by reader as numbers of answers and median; "
      "agreement by Cohen's kappa with quadratic weights for two readers, by Krippendorff's ordinal alpha for more.");
}

QString simulatedText() {
  return QStringLiteral(
      "Simulated readers. The readers of this study are scripts. Nothing here was done by a person, and no time "
      "or edit is evidence on how people work.");
}

QString timeText(const StudyContext& study) {
  const StudyAnalysis& analysis = study.results.protocol.analysis;
  QStringList limits;
  for (const double limit : analysis.idleLimitsS) limits << QString::number(limit);
  return QStringLiteral(
             "Time. The clock runs from Start, when image and contours appear, to the statement that the contours are "
             "clinically acceptable. Each moment is one of editing, inspecting, waiting for the program, away or "
             "paused; active time is "
             "editing and inspecting. Time without an action counts up to the idle limit: %1 s for the primary "
             "figures, %2 s in the "
             "table. Time before a stroke belongs to the organ of the stroke. Interrupted readings (a crash, a gap of "
             "more than 10 "
             "min) are outside of times.")
      .arg(analysis.primaryIdleLimitS)
      .arg(limits.join(QStringLiteral(", ")));
}

QString metricText(const StudyContext& study) {
  return QStringLiteral(
             "Metrics. DSC, 95 % Hausdorff distance, average symmetric surface distance, surface DSC and added path "
             "length "
             "against the reference, profile %1. An organ that the reference or a contour lacks is missing, not 0: it "
             "is left out of "
             "means and tests, and counted. The reproduction table alone follows WORD's published script, which counts "
             "it as 0 and 50 mm.")
      .arg(text(study.results.protocol.analysis.metricProfile));
}

QString testText(const StudyContext& study) {
  const StudyAnalysis& analysis = study.results.protocol.analysis;
  const QString confidence = QString::number(100 * (1 - analysis.alpha));
  return QStringLiteral(
             "Statistics. Change is DSC after - before, by case. n is the number of patients: cases of one patient are "
             "averaged "
             "within a reader before a test and drawn together in the bootstrap. Wilcoxon signed-rank test, two-sided, "
             "zeros dropped "
             "(exact for up to 25 changes without ties, else the normal approximation with tie and continuity "
             "correction); "
             "p adjusted by Holm over the family \"%1\"; effect: matched rank-biserial correlation and Hodges-Lehmann "
             "estimate. %2 % "
             "intervals of mean changes by BCa bootstrap (%3 replicates, seed %4; percentile where BCa is not "
             "defined), of proportions by Wilson. ")
             .arg(text(analysis.testFamily), confidence)
             .arg(analysis.bootstrapSamples)
             .arg(study.results.protocol.design.seed) +
         QStringLiteral(
             "Practice cases, cases with planted errors, repeats and excluded readings are outside of these figures. "
             "The mean of the readers is taken over cases that all of them have. The primary endpoint is %1 with a "
             "margin of %2 at alpha %3, two-sided.")
             .arg(analysis.primaryEndpoint == "dsc" ? QStringLiteral("the change of DSC, mean over organs")
                                                    : text(analysis.primaryEndpoint))
             .arg(analysis.margin)
             .arg(analysis.alpha);
}

}  // namespace

std::vector<ReportParagraph> methodsText(const StudyContext& study) {
  std::vector<ReportParagraph> paragraphs;
  if (study.results.protocol.simulated) paragraphs.push_back({simulatedText()});
  paragraphs.push_back({designText(study)});
  paragraphs.push_back({timeText(study)});
  paragraphs.push_back({metricText(study)});
  paragraphs.push_back({testText(study)});
  if (!study.findings.ratings.scores.empty()) paragraphs.push_back({ratingText()});
  paragraphs.push_back({softwareText(study)});
  paragraphs.push_back({QStringLiteral("Limits. Readers are fixed effects; nothing is claimed for other readers.")});
  return paragraphs;
}

ReportParagraph summaryText(const StudyContext& study) {
  QString summary;
  for (const std::string& arm : study.arms()) {
    const auto readers = study.readersOf(arm);
    const std::string of = readers.size() > 1 ? std::string(kAllReaders) : readers.front();
    const OrganOutcome* all = study.findings.find(arm, of, kAllOrgans);
    if (all == nullptr || !all->change) continue;
    summary += QStringLiteral("Change of DSC over all organs, arm %1, %2: %3 (%4 % CI %5), from %6 to %7. ")
                   .arg(text(arm), study.reader(of), signedText(all->change->mean, 3))
                   .arg(100 * (1 - study.results.protocol.analysis.alpha))
                   .arg(meanChangeText(all->test, 3), meanSdText(all->before, 3), meanSdText(all->after, 3));
  }
  summary += QStringLiteral(
                 "Wilcoxon signed-rank tests of the change of each patient, adjusted by Holm over %1 organs, are in "
                 "the tables. Readers are fixed effects.")
                 .arg(study.organs().size());
  const bool common = std::ranges::any_of(study.findings.agreement, &AgreementOutcome::commonStart);
  if (common)
    summary +=
        QStringLiteral(" Readers had a common starting contour: their agreement is not inter-observer variability.");
  for (const StudyFlag& flag : study.results.flags)
    if (flag.kind == "same_patient") summary += QLatin1Char(' ') + sentence(flag.text);
  return {summary};
}

ReportTable settingsTable(const StudyContext& study) {
  const StudyProtocol& protocol = study.results.protocol;
  std::set<std::string> apps, models;
  for (const StudyRow& row : study.results.rows) {
    if (!row.app.empty()) apps.insert(row.app);
  }
  for (const StudyArm& arm : protocol.arms) {
    if (!arm.model.empty())
      models.insert(arm.model + (arm.modelHash.empty() ? "" : " (SHA-256 " + arm.modelHash + ")"));
  }
  ReportTable table{QStringLiteral("Versions, hashes, seeds and settings"),
                    {QStringLiteral("setting"), QStringLiteral("value")},
                    {},
                    2};
  const auto add = [&](const char* name, const QString& value) {
    table.rows.push_back({QString::fromLatin1(name), value.isEmpty() ? QStringLiteral("not given") : value});
  };
  add("study", text(protocol.id));
  add("protocol frozen as (SHA-256)", text(study.results.freezeHash));
  add("state", text(study.results.state));
  add("preset, seed", QStringLiteral("%1, %2").arg(text(protocol.design.preset)).arg(protocol.design.seed));
  add("program of this report", reportProgram());
  add("program of the protocol", text(protocol.appVersion));
  add("programs of the readers", joined(apps));
  add("models", joined(models));
  add("organ table",
      text(protocol.organTable) + (protocol.organTableHash.empty()
                                       ? QString()
                                       : QStringLiteral(" (SHA-256 %1)").arg(text(protocol.organTableHash))));
  add("metric profile", text(protocol.analysis.metricProfile));
  add("primary endpoint, margin",
      QStringLiteral("%1, %2").arg(text(protocol.analysis.primaryEndpoint)).arg(protocol.analysis.margin));
  add("alpha, bootstrap replicates",
      QStringLiteral("%1, %2").arg(protocol.analysis.alpha).arg(protocol.analysis.bootstrapSamples));
  add("ethics", text(protocol.ethicsId));
  return table;
}

}  // namespace recontour
