#include "models/engine/trainer/training_volume.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/image/job_files.h"
#include "tests/models/trainer/sample_training.h"

namespace recontour {
namespace {

constexpr Label o = kIgnored;
const Size3 kSize{4, 4, 2};

/// HU of a voxel: its number times 10.
Volume countingVolume() {
  std::vector<std::int16_t> voxels;
  for (int i = 0; i < 32; ++i) voxels.push_back(static_cast<std::int16_t>(i * 10));
  return {kSize, std::move(voxels)};
}

Geometry ofMillimetres() {
  Geometry geometry;
  geometry.size = kSize;
  return geometry;
}

/// HU as they are.
Normalization plain() { return {}; }

// Two slices of 4 x 4; on the grid of 2 mm each block of 2 x 2 x 2 voxels becomes one voxel.
const std::vector<Label> kStrokes{1, 2, o, o,  //
                                  2, o, o, o,  //
                                  o, o, 2, 1,  //
                                  o, o, o, o,  //

                                  o, o, o, 0,  //
                                  o, o, o, o,  //
                                  o, o, o, o,  //
                                  o, o, o, o};

TEST(TrainingVolume, LetsTheVoxelsOfStrokesVote) {
  const LabelMap strokes = LabelMap::fromDense(kSize, kStrokes);
  const auto made =
      makeTrainingVolume("a", countingVolume(), ofMillimetres(), &strokes, nullptr, {2, 2, 2}, plain(), 1);
  EXPECT_EQ(made.grid.size, (Size3{2, 2, 1}));
  // Two of three are spleen; one voxel of background; none; a tie, where the lower label wins.
  EXPECT_EQ(made.strokes, (std::vector<Label>{2, 0, o, 1}));
  EXPECT_TRUE(made.dense.empty());
  // Centres lie between eight voxels: the mean of voxels 0, 1, 4, 5, 16, 17, 20, 21 is 10.5.
  EXPECT_EQ(made.image, (std::vector<float>{105, 125, 185, 205}));
  EXPECT_EQ(made.padValue, -1000);
}

TEST(TrainingVolume, KeepsEveryVoxelOnItsOwnGrid) {
  std::vector<Label> labels(32);
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<Label>(i % 3);
  const LabelMap strokes = LabelMap::fromDense(kSize, kStrokes), dense = LabelMap::fromDense(kSize, labels);
  const auto made = makeTrainingVolume("a", countingVolume(), ofMillimetres(), &strokes, &dense, {1, 1, 1}, plain(), 2);
  EXPECT_EQ(made.dense, labels);
  EXPECT_EQ(made.strokes, kStrokes);
  EXPECT_EQ(made.image[31], 310);
}

TEST(TrainingVolume, NormalisesImageAndAir) {
  Normalization range;
  range.type = Normalization::Type::Range;
  range.clipped = true;
  range.low = 0;
  range.high = 100;
  const auto made = makeTrainingVolume("a", countingVolume(), ofMillimetres(), nullptr, nullptr, {1, 1, 1}, range, 1);
  EXPECT_FLOAT_EQ(made.image[5], 0.5F);
  EXPECT_EQ(made.image[31], 1);
  EXPECT_EQ(made.padValue, 0);
}

TEST(TrainingVolume, TurnsLabelsToThePatientsAxes) {
  Geometry flipped = ofMillimetres();  // x runs to the right
  flipped.direction = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
  std::vector<Label> labels(32, 0);
  labels[0] = 1;
  const LabelMap map = LabelMap::fromDense(kSize, labels);
  const auto made = makeTrainingVolume("a", countingVolume(), flipped, &map, &map, {1, 1, 1}, plain(), 1);
  EXPECT_EQ(made.dense[3], 1);
  EXPECT_EQ(made.strokes[3], 1);
  EXPECT_EQ(made.image[3], 0);
}

TEST(TrainingVolume, KnowsNothingBeyondAnObliqueCt) {
  Geometry turned = ofMillimetres();
  const double half = std::sqrt(0.5);
  turned.direction = {half, -half, 0, half, half, 0, 0, 0, 1};
  const LabelMap background(kSize);
  const auto made = makeTrainingVolume("a", countingVolume(), turned, nullptr, &background, {1, 1, 1}, plain(), 1);
  EXPECT_EQ(made.dense.front(), kIgnored);
  EXPECT_EQ(made.image.front(), -1000);
  const Size3& size = made.grid.size;
  EXPECT_EQ(made.dense[std::size_t(size.y / 2 * size.x + size.x / 2)], 0);
}

class ReadTrainingVolume : public testing::Test {
 protected:
  ReadTrainingVolume()
      : folder_(std::filesystem::temp_directory_path() / ("training_volume-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    files_.name = "word_0001";
    files_.geometry = ofMillimetres();
    files_.volume = folder_ / "v.i16";
    writeVoxels(files_.volume, countingVolume().voxels());
    files_.volumeSha256 = sha256HexOfFile(files_.volume);
    request_.organs = {"word", {{"liver", 1}, {"spleen", 2}}};
    request_.spacingMm = {1, 1, 1};
    setStrokes(kStrokes);
    files_.dense = folder_ / "d.u8";
    files_.denseSha256 = writeLabels(*files_.dense, LabelMap(kSize));
  }
  ~ReadTrainingVolume() override { std::filesystem::remove_all(folder_); }

  void setStrokes(const std::vector<Label>& labels) {
    files_.scribbles = folder_ / "s.u8";
    files_.scribblesSha256 = writeLabels(*files_.scribbles, LabelMap::fromDense(kSize, labels));
  }
  std::string refusal() {
    try {
      readTrainingVolume(files_, request_, 3);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::BadInput);
      return error.what();
    }
    return "accepted";
  }
  void expectRefused(const std::string& text) {
    const std::string message = refusal();
    EXPECT_TRUE(message.starts_with("case 'word_0001': ")) << message;
    EXPECT_NE(message.find(text), std::string::npos) << message;
  }

  std::filesystem::path folder_;
  TrainingCaseFiles files_;
  TrainingRequest request_;
};

TEST_F(ReadTrainingVolume, HasImageStrokesAndDenseLabels) {
  const TrainingVolume volume = readTrainingVolume(files_, request_, 3);
  EXPECT_EQ(volume.name, "word_0001");
  EXPECT_EQ(volume.image[31], 310);
  EXPECT_EQ(volume.strokes, kStrokes);
  EXPECT_EQ(volume.dense, std::vector<Label>(32, 0));
}

TEST_F(ReadTrainingVolume, NamesAFileThatDiffers) {
  files_.volumeSha256[0] = files_.volumeSha256[0] == '0' ? '1' : '0';
  expectRefused("v.i16: its SHA-256 is not the one that the request tells");
}

TEST_F(ReadTrainingVolume, NamesLabelsThatDiffer) {
  std::ofstream(*files_.dense) << std::string(32, '\1');
  expectRefused("d.u8: its SHA-256 differs");
}

TEST_F(ReadTrainingVolume, NamesAFileThatIsCut) {
  std::filesystem::resize_file(files_.volume, 63);
  expectRefused("v.i16: has 63 bytes where the geometry asks for 64");
}

TEST_F(ReadTrainingVolume, NamesALabelThatTheTableLacks) {
  auto labels = kStrokes;
  labels[7] = 23;
  setStrokes(labels);
  expectRefused("its strokes hold the label 23, which the organ table 'word' lacks; choose the table");
}

TEST_F(ReadTrainingVolume, KnowsNoIgnoredVoxelInDenseLabels) {
  files_.denseSha256 = writeLabels(*files_.dense, LabelMap::fromDense(kSize, kStrokes));
  expectRefused("its dense labels hold the label 255, which");
}

TEST_F(ReadTrainingVolume, NeedsAStroke) {
  setStrokes(std::vector<Label>(32, kIgnored));
  expectRefused("its map of strokes has no stroke; draw some or leave the case out");
}

}  // namespace
}  // namespace recontour
