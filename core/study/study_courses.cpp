#include "core/study/study_courses.h"

#include <algorithm>
#include <numeric>

#include "core/metrics/metric_table.h"
#include "core/study/study_csv.h"
#include "core/study/study_selection.h"

namespace recontour {
namespace {

using Key = std::tuple<std::string, std::string, std::string, std::string>;  // arm, reader, organ, case

struct Change {
  double activeS;
  std::size_t course;
  double dsc;
};

std::vector<Change> changesInOrder(std::span<const DscCourse> courses) {
  std::vector<Change> changes;
  for (std::size_t i = 0; i < courses.size(); ++i)
    for (const DscMoment& moment : std::span(courses[i].moments).subspan(1))
      changes.push_back({moment.activeS, i, moment.dsc});
  std::ranges::stable_sort(changes, {}, &Change::activeS);
  return changes;
}

/// The courses behind the means of a study.
class Courses {
 public:
  explicit Courses(const StudyResults& results) : selection_(selectRows(results)) {
    for (const DscCourse& course : results.courses)
      if (!course.moments.empty()) known_[{course.arm, course.reader, course.organ, course.caseId}] = &course;
  }

  std::vector<MeanCourse> means() const {
    std::vector<MeanCourse> means;
    for (const std::string& arm : selection_.arms)
      for (const std::string& organ : selection_.organs) addOrgan(arm, organ, means);
    return means;
  }

 private:
  void addOrgan(const std::string& arm, const std::string& organ, std::vector<MeanCourse>& means) const {
    std::vector<MeanCourse> found;
    std::vector<DscCourse> all;
    const auto readers = selection_.readersOf(arm);
    for (const std::string& reader : readers) {
      const auto courses = coursesOf(arm, reader, organ);
      if (!courses.empty()) found.push_back(meanOf(arm, reader, organ, courses));
      all.insert(all.end(), courses.begin(), courses.end());
    }
    if (readers.size() > 1 && !all.empty()) found.push_back(meanOf(arm, kAllReaders, organ, all));
    if (std::ranges::any_of(found, [](const MeanCourse& mean) { return mean.edited > 0; }))
      means.insert(means.end(), found.begin(), found.end());
  }

  std::vector<DscCourse> coursesOf(const std::string& arm, const std::string& reader, const std::string& organ) const {
    std::vector<DscCourse> courses;
    for (const StudyRow* row : selection_.rows(selection_.counted, arm, reader, organ)) {
      if (!isMeasured(row->before) || !isMeasured(row->after)) continue;
      const auto found = known_.find({arm, reader, organ, row->caseId});
      if (found != known_.end())
        courses.push_back(*found->second);
      else if (!row->edited)
        courses.push_back({reader, row->caseId, arm, organ, {{0, *row->before->dsc}}});
    }
    return courses;
  }

  static MeanCourse meanOf(const std::string& arm, const std::string& reader, const std::string& organ,
                           std::span<const DscCourse> courses) {
    const auto edited = std::ranges::count_if(courses, [](const DscCourse& each) { return each.moments.size() > 1; });
    return {arm, reader, organ, static_cast<int>(courses.size()), static_cast<int>(edited), meanOfCourses(courses)};
  }

  StudySelection selection_;
  std::map<Key, const DscCourse*> known_;
};

}  // namespace

std::vector<DscMoment> meanOfCourses(std::span<const DscCourse> courses) {
  std::vector<double> now;
  for (const DscCourse& course : courses) now.push_back(course.moments.front().dsc);
  const auto mean = [&] { return std::accumulate(now.begin(), now.end(), 0.0) / static_cast<double>(now.size()); };
  if (now.empty()) return {};
  std::vector<DscMoment> moments{{0, mean()}};
  for (const Change& change : changesInOrder(courses)) {
    now[change.course] = change.dsc;
    if (change.activeS == moments.back().activeS) moments.pop_back();
    moments.push_back({change.activeS, mean()});
  }
  return moments;
}

std::vector<MeanCourse> meanCourses(const StudyResults& results) { return Courses(results).means(); }

std::string coursesCsv(std::span<const DscCourse> courses) {
  std::string csv = "reader,case,arm,organ,active_s,dsc\n";
  for (const DscCourse& course : courses) {
    std::string reading;
    for (const std::string* part : {&course.reader, &course.caseId, &course.arm, &course.organ})
      reading += csvText(*part) + ",";
    for (const DscMoment& moment : course.moments)
      csv += reading + csvNumber(moment.activeS) + "," + csvNumber(moment.dsc) + "\n";
  }
  return csv;
}

}  // namespace recontour
