#include <gtest/gtest.h>
#include <zip.h>

#include "core/image/axis_map.h"
#include "core/io/affine.h"
#include "core/io/dicom_series.h"
#include "core/io/file_reader.h"
#include "core/io/open_case.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/nifti_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

std::string positionAt(double z) { return "-10\\-20\\" + std::to_string(z); }

/// Four slices of 2.5 mm whose names run against their positions; every pixel holds its slice's number.
class DicomCase : public testing::Test {
 protected:
  DicomCase() {
    for (int i = 0; i < 4; ++i) {
      slices_.emplace_back();
      slices_.back().position = positionAt(100 + 2.5 * i);
      slices_.back().pixels.assign(6, std::int16_t(i));
    }
  }
  std::filesystem::path write(const std::string& name = "ct") {
    const std::filesystem::path folder = folder_.path() / name;
    std::filesystem::remove_all(folder);
    for (std::size_t i = 0; i < slices_.size(); ++i) {
      folder_.write(name + "/" + std::to_string(9 - i), slices_[i].bytes());
    }
    return folder;
  }
  std::string refusal() {
    const std::filesystem::path folder = write();
    const std::string message = errorOf([&] { openCase(folder); });
    return message.substr(std::min(message.size(), folder.string().size()));
  }
  void expectRefusal(const std::string& part) {
    const std::string message = refusal();
    EXPECT_NE(message.find(part), std::string::npos) << message;
  }
  TestFolder folder_;
  std::vector<DicomBytes> slices_;
};

TEST_F(DicomCase, SlicesAreSortedByPosition) {
  const Case opened = openCase(write());
  EXPECT_EQ(opened.geometry.size, (Size3{3, 2, 4}));
  EXPECT_EQ(opened.geometry.spacing, (Point3{1, 2, 2.5}));  // Pixel Spacing is row distance first
  EXPECT_EQ(opened.geometry.origin, (Point3{-10, -20, 100}));
  for (int z = 0; z < 4; ++z) EXPECT_EQ(opened.volume.at({1, 1, z}), z);
  EXPECT_EQ(opened.name, "ct");
  EXPECT_EQ(opened.modality, "CT");
  EXPECT_TRUE(opened.warnings.empty());
}

TEST_F(DicomCase, SeriesOfAFolderAreListedWithWhatTheyLack) {
  slices_.erase(slices_.begin() + 1);
  for (DicomBytes& slice : slices_) slice.patient = "4711";
  for (int i = 0; i < 4; ++i) {
    slices_.emplace_back();
    slices_.back().series = "1.2.4";
    slices_.back().sopInstance = "1.2.4." + std::to_string(i);
    slices_.back().position = positionAt(5 * i);
  }
  const auto listed = makeLocalReader()->listSeries(write(), {});
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].uid, "1.2.4");
  EXPECT_EQ(listed[0].problem, "");
  EXPECT_EQ(listed[0].content, contentOf({"1.2.4.3", "1.2.4.1", "1.2.4.0", "1.2.4.2"}));
  EXPECT_EQ(listed[1].patient, "4711");
  EXPECT_NE(listed[1].problem.find("slices are missing"), std::string::npos) << listed[1].problem;
  std::filesystem::create_directory(folder_ / "none");
  EXPECT_TRUE(makeLocalReader()->listSeries(folder_ / "none", {}).empty());
}

TEST_F(DicomCase, StructuresOfAnotherStudyInTheFolderAreNotItsOwn) {
  for (DicomBytes& slice : slices_) slice.study = "1.5";
  for (int i = 0; i < 3; ++i) {
    slices_.push_back(slices_[std::size_t(i)]);
    slices_.back().series = "1.2.4";
    slices_.back().study = "1.6";
  }
  const auto folder = write();
  for (const char* study : {"1.5", "1.6", "1.7"}) {
    DicomBytes set;
    set.modality = "RTSTRUCT";
    set.study = study;
    folder_.write(std::string("ct/RS.") + study, set.bytes());
  }
  OpenProgress nothing;
  const auto structuresOf = [&](const char* series) { return openCase(folder, nothing, {}, {series}).structures; };
  using Files = std::vector<std::filesystem::path>;
  EXPECT_EQ(structuresOf("1.2.3"), (Files{folder / "RS.1.7", folder / "RS.1.5"}));
  EXPECT_EQ(structuresOf("1.2.4"), (Files{folder / "RS.1.7", folder / "RS.1.6"}));
}

TEST_F(DicomCase, RescaleIsPerSlice) {
  slices_[2].slope = "2";
  slices_[2].intercept = "-1024";
  slices_[3].pixels.assign(6, -2000);
  slices_[3].intercept = "-1024";
  const Case opened = openCase(write());
  EXPECT_EQ(opened.volume.at({0, 0, 1}), 1);
  EXPECT_EQ(opened.volume.at({0, 0, 2}), -1020);
  EXPECT_EQ(opened.volume.at({0, 0, 3}), -3024);  // padding outside the scan circle stays
}

TEST_F(DicomCase, RowsThatRunBackToFrontKeepTheFilesOrder) {
  for (DicomBytes& slice : slices_) slice.orientation = "1\\0\\0\\0\\-1\\0";
  const Case opened = openCase(write());
  EXPECT_EQ(orientationCode(opened.geometry), "LAI");
  EXPECT_EQ(opened.geometry.origin, (Point3{-10, -20, 107.5}));  // rising along row x column, which points down
  EXPECT_EQ(opened.volume.at({0, 0, 0}), 3);
}

TEST_F(DicomCase, AMarkedPointIsTheSameVoxelContentInDicomAndNiftiAndInEveryView) {
  for (DicomBytes& slice : slices_) slice.orientation = "1\\0\\0\\0\\-1\\0";
  slices_[1].pixels = {0, 0, 0, 0, 0, 777};  // x = 2, y = 1: world -10 + 2, -20 - 2, 102.5
  const Point3 marked{-8, -22, 102.5};
  const Case dicom = openCase(write());
  // The same picture as LAS: x to the left, y to the front, z to the head.
  std::vector<std::int16_t> voxels(24, 0);
  voxels[1 * 6 + 1 * 3 + 2] = 777;
  const Case nifti = openCase(folder_.write("las.nii", NiftiBytes()
                                                           .dimensions({3, 3, 2, 4, 1, 1, 1, 1})
                                                           .spacing(1, 2, 2.5F)
                                                           .sform(1, {-1, 0, 0, 10, 0, 2, 0, 20, 0, 0, 2.5F, 100})
                                                           .with(voxels)));
  EXPECT_EQ(orientationCode(nifti.geometry), "LAS");
  for (const Case* opened : {&dicom, &nifti}) {
    EXPECT_EQ(opened->volume.at(opened->geometry.nearestVoxel(marked)), 777);
    const AxisMap map(opened->geometry);
    for (const Plane plane : kPlanes) {
      const Point3 picture = map.pictureAt(plane, marked);
      const Index3 voxel = map.voxelAt(plane, int(picture.x + 0.5), int(picture.y + 0.5), map.sliceAt(plane, marked));
      EXPECT_EQ(opened->volume.at(voxel), 777) << planeName(plane);
    }
  }
  for (const Plane plane : kPlanes) {
    const EdgeLetters a = AxisMap(dicom.geometry).letters(plane), b = AxisMap(nifti.geometry).letters(plane);
    EXPECT_EQ(a.left + a.right + a.top + a.bottom, b.left + b.right + b.top + b.bottom);
    EXPECT_EQ(a.left, plane == Plane::Sagittal ? "A" : "R");
    EXPECT_EQ(a.top, plane == Plane::Axial ? "A" : "H");
  }
}

TEST_F(DicomCase, EmptyIdentifiersAndForeignFilesDoNotMatter) {
  for (DicomBytes& slice : slices_) slice.series = "";
  const std::filesystem::path folder = write();
  folder_.write("ct/readme.txt", "hello");
  DicomBytes report;
  report.modality = "SR";
  folder_.write("ct/report", report.bytes());
  EXPECT_EQ(openCase(folder).geometry.size.z, 4);
  EXPECT_TRUE(looksLikeCase(folder));
}

TEST_F(DicomCase, TheLargestSeriesIsOpenedAndTheOthersAreNamed) {
  slices_.emplace_back();
  slices_.back().series = "1.2.4";
  slices_.back().description = "Scout";
  const Case opened = openCase(write());
  EXPECT_EQ(opened.geometry.size.z, 4);
  ASSERT_EQ(opened.warnings.size(), 1U);
  EXPECT_EQ(opened.warnings[0],
            "Several CT series (with their numbers of slices): 1 'Abdomen' (4), 2 'Scout' (1). Number 1 was opened.");
}

TEST_F(DicomCase, AnotherSeriesIsOpenedByNumberUidOrDescription) {
  for (int i = 0; i < 2; ++i) {
    slices_.push_back(slices_[std::size_t(i)]);
    slices_.back().series = "1.2.4";
    slices_.back().description = "Lung";
  }
  const auto folder = write();
  OpenProgress nothing;
  for (const char* wanted : {"2", "1.2.4", "Lung"}) {
    const Case opened = openCase(folder, nothing, {}, {wanted, LeaningGrid::Refused});
    EXPECT_EQ(opened.geometry.size.z, 2) << wanted;
    EXPECT_TRUE(opened.warnings.empty()) << "the user has chosen";
  }
  const std::string message = errorOf([&] { openCase(folder, nothing, {}, {"3", LeaningGrid::Refused}); });
  EXPECT_NE(message.find("choose one of 1 'Abdomen' (4), 2 'Lung' (2)"), std::string::npos) << message;
}

TEST_F(DicomCase, PhasesOfOneSeriesAreOpenedOneByOneAndNeverStacked) {
  for (int i = 0; i < 4; ++i) {
    slices_.push_back(slices_[std::size_t(i)]);
    slices_.back().acquisition = "2";
    slices_.back().pixels.assign(6, std::int16_t(100 + i));
    slices_[std::size_t(i)].acquisition = "1";
  }
  std::swap(slices_[1], slices_[5]);  // the order of the files tells nothing
  const auto folder = write();
  OpenProgress nothing;
  for (int z = 0; z < 4; ++z) {
    EXPECT_EQ(openCase(folder, nothing, {}, {"1", LeaningGrid::Refused}).volume.at({0, 0, z}), z);
    EXPECT_EQ(openCase(folder, nothing, {}, {"2", LeaningGrid::Refused}).volume.at({0, 0, z}), 100 + z);
  }
}

TEST_F(DicomCase, OneFileStandsForItsSeriesInTheFolder) {
  slices_.emplace_back();
  slices_.back().series = "1.2.4";
  const auto folder = write();
  EXPECT_EQ(openCase(folder / "8").geometry.size.z, 4);
  EXPECT_EQ(openCase(folder / "5").geometry.size.z, 1);
  EXPECT_EQ(openCase(folder / "8").name, "8");
  std::filesystem::rename(folder / "8", folder / "8.dcm");
  EXPECT_EQ(openCase(folder / "8.dcm").imageHash, openCase(folder).imageHash);
}

TEST_F(DicomCase, SeriesAreFoundAtAnyDepthOfATree) {
  write("patient/study/abdomen");
  slices_.pop_back();
  write("patient/study/lung");
  const auto cases = casesIn(folder_.path() / "patient");
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(openCase(cases[0]).geometry.size.z, 4);
  EXPECT_EQ(openCase(cases[1]).geometry.size.z, 3);
}

TEST_F(DicomCase, WhatAnExportNeedsIsKept) {
  for (int i = 0; i < 4; ++i) {
    DicomBytes& slice = slices_[std::size_t(i)];
    slice.sopInstance = "1.9." + std::to_string(i);
    slice.sopClass = "1.2.840.10008.5.1.4.1.1.2";
    slice.study = "1.8";
    slice.frameOfReference = "1.7";
  }
  const Case opened = openCase(write());
  ASSERT_TRUE(opened.dicom);
  EXPECT_EQ(opened.dicom->sopInstanceUids, (std::vector<std::string>{"1.9.0", "1.9.1", "1.9.2", "1.9.3"}));
  EXPECT_EQ(opened.dicom->studyUid, "1.8");
  EXPECT_EQ(opened.dicom->seriesUid, "1.2.3");
  EXPECT_EQ(opened.dicom->frameOfReferenceUid, "1.7");
  EXPECT_EQ(opened.dicom->sopClassUid, "1.2.840.10008.5.1.4.1.1.2");
}

TEST_F(DicomCase, ZipsAreReadAtAnyDepth) {
  const std::filesystem::path file = folder_.path() / "study.zip";
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE, nullptr);
  std::vector<std::string> contents;
  for (const DicomBytes& slice : slices_) contents.push_back(slice.bytes());
  for (std::size_t i = 0; i < contents.size(); ++i) {
    zip_source_t* source = zip_source_buffer(archive, contents[i].data(), contents[i].size(), 0);
    zip_file_add(archive, ("a/b/" + std::to_string(7 - i)).c_str(), source, 0);
  }
  ASSERT_EQ(zip_close(archive), 0);
  const Case opened = openCase(file);
  EXPECT_EQ(opened.name, "study");
  EXPECT_EQ(opened.imageHash, openCase(write()).imageHash);
}

TEST_F(DicomCase, FirstSliceIsTheMiddleOneWithTheWholeGeometry) {
  struct Recorder : OpenProgress {
    void firstSlice(const FirstSlice& slice) override { slices.push_back(slice); }
    void progress(std::string_view stage, int done, int total, double) override {
      if (stage == "read") sawEnd = done == total;
      if (stage == "read" && slices.empty()) sawReadBefore = true;
    }
    std::vector<FirstSlice> slices;
    bool sawEnd = false, sawReadBefore = false;
  } recorder;
  const Case opened = openCase(write(), recorder, {});
  ASSERT_EQ(recorder.slices.size(), 1U);
  EXPECT_EQ(recorder.slices[0].z, 2);
  EXPECT_EQ(recorder.slices[0].pixels, std::vector<std::int16_t>(6, 2));
  EXPECT_EQ(recorder.slices[0].geometry, opened.geometry);
  EXPECT_TRUE(recorder.sawEnd);
  EXPECT_FALSE(recorder.sawReadBefore);
}

TEST_F(DicomCase, AMissingSliceIsRefusedWithItsPlace) {
  slices_.erase(slices_.begin() + 2);
  slices_.emplace_back();
  slices_.back().position = positionAt(110);
  EXPECT_EQ(refusal(),
            ": its slices are not evenly spaced (2.5 mm): slices are missing or displaced at 102.5 to 107.5 mm; export "
            "the whole series again");
}

TEST_F(DicomCase, SlicesThatDoNotMakeOneGridAreRefused) {
  const std::vector<DicomBytes> good = slices_;
  slices_[3].position = positionAt(105);
  expectRefusal("two of its slices lie at the same position (6, 7)");
}

TEST_F(DicomCase, SlicesOfAnotherPlaneAreASeriesOfTheirOwn) {
  const std::vector<DicomBytes> good = slices_;
  const auto expectSplit = [&](const char* what) {
    const Case opened = openCase(write());
    EXPECT_EQ(opened.geometry.size.z, 3) << what;
    ASSERT_EQ(opened.warnings.size(), 1u) << what;
    EXPECT_NE(opened.warnings[0].find("1 'Abdomen' (3), 2 'Abdomen' (1)"), std::string::npos) << opened.warnings[0];
    slices_ = good;
  };
  slices_[3].orientation = "1\\0\\0\\0\\0\\-1";
  expectSplit("a localizer");
  slices_[3].columns = 2;
  slices_[3].rows = 3;
  expectSplit("another size");
  slices_[3].spacing = "2\\1.1";
  expectSplit("another pixel spacing");
}

TEST_F(DicomCase, GantryTiltIsRefusedWithTheAngle) {
  for (int i = 0; i < 4; ++i) {
    slices_[std::size_t(i)].position = "-10\\" + std::to_string(-20 + 0.5 * i) + "\\" + std::to_string(100 + 2.5 * i);
  }
  EXPECT_EQ(refusal(),
            ": its slices shift sideways by 1.5 mm (gantry tilt of 11.31 degrees); " + std::string(kStraighten));
}

TEST_F(DicomCase, MissingMeaningIsRefusedByName) {
  const std::vector<DicomBytes> good = slices_;
  slices_[1].spacing = "-";
  expectRefusal("has no valid Pixel Spacing");
  slices_ = good;
  slices_[1].slope = "-";
  expectRefusal("has no Rescale Slope and Intercept");
  slices_ = good;
  slices_[1].slope = "0";
  expectRefusal("has a Rescale Slope of 0");
  slices_ = good;
  slices_[1].position = "-";
  expectRefusal("has no valid Image Position");
  slices_ = good;
  slices_[1].orientation = "1\\0\\0\\0\\2\\0";
  expectRefusal("unit vectors");
  slices_ = good;
  slices_[1].pixels.resize(5);
  expectRefusal("is truncated: 10 of 12 bytes of pixels");
}

TEST_F(DicomCase, AFolderWithoutACtIsSaid) {
  for (DicomBytes& slice : slices_) slice.modality = "MR";
  expectRefusal(": no CT series directly inside (4 files, 4 DICOM of modality MR)");
}

TEST_F(DicomCase, ASingleSliceTakesItsThickness) {
  slices_.resize(1);
  const Case opened = openCase(write());
  EXPECT_EQ(opened.geometry.spacing.z, 5);
  EXPECT_EQ(opened.warnings.size(), 1U);
}

}  // namespace
}  // namespace recontour
