#include "models/engine/trainer/trained_model.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "models/engine/model_folder.h"
#include "tests/models/trainer/sample_training.h"

namespace recontour {
namespace {

class TrainedModelTest : public testing::Test {
 protected:
  TrainedModelTest()
      : folder_(std::filesystem::temp_directory_path() / ("trained_model-" + std::to_string(::getpid()))) {
    model_.archive = "an archive";
    model_.architecture.name = "unet2d";
    model_.architecture.channels = 3;
    model_.architecture.divisibleBy = {16, 16, 1};
    model_.architecture.parameters = {{"weight", {8, 1, 3, 3}, NetworkParameter::Start::Kaiming},
                                      {"bias", {8}, NetworkParameter::Start::Zeros}};
    model_.curve = {{20, 0.01, 0.5, {{"pce", 0.5}}, 0.8, {{1, 0.9}, {2, 0.70004}}},
                    {40, 0.005, 0.25, {{"pce", 0.25}}, 0.75, {{1, 0.75}, {2, 0.75}}}};
    model_.chosenIteration = 20;
    model_.device = "cpu";
    model_.libtorch = "2.11.0";
    model_.seconds = 61.26;
  }
  ~TrainedModelTest() override { std::filesystem::remove_all(folder_); }

  void write() { writeTrainedModel(model_, trainingRequestOf(request_, "/base"), folder_ / "model"); }
  Json written(const char* name) { return readJsonFile(folder_ / "model" / name); }
  std::string card() { return readWholeFile(folder_ / "model/MODEL_CARD.md"); }
  void expectInCard(const std::string& text) {
    write();
    EXPECT_NE(card().find(text), std::string::npos) << text << "\n" << card();
  }

  std::filesystem::path folder_;
  TrainedModel model_;
  Json request_ = sampleRequest();
};

TEST_F(TrainedModelTest, IsAFolderThatAModelFolderAccepts) {
  write();
  ModelFolder folder(folder_ / "model");
  EXPECT_EQ(folder.takeWeights(), "an archive");
  const ModelManifest& manifest = folder.manifest();
  EXPECT_EQ(manifest.name, "my model");
  EXPECT_EQ(manifest.spacingMm, (Point3{1, 2, 3}));
  EXPECT_EQ(manifest.worldAxis, (std::array<int, 3>{0, 1, 2}));
  EXPECT_EQ(manifest.worldSign, (std::array<double, 3>{1, 1, 1}));
  EXPECT_EQ(manifest.padHu, -1000);
  EXPECT_EQ(manifest.normalization.type, Normalization::Type::Range);
  EXPECT_FALSE(manifest.bf16);
  ASSERT_EQ(manifest.channels(), 3);
  EXPECT_EQ(manifest.labels[0].key, "background");
  EXPECT_EQ(manifest.labels[2].key, "spleen");
  EXPECT_EQ(manifest.labels[2].word, 2);
  EXPECT_TRUE(folder.channelLabels({"word", {{"liver", 1}, {"spleen", 2}}}).unmapped.empty());
}

TEST_F(TrainedModelTest, TakesSlicesWholeAndVolumesInTheWindowsThatWereLearnedFrom) {
  write();
  ModelManifest manifest = ModelFolder(folder_ / "model").manifest();
  EXPECT_EQ(manifest.window, (std::array<std::optional<int>, 3>{std::nullopt, std::nullopt, 1}));
  EXPECT_EQ(manifest.divisibleBy, (Index3{16, 16, 1}));
  model_.architecture.dims = 3;
  model_.architecture.divisibleBy = {16, 16, 8};
  request_["patch"] = {64, 32, 24};
  write();
  manifest = ModelFolder(folder_ / "model").manifest();
  EXPECT_EQ(manifest.window, (std::array<std::optional<int>, 3>{64, 32, 24}));
  EXPECT_EQ(manifest.overlap, 0.5);
  EXPECT_EQ(manifest.sigmaScale, 0.125);
}

TEST_F(TrainedModelTest, SaysWordNumbersForTheTableWordOnly) {
  request_["organs"]["name"] = "own";
  write();
  EXPECT_EQ(ModelFolder(folder_ / "model").manifest().labels[1].word, std::nullopt);
}

TEST_F(TrainedModelTest, PromisesOnlyWhatDenseLabelsHaveMeasured) {
  write();
  EXPECT_EQ(written("recontour.json")["expected_dsc"], (Json{{"liver", 0.9}, {"spleen", 0.7}}));
  request_["selection"] = "val-scribble";
  write();
  EXPECT_FALSE(written("recontour.json").contains("expected_dsc"));
  request_ = sampleRequest();
  request_["cases"].erase(1);
  request_["selection"] = "last";
  model_.curve[0].dscMean.reset();
  write();
  EXPECT_FALSE(written("recontour.json").contains("expected_dsc"));
}

TEST_F(TrainedModelTest, RecordsAllThatIsNeededToTrainItAgain) {
  write();
  const Json record = written("train.json");
  EXPECT_EQ(record["format"], "recontour-training");
  EXPECT_EQ(record["version"], 1);
  EXPECT_TRUE(record["program"].get<std::string>().starts_with("Recontour "));
  EXPECT_EQ(record["libtorch"], "2.11.0");
  EXPECT_EQ(record["model"]["parameters"], 8 * 9 + 8);
  EXPECT_EQ(record["model"]["weights_sha256"], sha256Hex(std::string_view("an archive")));
  EXPECT_EQ(record["device"], "cpu");
  EXPECT_EQ(record["seconds"], 61.3);
  EXPECT_EQ(record["chosen_iteration"], 20);
  EXPECT_EQ(record["scores"],
            (Json{{"labels", "dense"}, {"dsc_mean", 0.8}, {"dsc", {{"liver", 0.9}, {"spleen", 0.7}}}}));
  for (const char* member : {"width", "spacing_mm", "patch", "normalization", "selection", "seed", "network"}) {
    EXPECT_EQ(record["settings"][member], request_[member]) << member;
  }
  EXPECT_EQ(record["settings"]["loss"]["lambda_em"], 0.2);
  EXPECT_EQ(record["settings"]["loss"]["lambda_crf"], 0.1);  // defaults too
  EXPECT_EQ(record["settings"]["schedule"]["momentum"], 0.9);
  EXPECT_EQ(record["organs"], request_["organs"]);
  ASSERT_EQ(record["cases"].size(), 2U);
  EXPECT_EQ(record["cases"][1]["held_back"], true);
  EXPECT_EQ(record["cases"][1]["volume_sha256"], request_["cases"][1]["volume"]["sha256"]);
}

TEST_F(TrainedModelTest, NamesNoFolderOfThisMachine) {
  request_["start_folder"] = "/home/somebody/models/first";
  write();
  EXPECT_EQ(written("train.json").dump().find("somebody"), std::string::npos);
  EXPECT_EQ(written("train.json")["settings"]["start_folder"]["folder"], "first");
}

TEST_F(TrainedModelTest, HasItsCurve) {
  write();
  EXPECT_EQ(readWholeFile(folder_ / "model/curves.csv"), curvesCsv(model_.curve, {"liver", "spleen"}));
}

TEST_F(TrainedModelTest, HasACardForPeople) {
  write();
  const std::string text = card();
  for (const char* part :
       {"# my model\n", "**Research only; not for clinical use.**", "Trained with Recontour from strokes of 1 case.",
        "`unet2d`, a network of slices with 80 parameters",
        "partial cross entropy on the voxels of strokes, plus 0.2 x entropy minimisation, plus 0.1 x intensity "
        "variance "
        "minimisation (about each class's mean).",
        "- Learned from 1 case of 1 patient: `a`.", "- Held back, not learned from: 1 case of 1 patient: `b`.",
        "| `liver` | 0.900 |", "| `spleen` | 0.700 |", "| mean of organs that are there | 0.800 |",
        "Seed 7, device cpu, 61 s", "1 x 2 x 3 mm (x, y, z), patches of 64 x 32 x 1 voxels"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("synthetic"), std::string::npos);
}

TEST_F(TrainedModelTest, SaysWhichLabelsChoseTheWeights) {
  expectInCard("those of iteration 20 of 40: after each epoch the DSC on **dense labels of the held-back cases** was");
  expectInCard("A score that chose the weights is optimistic");
  expectInCard("DSC on dense labels of the held-back cases, voxels");
  request_["selection"] = "val-scribble";
  expectInCard("DSC on **strokes of the held-back cases** was");
  expectInCard("DSC on voxels of strokes of the held-back cases (it says little about outlines)");
  request_["selection"] = "last";
  model_.chosenIteration = 40;
  expectInCard("those of iteration 40 of 40, the last one: no labels chose them.");
  EXPECT_EQ(card().find("optimistic"), std::string::npos);
}

TEST_F(TrainedModelTest, SaysThatNothingIsKnownWhereNothingWasHeldBack) {
  request_["cases"].erase(1);
  request_["selection"] = "last";
  for (auto& point : model_.curve) point.dscMean.reset();
  expectInCard("- Held back, not learned from: none.");
  expectInCard("No case was held back with labels, so its quality is not known.");
  EXPECT_TRUE(written("train.json")["scores"].is_null());
}

TEST_F(TrainedModelTest, CallsSyntheticFiguresSynthetic) {
  request_["cases"][1]["synthetic"] = true;
  expectInCard("**1 of 1 held-back case synthetic: these figures say nothing about CT of patients.**");
  expectInCard("**1 of 2 cases synthetic, no CT of patients.**");
  request_ = sampleRequest();
  request_["cases"][0]["name"] = "demo_0001";
  expectInCard("strokes of 1 case (1 synthetic)");
  EXPECT_NE(written("recontour.json")["source"].get<std::string>().find("(1 synthetic)"), std::string::npos);
}

TEST_F(TrainedModelTest, WritesNothingThatCouldNotBeRead) {
  model_.architecture.channels = 7;
  EXPECT_THROW(write(), Error);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "model"));
}

TEST_F(TrainedModelTest, TakesThePlaceOfAnEarlierOne) {
  write();
  model_.archive = "a better archive";
  write();
  EXPECT_EQ(ModelFolder(folder_ / "model").takeWeights(), "a better archive");
}

}  // namespace
}  // namespace recontour
