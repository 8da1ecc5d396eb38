#include "models/engine/trainer/training_request.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/training/word_organs.h"
#include "tests/models/trainer/sample_training.h"

namespace recontour {
namespace {

std::string refusal(const Json& json) {
  try {
    trainingRequestOf(json, "/base");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::BadInput);
    return error.what();
  }
  return "accepted";
}

Json with(const std::string& pointer, const Json& value) {
  Json json = sampleRequest();
  json[Json::json_pointer(pointer)] = value;
  return json;
}

Json without(const std::string& parent, const std::string& member) {
  Json json = sampleRequest();
  json[Json::json_pointer(parent)].erase(member);
  return json;
}

TEST(TrainingRequest, HasWhatTheMessageSays) {
  const TrainingRequest request = trainingRequestOf(sampleRequest(), "/base");
  EXPECT_EQ(request.folder, "/base/job");
  ASSERT_EQ(request.cases.size(), 2U);
  EXPECT_EQ(request.cases[0].volume, "/base/job/a.i16");
  EXPECT_EQ(request.cases[1].dense, "/base/job/b.dense.u8");
  EXPECT_EQ(request.cases[0].geometry.size, (Size3{4, 4, 2}));
  EXPECT_FALSE(request.cases[0].heldBack);
  EXPECT_TRUE(request.cases[1].heldBack);
  EXPECT_EQ(request.organs.labels.at("spleen"), 2);
  EXPECT_EQ(request.network, "unet2d");
  EXPECT_EQ(request.width, 8);
  EXPECT_EQ(request.loss.name, "pce+em+ivm");
  EXPECT_EQ(request.loss.lambdaEm, 0.2);
  EXPECT_TRUE(request.loss.ivmNormalized);
  EXPECT_EQ(request.schedule.iterations, 40);
  EXPECT_EQ(request.schedule.learningRate, 0.02);
  EXPECT_EQ(request.spacingMm, (Point3{1, 2, 3}));
  EXPECT_EQ(request.patch, (Size3{64, 32, 1}));
  EXPECT_EQ(request.normalization.type, Normalization::Type::Range);
  EXPECT_EQ(request.selection, ModelSelection::HeldBackDense);
  EXPECT_EQ(request.seed, 7U);
  EXPECT_EQ(Json::parse(request.message), sampleRequest());
}

TEST(TrainingRequest, KeepsDefaultsForWhatIsMissing) {
  Json json = sampleRequest();
  for (const char* member : {"loss", "schedule", "selection", "seed", "width"}) json.erase(member);
  const TrainingRequest request = trainingRequestOf(json, "");
  EXPECT_EQ(request.loss.name, "pce");
  EXPECT_EQ(request.schedule.iterations, 3000);
  EXPECT_EQ(request.selection, ModelSelection::Last);
  EXPECT_EQ(request.seed, 1U);
  EXPECT_GE(request.threads, 1);
  EXPECT_TRUE(request.augments);
}

TEST(TrainingRequest, NeedsNoNameOfANetworkWithANetworkFolder) {
  Json json = without("", "network");
  EXPECT_NE(refusal(json).find("network is missing"), std::string::npos);
  json["network_folder"] = "/models/own";
  EXPECT_EQ(trainingRequestOf(json, "/base").networkFolder, "/models/own");
}

TEST(TrainingRequest, SaysInOneLineWhatIsOutOfRange) {
  const std::pair<Json, const char*> table[] = {
      {with("/schedule/iterations", 0), "schedule.iterations is 0, where a whole number from 1 to 1000000 is allowed"},
      {with("/schedule/iterations", 1000001), "schedule.iterations is 1000001"},
      {with("/schedule/iterations", 2.5), "schedule.iterations is 2.5"},
      {with("/schedule/iterations", "many"), "schedule.iterations is \"many\""},
      {with("/schedule/batch", 257), "schedule.batch is 257, where a whole number from 1 to 256 is allowed"},
      {with("/schedule/learning_rate", 0), "schedule.learning_rate is 0"},
      {with("/schedule/learning_rat", 0.1), "schedule.learning_rat is not known; there are iterations,"},
      {with("/schedule", 3), "schedule is no object"},
      {with("/loss/lambda_em", 1001), "loss.lambda_em is 1001, where a number from 0.0 to 1000.0 is allowed"},
      {with("/loss/lambda_ivm", -1), "loss.lambda_ivm is -1"},
      {with("/loss/name", "mse"), "loss.name is 'mse'; choose one of ce-dice, pce, pce+em"},
      {with("/loss/ivm", "other"), "loss.ivm is 'other'; choose one of paper, normalized"},
      {with("/width", 513), "width is 513"},
      {with("/patch/1", 0), "patch is 0, where a whole number from 1 to 1024 is allowed"},
      {with("/patch", {1, 2}), "patch must have three entries"},
      {with("/spacing_mm/2", 20.5), "spacing_mm is 20.5, where a number from 0.1 to 20.0 is allowed"},
      {with("/selection", "best"), "selection is 'best'; choose one of last, val-scribble, val-dense"},
      {with("/seed", -1), "seed is no whole number from 0 on"},
      {with("/augmentation", "yes"), "augmentation is \"yes\", not true or false"},
      {with("/model_name", "two\nlines"), "model_name is no name of one line"},
      {with("/normalization/type", "other"), "normalization: normalization \"other\" is not known"},
      {with("/normalization/in", {250, -150}), "normalization: normalization.in must rise"},
      {without("", "normalization"), "normalization is missing"},
      {without("", "organs"), "organs is missing"},
      {Json::array(), "it is no object"}};
  for (const auto& [json, text] : table) {
    EXPECT_NE(refusal(json).find(text), std::string::npos) << text << "\n" << refusal(json);
    EXPECT_EQ(refusal(json).find('\n'), std::string::npos);
  }
}

TEST(TrainingRequest, TakesOrganLabelsFromOneOnWithoutAGapOnly) {
  const std::pair<Json, const char*> table[] = {
      {with("/organs/labels", {{"liver", 1}, {"spleen", 3}}), "organs.labels.spleen is 3, where a whole number from 1"},
      {with("/organs/labels", {{"liver", 0}}), "organs.labels.liver is 0"},
      {with("/organs/labels", {{"liver", 1}, {"spleen", 1}}), "organs.labels has the label 1 twice"},
      {with("/organs/labels", {{"background", 1}}), "calls an organ 'background'"},
      {with("/organs/labels", Json::object()), "must have 1 to 254 organs"}};
  for (const auto& [json, text] : table) {
    EXPECT_NE(refusal(json).find(text), std::string::npos) << text << "\n" << refusal(json);
  }
}

TEST(TrainingRequest, NamesTheCaseAtFault) {
  const std::pair<Json, const char*> table[] = {
      {with("/cases/1/volume/file", "../b.i16"), "cases[1]: '../b.i16' is no plain file name"},
      {with("/cases/1/dense/file", "/etc/passwd"), "cases[1]: '/etc/passwd' is no plain file name"},
      {with("/cases/1/name", "x/y"), "cases[1]: 'x/y' is no plain file name"},
      {with("/cases/1/name", "a"), "cases has two of the name 'a'"},
      {with("/cases/1/volume/size", {0, 4, 2}), "cases[1]: volume: size, spacing or origin is out of range"},
      {with("/cases/1/volume/sha256", "abc"), "cases[1].volume.sha256 has not 64 lower-case hexadecimal digits"},
      {with("/cases/0/volume", {{"file", "a.i16"}}), "cases[0]: "},
      {with("/cases/1", 5), "cases[1] is no object"},
      {with("/cases", "all"), "cases is no list"}};
  for (const auto& [json, text] : table) {
    EXPECT_NE(refusal(json).find(text), std::string::npos) << text << "\n" << refusal(json);
    EXPECT_TRUE(refusal(json).starts_with("the training request: ")) << refusal(json);
  }
}

TEST(TrainingRequest, NeedsACaseToLearnFrom) {
  EXPECT_EQ(refusal(with("/cases/0/held_back", true)), "no case is left to learn from; hold back fewer");
  EXPECT_EQ(refusal(with("/cases", Json::array())), "no case is left to learn from; hold back fewer");
}

TEST(TrainingRequest, RefusesAPatientOnBothSidesOfTheSplit) {
  EXPECT_EQ(refusal(with("/cases/1/patient", "a")),
            "case 'b' is held back, but another case of its patient 'a' is learned from; put both on the same side");
}

TEST(TrainingRequest, NeedsTheLabelsThatItsLossLearnsFrom) {
  EXPECT_EQ(refusal(without("/cases/0", "scribbles")),
            "case 'a' has no strokes, which the loss 'pce+em+ivm' learns from; add them or leave the case out");
  Json dense = without("/cases/0", "dense");
  EXPECT_EQ(refusal(dense), "accepted");
  dense["loss"]["name"] = "ce-dice";
  EXPECT_EQ(refusal(dense),
            "case 'a' has no dense labels, which the loss 'ce-dice' learns from; add them or leave the case out");
}

TEST(TrainingRequest, NeedsLabelsToScoreAHeldBackCaseBy) {
  Json json = without("/cases/1", "dense");
  json["cases"][1].erase("scribbles");
  json["selection"] = "last";
  EXPECT_EQ(
      refusal(json),
      "case 'b' is held back and has neither dense labels nor strokes to be scored by; add them or leave the case "
      "out");
}

TEST(TrainingRequest, KnowsSyntheticCasesByTheMessageAndByTheirNames) {
  EXPECT_FALSE(trainingRequestOf(sampleRequest(), "").cases[0].synthetic);
  EXPECT_TRUE(trainingRequestOf(with("/cases/0/synthetic", true), "").cases[0].synthetic);
  EXPECT_TRUE(trainingRequestOf(with("/cases/0/name", "demo_0003"), "").cases[0].synthetic);
  EXPECT_TRUE(trainingRequestOf(with("/cases/0/name", "Phantom 2"), "").cases[0].synthetic);
}

TEST(TrainingRequest, HasOrganKeysInTheOrderOfTheirLabels) {
  EXPECT_EQ(trainingRequestOf(with("/organs/labels", {{"a", 3}, {"b", 1}, {"c", 2}}), "").organKeys(),
            (std::vector<std::string>{"b", "c", "a"}));
}

TEST(TrainingRequest, ScoresOnDenseLabelsUnlessStrokesChoose) {
  EXPECT_EQ(trainingRequestOf(with("/selection", "last"), "").scoredLabels(), ScoredLabels::Dense);
  EXPECT_EQ(trainingRequestOf(with("/selection", "val-scribble"), "").scoredLabels(), ScoredLabels::Strokes);
  Json json = without("/cases/1", "dense");
  json["selection"] = "last";
  EXPECT_EQ(trainingRequestOf(json, "").scoredLabels(), ScoredLabels::Strokes);
  json["cases"].erase(1);
  EXPECT_EQ(trainingRequestOf(json, "").scoredLabels(), ScoredLabels::None);
}

TEST(TrainingRequest, NeedsTheLabelsThatChooseTheWeights) {
  Json json = without("/cases/1", "dense");
  EXPECT_EQ(refusal(json),
            "no held-back case has dense labels to choose the weights by; hold one back or take the "
            "last weights");
  json["selection"] = "val-scribble";
  EXPECT_EQ(refusal(json), "accepted");
}

/// A request of label maps alone, of WORD's 16 organs.
Json labelRequest() {
  Json json = sampleRequest();
  json["source"] = "labels";
  json["loss"] = {{"name", "ce-dice"}};
  json["spacing_mm"] = {3, 3, 3};
  json["organs"]["labels"] = Json::object();
  for (int label = 1; label <= 16; ++label)
    json["organs"]["labels"][std::string(word::kKeys[std::size_t(label)])] = label;
  for (Json& one : json["cases"]) {
    one.erase("scribbles");
    one["volume"].erase("file");
    one["volume"].erase("sha256");
  }
  return json;
}

TEST(TrainingRequest, TakesLabelMapsAlone) {
  Json json = labelRequest();
  const TrainingRequest request = trainingRequestOf(json, "/base");
  EXPECT_TRUE(request.inventsCt());
  EXPECT_EQ(request.variantsPerMap, 3);
  EXPECT_TRUE(request.cases[0].volume.empty());
  EXPECT_TRUE(request.cases[0].synthetic);
  EXPECT_EQ(request.cases[0].dense, "/base/job/a.dense.u8");
  json["synthesis"] = {{"variants_per_map", 2}};
  EXPECT_EQ(trainingRequestOf(json, "/base").variantsPerMap, 2);
  EXPECT_FALSE(trainingRequestOf(sampleRequest(), "/base").inventsCt());
}

TEST(TrainingRequest, SaysWhatLabelMapsAloneCannotBeTrainedWith) {
  const auto changed = [](const std::string& pointer, const Json& value) {
    Json json = labelRequest();
    json[Json::json_pointer(pointer)] = value;
    return json;
  };
  Json withoutDense = labelRequest();
  withoutDense["cases"][1].erase("dense");
  const std::pair<Json, const char*> table[] = {
      {changed("/source", "mr"), "source is 'mr'; choose one of ct, labels"},
      {changed("/cases/0/scribbles", Json::object()), "cases[0].scribbles is not for label maps alone"},
      {changed("/cases/0/volume/file", "a.i16"), "cases[0].volume.file is not for label maps alone"},
      {withoutDense, "cases[1].dense is missing"},
      {changed("/loss/name", "pce"), "loss must be ce-dice"},
      {changed("/normalization", {{"type", "zscore"}}), "normalization must not be zscore"},
      {changed("/spacing_mm/2", 5), "spacing_mm must be 3, 3, 3"},
      {changed("/organs/labels/liver", 2), "organs.labels has the label 2 twice"},
      {changed("/organs/labels", {{"liver", 1}}), "organs must be those of the table 'word'"},
      {changed("/synthesis", {{"variants_per_map", 0}}), "synthesis.variants_per_map is 0"},
      {changed("/synthesis", {{"variants", 2}}), "synthesis.variants is not known"},
      {with("/synthesis", {{"variants_per_map", 2}}), "synthesis is for the source 'labels' alone"}};
  for (const auto& [json, text] : table) {
    EXPECT_NE(refusal(json).find(text), std::string::npos) << text << "\n" << refusal(json);
    EXPECT_EQ(refusal(json).find('\n'), std::string::npos);
  }
}

TEST(TrainingRequest, HasAnOptimizerADecayAnAverageAndWeightsOfClasses) {
  Json json = sampleRequest();
  json["loss"] = {{"name", "ce-dice"}, {"class_weights", {0.5, 1, 2}}};
  json["schedule"].update({{"optimizer", "adamw"}, {"decay", "cosine"}, {"averaging", 0.99}});
  const TrainingRequest request = trainingRequestOf(json, "");
  EXPECT_EQ(request.schedule.optimizer, TrainingSchedule::Optimizer::AdamW);
  EXPECT_EQ(request.schedule.decay, TrainingSchedule::Decay::Cosine);
  EXPECT_EQ(request.schedule.averaging, 0.99);
  EXPECT_EQ(request.loss.classWeights, (std::vector<double>{0.5, 1, 2}));
  json["loss"]["class_weights"] = {1, 2};
  EXPECT_NE(refusal(json).find("loss.class_weights must be a list of 3 numbers"), std::string::npos);
  json["loss"]["class_weights"] = {1, 2, -1};
  EXPECT_NE(refusal(json).find("loss.class_weights is -1"), std::string::npos);
  json["loss"] = {{"name", "pce"}, {"class_weights", {0.5, 1, 2}}};
  EXPECT_NE(refusal(json).find("loss.class_weights is for the loss ce-dice alone"), std::string::npos);
  json = with("/schedule/optimizer", "adam");
  EXPECT_NE(refusal(json).find("schedule.optimizer is 'adam'; choose one of sgd, adamw"), std::string::npos);
  EXPECT_NE(refusal(with("/schedule/averaging", 1)).find("schedule.averaging is 1"), std::string::npos);
}

}  // namespace
}  // namespace recontour
