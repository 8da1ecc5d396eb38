#include "ui/study/study_texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <map>

namespace recontour {
namespace {

struct StudyTexts {
  Q_DECLARE_TR_FUNCTIONS(StudyTexts)
};

QString known(const std::map<std::string, QString>& names, const std::string& name) {
  const auto found = names.find(name);
  return found == names.end() ? shown(name) : found->second;
}

QString caseCount(const StudyProtocol& protocol) {
  const auto practice = std::ranges::count(protocol.cases, true, &StudyCase::practice);
  const auto counted = static_cast<std::ptrdiff_t>(protocol.cases.size()) - practice;
  const QString cases = counted == 1 ? StudyTexts::tr("1 case") : StudyTexts::tr("%1 cases").arg(counted);
  return practice == 0 ? cases : StudyTexts::tr("%1 and %2 for practice").arg(cases).arg(practice);
}

QString readerCount(std::size_t count) {
  return count == 1 ? StudyTexts::tr("1 reader") : StudyTexts::tr("%1 readers").arg(count);
}

QString sealText(StudyStage stage) {
  switch (stage) {
    case StudyStage::Draft:
    case StudyStage::Frozen:
      return StudyTexts::tr("truth sealed until close");
    case StudyStage::Closed:
      return StudyTexts::tr("closed, arms not named");
    case StudyStage::Unblinded:
      return StudyTexts::tr("unblinded");
  }
  return {};
}

}  // namespace

QString shown(const std::string& text) { return QString::fromStdString(text); }

QString presetTitle(const std::string& preset) {
  return known({{"word-fig3", StudyTexts::tr("Revise a model's contours")},
                {"word-fig3-plus", StudyTexts::tr("Revise, and draw some cases from nothing")},
                {"crossover", StudyTexts::tr("With and without the model, each reader both ways")},
                {"annotate-check", StudyTexts::tr("One draws, another checks")}},
               preset);
}

QString presetText(const std::string& preset) {
  return known(
      {{"word-fig3",
        StudyTexts::tr("Every reader revises the same model contours of every case, as in WORD's Figure 3. Tells "
                       "how far a model is from clinically acceptable, and how long the way is. It cannot tell "
                       "time saved or how much readers differ: all begin from one map.")},
       {"word-fig3-plus",
        StudyTexts::tr("The same, and a few cases, drawn by the seed, are also drawn from nothing after some weeks. "
                       "The honest base for time saved and for differences between readers, at little more work.")},
       {"crossover",
        StudyTexts::tr("Every reader reads every case in every arm, in balanced orders with a washout between. The "
                       "strongest comparison of two ways to work, and the most work. Needs an even number of "
                       "readers.")},
       {"annotate-check",
        StudyTexts::tr("One reader draws a case from nothing, the next checks and mends it. Tells what a second "
                       "pair of eyes changes. Needs two readers or more.")}},
      preset);
}

QString toolLabel(const std::string& tool) {
  return known({{"brush", StudyTexts::tr("Brush")},
                {"eraser", StudyTexts::tr("Eraser")},
                {"threshold_brush", StudyTexts::tr("Threshold brush")},
                {"lasso", StudyTexts::tr("Lasso and polygon")},
                {"flood_fill", StudyTexts::tr("Flood fill")},
                {"adaptive_brush", StudyTexts::tr("Adaptive brush")},
                {"redraw", StudyTexts::tr("Redraw a border")},
                {"nudge", StudyTexts::tr("Nudge")},
                {"cut", StudyTexts::tr("Cut")},
                {"correct", StudyTexts::tr("Correct by strokes")},
                {"operations", StudyTexts::tr("Whole-organ operations")},
                {"scribble", StudyTexts::tr("Scribble")},
                {"measure", StudyTexts::tr("Rulers and probes")}},
               tool);
}

QString cueLabel(const std::string& cue) {
  return known({{"volumes", StudyTexts::tr("Volumes in mL")},
                {"state_dots", StudyTexts::tr("State dots (seen, edited)")},
                {"flags", StudyTexts::tr("Warning signs")},
                {"uncertainty", StudyTexts::tr("Uncertainty of the model")},
                {"slider_marks", StudyTexts::tr("Marks beside the slices")},
                {"timer", StudyTexts::tr("Timer")}},
               cue);
}

QString flagLabel(const std::string& kind) {
  return known({{"interrupted", StudyTexts::tr("interrupted")},
                {"never_seen", StudyTexts::tr("never seen whole")},
                {"left_right", StudyTexts::tr("left/right")},
                {"same_patient", StudyTexts::tr("same patient")},
                {"start_changed", StudyTexts::tr("another start")}},
               kind);
}

QString stateLabel(StudySession::State state) {
  switch (state) {
    case StudySession::State::Waiting:
      return StudyTexts::tr("waiting");
    case StudySession::State::Open:
      return StudyTexts::tr("open");
    case StudySession::State::Accepted:
      return StudyTexts::tr("accepted");
    case StudySession::State::Excluded:
      return StudyTexts::tr("excluded");
  }
  return {};
}

QString flagHead(const ShownFlag& flag) {
  if (flag.reader.empty()) return shown(flag.text.substr(0, flag.text.find(';')));
  return StudyTexts::tr("%1, case %2: %3").arg(shown(flag.reader), shown(flag.caseId), flagLabel(flag.kind));
}

QString studyLine(const StudySnapshot& snapshot) {
  const QString frozen = snapshot.freezeHash.empty()
                             ? StudyTexts::tr("a draft")
                             : StudyTexts::tr("frozen %1").arg(shown(snapshot.freezeHash.substr(0, 8)));
  QStringList parts = {shown(snapshot.protocol.design.preset), frozen, caseCount(snapshot.protocol),
                       readerCount(snapshot.protocol.readers.size()), sealText(snapshot.stage)};
  if (snapshot.protocol.simulated) parts << StudyTexts::tr("SIMULATED readers");
  return parts.join(QStringLiteral(" \u00b7 "));
}

QString flagCounts(const StudyOverview& overview) {
  std::map<std::string, int> counts;
  for (const ShownFlag& flag : overview.flags) ++counts[flag.kind];
  QStringList parts;
  for (const auto& [kind, count] : counts) parts << QStringLiteral("%1 %2").arg(count).arg(flagLabel(kind));
  return parts.isEmpty() ? StudyTexts::tr("nothing to look at") : parts.join(QStringLiteral(", "));
}

QString dayText(std::int64_t wallMs, std::int64_t nowWallMs) {
  const QDate day = QDateTime::fromMSecsSinceEpoch(wallMs).date();
  const bool thisYear = day.year() == QDateTime::fromMSecsSinceEpoch(nowWallMs).date().year();
  return QLocale().toString(day, thisYear ? StudyTexts::tr("d MMM") : StudyTexts::tr("d MMM yyyy"));
}

}  // namespace recontour
