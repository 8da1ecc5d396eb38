#include "core/study/study_analysis.h"

#include <gtest/gtest.h>

#include "tests/data/small_study.h"

namespace recontour {
namespace {

std::string caseName(int number) { return "C" + std::to_string(10 + number); }

/// Ten cases with changes whose exact p is known.
SmallStudy tenCases() {
  SmallStudy study;
  const double changes[] = {.08, .01, .05, -.02, .06, .12, -.03, .07, .13, .04};
  for (int i = 0; i < 10; ++i) study.add("R1", caseName(i), "liver", 0.5, 0.5 + changes[i]);
  return study;
}

TEST(StudyAnalysis, TestsTheChangeOfEachCase) {
  const StudyFindings findings = analyse(tenCases().results);
  const OrganOutcome* liver = findings.find("A", "R1", "liver");
  ASSERT_NE(liver, nullptr);
  EXPECT_EQ(liver->improved, 8);
  EXPECT_EQ(liver->worse, 2);
  EXPECT_EQ(liver->edited, 10);
  EXPECT_EQ(liver->test.wilcoxon.statistic(), 5);
  EXPECT_DOUBLE_EQ(*liver->test.p, 0.01953125);
  EXPECT_DOUBLE_EQ(*liver->test.holmP, 0.01953125);  // the only organ
  EXPECT_NEAR(liver->change->mean, 0.051, 1e-12);
  EXPECT_NEAR(liver->test.mean->estimate, 0.051, 1e-12);
  EXPECT_TRUE(liver->test.mean->interval().contains(0.051));
  EXPECT_TRUE(liver->test.canBeSignificant);
}

TEST(StudyAnalysis, MissingIsNotZeroButInTheReproductionOfWordsRule) {
  SmallStudy study;
  study.add("R1", "C1", "liver", 0.8, 0.9);
  study.add("R1", "C2", "liver", 0.6, 0.7);
  study.add("R1", "C3", "liver", 0.4, 0).after = SmallStudy::metrics(0, "prediction");
  const StudyFindings findings = analyse(study.results);
  const OrganOutcome& liver = *findings.find("A", "R1", "liver");
  EXPECT_EQ(liver.after->n, 2);
  EXPECT_DOUBLE_EQ(liver.after->mean, 0.8);
  EXPECT_DOUBLE_EQ(liver.before->mean, 0.6);
  EXPECT_EQ(liver.change->n, 2);
  EXPECT_EQ(liver.missingAfter, 1);
  EXPECT_EQ(liver.missingBefore, 0);
  const ReproductionOutcome& byRule = findings.reproduction.back();
  EXPECT_EQ(byRule.reader, "R1");
  EXPECT_EQ(byRule.absent, 1);
  EXPECT_NEAR(byRule.dsc->mean, (0.9 + 0.7 + 0) / 3, 1e-15);
  EXPECT_EQ(byRule.hd95Mm->max, 50);
}

TEST(StudyAnalysis, PracticePlantedRepeatedAndExcludedReadingsDoNotCount) {
  SmallStudy study;
  study.add("R1", "C1", "liver", 0.8, 0.9);
  study.add("R1", "C2", "liver", 0.1, 0.1).practice = true;
  study.add("R1", "C3", "liver", 0.1, 0.1).planted = true;
  study.add("R1", "C1", "liver", 0.8, 0.85).repeat = 1;
  study.add("R1", "C4", "liver", 0.1, 0.1);
  study.session("R1", "C1", StudySession::State::Accepted);
  study.session("R1", "C2", StudySession::State::Accepted).task.practice = true;
  study.session("R1", "C4", StudySession::State::Excluded).excludedReason = "wrong patient";
  const StudyFindings findings = analyse(study.results);
  EXPECT_EQ(findings.find("A", "R1", "liver")->readings, 1);
  EXPECT_DOUBLE_EQ(findings.find("A", "R1", "liver")->after->mean, 0.9);
  EXPECT_EQ(findings.flow.accepted, 2);
  EXPECT_EQ(findings.flow.practice, 1);
  EXPECT_EQ(findings.flow.counted, 1);
  EXPECT_EQ(findings.flow.exclusions[0], (std::pair<std::string, std::string>{"R1, C4, arm A", "wrong patient"}));
  ASSERT_EQ(findings.repeats.size(), 1U);
  EXPECT_NEAR(findings.repeats[0].dsc->mean, -0.05, 1e-12);
}

TEST(StudyAnalysis, CasesOfOnePatientAreOneUnitOfATest) {
  SmallStudy study;
  study.add("R1", "C1", "liver", 0.5, 0.6).patientGroup = "P1";
  study.add("R1", "C2", "liver", 0.5, 0.8).patientGroup = "P1";
  study.add("R1", "C3", "liver", 0.5, 0.9).patientGroup = "P2";
  const OrganOutcome liver = *analyse(study.results).find("A", "R1", "liver");
  EXPECT_EQ(liver.change->n, 3);
  EXPECT_EQ(liver.test.wilcoxon.n, 2);  // changes of 0.2 and 0.4
  EXPECT_DOUBLE_EQ(liver.test.shift->estimate, 0.3);
  EXPECT_FALSE(liver.test.canBeSignificant);  // 2 to the power of -1 is above 0.05
}

TEST(StudyAnalysis, InterruptedReadingsCountForDscButNotForTime) {
  SmallStudy study;
  study.add("R1", "C1", "liver", 0.8, 0.9).activeS = {10, 20, 30, 40};
  study.add("R1", "C1", "review", 0, 0).activeS = {1, 2, 3, 4};
  study.add("R1", "C2", "liver", 0.8, 0.9).interrupted = true;
  const StudyFindings findings = analyse(study.results);
  EXPECT_EQ(findings.find("A", "R1", "liver")->after->n, 2);
  EXPECT_EQ(findings.findTime("A", "R1", "liver")->activeS[1]->n, 1);
  EXPECT_EQ(findings.findTime("A", "R1", "review")->activeS[3]->mean, 4);
  EXPECT_EQ(findings.findTime("A", "R1", kWholeCase)->activeS[1]->mean, 22);
}

TEST(StudyAnalysis, TheMeanOverReadersHasCasesOfAllReaders) {
  SmallStudy study;
  study.add("R1", "C1", "liver", 0.5, 0.6);
  study.add("R2", "C1", "liver", 0.5, 0.8);
  study.add("R1", "C2", "liver", 0.5, 0.5);
  const StudyFindings findings = analyse(study.results);
  const OrganOutcome* mean = findings.find("A", kAllReaders, "liver");
  ASSERT_NE(mean, nullptr);
  EXPECT_EQ(mean->change->n, 1);
  EXPECT_NEAR(mean->change->mean, 0.2, 1e-12);
  EXPECT_EQ(mean->readings, 3);
  EXPECT_EQ(mean->edited, 2);
  EXPECT_FALSE(mean->editedPart.has_value());
  EXPECT_EQ(findings.findStart("A", "liver")->cases, 2);
}

TEST(StudyAnalysis, HolmTakesTheOrgansOfOneReaderTogether) {
  SmallStudy study = tenCases();
  for (int i = 0; i < 10; ++i) study.add("R1", caseName(i), "spleen", 0.5, 0.5 + 0.01 * (i + 1));
  const StudyFindings findings = analyse(study.results);
  EXPECT_DOUBLE_EQ(*findings.find("A", "R1", "spleen")->test.holmP, 2 * 2.0 / 1024);
  EXPECT_DOUBLE_EQ(*findings.find("A", "R1", "liver")->test.holmP, 0.01953125);
  EXPECT_FALSE(findings.find("A", "R1", kAllOrgans)->test.holmP.has_value());
}

TEST(StudyAnalysis, ComparesArmsByCaseAndReader) {
  SmallStudy study;
  for (const std::string reader : {"R1", "R2"}) {
    for (const std::string name : {"C1", "C2", "C3"}) {
      study.add(reader, name, "liver", 0.5, 0.9, "A").activeS = {30, 30, 30, 30};
      study.add(reader, name, "liver", 0.5, 0.8, "B").activeS = {60, 60, 60, 60};
    }
  }
  const StudyFindings findings = analyse(study.results);
  ASSERT_EQ(findings.comparisons.size(), 2U);  // liver, all organs
  const ArmComparison& all = findings.comparisons.back();
  EXPECT_EQ(all.pairs, 6);
  EXPECT_NEAR(all.dsc.mean->estimate, 0.1, 1e-12);
  EXPECT_NEAR(all.time->ratio, 0.5, 1e-12);
  ASSERT_EQ(findings.primary.size(), 1U);
  EXPECT_TRUE(findings.primary[0].nonInferiority->nonInferior);
  EXPECT_EQ(findings.primary[0].nonInferiority->n, 3);
}

TEST(StudyAnalysis, ACrossoverTellsTheArmFromThePeriod) {
  SmallStudy study;
  study.results.protocol.design.preset = "crossover";
  const double armEffect = 0.1, periodEffect = 0.02;
  for (const std::string reader : {"R1", "R2"}) {
    for (int i = 0; i < 3; ++i) {
      const int periodOfA = reader == "R1" ? 1 : 2, periodOfB = 3 - periodOfA;
      const double base = 0.5 + 0.1 * i;
      StudyRow& a =
          study.add(reader, caseName(i), "liver", 0.4, base + armEffect + periodEffect * (periodOfA - 1), "A");
      a.period = periodOfA;
      a.activeS = {30, 30, 30, 30};
      StudyRow& b = study.add(reader, caseName(i), "liver", 0.4, base + periodEffect * (periodOfB - 1), "B");
      b.period = periodOfB;
      b.activeS = {90, 90, 90, 90};
    }
  }
  const StudyFindings findings = analyse(study.results);
  const ArmComparison& all = findings.comparisons.back();
  ASSERT_TRUE(all.crossoverDsc.has_value());
  EXPECT_EQ(all.crossoverDsc->nAb, 3);
  EXPECT_EQ(all.crossoverDsc->nBa, 3);
  EXPECT_NEAR(all.crossoverDsc->treatment.estimate, armEffect, 1e-12);
  EXPECT_NEAR(all.crossoverDsc->period.estimate, periodEffect, 1e-12);
  ASSERT_TRUE(all.crossoverTime.has_value());
  EXPECT_NEAR(backTransformed(all.crossoverTime->treatment).ratio, 1.0 / 3, 1e-12);
}

TEST(StudyAnalysis, CountsFoundErrorsAndAgreement) {
  SmallStudy study;
  study.add("R1", "C1", "liver", 0.8, 0.9);
  study.add("R2", "C1", "liver", 0.8, 0.9);
  study.results.foundErrors = {{"R1", "C9", "A", "shift", "liver", 100, 50},
                               {"R1", "C9", "A", "spill", "liver", 10, 4}};
  ReaderAgreement agreement;
  agreement.caseId = "C1";
  agreement.organ = "liver";
  agreement.arm = "A";
  agreement.pairs[{"R1", "R2"}] = 0.9;
  agreement.generalised = 0.8;
  study.results.agreement = {agreement};
  const StudyFindings findings = analyse(study.results);
  ASSERT_EQ(findings.vigilance.size(), 1U);
  EXPECT_EQ(findings.vigilance[0].planted, 2);
  EXPECT_EQ(findings.vigilance[0].found, 1);
  ASSERT_EQ(findings.agreement.size(), 1U);
  EXPECT_EQ(findings.agreement[0].pairwise->mean, 0.9);
  EXPECT_TRUE(findings.agreement[0].commonStart);
  EXPECT_FALSE(findings.agreement[0].toStaple.has_value());
}

TEST(StudyAnalysis, CaseChangesAreThoseBehindTheMean) {
  const auto changes = caseChanges(tenCases().results, "A", "R1", "liver");
  ASSERT_EQ(changes.size(), 10U);
  EXPECT_EQ(changes[3].caseId, "C13");
  EXPECT_EQ(changes[3].change(), -0.02);
  EXPECT_TRUE(changes[3].edited);
}

}  // namespace
}  // namespace recontour
