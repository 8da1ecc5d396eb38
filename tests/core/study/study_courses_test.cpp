#include "core/study/study_courses.h"

#include <gtest/gtest.h>

#include "core/study/study_analysis.h"
#include "tests/data/small_study.h"

namespace recontour {
namespace {

DscCourse course(const std::string& reader, const std::string& caseId, std::vector<DscMoment> moments) {
  return {reader, caseId, "A", "liver", std::move(moments)};
}

/// R1 edited C1 twice and C2 once and left C3 alone; R2 left all as they were. The spleen was left by both.
StudyResults threeCases() {
  SmallStudy study;
  study.add("R1", "C1", "liver", 0.5, 0.9);
  study.add("R1", "C2", "liver", 0.6, 0.8);
  study.add("R1", "C3", "liver", 0.7, 0.7);
  for (const char* name : {"C1", "C2", "C3"}) {
    study.add("R1", name, "spleen", 0.9, 0.9);
    study.add("R2", name, "spleen", 0.9, 0.9);
  }
  study.add("R2", "C1", "liver", 0.5, 0.5);
  study.results.courses = {course("R1", "C1", {{0, 0.5}, {60, 0.7}, {120, 0.9}}),
                           course("R1", "C2", {{0, 0.6}, {60, 0.8}})};
  return study.results;
}

void expectMoments(const std::vector<DscMoment>& moments, const std::vector<DscMoment>& wanted) {
  ASSERT_EQ(moments.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_DOUBLE_EQ(moments[i].activeS, wanted[i].activeS) << i;
    EXPECT_DOUBLE_EQ(moments[i].dsc, wanted[i].dsc) << i;
  }
}

TEST(StudyCourses, AMeanKeepsTheLastDscOfEachCase) {
  const std::vector<DscCourse> two = {course("R1", "C1", {{0, 0.5}, {60, 0.7}, {120, 0.9}}),
                                      course("R1", "C2", {{0, 0.6}, {90, 0.8}})};
  expectMoments(meanOfCourses(two), {{0, 0.55}, {60, 0.65}, {90, 0.75}, {120, 0.85}});
  EXPECT_TRUE(meanOfCourses({}).empty());
}

TEST(StudyCourses, GoFromTheMeanOfTheStartsToTheMeanAfterRevision) {
  const StudyFindings findings = analyse(threeCases());
  const MeanCourse* mean = findings.findCourse("A", "R1", "liver");
  ASSERT_NE(mean, nullptr);
  EXPECT_EQ(mean->cases, 3);
  EXPECT_EQ(mean->edited, 2);
  // (.5 + .6 + .7) / 3, (.7 + .8 + .7) / 3 and (.9 + .8 + .7) / 3
  expectMoments(mean->moments, {{0, 0.6}, {60, 2.2 / 3}, {120, 0.8}});
  EXPECT_DOUBLE_EQ(mean->moments.back().dsc, findings.find("A", "R1", "liver")->after->mean);
}

TEST(StudyCourses, AReaderWhoEditedNothingStaysAtTheStart) {
  const StudyFindings findings = analyse(threeCases());
  const MeanCourse* mean = findings.findCourse("A", "R2", "liver");
  ASSERT_NE(mean, nullptr);
  EXPECT_EQ(mean->edited, 0);
  expectMoments(mean->moments, {{0, 0.5}});
  EXPECT_EQ(findings.findCourse("A", kAllReaders, "liver")->cases, 4);
  EXPECT_EQ(findings.findCourse("A", "R1", "spleen"), nullptr);  // nobody edited it
}

TEST(StudyCourses, AnOrganThatTheReferenceLacksIsLeftOut) {
  StudyResults results = threeCases();
  results.rows.front().before = results.rows.front().after = SmallStudy::metrics(0, "truth");
  const auto means = meanCourses(results);
  ASSERT_FALSE(means.empty());
  EXPECT_EQ(means.front().cases, 2);
  expectMoments(means.front().moments, {{0, 0.65}, {60, 0.75}});
}

TEST(StudyCourses, TheTableHasALineAMoment) {
  const std::vector<DscCourse> one = {course("R1", "C1", {{0, 0.5}, {60.25, 0.75}})};
  EXPECT_EQ(coursesCsv(one), "reader,case,arm,organ,active_s,dsc\nR1,C1,A,liver,0,0.5\nR1,C1,A,liver,60.25,0.75\n");
}

}  // namespace
}  // namespace recontour
