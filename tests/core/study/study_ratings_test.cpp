#include "core/study/study_ratings.h"

#include <gtest/gtest.h>

#include "core/study/study_outcomes.h"
#include "tests/data/small_study.h"

namespace recontour {
namespace {

const std::vector<std::string> kFive = {"unusable", "major edits", "minor edits", "style", "as it is"};

/// Three cases by R1 and R2: the contours of the whole case before, of organs after, and a remark.
StudyResults rated() {
  SmallStudy study;
  study.add("R1", "C1", "liver", 0.8, 0.9);
  study.add("R2", "C1", "spleen", 0.8, 0.9);
  study.results.protocol.ratings = {{"acceptability", "How good?", kFive, true, false, false},
                                    {"organs", "And each organ?", kFive, false, true, true},
                                    {"remark", "Anything else?", {}, false, true, false}};
  const char* const scores[2][3] = {{"4", "5", "3"}, {"4", "4", "3"}};
  for (int reader = 0; reader < 2; ++reader) {
    for (int i = 0; i < 3; ++i) {
      const std::string name = "C" + std::to_string(i + 1);
      StudySession& made = study.session("R" + std::to_string(reader + 1), name, StudySession::State::Accepted);
      made.ratings["before.acceptability"] = scores[reader][i];
    }
  }
  study.results.sessions[0].ratings["after.organs.liver"] = "5";
  study.results.sessions[0].ratings["after.organs.spleen"] = "2";
  study.results.sessions[3].ratings["after.remark"] = "a stent, \"new\"";
  return study.results;
}

const RatingOutcome& outcome(const RatingFindings& findings, const RatingSubject& of, const std::string& reader) {
  for (const RatingOutcome& each : findings.scores)
    if (each.of == of && each.reader == reader) return each;
  throw std::runtime_error("no such ratings");
}

const RatingSubject kBefore = {"A", "before", "acceptability", ""};

TEST(StudyRatings, AreCountedByQuestionAndReader) {
  const RatingFindings findings = ratingFindings(rated());
  const RatingOutcome& first = outcome(findings, kBefore, "R1");
  EXPECT_EQ(first.counts, (std::vector<int>{0, 0, 1, 1, 1}));
  EXPECT_EQ(first.scores->n, 3);
  EXPECT_EQ(first.scores->median, 4);
  EXPECT_DOUBLE_EQ(*first.topTwo(), 2.0 / 3);
  EXPECT_EQ(outcome(findings, kBefore, kAllReaders).counts, (std::vector<int>{0, 0, 2, 3, 1}));
}

TEST(StudyRatings, OfOrgansAreCountedByOrganAndOverAll) {
  const RatingFindings findings = ratingFindings(rated());
  EXPECT_EQ(outcome(findings, {"A", "after", "organs", "liver"}, "R1").counts, (std::vector<int>{0, 0, 0, 0, 1}));
  EXPECT_EQ(outcome(findings, {"A", "after", "organs", kAllOrgans}, "R1").counts, (std::vector<int>{0, 1, 0, 0, 1}));
}

TEST(StudyRatings, OfTwoReadersAgreeByWeightedKappa) {
  const RatingFindings findings = ratingFindings(rated());
  ASSERT_EQ(findings.agreement.size(), 1U);  // one reader alone rated organs
  EXPECT_EQ(findings.agreement[0].items, 3);
  // Mean square of differences 1/3; over all pairs of scores (1 + 6 + 2) / 9 = 1.
  EXPECT_NEAR(*findings.agreement[0].value, 1 - 1.0 / 3, 1e-12);
}

TEST(StudyRatings, OfThreeReadersAgreeByAlphaAndMayHaveGaps) {
  StudyResults results = rated();
  results.protocol.readers.emplace_back().id = "R3";
  StudySession third = results.sessions[0];
  third.task.reader = "R3";
  results.sessions.push_back(third);
  const RatingFindings findings = ratingFindings(results);
  EXPECT_EQ(findings.agreement[0].readers, 3);
  EXPECT_EQ(findings.agreement[0].items, 3);
  ASSERT_TRUE(findings.agreement[0].value.has_value());
  EXPECT_GT(*findings.agreement[0].value, 0.5);
}

TEST(StudyRatings, OfPracticePlantedRepeatedAndExcludedReadingsDoNotCount) {
  StudyResults results = rated();
  results.sessions[0].task.practice = true;
  results.sessions[1].task.planted = true;
  results.sessions[2].task.repeat = 1;
  results.sessions[3].state = StudySession::State::Excluded;
  const RatingFindings findings = ratingFindings(results);
  ASSERT_EQ(findings.scores.size(), 1U);
  EXPECT_EQ(findings.scores[0].reader, "R2");
  EXPECT_EQ(findings.scores[0].scores->n, 2);
  EXPECT_TRUE(findings.remarks.empty());
}

TEST(StudyRatings, AnswersInWordsAndOutOfScaleAreListed) {
  StudyResults results = rated();
  results.sessions[4].ratings["before.acceptability"] = "6";
  const RatingFindings findings = ratingFindings(results);
  ASSERT_EQ(findings.remarks.size(), 2U);
  EXPECT_EQ(findings.remarks[0].text, "a stent, \"new\"");
  EXPECT_EQ(findings.remarks[0].of.question, "remark");
  EXPECT_EQ(findings.remarks[1].text, "6");
}

TEST(StudyRatings, TheTableHasALineAnAnswer) {
  StudyResults results = rated();
  results.sessions[0].task.practice = true;
  const std::string csv = ratingsCsv(results.sessions, results.protocol);
  EXPECT_EQ(csv.substr(0, csv.find('\n')), "reader,case,arm,repeat,practice,planted,when,question,organ,answer");
  EXPECT_NE(csv.find("\nR1,C1,A,0,1,0,after,organs,liver,5\n"), std::string::npos);
  EXPECT_NE(csv.find("\nR2,C1,A,0,0,0,after,remark,,\"a stent, \"\"new\"\"\"\n"), std::string::npos);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 6 + 3);
}

}  // namespace
}  // namespace recontour
