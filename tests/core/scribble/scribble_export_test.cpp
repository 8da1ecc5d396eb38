#include "core/scribble/scribble_export.h"

#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_generator.h"
#include "core/strokes/scribble_raster.h"
#include "tests/core/scribble/scribble_case_folder.h"

namespace recontour {
namespace {

class ScribbleExportTest : public ScribbleCaseFolder {};

TEST_F(ScribbleExportTest, NnUNetGetsOneMoreThanTheLastOrganWhereThereIsNoStroke) {
  addCase("word_0014", strokes);
  run();
  const LabelMap labels = read(kDataset + "labelsTr/word_0014.nii.gz");
  const auto counts = labelCounts(labels);
  EXPECT_EQ(counts[3], 64 - 5);
  EXPECT_EQ(counts[kLiver], 2);
  EXPECT_EQ(counts[kSpleen], 1);
  EXPECT_EQ(counts[0], 2);
  EXPECT_EQ(read(kDataset + "labelsTr_dense/word_0014.nii.gz"), dense);
  const Json json = readJsonFile(wanted.out / (kDataset + "dataset.json"));
  EXPECT_EQ(json.at("labels"), (Json{{"background", 0}, {"liver", 1}, {"spleen", 2}, {"ignore", 3}}));
  EXPECT_EQ(json.at("numTraining"), 1);
  EXPECT_EQ(sha256HexOfFile(wanted.out / (kDataset + "imagesTr/word_0014_0000.nii.gz")),
            sha256HexOfFile(wanted.cases / "imagesTr/word_0014.nii.gz"))
      << "the image as it is";
}

TEST_F(ScribbleExportTest, OtherLayoutsHoldTheSameStrokes) {
  addCase("word_0014", strokes);
  EXPECT_EQ(run().folders.size(), 5U);
  const LabelMap three = read(kDataset + "labelsTr/word_0014.nii.gz");
  EXPECT_EQ(read("WORD/scribblesTr/word_0014.nii.gz"), strokes);
  EXPECT_EQ(read("MONAI/scribblesTr/word_0014.nii.gz"), strokes);
  EXPECT_EQ(read("PyMIC/preprocess/scribble/word_0014.nii.gz"), three);
  EXPECT_EQ(read("WSL4MIS/ACDC_training/patient001_frame01_scribble.nii.gz"), three);
  EXPECT_EQ(labelCounts(read("MONAI/mask/word_0014.nii.gz"))[1], 5);
  for (const char* file : {"WSL4MIS/ACDC_training_slices/patient001_frame01_slice_1.h5",
                           "WSL4MIS/ACDC_training_volumes/patient001_frame01.h5", "TRAIN.md", "manifest.json"})
    EXPECT_TRUE(std::filesystem::exists(wanted.out / file)) << file;
}

TEST_F(ScribbleExportTest, TheManifestTellsHashesAndCosts) {
  addCase("word_0014", strokes);
  addCase("word_0016", strokes, false);
  run();
  const Json cases = readJsonFile(wanted.out / "manifest.json").at("cases");
  EXPECT_EQ(cases[0].at("scribbles_sha256"), sha256HexOfFile(wanted.cases / "scribblesTr/word_0014.nii.gz"));
  EXPECT_DOUBLE_EQ(cases[0].at("fg_ratio").get<double>(), 3.0 / 48);
  EXPECT_DOUBLE_EQ(cases[0].at("total_ratio").get<double>(), 5.0 / 64);
  EXPECT_DOUBLE_EQ(cases[0].at("organs")[0].at("slice_ratio").get<double>(), 0.5);
  EXPECT_TRUE(cases[0].at("time_ratio").is_null()) << "nobody timed dense labels";
  EXPECT_EQ(cases[0].at("cost_reference"), "dense");
  EXPECT_TRUE(cases[1].at("fg_ratio").is_null()) << "there is nothing dense to compare with";
}

TEST_F(ScribbleExportTest, CasesOfOnePatientAreInOneFold) {
  for (const char* name : {"a_frame01", "a_frame02", "b_frame01", "c_frame01", "c_frame02", "c_frame03"})
    addCase(name, strokes);
  run();
  const Json splits = readJsonFile(wanted.out / (kDataset + "splits_final.json"));
  ASSERT_EQ(splits.size(), 3U) << "three patients";
  for (const Json& split : splits) {
    std::set<std::string> train, val;
    for (const Json& name : split.at("train")) train.insert(patientOf(name.get<std::string>()));
    for (const Json& name : split.at("val")) val.insert(patientOf(name.get<std::string>()));
    EXPECT_EQ(val.size(), 1U);
    EXPECT_EQ(train.count(*val.begin()), 0U);
    EXPECT_EQ(split.at("train").size() + split.at("val").size(), 6U);
  }
}

TEST(ScribbleCases, BelongToOnePatientWhereTheirNamesEndInANumberedVisit) {
  EXPECT_EQ(patientOf("patient041_frame11"), "patient041");
  EXPECT_EQ(patientOf("p_visit2"), "p");
  EXPECT_EQ(patientOf("LIDC_scan_0007"), "LIDC_scan_0007") << "what follows is a name of its own";
  EXPECT_EQ(patientOf("p_scan"), "p_scan");
  EXPECT_EQ(patientOf("p01_pre"), "p01_pre");
}

TEST_F(ScribbleExportTest, WhatWouldTrainWrongIsRefusedUnlessForced) {
  LabelMap noBackground = strokes;
  noBackground.writeRow(1, 0, 6, std::vector<Label>(2, kUnlabelled));
  addCase("word_0014", noBackground);
  EXPECT_TRUE(says(refusal(), "word_0014: no stroke in the background")) << refusal();
  LabelMap noSpleen = strokes;
  noSpleen.writeRow(1, 0, 4, std::vector<Label>{kUnlabelled});
  addCase("word_0014", noSpleen);
  EXPECT_TRUE(says(refusal(), "no stroke of spleen")) << refusal();
  LabelMap outside = strokes;
  outside.writeRow(2, 0, 5, std::vector<Label>{kLiver});
  addCase("word_0014", outside);
  EXPECT_TRUE(says(refusal(), "33 % of the strokes of liver lie outside it")) << refusal();
  wanted.force = true;
  EXPECT_EQ(run().warnings.size(), 1U);
  EXPECT_EQ(readJsonFile(wanted.out / "manifest.json").at("cases")[0].at("warnings").size(), 1U);
}

TEST_F(ScribbleExportTest, VectorsGoOutByteForByte) {
  EXPECT_EQ(withBackgroundSwapped(rasterOf(lines(), grid)), strokes) << "the fixture's own map";
  const auto file = addCase("word_0014", {"word_0014", "", lines(), {{line(4, kLiver, 0, 3), 12}}});
  writeFileSafely(file, readWholeFile(file) + "\n \n");
  addCase("word_0016", strokes);
  run();
  EXPECT_EQ(readWholeFile(wanted.out / "scribbles/word_0014.json"), readWholeFile(file));
  EXPECT_FALSE(std::filesystem::exists(wanted.out / "scribbles/word_0016.json")) << "it has a map alone";
  EXPECT_EQ(read("WORD/scribblesTr/word_0014.nii.gz"), strokes);
}

TEST_F(ScribbleExportTest, ALineThatLeavesItsOrganIsRefusedByItsLength) {
  auto some = lines();
  some[0] = line(7, kLiver, 0, 5);  // the liver ends at 3.5, and the line lies over the spleen's dot
  some.push_back(line(8, kSpleen, 5, 5, 1));
  std::swap(some[0], some[1]);
  addCase("word_0014", {"word_0014", "", some, {}});
  EXPECT_TRUE(says(refusal(),
                   "word_0014: stroke 7 of liver on axial slice 1 contradicts the dense labels along 30 % of its "
                   "length;"))
      << refusal();
  wanted.force = true;
  EXPECT_EQ(run().warnings.size(), 1U) << "the liver's voxels tell nothing more";
}

TEST_F(ScribbleExportTest, ALineOfTheBackgroundThroughAnOrganIsRefused) {
  auto some = lines();
  some[2] = line(3, 0, 4, 7);  // half of it in the spleen, which ends at 5.5
  some.push_back(line(4, kSpleen, 4, 4, 1));
  addCase("word_0014", {"word_0014", "", some, {}});
  EXPECT_TRUE(says(refusal(), "stroke 3 of background on axial slice 1 contradicts the dense labels along 50 %"))
      << refusal();
}

TEST_F(ScribbleExportTest, AWideLineInItsOrganIsNoContradictionAlthoughItsVoxelsAre) {
  auto some = lines();
  some[0] = line(1, kLiver, 3, 3);
  some[0].radiusMm = 1;  // takes x = 4, a quarter of its voxels along x, which is spleen
  addCase("word_0014", {"word_0014", "", some, {}});
  EXPECT_EQ(run().warnings.size(), 0U);
}

TEST_F(ScribbleExportTest, VoxelsThatNoLineCoversAreCountedAsBefore) {
  const auto file = addCase("word_0014", {"word_0014", "", lines(), {}});
  LabelMap more = strokes;
  more.writeRow(3, 1, 4, std::vector<Label>{kLiver});
  addCase("word_0014", more);
  ASSERT_TRUE(std::filesystem::exists(file));
  EXPECT_TRUE(says(refusal(), "100 % of the strokes of liver lie outside it")) << refusal();
}

const std::vector<std::string> kOriginFiles = {
    kDataset + "origins/word_0014.nii.gz", "WORD/origins/word_0014.nii.gz", "PyMIC/preprocess/origins/word_0014.nii.gz",
    "WSL4MIS/ACDC_training/patient001_frame01_origin.nii.gz", "MONAI/origins/word_0014.nii.gz"};

TEST_F(ScribbleExportTest, EachVoxelHasAnOriginInEveryLayout) {
  auto some = lines();
  some[0].origin = StrokeOrigin::Corrected;
  some.insert(some.begin(), line(9, kLiver, 0, 1));  // its second voxel is drawn over
  addCase("word_0014", {"word_0014", "", some, {}});
  run();
  LabelMap expected(grid.size);
  expected.writeRow(1, 0, 0, std::vector<Label>{1, 2, 2, 0, 1, 0, 1, 1});
  for (const std::string& file : kOriginFiles) EXPECT_EQ(read(file), expected) << file;
  const Json one = readJsonFile(wanted.out / "manifest.json").at("cases")[0];
  EXPECT_EQ(one.at("origins"), (Json{{"drawn", 4}, {"corrected", 2}, {"generated", 0}, {"grown", 0}, {"model", 0}}));
  EXPECT_EQ(one.at("origins_left_out"), Json::object());
}

TEST_F(ScribbleExportTest, VoxelsThatNoLineWithTheirLabelCoversHaveTheOriginOfTheMap) {
  ScribbleFile file{"word_0014", "", {line(1, kLiver, 1, 1), line(2, kSpleen, 2, 2)}, {}};
  file.rasterOrigin = StrokeOrigin::Generated;
  addCase("word_0014", file);
  addCase("word_0014", strokes);  // the liver at x = 2, under the spleen's line, is none of it
  wanted.force = true;
  run();
  LabelMap expected(grid.size);
  expected.writeRow(1, 0, 1, std::vector<Label>{1, 3, 0, 3, 0, 3, 3});
  EXPECT_EQ(read("WORD/origins/word_0014.nii.gz"), expected);
}

TEST_F(ScribbleExportTest, AMapAloneIsDrawn) {
  addCase("word_0014", strokes);
  run();
  const Json one = readJsonFile(wanted.out / "manifest.json").at("cases")[0];
  EXPECT_EQ(one.at("origins").at("drawn"), 5);
}

TEST_F(ScribbleExportTest, GrownAndModelStrokesGoOutOnlyWhenAskedFor) {
  auto some = lines();
  some.push_back(line(4, kLiver, 3, 3));
  some.back().origin = StrokeOrigin::Grown;
  some.push_back(line(5, kLiver, 0, 0));
  some.back().origin = StrokeOrigin::Model;
  addCase("word_0014", {"word_0014", "", some, {}});
  run();
  EXPECT_EQ(read("WORD/scribblesTr/word_0014.nii.gz"), strokes) << "they are unlabelled";
  EXPECT_EQ(labelCounts(read(kDataset + "labelsTr/word_0014.nii.gz"))[3], 64 - 5);
  Json one = readJsonFile(wanted.out / "manifest.json").at("cases")[0];
  EXPECT_EQ(one.at("origins").at("grown"), 0);
  EXPECT_EQ(one.at("origins_left_out"), (Json{{"grown", 1}, {"model", 1}}));
  wanted.out = folder / "more";
  wanted.include = {StrokeOrigin::Grown};
  run();
  LabelMap expected = strokes;
  expected.writeRow(1, 0, 3, std::vector<Label>{kLiver});
  EXPECT_EQ(read("WORD/scribblesTr/word_0014.nii.gz"), expected);
  EXPECT_EQ(read("WORD/origins/word_0014.nii.gz").at({3, 1, 0}), 4);
  one = readJsonFile(wanted.out / "manifest.json").at("cases")[0];
  EXPECT_EQ(one.at("origins_left_out"), (Json{{"model", 1}}));
}

TEST_F(ScribbleExportTest, GrowthOverALineDoesNotTakeTheLineOut) {
  auto some = lines();
  some.push_back(line(4, kLiver, 0, 3));
  some.back().origin = StrokeOrigin::Grown;
  addCase("word_0014", {"word_0014", "", some, {}});
  run();
  EXPECT_EQ(read("WORD/scribblesTr/word_0014.nii.gz"), strokes);
  EXPECT_EQ(read("WORD/origins/word_0014.nii.gz").at({2, 1, 0}), 1);
  wanted.out = folder / "more";
  wanted.include = {StrokeOrigin::Grown};
  run();
  EXPECT_EQ(read("WORD/origins/word_0014.nii.gz").at({2, 1, 0}), 4) << "it lies over the line";
}

TEST_F(ScribbleExportTest, TheManifestTellsMinutesThatAreKnown) {
  const auto timesOf = [&](const std::string& name, std::optional<double> activeS, std::optional<double> denseS) {
    ScribbleFile file{name, "", lines(), {}};
    file.activeS = activeS;
    file.denseActiveS = denseS;
    addCase(name, file);
  };
  timesOf("a", 90, 360);
  timesOf("b", 90, std::nullopt);
  timesOf("c", 90, 0);
  addCase("d", strokes);
  run();
  const Json cases = readJsonFile(wanted.out / "manifest.json").at("cases");
  const auto times = [&](std::size_t number) {
    const Json& one = cases[number];
    return Json{one.at("minutes_scribble"), one.at("minutes_dense"), one.at("time_ratio")};
  };
  EXPECT_EQ(times(0), (Json{1.5, 6.0, 0.25}));
  EXPECT_EQ(times(1), (Json{1.5, nullptr, nullptr}));
  EXPECT_EQ(times(2), (Json{1.5, 0.0, nullptr})) << "nothing can be said by none";
  EXPECT_EQ(times(3), (Json{nullptr, nullptr, nullptr}));
}

TEST_F(ScribbleExportTest, AnOrganThatOnlyAModelMarkedHasNoStroke) {
  auto some = lines();
  some[1] = line(2, kSpleen, 0, 0);  // in the liver
  some[1].origin = StrokeOrigin::Model;
  addCase("word_0014", {"word_0014", "", some, {}});
  const std::string said = refusal();
  EXPECT_TRUE(says(said, "no stroke of spleen;")) << "what is left out is not judged: " << said;
}

TEST_F(ScribbleExportTest, ADamagedStrokesFileIsRefused) {
  const auto file = addCase("word_0014", {"word_0014", "", {line(1, kLiver, 1, 2), line(5, 9, 4, 4)}, {}});
  addCase("word_0014", strokes);
  EXPECT_TRUE(says(refusal(), "word_0014.json: stroke 5 has the label 9")) << refusal();
  writeFileSafely(file, toJson({"word_0014", "", {line(5, kLiver, 0, 1e6)}, {}}, wanted.organs));
  EXPECT_TRUE(says(refusal(), "word_0014.json: stroke 5 lies metres away")) << refusal();
  writeFileSafely(file, "{}");
  EXPECT_TRUE(says(refusal(), "word_0014.json: holds no strokes")) << refusal();
}

TEST_F(ScribbleExportTest, WithoutDenseLabelsEveryOrganOfTheTableNeedsAStroke) {
  LabelMap noSpleen = strokes;
  noSpleen.writeRow(1, 0, 4, std::vector<Label>{kUnlabelled});
  addCase("word_0014", noSpleen, false);
  EXPECT_TRUE(says(refusal(), "no stroke of spleen"));
}

TEST_F(ScribbleExportTest, BadInputIsOneLineAndLeavesNothing) {
  EXPECT_TRUE(says(refusal(), "has no case with an image in imagesTr"));
  LabelMap released = strokes;
  released.writeRow(1, 0, 6, std::vector<Label>{3, 3});
  addCase("word_0014", released);
  EXPECT_TRUE(says(refusal(), "has 3 beside 255 and no 0: the background as WORD's released generator writes it"));
  LabelMap unknown = strokes;
  unknown.writeRow(3, 1, 0, std::vector<Label>{9});
  addCase("word_0014", unknown);
  EXPECT_TRUE(says(refusal(), "has the label 9"));
  addCase("word_0014", strokes);
  Geometry moved = grid;
  moved.origin.x += 4;
  writeLabelFile(wanted.cases / "scribblesTr/word_0014.nii.gz", strokes, moved);
  EXPECT_TRUE(says(refusal(), "scribblesTr/word_0014.nii.gz")) << refusal();
}

TEST_F(ScribbleExportTest, ATableWithGapsIsRefused) {
  addCase("word_0014", strokes);
  wanted.organs = twoOrgans(3);
  EXPECT_TRUE(says(refusal(), "labels with gaps"));
}

TEST_F(ScribbleExportTest, AnUnwritableOrTakenTargetIsRefused) {
  addCase("word_0014", strokes);
  writeFileSafely(folder / "file", "no folder");
  wanted.out = folder / "file" / "out";
  EXPECT_TRUE(says(refusal(), "cannot be created"));
  wanted.out = folder / "out";
  run();
  EXPECT_THROW(run(), Error) << "an export is never written over";
  EXPECT_EQ(read("WORD/scribblesTr/word_0014.nii.gz"), strokes);
}

}  // namespace
}  // namespace recontour
