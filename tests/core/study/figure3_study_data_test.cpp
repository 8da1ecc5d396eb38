// WORD's user study through the whole pipeline: every fourth voxel of the rows and columns of real label maps.
#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

#include "tests/core/study/figure3_recovery.h"
#include "tests/core/study/figure3_study.h"
#include "tests/data/reference_data.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

struct Quiet final : ProgressSink {
  void progress(std::string_view, int, int, double) override {}
};

void expectPrintedFigures(const StudyResults& results) {
  const Figure3Recovery recovery = recoveredFigure3(results);
  ASSERT_EQ(recovery.organs.size(), 16U);
  for (const RecoveredOrgan& organ : recovery.organs)
    for (const Description& found : organ.found) EXPECT_EQ(found.n, 20);
  std::printf("64 means within %.5f, SDs within %.5f\n", recovery.largestMean, recovery.largestSd);
  EXPECT_LT(recovery.largestMean, 0.01);
  EXPECT_LT(recovery.largestSd, 0.02);
}

/// 0019 and 0033 are two scans of one patient.
void expectPatientFlagged(const StudyResults& results) {
  std::vector<std::string> names;
  for (const StudyCase& one : results.protocol.cases) {
    const auto same = std::ranges::count(results.protocol.cases, one.patientGroup, &StudyCase::patientGroup);
    if (same > 1) names.push_back(one.name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"word_0019", "word_0033"}));
  EXPECT_EQ(std::ranges::count(results.flags, "same_patient", &StudyFlag::kind), 1);
}

/// By the printed bars all three left the spleen as it was, and all worked on the duodenum.
void expectEdited(const StudyResults& results) {
  for (const StudyRow& row : results.rows) {
    if (row.organ != "spleen" && row.organ != "duodenum") continue;
    EXPECT_EQ(row.edited, row.organ == "duodenum") << row.reader;
  }
}

void expectTimesThatSumUp(const StudyResults& results) {
  ASSERT_EQ(results.sessions.size(), 60U);
  for (const StudySession& session : results.sessions) {
    double sum = 0;
    for (const auto& [organ, seconds] : session.organActiveS) sum += seconds;
    EXPECT_NEAR(sum, session.activeS, 1e-6);
    EXPECT_GE(session.activeS, 20);
    EXPECT_FALSE(session.interrupted);
  }
}

TEST(Figure3Study, IsRecoveredThroughPackagesStoreAndFigures) {
  REQUIRE_REFERENCE_DATA();
  const TemporaryFolder folder;
  Figure3Request request;
  request.folder = folder / "figure3";
  request.step = 4;
  request.truths = wordMaps();
  Quiet quiet;
  const StudyResults results = runFigure3Study(request, quiet);
  expectPrintedFigures(results);
  expectPatientFlagged(results);
  expectEdited(results);
  expectTimesThatSumUp(results);
  ASSERT_EQ(results.agreement.size(), 20U * 16U);
  for (const ReaderAgreement& one : results.agreement) EXPECT_TRUE(one.commonStart);
}

}  // namespace
}  // namespace recontour
