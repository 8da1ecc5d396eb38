#include "core/io/convert_file.h"

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/nrrd_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

class ConvertFile : public testing::Test {
 protected:
  /// @return the new file
  std::filesystem::path convert(const std::filesystem::path& source, const std::string& target) {
    NoProgress progress;
    notes = convertFile(source, folder.path() / target, {}, progress, {});
    return folder.path() / target;
  }
  TestFolder folder;
  std::vector<std::string> notes;
};

TEST_F(ConvertFile, FromNiftiToNrrdAndBackNothingChanges) {
  const auto first = folder.write("a.nii", NiftiBytes().withCounting());
  const Case before = openCase(first);
  const Case between = openCase(convert(first, "b.nrrd"));
  const Case after = openCase(convert(folder.path() / "b.nrrd", "c.nii.gz"));
  for (const Case& opened : {between, after}) {
    EXPECT_TRUE(std::ranges::equal(opened.volume.voxels(), before.volume.voxels()));
    EXPECT_TRUE(sameGrid(opened.geometry, before.geometry, 1e-4));
  }
  EXPECT_EQ(between.imageHash, before.imageHash);
  EXPECT_TRUE(notes.empty());
}

/// 3 x 2 x 2 voxels whose second slice lies 0.5 mm further left.
NrrdBytes leaningNrrd() { return NrrdBytes().set("space directions", "(1,0,0) (0,1,0) (0.5,0,2)"); }

TEST_F(ConvertFile, ALeaningCtIsStraightenedOnRequestAndTellsTheLoss) {
  std::string voxels = NrrdBytes::counting();
  voxels[0] = '\x18';
  voxels[1] = '\xfc';  // -1000 HU
  const auto first = folder.write("a.nrrd", leaningNrrd().header() + voxels);
  EXPECT_NE(errorOf([&] { convert(first, "b.nrrd"); }).find("--straighten"), std::string::npos);
  NoProgress progress;
  notes = convertFile(first, folder.path() / "b.nrrd", {{}, LeaningGrid::Allowed}, progress, {});
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_TRUE(notes[0].starts_with("Resampled to right angles (it leant by 14.04 degrees)")) << notes[0];
  const Case back = openCase(folder.path() / "b.nrrd");
  EXPECT_EQ(back.geometry.size.x, openCase(convert(folder.path() / "b.nrrd", "c.nii")).geometry.size.x);
}

TEST_F(ConvertFile, LabelsAreNotInterpolatedByMistakeAndStraightenedByTheNearest) {
  const auto first = folder.write("a.nrrd", leaningNrrd().header() + NrrdBytes::counting());
  NoProgress progress;
  const std::string message = errorOf([&] {
    convertFile(first, folder.path() / "b.nrrd", {{}, LeaningGrid::Allowed}, progress, {});
  });
  EXPECT_NE(message.find("is it a label map?"), std::string::npos) << message;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "b.nrrd"));
  LabelConversion conversion{OrganTable::named("word"), LabelValueTable::named("word"), {}, LeaningGrid::Allowed};
  notes = convertLabels(first, folder.path() / "b.nrrd", conversion, progress, {});
  EXPECT_EQ(notes.front(), "resampled to right angles");
  const LabelImage back = readLabelFile(folder.path() / "b.nrrd");
  EXPECT_EQ(back.geometry.axisDirection(2), (Point3{0, 0, 1}));
}

TEST_F(ConvertFile, VoxelsKeepTheirType) {
  const std::vector<float> values = {0.25F, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1e6F};
  const auto first = folder.write("a.nii", NiftiBytes().type(16, 32).with(values));
  convert(first, "b.nrrd");
  const std::string back = readWholeFile(convert(folder.path() / "b.nrrd", "c.nii"));
  EXPECT_EQ(back.substr(352), std::string(reinterpret_cast<const char*>(values.data()), 48));
}

TEST_F(ConvertFile, ByteOrderIsTurnedToThisMachines) {
  const auto first = folder.write("a.nrrd", NrrdBytes().set("endian", "big").header() + NrrdBytes::counting());
  const Case before = openCase(first), after = openCase(convert(first, "b.nii"));
  EXPECT_TRUE(std::ranges::equal(before.volume.voxels(), after.volume.voxels()));
}

TEST_F(ConvertFile, AScaleIsKeptByNiftiAndAppliedForNrrd) {
  const auto first = folder.write("a.nii", NiftiBytes().scale(2, -1000).withCounting());
  const Case before = openCase(first);
  EXPECT_EQ(before.volume.voxels()[3], -994);
  for (const char* name : {"b.nii.gz", "b.nrrd"}) {
    const Case after = openCase(convert(first, name));
    EXPECT_TRUE(std::ranges::equal(after.volume.voxels(), before.volume.voxels())) << name;
  }
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].find("rounded"), std::string::npos);
}

TEST_F(ConvertFile, ADicomSeriesBecomesOneFile) {
  folder.write("ct/a.dcm", DicomBytes{}.bytes());
  const Case before = openCase(folder.path() / "ct"), after = openCase(convert(folder.path() / "ct", "b.nii.gz"));
  EXPECT_TRUE(std::ranges::equal(after.volume.voxels(), before.volume.voxels()));
  EXPECT_TRUE(sameGrid(after.geometry, before.geometry, 1e-3));
}

TEST_F(ConvertFile, NothingIsLeftWhereItFails) {
  const auto first = folder.write("a.nii", NiftiBytes().withCounting());
  EXPECT_THROW(convert(first, "b.mha"), Error);
  EXPECT_THROW(convert(first, "a.nii"), Error) << "onto itself";
  const auto cut = folder.write("cut.nii", NiftiBytes().withCounting().substr(0, 360));
  EXPECT_THROW(convert(cut, "c.nii"), Error);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "b.mha"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "c.nii"));
}

}  // namespace
}  // namespace recontour
