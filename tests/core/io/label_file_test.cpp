#include "core/io/label_file.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "core/io/open_case.h"
#include "tests/core/io/nifti_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

Geometry obliqueGrid() {
  const double c = std::cos(0.4), s = std::sin(0.4);
  return {{40, 5, 3}, {0.7, 0.8, 2.5}, {-171.3, 12.25, -803.7}, {c, 0, s, 0, -1, 0, -s, 0, c}};
}

LabelMap someLabels(const Size3& size) {
  std::vector<Label> labels(voxelCount(size));
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = Label(i * 7 % 256);
  return LabelMap::fromDense(size, labels);
}

class LabelFile : public testing::Test {
 protected:
  std::string refusal(const std::string& bytes) {
    const std::filesystem::path file = folder_.write("l.nii", bytes);
    const std::string message = errorOf([&] { readLabelFile(file); });
    return message.substr(std::min(message.size(), file.string().size() + 2));
  }
  TestFolder folder_;
};

TEST_F(LabelFile, WrittenLabelsAndGeometryReadBackTheSame) {
  for (const char* name : {"a.nii", "a.nii.gz"}) {
    const Geometry grid = obliqueGrid();
    const LabelMap labels = someLabels(grid.size);
    writeLabelFile(folder_.path() / name, labels, grid);
    const LabelImage back = readLabelFile(folder_.path() / name);
    EXPECT_EQ(back.labels, labels);
    EXPECT_TRUE(sameGrid(back.geometry, grid, 1e-4));
    EXPECT_EQ(readLabelFileOn(folder_.path() / name, grid), labels);
  }
}

TEST_F(LabelFile, QformAndSformOfAWrittenFileSayTheSame) {
  // The reader warns when they differ by more than 0.01 mm; with the sform's code cleared it must go by the qform.
  const Geometry grid = obliqueGrid();
  writeLabelFile(folder_.path() / "a.nii", someLabels(grid.size), grid);
  EXPECT_TRUE(openCase(folder_.path() / "a.nii").warnings.empty());
  std::string bytes = readWholeFile(folder_.path() / "a.nii");
  EXPECT_EQ(bytes[252], 1);
  EXPECT_EQ(bytes[254], 1);
  bytes[254] = 0;
  EXPECT_TRUE(sameGrid(readLabelFile(folder_.write("q.nii", bytes)).geometry, grid, 1e-3));
}

TEST_F(LabelFile, EqualLabelsGiveEqualBytes) {
  const Geometry grid = obliqueGrid();
  writeLabelFile(folder_.path() / "a.nii.gz", someLabels(grid.size), grid);
  writeLabelFile(folder_.path() / "b.nii.gz", someLabels(grid.size), grid);
  EXPECT_EQ(readWholeFile(folder_.path() / "a.nii.gz"), readWholeFile(folder_.path() / "b.nii.gz"));
}

TEST_F(LabelFile, WrittenVolumeReadsBackTheSame) {
  const Geometry grid = obliqueGrid();
  std::vector<std::int16_t> voxels(voxelCount(grid.size));
  for (std::size_t i = 0; i < voxels.size(); ++i) voxels[i] = std::int16_t(int(i) * 37 % 4000 - 3024);
  const Volume volume(grid.size, voxels);
  writeVolumeFile(folder_.path() / "ct.nii.gz", volume, grid, "Recontour synthetic phantom");
  const Case back = openCase(folder_.path() / "ct.nii.gz");
  EXPECT_TRUE(std::equal(voxels.begin(), voxels.end(), back.volume.voxels().begin()));
  EXPECT_TRUE(back.synthetic);
  EXPECT_TRUE(sameGrid(back.geometry, grid, 1e-4));
}

TEST_F(LabelFile, IntegerAndWholeFloatTypesAreRead) {
  const NiftiBytes base = NiftiBytes().dimensions({3, 2, 1, 1, 1, 1, 1, 1});
  const auto second = [&](NiftiBytes bytes, std::int16_t type, const auto& voxels) {
    return int(readLabelFile(folder_.write("l.nii", bytes.type(type, 0).with(voxels))).labels.at({1, 0, 0}));
  };
  EXPECT_EQ(second(base, 2, std::vector<std::uint8_t>{0, 255}), 255);
  EXPECT_EQ(second(NiftiBytes(base).scale(2, 1), 2, std::vector<std::uint8_t>{0, 7}), 15) << "bytes with a scale";
  EXPECT_EQ(second(base, 512, std::vector<std::uint16_t>{0, 16}), 16);
  EXPECT_EQ(second(base, 1024, std::vector<std::int64_t>{0, 3}), 3);
  EXPECT_EQ(second(base, 16, std::vector<float>{0, 4}), 4);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(second(NiftiBytes(base).scale(nan, nan), 4, std::vector<std::int16_t>{0, 5}), 5);
  EXPECT_EQ(second(NiftiBytes(base).scale(0.1F, 0), 4, std::vector<std::int16_t>{0, 50}), 5);  // float32 slope
}

TEST_F(LabelFile, ValuesThatAreNoLabelsAreRefusedWithTheirPlace) {
  EXPECT_EQ(refusal(NiftiBytes().with(std::vector<std::int16_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 300})),
            "holds the value 300 where labels end at 255; give a table of what its values mean");
  EXPECT_NE(refusal(NiftiBytes().scale(1, -1).withCounting()).find("has the value -1"), std::string::npos);
  const NiftiBytes real = NiftiBytes().dimensions({3, 1, 1, 1, 1, 1, 1, 1}).type(16, 32);
  EXPECT_NE(refusal(real.with(std::vector<float>{1.9999F})).find("1.9999"), std::string::npos);
  EXPECT_NE(refusal(real.with(std::vector<float>{std::nanf("")})).find("nan"), std::string::npos);
}

TEST_F(LabelFile, AnotherGridIsRefusedWithSizesOrDistance) {
  const std::filesystem::path file = folder_.write("l.nii", NiftiBytes().withCounting());
  Geometry grid = readLabelFile(file).geometry;
  EXPECT_NO_THROW(readLabelFileOn(file, grid));
  grid.origin.z += 0.005;
  EXPECT_NO_THROW(readLabelFileOn(file, grid));
  grid.origin.z += 2.5;
  EXPECT_NE(errorOf([&] { readLabelFileOn(file, grid); }).find("lies up to 2.5 mm away"), std::string::npos);
  grid.size.x = 4;
  EXPECT_NE(errorOf([&] { readLabelFileOn(file, grid); }).find("its size 3 x 2 x 2 is not the image's 4 x 2 x 2"),
            std::string::npos);
}

TEST_F(LabelFile, NothingIsLeftBehindWhenTheTargetCannotBeWritten) {
  const Geometry grid = obliqueGrid();
  EXPECT_THROW(writeLabelFile(folder_.path() / "a.png", someLabels(grid.size), grid), Error);
  EXPECT_THROW(writeLabelFile(folder_.path() / "none" / "a.nii.gz", someLabels(grid.size), grid), Error);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

}  // namespace
}  // namespace recontour
