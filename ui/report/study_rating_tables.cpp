// What readers answered in forms.
#include <algorithm>

#include "ui/report/study_tables.h"

namespace recontour {
namespace {

const StudyRating* questionOf(const StudyContext& study, const RatingSubject& of) {
  const auto& ratings = study.results.protocol.ratings;
  const auto found = std::ranges::find(ratings, of.question, &StudyRating::id);
  return found == ratings.end() ? nullptr : &*found;
}

/// A table is of one question, at one time, in one arm.
bool sameTable(const RatingSubject& a, const RatingSubject& b) {
  return a.arm == b.arm && a.when == b.when && a.question == b.question;
}

QString subjectText(const StudyContext& study, const RatingSubject& of) {
  const QString subject = QStringLiteral("%1, %2 revision").arg(text(of.question), text(of.when));
  return study.results.protocol.arms.size() > 1 ? subject + QStringLiteral(", arm ") + text(of.arm) : subject;
}

/// "1 unusable, 2 major edits, ..."
QString scaleText(const StudyRating& question) {
  QStringList answers;
  for (std::size_t i = 0; i < question.answers.size(); ++i)
    answers << QStringLiteral("%1 %2").arg(i + 1).arg(text(question.answers[i]));
  return answers.join(QStringLiteral("; "));
}

ReportTable emptyTable(const StudyContext& study, const RatingOutcome& first) {
  ReportTable table;
  const StudyRating* question = questionOf(study, first.of);
  const auto scores = static_cast<int>(first.counts.size());
  table.caption = QStringLiteral("Ratings: %1").arg(subjectText(study, first.of));
  if (question != nullptr) table.caption += QStringLiteral(" (\"%1\")").arg(text(question->question));
  if (!first.of.organ.empty()) table.header << QStringLiteral("organ");
  table.header << QStringLiteral("reader") << QStringLiteral("n") << QStringLiteral("median (quartiles)");
  for (int score = 1; score <= scores; ++score) table.header << QString::number(score);
  if (first.topTwo()) table.header << QStringLiteral("% %1 or %2").arg(scores - 1).arg(scores);
  table.textColumns = first.of.organ.empty() ? 1 : 2;
  table.note = QStringLiteral("Numbers of answers by score.");
  if (question != nullptr) table.note += QStringLiteral(" Scores: %1.").arg(scaleText(*question));
  return table;
}

QStringList rowOf(const StudyContext& study, const RatingOutcome& outcome) {
  QStringList row;
  if (!outcome.of.organ.empty()) row << study.organ(outcome.of.organ);
  row << (outcome.reader == kAllReaders ? QStringLiteral("all readers") : study.reader(outcome.reader));
  row << QString::number(outcome.scores ? outcome.scores->n : 0) << medianText(outcome.scores, 1);
  for (const int count : outcome.counts) row << QString::number(count);
  if (const auto top = outcome.topTwo()) row << decimalText(100 * *top, 0);
  return row;
}

ReportTable agreementTable(const StudyContext& study) {
  ReportTable table{QStringLiteral("Agreement of ratings"),
                    {QStringLiteral("question"), QStringLiteral("of"), QStringLiteral("readers"),
                     QStringLiteral("items"), QStringLiteral("statistic"), QStringLiteral("value")},
                    {},
                    2};
  for (const RatingAgreement& each : study.findings.ratings.agreement)
    table.rows.push_back(
        {subjectText(study, each.of), each.of.organ.empty() ? QStringLiteral("case") : study.organ(each.of.organ),
         QString::number(each.readers), QString::number(each.items),
         each.readers == 2 ? QStringLiteral("weighted kappa") : QStringLiteral("alpha"), decimalText(each.value, 3)});
  table.note = QStringLiteral(
      "Two readers: Cohen's kappa with quadratic weights; more: Krippendorff's alpha for ordinal scores. Items: cases "
      "(all organs: organs of cases) that two readers or more scored. A dash: all scores are the same.");
  return table;
}

ReportTable remarkTable(const StudyContext& study) {
  ReportTable table{QStringLiteral("Answers in words"),
                    {QStringLiteral("reading"), QStringLiteral("question"), QStringLiteral("answer")},
                    {},
                    3};
  for (const RatingRemark& each : study.findings.ratings.remarks) {
    QString subject = subjectText(study, each.of);
    if (!each.of.organ.empty()) subject += QStringLiteral(", ") + study.organ(each.of.organ);
    table.rows.push_back({text(each.reader + ", " + each.caseId), subject, text(each.text)});
  }
  return table;
}

}  // namespace

std::vector<ReportTable> ratingTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  const RatingOutcome* first = nullptr;
  for (const RatingOutcome& outcome : study.findings.ratings.scores) {
    if (first == nullptr || !sameTable(first->of, outcome.of) || first->of.organ.empty() != outcome.of.organ.empty()) {
      first = &outcome;
      tables.push_back(emptyTable(study, outcome));
    }
    tables.back().rows.push_back(rowOf(study, outcome));
  }
  if (!study.findings.ratings.agreement.empty()) tables.push_back(agreementTable(study));
  if (!study.findings.ratings.remarks.empty()) tables.push_back(remarkTable(study));
  return tables;
}

}  // namespace recontour
