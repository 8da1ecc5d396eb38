// Errors planted into a start map: who finds them, and that they are in no endpoint.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/io/label_file.h"
#include "core/study/study_analysis.h"
#include "core/study/study_evaluation.h"
#include "tests/core/study/scripted_study.h"

namespace recontour {
namespace {

struct Quiet final : ProgressSink {
  void progress(std::string_view, int, int, double) override {}
};

constexpr Label kSpleen = 2;

/// The spleen of the start map lay in slice 2; this many of its 12 rows are drawn again.
void drawSpleen(Session& session, int rows) {
  const auto edit = session.begin("scripted");
  for (int y = 0; y < rows; ++y) edit->paintRow(y, 2, 0, 11, kSpleen);
  edit->commit();
}

class StudyPlant : public testing::Test {
 protected:
  StudyResults readBy(int rowsOfR1, int rowsOfR2) {
    made = plant(trial.study(), {"C01", "A", "organ_missing", "spleen", "", 5, 1});
    trial.study().freeze("test");
    for (const std::string reader : {"R1", "R2"}) {
      const ReaderPackage package = trial.give(reader);
      const int rows = reader == "R1" ? rowsOfR1 : rowsOfR2;
      trial.readAll(package, [&](Session& session) { drawSpleen(session, rows); });
      EXPECT_TRUE(mergeReturn(trial.study(), trial.taken(package)).refused.empty());
    }
    trial.study().close("test");
    Quiet quiet;
    evaluateStudy(trial.study(), quiet, {});
    return gatherResults(trial.study());
  }
  ScriptedStudy trial;
  PlantedError made;
};

TEST_F(StudyPlant, IsFoundWhereHalfOfItsVoxelsWereCorrected) {
  const StudyResults results = readBy(6, 5);
  EXPECT_EQ(made.voxels, 144);
  EXPECT_DOUBLE_EQ(made.ml, 144 * 2 * 2 * 5 / 1000.0);
  ASSERT_EQ(results.foundErrors.size(), 2U);
  for (const FoundError& one : results.foundErrors) {
    EXPECT_EQ(one.voxels, 144);
    // The reference has the first six rows alone, but what was there before planting is no error either.
    EXPECT_EQ(one.corrected, one.reader == "R1" ? 72 : 60);
    EXPECT_EQ(one.found(), one.reader == "R1");
  }
}

TEST_F(StudyPlant, IsOutsideOfDscAndTime) {
  const StudyResults results = readBy(6, 6);
  for (const StudyRow& row : results.rows) EXPECT_EQ(row.planted, row.caseId == "C01");
  const StudyFindings findings = analyse(results);
  EXPECT_EQ(findings.find("A", "R1", "spleen")->readings, 1) << "of two cases";
  ASSERT_EQ(findings.vigilance.size() > 0, true);
}

TEST_F(StudyPlant, TheStartMapThatReadersGetHasIt) {
  readBy(0, 0);
  const StudyStart* start = trial.study().protocol().findStart("C01", "A");
  const LabelMap map = readLabelFile(trial.study().startOf("C01", "A")).labels;
  EXPECT_EQ(labelMapHash(map), start->labelsHash);
  EXPECT_EQ(labelCounts(map)[kSpleen], 0);
  EXPECT_EQ(labelCounts(readLabelFile(trial.study().unplantedOf("C01", "A")).labels)[kSpleen], 144);
}

TEST_F(StudyPlant, ASecondErrorMayNotLieOverTheFirst) {
  plant(trial.study(), {"C01", "A", "organ_missing", "spleen", "", 5, 1});
  EXPECT_THROW(plant(trial.study(), {"C01", "A", "organ_missing", "spleen", "", 5, 1}), Error);
  EXPECT_EQ(trial.study().protocol().planted.size(), 1U);
  plant(trial.study(), {"C01", "A", "organ_missing", "liver", "", 5, 1});
  EXPECT_EQ(trial.study().protocol().planted.size(), 2U);
}

TEST_F(StudyPlant, IsForgottenWhenTheStartMapIsBroughtInAgain) {
  const LabelImage start = readLabelFile(trial.study().startOf("C01", "A"));
  plant(trial.study(), {"C01", "A", "organ_missing", "spleen", "", 5, 1});
  importStart(trial.study(), "C01", "A", start);
  EXPECT_TRUE(trial.study().protocol().planted.empty());
  EXPECT_FALSE(std::filesystem::exists(trial.study().plantOf("C01", "A")));
  EXPECT_FALSE(std::filesystem::exists(trial.study().unplantedOf("C01", "A")));
}

TEST_F(StudyPlant, IsRefusedWhereTheStartMapWasChanged) {
  LabelImage start = readLabelFile(trial.study().startOf("C01", "A"));
  start.labels.writeRow(0, 0, 0, std::vector<Label>(12, 1));
  writeLabelFile(trial.study().startOf("C01", "A"), start.labels, start.geometry);
  EXPECT_THROW(plant(trial.study(), {"C01", "A", "organ_missing", "spleen", "", 5, 1}), Error);
  EXPECT_TRUE(trial.study().protocol().planted.empty());
  EXPECT_FALSE(std::filesystem::exists(trial.study().plantOf("C01", "A")));
}

TEST_F(StudyPlant, OfAnAcceptedPracticeCaseIsNotCountedAsFound) {
  trial.study().edit([](StudyProtocol& protocol) { protocol.cases.front().practice = true; });
  EXPECT_TRUE(readBy(12, 12).foundErrors.empty());
}

TEST_F(StudyPlant, ADroppedCaseLeavesNoFiles) {
  for (const char* id : {"C01", "C02"}) plant(trial.study(), {id, "A", "organ_missing", "spleen", "", 5, 1});
  selectCases(trial.study(), 1, 3);
  const std::string kept = trial.study().protocol().cases.front().id, dropped = kept == "C01" ? "C02" : "C01";
  const CoordinatorStudy& study = trial.study();
  for (const auto& file : {study.imageOf(dropped), study.truthOf(dropped), study.startOf(dropped, "A"),
                           study.plantOf(dropped, "A"), study.unplantedOf(dropped, "A")})
    EXPECT_FALSE(std::filesystem::exists(file)) << file;
  EXPECT_TRUE(std::filesystem::exists(study.startOf(kept, "A")));
}

}  // namespace
}  // namespace recontour
