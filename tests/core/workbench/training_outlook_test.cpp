#include "core/workbench/training_outlook.h"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "core/io/label_file.h"
#include "tests/core/workbench/fake_trainer.h"
#include "tests/data/small_case.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// A folder with the small case as "one" with a stroke of the liver, as "two" with dense labels alone, and as "three"
/// with strokes that cannot be read.
class TrainingOutlooks : public testing::Test {
 protected:
  TrainingOutlooks() {
    const Case small = smallCase();
    for (const char* part : {"imagesTr", "scribblesTr", "labelsTr"}) fs::create_directories(folder / part);
    for (const char* name : {"one.nii.gz", "two.nii.gz", "three.nii.gz"})
      writeVolumeFile(folder / "imagesTr" / name, small.volume, small.geometry, "test");
    const auto& size = small.geometry.size;
    const auto voxels =
        static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y) * static_cast<std::size_t>(size.z);
    std::vector<Label> strokes(voxels, 255);
    strokes[5] = 1;
    writeLabelFile(folder / "scribblesTr" / "one.nii.gz", LabelMap::fromDense(size, strokes), small.geometry);
    writeLabelFile(folder / "labelsTr" / "two.nii.gz", LabelMap::fromDense(size, std::vector<Label>(voxels, 1)),
                   small.geometry);
    std::ofstream(folder / "scribblesTr" / "three.nii.gz") << "no map";
  }
  TemporaryFolder folder;
};

TEST_F(TrainingOutlooks, TellWhatEachCaseHasAndWhatIsWrongWithIt) {
  const auto cases = caseOutlooks(folder.path(), OrganTable::named("word"), {});
  ASSERT_EQ(cases.size(), 3U);
  const CaseOutlook &one = cases[0], &three = cases[1], &two = cases[2];  // by name
  EXPECT_EQ(one.name, "one");
  EXPECT_EQ(one.organs, 1);
  EXPECT_FALSE(one.background);
  EXPECT_FALSE(one.dense);
  ASSERT_FALSE(one.problems.empty());
  EXPECT_NE(one.problems[0].find("no stroke in the background"), std::string::npos);
  EXPECT_EQ(three.name, "three");
  ASSERT_EQ(three.problems.size(), 1U);
  EXPECT_NE(three.problems[0].find("three.nii.gz"), std::string::npos);
  EXPECT_EQ(two.name, "two");
  EXPECT_TRUE(two.dense);
  EXPECT_EQ(two.organs, 0);
  EXPECT_TRUE(two.problems.empty());
}

TEST_F(TrainingOutlooks, StopEndsTheLook) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(caseOutlooks(folder.path(), OrganTable::named("word"), stop.get_token()).empty());
}

TEST_F(TrainingOutlooks, TellHowAJobSharesCasesOutOrWhyItCannotStart) {
  FakeTrainer trainer;
  const auto outlook = trainingOutlook({{}, folder.path(), {}, folder / "model"}, trainer);
  EXPECT_EQ(outlook.heldBack, (std::map<std::string, bool>{{"one", false}, {"two", true}}));
  EXPECT_TRUE(outlook.problem.empty());
  EXPECT_FALSE(outlook.modelThere);
  EXPECT_TRUE(trainingOutlook({{}, folder.path(), {}, folder.path()}, trainer).modelThere);
  EXPECT_NE(trainingOutlook({{}, "nowhere", {}, {}}, trainer).problem.find("does not exist"), std::string::npos);
}

}  // namespace
}  // namespace recontour
