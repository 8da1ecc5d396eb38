#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/image/job_files.h"
#include "models/engine/engine.h"
#include "models/engine/torch_network.h"
#include "models/engine/trainer/synthetic_cases.h"
#include "models/engine/trainer/training_scores.h"
#include "models/training/label_map_training.h"
#include "tests/core/io/test_folder.h"
#include "tests/models/trainer/small_training.h"
#include "tests/models/training/sample_abdomen.h"

namespace recontour {
namespace {

/// A training from label maps of balls and boxes in voxels of 3 mm, one to learn from and one held back.
class LabelTraining : public testing::Test {
 protected:
  Json caseJson(const std::string& name, bool heldBack) const {
    Geometry geometry;
    geometry.size = SampleAbdomen::kSize;
    geometry.spacing = {3, 3, 3};
    const auto file = folder_.path() / (name + ".dense.u8");
    const std::string hash = writeLabels(file, SampleAbdomen::whole().map());
    return {{"name", name},
            {"held_back", heldBack},
            {"volume", geometryJson(geometry)},
            {"dense", {{"file", file.filename().string()}, {"sha256", hash}}}};
  }
  Json message() const {
    Json labels;
    for (Label label = 1; label <= word::kLast; ++label) labels[std::string(word::kKeys[label])] = label;
    return {{"type", "train"},
            {"folder", folder_.path().string()},
            {"model_name", "from labels"},
            {"source", "labels"},
            {"synthesis", {{"variants_per_map", 1}}},
            {"cases", {caseJson("a", false), caseJson("b", true)}},
            {"organs", {{"name", "word"}, {"labels", labels}}},
            {"network", "word-demo3d"},
            {"width", 6},
            {"loss", {{"name", "ce-dice"}}},
            {"schedule",
             {{"iterations", 16},
              {"iterations_per_epoch", 16},
              {"learning_rate", 0.01},
              {"optimizer", "adamw"},
              {"decay", "cosine"},
              {"averaging", 0.8},
              {"batch", 1},
              {"gradient_clip", 2}}},
            {"spacing_mm", {3.0, 3.0, 3.0}},
            {"patch", {112, 80, 16}},
            {"normalization", {{"type", "affine"}, {"clip", {-250, 350}}, {"subtract", 50}, {"divide", 150}}},
            {"device", "cpu"},
            {"threads", 2}};
  }
  TrainingRequest request() const { return trainingRequestOf(message(), folder_.path()); }
  TestFolder folder_;
};

double meanLoss(const std::vector<CurvePoint>& points, std::size_t first) {
  double sum = 0;
  for (std::size_t i = first; i < first + 4; ++i) sum += points[i].loss;
  return sum / 4;
}

/// HU of a volume as the network sees them, clipped as they are.
Volume huOf(const TrainingVolume& volume) {
  std::vector<std::int16_t> voxels;
  for (const float value : volume.image) voxels.push_back(static_cast<std::int16_t>(std::lround(value * 150 + 50)));
  return {volume.grid.size, std::move(voxels)};
}

TEST_F(LabelTraining, LowersItsLossAndItsModelLabelsACaseAsItWasScored) {
  HeardTraining heard;
  const TrainingOutcome outcome = trainModel(request(), heard);
  ASSERT_EQ(heard.points.size(), 16U);
  EXPECT_LT(meanLoss(heard.points, 12), 0.85 * meanLoss(heard.points, 0));
  ASSERT_TRUE(outcome.dscMean);
  EXPECT_EQ(heard.pictures.back().caseName, "b");

  const TrainingRequest asked = request();
  const TrainingVolume held = syntheticVolume(asked.cases[1], asked);
  ModelFolder model(outcome.folder);
  NoProgress quiet;
  const EngineResult result = runModel(
      model, huOf(held), held.grid, asked.organs, 2,
      [](ModelFolder& folder) {
        return loadTorchNetwork(folder, {"cpu", "fp32", 2});
      },
      quiet);
  ScoreCounter counter(17);
  counter.add(result.labels, held.dense);
  EXPECT_NEAR(*counter.mean(), *outcome.dscMean, 0.01);  // HU are whole numbers there
}

TEST_F(LabelTraining, WritesAModelThatRunsAsTheShippedOneAndSaysThatAllCtWasSynthetic) {
  HeardTraining heard;
  Json message = this->message();
  message["schedule"].update({{"iterations", 1}, {"iterations_per_epoch", 1}});
  message["patch"] = {64, 64, 48};
  const auto folder = trainModel(trainingRequestOf(message, folder_.path()), heard).folder;
  const Json manifest = readJsonFile(folder / "recontour.json");
  const Json shipped = R"({"channels": ["CT"], "axis_order": "zyx", "orientation": "LPS", "dims": 3, "dtype": "float32",
    "spacing_mm": [3.0, 3.0, 3.0], "patch": [48, null, null], "divisible_by": [16, 16, 16], "pad_hu": -1000})"_json;
  EXPECT_EQ(manifest["input"], shipped);
  EXPECT_EQ(manifest["normalization"],
            R"({"type": "affine", "clip": [-250, 350], "subtract": 50, "divide": 150})"_json);
  EXPECT_NE(manifest["source"].get<std::string>().find("synthetic CT alone"), std::string::npos);
  const std::string card = readWholeFile(folder / "MODEL_CARD.md");
  EXPECT_NE(card.find("this network has seen no CT of a patient"), std::string::npos) << card;
  EXPECT_NE(card.find("1 of 1 held-back case synthetic"), std::string::npos) << card;
  EXPECT_NE(card.find("AdamW: 1 iterations"), std::string::npos) << card;
  const Json record = readJsonFile(folder / "train.json");
  EXPECT_EQ(record["settings"]["source"], "labels");
  EXPECT_EQ(record["settings"]["synthesis"]["variants_per_map"], 1);
  for (const Json& one : record["cases"]) {
    EXPECT_TRUE(one["synthetic"].get<bool>());
    EXPECT_TRUE(one["volume_sha256"].is_null());
  }
}

TEST_F(LabelTraining, AHeldBackPatientIsTheSameWhateverTheSeed) {
  TrainingRequest one = request(), other = request();
  other.seed = 99;
  const TrainingVolume a = syntheticVolume(one.cases[1], one), b = syntheticVolume(other.cases[1], other);
  EXPECT_EQ(a.image, b.image);
  EXPECT_EQ(a.dense, b.dense);
  EXPECT_NE(a.dense, syntheticVolume(one.cases[0], one).dense);
}

TEST_F(LabelTraining, NamesTheCaseWhoseMapIsOfNoUse) {
  TrainingRequest request = this->request();
  const auto file = folder_.path() / "a.dense.u8";
  request.cases[0].denseSha256 = writeLabels(file, LabelMap(SampleAbdomen::kSize));
  try {
    makeLabelMapSource(request, 1);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("case 'a': "), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace recontour
