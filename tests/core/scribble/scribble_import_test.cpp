#include "core/scribble/scribble_import.h"

#include <gtest/gtest.h>

#include "core/base/sha256.h"
#include "tests/core/scribble/scribble_case_folder.h"

namespace recontour {
namespace {

class ScribbleImportTest : public ScribbleCaseFolder {
 protected:
  ScribbleImport from(const std::string& name) const { return {folder / name, folder / "back", twoOrgans(), {}, {}}; }
  static ScribbleImportReport import(const ScribbleImport& wanted) {
    NoProgress quiet;
    return importScribbles(wanted, quiet);
  }
  /// What an import that must fail says; nothing of it may be left.
  static std::string refusal(const ScribbleImport& wanted) {
    try {
      import(wanted);
      return "it was imported";
    } catch (const Error& error) {
      EXPECT_FALSE(std::filesystem::exists(wanted.out)) << error.what();
      return error.what();
    }
  }
  LabelMap back(const std::string& file) { return readLabelFileOn(folder / "back" / file, grid); }
  /// Maps as WORD's generator leaves them: beside their images, one with dense labels.
  void addPlainMap(const std::string& name, const LabelMap& map) {
    addCase(name, map);
    std::filesystem::create_directories(folder / "maps");
    const auto move = [&](const std::string& part, const std::string& suffix) {
      std::filesystem::rename(wanted.cases / part / (name + ".nii.gz"), folder / "maps" / (name + suffix + ".nii.gz"));
    };
    move("imagesTr", "");
    move("scribblesTr", "_scribble");
    move("labelsTr", "_lab");
  }
  /// As WORD's released generator writes background: one more than the last organ.
  LabelMap released() const {
    LabelMap map = strokes;
    map.writeRow(1, 0, 6, std::vector<Label>{3, 3});
    return map;
  }
};

class ImportOfALayout : public ScribbleImportTest,
                        public testing::WithParamInterface<std::pair<const char*, const char*>> {};

TEST_P(ImportOfALayout, GivesBackTheCasesThatWereExported) {
  const auto& [path, layout] = GetParam();
  addCase("word_0014", {"word_0014", "", lines(), {}});
  addCase("word_0016", strokes, false);
  run();
  const auto report = import(from("out/" + std::string(path)));
  EXPECT_EQ(report.layout, layout);
  EXPECT_EQ(report.cases, 2);
  EXPECT_EQ(back("scribblesTr/word_0014.nii.gz"), strokes);
  EXPECT_EQ(back("scribblesTr/word_0016.nii.gz"), strokes);
  EXPECT_EQ(back("labelsTr/word_0014.nii.gz"), dense);
  EXPECT_FALSE(std::filesystem::exists(folder / "back/labelsTr/word_0016.nii.gz"));
  for (const char* file : {"imagesTr/word_0014.nii.gz", "imagesTr/word_0016.nii.gz", "scribblesTr/word_0014.json"})
    EXPECT_EQ(sha256HexOfFile(folder / "back" / file), sha256HexOfFile(wanted.cases / file)) << file;
  EXPECT_FALSE(std::filesystem::exists(folder / "back/scribblesTr/word_0016.json"));
}

INSTANTIATE_TEST_SUITE_P(EachLayout, ImportOfALayout,
                         testing::Values(std::pair("nnUNet_raw", "nnU-Net"),
                                         std::pair("nnUNet_raw/Dataset501_WORDScribble/", "nnU-Net"),
                                         std::pair("WORD", "WORD"), std::pair("PyMIC", "PyMIC"),
                                         std::pair("WSL4MIS", "WSL4MIS"), std::pair("MONAI", "MONAI")));

TEST_F(ScribbleImportTest, ADatasetsNamesTellWhatItsNumbersMean) {
  addCase("word_0014", strokes);
  run();
  ScribbleImport wantedImport = from("out/nnUNet_raw");
  std::vector<Organ> organs = twoOrgans().organs();
  std::swap(organs[0].label, organs[1].label);
  wantedImport.organs = OrganTable::made("swapped", organs);
  import(wantedImport);
  const auto drawn = labelCounts(back("scribblesTr/word_0014.nii.gz")),
             all = labelCounts(back("labelsTr/word_0014.nii.gz"));
  EXPECT_EQ(drawn[1], 1) << "the spleen";
  EXPECT_EQ(drawn[2], 2);
  EXPECT_EQ(drawn[0], 2);
  EXPECT_EQ(all[1], 16);
  EXPECT_EQ(all[2], 32);
}

TEST_F(ScribbleImportTest, ADatasetThatIsNotOfStrokesOrOfOtherOrgansIsRefused) {
  addCase("word_0014", strokes);
  run();
  const auto file = wanted.out / kDataset / "dataset.json";
  const auto with = [&](const char* labels) {
    writeFileSafely(file, std::string(R"({"labels": )") + labels + "}");
    return refusal(from("out/nnUNet_raw"));
  };
  EXPECT_TRUE(says(with(R"({"background": 0, "liver": 1, "spleen": 2})"), "no label 'ignore'"));
  EXPECT_TRUE(
      says(with(R"({"background": 0, "heart": 1, "ignore": 2})"), "names 'heart', which the organ table lacks"));
  EXPECT_TRUE(says(with(R"({"background": 1, "liver": 0, "ignore": 2})"), "0 is background alone"));
  EXPECT_TRUE(says(with(R"({"background": 0, "liver": [1, 2], "ignore": 3})"), "gives 'liver' several numbers"));
  EXPECT_TRUE(says(with(R"({"background": 0, "liver": 1, "ignore": 3})"), "has the value 2"));
}

TEST_F(ScribbleImportTest, PlainMapsNeedTheirImages) {
  addPlainMap("word_0014", strokes);
  EXPECT_EQ(import(from("maps")).layout, "WORD's maps");
  EXPECT_EQ(back("scribblesTr/word_0014.nii.gz"), strokes);
  EXPECT_EQ(back("labelsTr/word_0014.nii.gz"), dense);
  std::filesystem::remove_all(folder / "back");
  std::filesystem::create_directories(folder / "elsewhere");
  std::filesystem::rename(folder / "maps/word_0014.nii.gz", folder / "elsewhere/word_0014.nii.gz");
  EXPECT_TRUE(says(refusal(from("maps")), "holds maps without their images; name the folder of these by --images"));
  ScribbleImport apart = from("maps");
  apart.images = folder / "elsewhere";
  EXPECT_EQ(import(apart).cases, 1);
}

TEST_F(ScribbleImportTest, AFolderOfMapsAloneFindsTheImagesBesideIt) {
  addCase("word_0014", strokes);
  EXPECT_EQ(import(from("cases/scribblesTr/")).cases, 1);
  EXPECT_EQ(back("labelsTr/word_0014.nii.gz"), dense);
}

TEST_F(ScribbleImportTest, TheBackgroundOfWordsReleasedGeneratorIsNamedAndTurned) {
  addPlainMap("word_0014", released());
  ScribbleImport plain = from("maps");
  EXPECT_TRUE(says(refusal(plain), "scribble import --background 3")) << refusal(plain);
  plain.background = kSpleen;
  EXPECT_TRUE(says(refusal(plain), "gives 2 another meaning")) << refusal(plain);
  plain.background = 3;
  import(plain);
  EXPECT_EQ(back("scribblesTr/word_0014.nii.gz"), strokes);
}

TEST_F(ScribbleImportTest, ZeroBesideAnotherBackgroundIsNotGuessed) {
  LabelMap map = released();
  map.writeRow(2, 0, 4, std::vector<Label>{0});  // the spleen's, as the generator writes the last organ
  addPlainMap("word_0014", map);
  ScribbleImport plain = from("maps");
  const char* text = "has 0 beside 3: WORD's released generator writes the background as 3 and the last organ as 0";
  EXPECT_TRUE(says(refusal(plain), text)) << refusal(plain);
  plain.background = 3;
  EXPECT_TRUE(says(refusal(plain), text)) << refusal(plain);
}

TEST_F(ScribbleImportTest, TheNumberWithoutAStrokeIsNotTakenForAnOrganOfAnotherTable) {
  addCase("word_0014", strokes);
  run();
  std::vector<Organ> organs = twoOrgans().organs();
  organs.push_back(organs[1]);
  organs[2].label = 3;
  organs[2].key = "kidney_left";
  ScribbleImport other = from("out/PyMIC");
  other.organs = OrganTable::made("three", organs);
  EXPECT_TRUE(says(refusal(other), "has no voxel without a stroke, which is 4 by the organ table")) << refusal(other);
}

TEST_F(ScribbleImportTest, NothingIsLeftOfWhatFailsHalfWay) {
  addPlainMap("a", strokes);
  addPlainMap("b", strokes);
  Geometry moved = grid;
  moved.origin.x += 4;
  writeLabelFile(folder / "maps/b_scribble.nii.gz", strokes, moved);
  EXPECT_TRUE(says(refusal(from("maps")), "b_scribble.nii.gz"));
}

TEST_F(ScribbleImportTest, NamesOfWsl4MisLeadNowhereElse) {
  addCase("word_0014", strokes);
  run();
  for (const char* name : {"../x", "..", ".hidden", "", "a/b"}) {
    writeFileSafely(wanted.out / "WSL4MIS/names.csv", "id,case\npatient001_frame01," + std::string(name) + "\n");
    EXPECT_TRUE(says(refusal(from("out/WSL4MIS")), "gives a case the name")) << name;
  }
  std::filesystem::remove(wanted.out / "WSL4MIS/names.csv");
  import(from("out/WSL4MIS"));
  EXPECT_EQ(back("scribblesTr/patient001_frame01.nii.gz"), strokes) << "its own name does without the list";
}

TEST_F(ScribbleImportTest, WhatIsNoLayoutOrSeveralIsRefused) {
  addCase("word_0014", strokes);
  run();
  EXPECT_TRUE(says(refusal(from("out")), "holds several layouts: MONAI, PyMIC, WORD, WSL4MIS, Dataset501_WORDScribble"))
      << refusal(from("out"));
  EXPECT_TRUE(says(refusal(from("nowhere")), "is no folder"));
  EXPECT_TRUE(says(refusal(from("out/WSL4MIS/ACDC_training_volumes")), "holds HDF5 arrays"));
  std::filesystem::create_directories(folder / "empty");
  EXPECT_TRUE(says(refusal(from("empty")), "has no layout of strokes that is known"));
  import(from("out/WORD"));
  EXPECT_THROW(import(from("out/WORD")), Error) << "cases are never written over";
}

}  // namespace
}  // namespace recontour
