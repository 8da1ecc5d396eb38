#include "models/training/label_map_training.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/image/job_files.h"
#include "core/image/organ_table.h"
#include "tests/models/training/sample_abdomen.h"

namespace recontour {
namespace {

/// A job folder with the label map of one case.
class LabelMapTraining : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "label-maps-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    for (Label label = 1; label <= word::kLast; ++label)
      request_.organs.labels[std::string(word::kKeys[label])] = label;
    request_.patch = {48, 40, 16};
    request_.normalization = {Normalization::Type::Affine, true, -250, 350, 50, 150};
    add("learned", SampleAbdomen::whole().map());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void add(const std::string& name, const LabelMap& map) {
    TrainingCaseFiles files;
    files.name = name;
    files.geometry.size = map.size();
    files.geometry.spacing = {3, 3, 3};
    files.dense = folder_ / (name + ".raw");
    files.denseSha256 = writeLabels(*files.dense, map);
    request_.cases.push_back(files);
  }
  std::string messageOfSource() const {
    try {
      makeLabelMapSource(request_, 1);
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }
  std::filesystem::path folder_;
  TrainingRequest request_;
};

TEST(WordOrgans, AreThoseOfTheOrganTable) {
  const OrganTable table = OrganTable::named("word");
  ASSERT_EQ(table.organs().size(), std::size_t{word::kLast});
  for (const Organ& organ : table.organs()) EXPECT_EQ(word::kKeys[organ.label], organ.key);
}

TEST_F(LabelMapTraining, DrawsPatchesOfCasesThatAreLearnedFrom) {
  add("held back", LabelMap({10, 10, 10}));  // would be refused
  request_.cases.back().heldBack = true;
  const auto source = makeLabelMapSource(request_, 1), again = makeLabelMapSource(request_, 1);
  EXPECT_EQ(source->size(), request_.patch);
  EXPECT_EQ(source->draw(5).image, again->draw(5).image);
}

TEST_F(LabelMapTraining, SaysWhichCaseCannotBeUsed) {
  add("empty", LabelMap({10, 10, 10}));
  EXPECT_NE(messageOfSource().find("the case 'empty': the label map has no organ"), std::string::npos);
  request_.cases.back().dense.reset();
  EXPECT_NE(messageOfSource().find("the case 'empty' has no dense labels"), std::string::npos);
}

TEST_F(LabelMapTraining, NeedsWordsOrgansAnd3Mm) {
  request_.spacingMm = {3, 3, 5};
  EXPECT_NE(messageOfSource().find("needs a grid of 3 mm"), std::string::npos);
  request_.spacingMm = {3, 3, 3};
  std::swap(request_.organs.labels["liver"], request_.organs.labels["spleen"]);
  EXPECT_NE(messageOfSource().find("needs WORD's 16 organs"), std::string::npos);
}

TEST_F(LabelMapTraining, MakesAWholeCaseToScoreOn) {
  const LabelMap map = SampleAbdomen::whole().map();
  const TrainingVolume volume = makeSyntheticVolume("held back", map, request_.cases[0].geometry, ContrastPhase::Venous,
                                                    request_.normalization, 3);
  const std::size_t count = voxelCount(volume.grid.size);
  ASSERT_EQ(volume.image.size(), count);
  ASSERT_EQ(volume.dense.size(), count);
  EXPECT_EQ(volume.padValue, -2.0f);  // (-250 - 50) / 150
  double liver = 0, voxels = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (volume.dense[i] != word::kLiver) continue;
    liver += 50 + 150 * static_cast<double>(volume.image[i]);
    voxels += 1;
  }
  ASSERT_GT(voxels, 1000);
  EXPECT_NEAR(liver / voxels, 105, 60);  // HU; a fatty liver is less
}

}  // namespace
}  // namespace recontour
