// DSC over the time of a reading.
#include <QPainter>
#include <algorithm>
#include <map>

#include "ui/report/study_figures.h"

namespace recontour {
namespace {

QPointF pointOf(const DscMoment& moment) { return {moment.activeS / 60, moment.dsc}; }

StepLines::Line lineOf(const std::vector<DscMoment>& moments, double endS, const QColor& colour, bool strong) {
  StepLines::Line line{{}, colour, strong};
  for (const DscMoment& moment : moments) line.points.push_back(pointOf(moment));
  if (endS > moments.back().activeS) line.points.push_back(pointOf({endS, moments.back().dsc}));
  return line;
}

/// The figure of one arm, put together.
class Courses {
 public:
  Courses(const StudyContext& study, const std::string& arm)
      : study_(study), arm_(arm), readers_(shownReaders(study, arm, 8)) {
    for (const StudySession& session : study.results.sessions) {
      const StudyTask& task = session.task;
      if (task.arm == arm && task.repeat == 0) ends_[{task.reader, task.caseId}] = session.activeS;
    }
    for (const DscCourse& course : study.results.courses)
      if (course.arm == arm) endS_ = std::max(endS_, endOf(course));
  }

  StepLines plot() const {
    StepLines plot;
    plot.axis = QStringLiteral("DSC");
    plot.across = QStringLiteral("active minutes of the reading");
    plot.mark = study_.mark();
    plot.largest = 1;
    plot.title = QStringLiteral("DSC over time, organs that changed most");
    if (study_.arms().size() > 1) plot.title += QStringLiteral(", arm ") + study_.arm(arm_);
    for (const std::string& reader : readers_)
      plot.legend.push_back({study_.reader(reader), shownColour(study_, reader)});
    for (const std::string& organ : mostChanged(study_, arm_)) addPanel(organ, plot);
    plot.columns = std::max(1, static_cast<int>(plot.panels.size()));
    return plot;
  }

 private:
  double endOf(const DscCourse& course) const {
    const auto found = ends_.find({course.reader, course.caseId});
    return std::max(found == ends_.end() ? 0 : found->second, course.moments.back().activeS);
  }

  void addPanel(const std::string& organ, StepLines& plot) const {
    StepLines::Panel panel{study_.organ(organ), {}};
    for (const std::string& reader : readers_) {
      const MeanCourse* mean = study_.findings.findCourse(arm_, reader, organ);
      if (mean == nullptr) continue;
      panel.lines.push_back(lineOf(mean->moments, endS_, shownColour(study_, reader), true));
      for (const DscCourse& course : study_.results.courses) {
        const bool shown = reader == kAllReaders || course.reader == reader;
        if (course.arm == arm_ && course.organ == organ && shown)
          panel.lines.push_back(lineOf(course.moments, endOf(course), shownColour(study_, reader), false));
      }
    }
    if (!panel.lines.empty()) plot.panels.push_back(std::move(panel));
  }

  const StudyContext& study_;
  const std::string& arm_;
  std::vector<std::string> readers_;
  std::map<std::pair<std::string, std::string>, double> ends_;  ///< of readings, by reader and case
  double endS_ = 0;                                             ///< of the longest
};

}  // namespace

StepLines courseLines(const StudyContext& study, const std::string& arm) { return Courses(study, arm).plot(); }

ReportFigure courseFigure(const StudyContext& study, const std::string& arm) {
  const StepLines plot = courseLines(study, arm);
  return {
      "course",
      {plot.title,
       {kStudyFigureWidth, stepLinesHeight(plot)},
       [plot](QPainter& painter, const QRectF& area) { paintStepLines(painter, area, plot); }},
      QStringLiteral(
          "A thin line is a reading in which the organ was edited, from Start to its end. Bold: mean over the cases of "
          "a reader. There a case keeps its last DSC after its reading has ended, and one whose organ was left alone "
          "keeps that of its start, so the mean goes from the mean of the starts to the mean after revision. Time is "
          "that of the whole reading, all organs, idle limit %1 s.")
          .arg(study.results.protocol.analysis.primaryIdleLimitS)};
}

}  // namespace recontour
