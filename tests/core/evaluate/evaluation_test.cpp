#include "core/evaluate/evaluation.h"

#include <fstream>

#include <gtest/gtest.h>

#include "core/io/label_file.h"
#include "tests/core/metrics/label_maps.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kUnknown = 99;

class EvaluationTest : public testing::Test {
 protected:
  EvaluationTest() {
    for (const char* name : {"truth", "judged"}) std::filesystem::create_directory(folder_ / name);
    request.truth = folder_ / "truth";
    request.prediction = folder_ / "judged";
    request.organs = OrganTable::named("word");
    geometry.size = {12, 10, 8};
  }
  /// A liver of 6 x 6 x `slices` voxels.
  LabelMap liver(int slices) const { return mapWithBox(geometry.size, {{2, 2, 1}, {8, 8, 1 + slices}}, kLiver); }
  void write(const std::filesystem::path& folder, const char* name, const LabelMap& map) const {
    writeLabelFile(folder / name, map, geometry);
  }
  Evaluation run() const {
    NoProgress progress;
    return evaluate(request, progress, {});
  }
  EvaluationRequest request;
  Geometry geometry;

 private:
  TemporaryFolder folder_;
};

TEST_F(EvaluationTest, RowsOfAllCasesAndTheirSummary) {
  write(request.truth, "a.nii.gz", liver(2));
  write(request.truth, "b.nii.gz", liver(2));
  write(request.prediction, "a.nii.gz", liver(2));
  write(request.prediction, "b.nii.gz", liver(4));
  const Evaluation result = run();
  ASSERT_EQ(result.rows.size(), 32u);
  EXPECT_EQ(result.rows[0].metrics.dsc, 1);
  EXPECT_DOUBLE_EQ(result.rows[16].metrics.dsc.value(), 2 * 2.0 / 6);
  EXPECT_EQ(result.rows[16].caseName, "b");
  EXPECT_DOUBLE_EQ(result.summary[0].mean.value(), (1 + 2.0 / 3) / 2);
  EXPECT_EQ(result.summary[0].n, 2);
  EXPECT_EQ(result.summary[1].missing, 2) << "no spleen anywhere";
}

TEST_F(EvaluationTest, ACaseThatCannotBeReadIsToldAndLeftOut) {
  for (const char* name : {"a.nii.gz", "b.nii.gz"}) write(request.truth, name, liver(2));
  write(request.prediction, "b.nii.gz", liver(2));
  std::ofstream(request.prediction / "a.nii.gz") << "no label map";
  const Evaluation result = run();
  EXPECT_EQ(result.rows.size(), 16u);
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_NE(std::string(result.errors[0].what()).find("a.nii.gz"), std::string::npos);
}

TEST_F(EvaluationTest, AnotherGridIsRefused) {
  write(request.truth, "a.nii.gz", liver(2));
  geometry.origin.x = 5;
  write(request.prediction, "a.nii.gz", liver(2));
  EXPECT_THROW(run(), Error);
}

TEST_F(EvaluationTest, LabelsThatTheTableLacksAreTold) {
  write(request.truth, "a.nii.gz", liver(2));
  LabelMap odd = liver(2);
  odd.writeRow(0, 0, 0, std::vector<Label>{kUnknown});
  write(request.prediction, "a.nii.gz", odd);
  const Evaluation result = run();
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_NE(result.warnings[0].find("99"), std::string::npos);
}

TEST_F(EvaluationTest, PathsAreThoseOfThePatientsAxialSlicesWhateverTheArraysOrder) {
  geometry.direction = {1, 0, 0, 0, 0, 1, 0, -1, 0};  // the array's z runs to the back: a coronal scan
  write(request.truth, "a.nii.gz", liver(4));
  write(request.prediction, "a.nii.gz", liver(2));
  request.metrics = {"apl"};
  // Axial slices lie across the array's y: 6 of 6 x 4 voxels, whose contour gains two rows of 6 less what is inside
  // them: rows 2 and 3 of 4; row 2 has only its ends on the contour, row 3 all.
  EXPECT_EQ(run().rows[0].metrics.path->voxels, 6 * (2 + 6));
}

TEST_F(EvaluationTest, StopsWhenAsked) {
  write(request.truth, "a.nii.gz", liver(2));
  write(request.prediction, "a.nii.gz", liver(2));
  std::stop_source stop;
  stop.request_stop();
  NoProgress progress;
  EXPECT_THROW(evaluate(request, progress, stop.get_token()), Error);
}

}  // namespace
}  // namespace recontour
