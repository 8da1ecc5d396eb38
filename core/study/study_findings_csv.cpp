#include "core/study/study_findings_csv.h"

#include "core/metrics/metric_table.h"

namespace recontour {
namespace {

using Described = std::optional<Description>;

/// Fields of one line.
class Line {
 public:
  Line& text(const std::string& value) { return field(csvText(value)); }
  Line& whole(int value) { return field(std::to_string(value)); }
  Line& number(std::optional<double> value) { return field(csvNumber(value)); }
  Line& ends(const std::optional<Interval>& interval) {
    number(interval ? std::optional(interval->lower) : std::nullopt);
    return number(interval ? std::optional(interval->upper) : std::nullopt);
  }
  /// n, mean, SD, median, quartiles.
  Line& described(const Described& values) {
    whole(values ? values->n : 0);
    number(values ? std::optional(values->mean) : std::nullopt);
    number(values ? values->sd : std::nullopt);
    number(values ? std::optional(values->median) : std::nullopt);
    number(values ? std::optional(values->lowerQuartile) : std::nullopt);
    return number(values ? std::optional(values->upperQuartile) : std::nullopt);
  }
  std::string end() const { return line_ + "\n"; }

 private:
  Line& field(const std::string& value) {
    line_ += (first_ ? "" : ",") + value;
    first_ = false;
    return *this;
  }
  std::string line_;
  bool first_ = true;
};

std::string describedNames(const std::string& of) {
  std::string names;
  for (const char* name : {"n", "mean", "sd", "median", "q1", "q3"})
    names += (names.empty() ? "" : ",") + of + "_" + name;
  return names;
}

std::string outcomeLine(const OrganOutcome& outcome) {
  Line line;
  line.text(outcome.arm).text(outcome.reader).text(outcome.organ).whole(outcome.readings);
  line.whole(outcome.missingBefore).whole(outcome.missingAfter);
  line.described(outcome.before).described(outcome.after).described(outcome.change);
  line.whole(outcome.improved).whole(outcome.worse).whole(outcome.unchanged).whole(outcome.edited);
  line.ends(outcome.editedPart);
  const PairedTest& test = outcome.test;
  line.whole(test.wilcoxon.n).whole(test.wilcoxon.nonZero).number(test.p).number(test.holmP);
  line.number(test.wilcoxon.rankBiserial);
  line.number(test.shift ? std::optional(test.shift->estimate) : std::nullopt);
  line.ends(test.shift ? test.shift->interval : std::nullopt);
  line.ends(test.mean ? std::optional(test.mean->interval()) : std::nullopt);
  return line.whole(test.canBeSignificant).end();
}

}  // namespace

std::string outcomesCsv(const StudyFindings& findings) {
  std::string csv = "arm,reader,organ,readings,missing_before,missing_after," + describedNames("before_dsc") + "," +
                    describedNames("after_dsc") + "," + describedNames("change") +
                    ",improved,worse,unchanged,edited,edited_lower,edited_upper,patients,non_zero,p,holm_p,"
                    "rank_biserial,hodges_lehmann,hodges_lehmann_lower,hodges_lehmann_upper,mean_change_lower,"
                    "mean_change_upper,can_be_significant\n";
  for (const OrganOutcome& outcome : findings.organs) csv += outcomeLine(outcome);
  return csv;
}

std::string timesCsv(const StudyFindings& findings, const StudyAnalysis& analysis) {
  std::string csv = "arm,reader,organ,idle_limit_s," + describedNames("active_s") + "\n";
  for (const TimeOutcome& time : findings.times) {
    for (std::size_t i = 0; i < time.activeS.size(); ++i) {
      Line line;
      line.text(time.arm).text(time.reader).text(time.organ).number(analysis.idleLimitsS[i]);
      csv += line.described(time.activeS[i]).end();
    }
  }
  return csv;
}

std::string agreementCsv(const StudyFindings& findings) {
  std::string csv = "arm,organ,common_start," + describedNames("pairwise_dsc") + "," + describedNames("generalised") +
                    "," + describedNames("majority_dsc") + "," + describedNames("staple_dsc") +
                    ",volume_icc_2_1,volume_icc_2_1_lower,volume_icc_2_1_upper\n";
  for (const AgreementOutcome& each : findings.agreement) {
    Line line;
    line.text(each.arm).text(each.organ).whole(each.commonStart);
    line.described(each.pairwise).described(each.generalised).described(each.toMajority).described(each.toStaple);
    line.number(each.volume ? std::optional(each.volume->single2.value) : std::nullopt);
    csv += line.ends(each.volume ? each.volume->single2.interval : std::nullopt).end();
  }
  return csv;
}

std::string flagsCsv(const StudyResults& results) {
  std::string csv = "reader,case,arm,kind,text\n";
  for (const StudyFlag& flag : results.flags)
    csv += Line().text("").text("").text("").text(flag.kind).text(flag.text).end();
  for (const StudySession& session : results.sessions)
    for (const StudyFlag& flag : session.flags) {
      const StudyTask& task = session.task;
      csv += Line().text(task.reader).text(task.caseId).text(task.arm).text(flag.kind).text(flag.text).end();
    }
  return csv;
}

std::string notesCsv(const StudyResults& results) {
  std::string csv = "wall_ms,who,action,subject,reason\n";
  for (const StudyNote& note : results.notes)
    csv += csvText(std::to_string(note.wallMs)) + "," +
           Line().text(note.who).text(note.action).text(note.subject).text(note.reason).end();
  return csv;
}

}  // namespace recontour
