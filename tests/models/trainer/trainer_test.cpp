#include "models/engine/trainer/trainer.h"

#include <cmath>
#include <cstring>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "models/engine/engine.h"
#include "models/engine/torch_network.h"
#include "models/engine/trainer/training_volume.h"
#include "tests/core/io/test_folder.h"
#include "tests/models/trainer/small_training.h"

namespace recontour {
namespace {

class Trainer : public testing::Test {
 protected:
  TrainingOutcome run(const Json& message, HeardTraining& heard) {
    return trainModel(trainingRequestOf(message, folder_.path()), heard);
  }
  /// A model that is there before another training.
  std::filesystem::path firstModel(HeardTraining& heard) {
    const auto model = folder_.path() / "first";
    std::filesystem::rename(run(small_.message(), heard).folder, model);
    return model;
  }
  std::string failureOf(const Json& message) {
    HeardTraining heard;
    try {
      run(message, heard);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  TestFolder folder_;
  SmallTraining small_{folder_.path()};
};

double meanLoss(const std::vector<CurvePoint>& points, std::size_t first, std::size_t count) {
  double sum = 0;
  for (std::size_t i = first; i < first + count; ++i) sum += points[i].loss;
  return sum / double(count);
}

TEST_F(Trainer, LearnsTwoBlocksFromStrokesAndFindsThemInACaseThatItNeverSaw) {
  HeardTraining heard;
  const TrainingOutcome outcome = run(small_.message(), heard);
  ASSERT_EQ(heard.points.size(), 40U);
  EXPECT_LT(meanLoss(heard.points, 35, 5), 0.5 * meanLoss(heard.points, 0, 5));
  ASSERT_TRUE(outcome.dscMean);
  EXPECT_GT(*outcome.dscMean, 0.8);
  EXPECT_EQ(outcome.chosenIteration, 40);
}

TEST_F(Trainer, ScoresHeldBackCasesAfterEachEpochAndShowsASlice) {
  HeardTraining heard;
  run(small_.message(), heard);
  for (const CurvePoint& point : heard.points) EXPECT_EQ(point.dscMean.has_value(), point.iteration % 10 == 0);
  ASSERT_EQ(heard.pictures.size(), 4U);
  EXPECT_EQ(heard.pictures[0].caseName, "case-1");
  EXPECT_EQ(heard.pictures[0].predicted.size(), 32U * 32U);
  EXPECT_EQ(heard.pictures[3].truth[16 * 32 + 6], 1);  // the liver lies at small x, on the patient's right
}

TEST_F(Trainer, TheModelThatItWritesLabelsACaseAsItDidInTraining) {
  HeardTraining heard;
  const TrainingOutcome outcome = run(small_.message(), heard);
  const TrainingRequest request = trainingRequestOf(small_.message(), folder_.path());
  const TrainingVolume held = readTrainingVolume(request.cases[1], request, 3);
  ModelFolder model(outcome.folder);
  std::vector<std::int16_t> voxels(4096);
  const std::string bytes = readWholeFile(folder_.path() / "case-1.i16");
  std::memcpy(voxels.data(), bytes.data(), bytes.size());
  NoProgress quiet;
  const EngineResult result = runModel(
      model, Volume({32, 32, 4}, voxels), request.cases[1].geometry, request.organs, 1,
      [](ModelFolder& folder) {
        return loadTorchNetwork(folder, {"cpu", "fp32", 1});
      },
      quiet);
  int both = 0, either = 0;
  for (std::size_t i = 0; i < held.dense.size(); ++i) {
    both += 2 * (result.labels[i] == 1 && held.dense[i] == 1);
    either += (result.labels[i] == 1) + (held.dense[i] == 1);
  }
  EXPECT_NEAR(double(both) / either, heard.points.back().dsc.at(1), 1e-9);
}

/// Trains to the end, then again with a stop after 27 of 40 iterations, and compares what both leave.
void expectSameAfterAStop(const Json& schedule) {
  const auto messageOf = [&](const SmallTraining& small) {
    Json message = small.message();
    message["selection"] = "val-dense";
    message["schedule"].update(schedule);
    return message;
  };
  const TestFolder whole, stopped;
  const SmallTraining once(whole.path()), again(stopped.path());
  HeardTraining all, first, second;
  const TrainingOutcome outcome = trainModel(trainingRequestOf(messageOf(once), whole.path()), all);
  first.stopsAfter = 27;
  EXPECT_THROW(trainModel(trainingRequestOf(messageOf(again), stopped.path()), first), Error);
  Json message = messageOf(again);
  message["resume"] = true;
  const TrainingOutcome resumed = trainModel(trainingRequestOf(message, stopped.path()), second);
  EXPECT_EQ(second.begunAt, 20);
  for (const char* file : {"curves.csv", "model.ts"})
    EXPECT_EQ(readWholeFile(resumed.folder / file), readWholeFile(outcome.folder / file)) << file << schedule;
}

TEST_F(Trainer, GoesOnFromItsLastEpochToTheSameCurveAndWeights) {
  expectSameAfterAStop(Json::object());
  expectSameAfterAStop({{"optimizer", "adamw"}, {"learning_rate", 0.01}, {"decay", "cosine"}, {"averaging", 0.9}});
  expectSameAfterAStop({{"averaging", 0.9}});
}

TEST_F(Trainer, LearnsByAdamWWithACosineAndAMeanOfItsWeights) {
  Json message = small_.message();
  message["schedule"].update(
      {{"optimizer", "adamw"}, {"decay", "cosine"}, {"learning_rate", 0.04}, {"averaging", 0.8}});
  HeardTraining heard;
  const TrainingOutcome outcome = run(message, heard);
  EXPECT_GT(outcome.dscMean.value_or(0), 0.8);
  EXPECT_DOUBLE_EQ(heard.points[0].learningRate, 0.04);
  EXPECT_NEAR(heard.points[20].learningRate, 0.02, 1e-12);  // half of 40 iterations
  EXPECT_NEAR(heard.points[30].learningRate, 0.04 * (1 - std::sqrt(0.5)) / 2, 1e-12);
}

TEST_F(Trainer, SavesTheMeanOfTheWeightsInPlaceOfTheLastOnes) {
  HeardTraining plain, averaged;
  const std::string last = readWholeFile(run(small_.message(), plain).folder / "model.ts");
  std::filesystem::remove_all(folder_.path() / "model");
  Json message = small_.message();
  message["schedule"]["averaging"] = 0.9;
  const std::string mean = readWholeFile(run(message, averaged).folder / "model.ts");
  EXPECT_NE(mean, last);
  for (std::size_t i = 0; i < plain.points.size(); ++i) EXPECT_EQ(plain.points[i].loss, averaged.points[i].loss);
}

TEST_F(Trainer, DoesNotGoOnWithOtherSettings) {
  HeardTraining heard;
  heard.stopsAfter = 12;
  EXPECT_THROW(run(small_.message(), heard), Error);
  Json message = small_.message();
  message["resume"] = true;
  message["schedule"]["learning_rate"] = 0.2;
  EXPECT_NE(failureOf(message).find("was begun with other settings or data"), std::string::npos);
}

TEST_F(Trainer, KeepsTheWeightsThatScoredBestWhenHeldBackLabelsChoose) {
  Json message = small_.message();
  message["selection"] = "val-dense";
  HeardTraining heard;
  const TrainingOutcome outcome = run(message, heard);
  double best = 0;
  int bestAt = 0;
  for (const CurvePoint& point : heard.points) {
    if (point.dscMean.value_or(0) > best) bestAt = point.iteration;
    best = std::max(best, point.dscMean.value_or(0));
  }
  EXPECT_EQ(outcome.chosenIteration, bestAt);
  EXPECT_DOUBLE_EQ(*outcome.dscMean, best);
}

TEST_F(Trainer, StartsFromTheWeightsOfAnotherModel) {
  HeardTraining heard;
  const auto model = firstModel(heard);
  Json message = small_.message();
  message["start_folder"] = model.string();
  HeardTraining further;
  run(message, further);
  EXPECT_LT(further.points.front().loss, 0.5 * heard.points.front().loss);
}

TEST_F(Trainer, StartsFromNoOtherModelThanTheOneThatWasAllowed) {
  HeardTraining heard;
  const auto model = firstModel(heard);
  Json message = small_.message();
  message["start_folder"] = model.string();
  message["start_manifest_sha256"] = std::string(64, '0');
  EXPECT_NE(failureOf(message).find("the model was changed or exchanged"), std::string::npos);
}

TEST_F(Trainer, TrainsTheNetworkOfAModelFolder) {
  HeardTraining heard;
  const auto model = firstModel(heard);
  Json message = small_.message();
  message["network_folder"] = model.string();
  HeardTraining further;
  const TrainingOutcome second = run(message, further);
  EXPECT_GT(second.dscMean.value_or(0), 0.8);
}

TEST_F(Trainer, RefusesANetworkThatGivesOrTakesSomethingElse) {
  HeardTraining heard;
  const auto model = firstModel(heard);
  const Json manifest = readJsonFile(model / "recontour.json");
  const auto refusalOf = [&](const char* pointer, const Json& value, const char* folder) {
    Json changed = manifest;
    changed[Json::json_pointer(pointer)] = value;
    std::ofstream(model / "recontour.json") << changed;
    Json message = small_.message();
    message[folder] = model.string();
    return failureOf(message);
  };
  for (const char* folder : {"network_folder", "start_folder"}) {
    EXPECT_NE(refusalOf("/output/kind", "probabilities", folder).find("returns probabilities"), std::string::npos);
    EXPECT_NE(refusalOf("/input/orientation", "RAS", folder).find("another orientation"), std::string::npos);
    EXPECT_NE(refusalOf("/input/axis_order", "xyz", folder).find("another orientation"), std::string::npos);
  }
}

TEST_F(Trainer, TellsHowFarReadingAndScoringAre) {
  HeardTraining heard;
  run(small_.message(), heard);
  EXPECT_EQ(heard.loaded, (std::vector<std::pair<int, int>>{{1, 2}, {2, 2}}));
  ASSERT_GE(heard.scored.size(), 4U);
  EXPECT_GT(heard.scored.front().first, 0);
  EXPECT_EQ(heard.scored.back().first, heard.scored.back().second) << "slices";
}

TEST_F(Trainer, EveryLossTrains) {
  for (const char* name : {"ce-dice", "pce+em", "pce+ivm", "pce+em+ivm", "pce+crf"}) {
    Json message = small_.message();
    message["loss"]["name"] = name;
    HeardTraining heard;
    run(message, heard);
    EXPECT_LT(meanLoss(heard.points, 35, 5), 0.8 * meanLoss(heard.points, 0, 5)) << name;
    std::filesystem::remove_all(folder_.path() / "model");
  }
}

TEST_F(Trainer, RefusesWhatCannotBeTrainedInOneClearLine) {
  Json message = small_.message();
  message["network"] = "resunet5d";
  EXPECT_NE(failureOf(message).find("resunet5d"), std::string::npos);
  message = small_.message();
  message["patch"] = {30, 32, 1};
  EXPECT_NE(failureOf(message).find("no multiple of"), std::string::npos);
  message = small_.message();
  message["organs"]["labels"] = {{"liver", 1}};
  EXPECT_NE(failureOf(message).find("case-0"), std::string::npos);
  message = small_.message();
  message["cases"][0]["scribbles"]["sha256"] = std::string(64, '0');
  EXPECT_NE(failureOf(message).find("case-0"), std::string::npos);
}

TEST_F(Trainer, ALearningRateThatIsTooHighEndsInOneClearLine) {
  Json message = small_.message();
  message["schedule"]["learning_rate"] = 100;
  message["schedule"]["weight_decay"] = 1;  // weights grow a hundredfold each time, whatever the processor rounds to
  message["schedule"]["gradient_clip"] = 0;
  const std::string said = failureOf(message);
  EXPECT_NE(said.find("lower learning rate"), std::string::npos) << said;
}

}  // namespace
}  // namespace recontour
