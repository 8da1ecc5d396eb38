#include "core/training/training_run.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "tests/core/training/training_run_fixture.h"

namespace recontour {

Json TrainingRunTest::request() const { return readJsonFile(out_ / "train.json"); }

namespace {

TEST_F(TrainingRunTest, PutsAWholeModelInItsPlaceAndTrustsIt) {
  const TrainingReport report = run("good");
  EXPECT_EQ(report.model, out_);
  EXPECT_EQ(report.manifestHash, sha256HexOfFile(out_ / "recontour.json"));
  EXPECT_EQ(report.device, "cpu");
  EXPECT_EQ(report.fallback, "because");
  EXPECT_EQ(report.iterations, 100);
  EXPECT_EQ(report.chosenIteration, 50);
  EXPECT_EQ(report.seconds, 12.5);
  EXPECT_EQ(report.dscMean, 0.75);
  EXPECT_EQ(ModelTrust(trustFile()).standing(out_, report.manifestHash), ModelStanding::Pinned);
  EXPECT_EQ(readWholeFile(out_ / "model.ts"), "weights");
  EXPECT_FALSE(std::filesystem::exists(training_));
}

TEST_F(TrainingRunTest, ARunWithoutScoresHasNone) { EXPECT_FALSE(run("no scores").dscMean); }

TEST_F(TrainingRunTest, TellsCurveAndPicturesAsTheyCome) {
  run("good");
  const std::vector<std::string> stages = {"read 0/3", "read 1/3", "read 2/3", "read 3/3", "fake on cpu", "load 1/1"};
  EXPECT_EQ(heard_.stages, stages);
  ASSERT_EQ(heard_.points.size(), 2U);
  EXPECT_EQ(heard_.points[0].loss, 0.75);
  EXPECT_FALSE(heard_.points[0].dscMean);
  EXPECT_EQ(heard_.points[1].iteration, 50);
  EXPECT_EQ(heard_.points[1].iterations, 100);
  EXPECT_EQ(heard_.points[1].terms.at("em"), 1.0);
  EXPECT_EQ(heard_.points[1].dscMean, 0.25);
  EXPECT_EQ(heard_.points[1].dsc.at("liver"), 0.25);
  EXPECT_EQ(heard_.points[1].secondsLeft, 7.5);
  ASSERT_EQ(heard_.views.size(), 1U);
  EXPECT_EQ(heard_.views[0].caseName, "word 1");
  EXPECT_EQ(heard_.views[0].grey, std::vector<std::uint8_t>(6, 10));
  EXPECT_EQ(heard_.views[0].predicted, std::vector<std::uint8_t>(6, 2));
  EXPECT_EQ(heard_.views[0].truth, std::vector<std::uint8_t>(6, 255));
}

TEST_F(TrainingRunTest, ALossThatIsNoNumberIsToldAsSuch) {
  run("diverges");
  EXPECT_TRUE(std::isnan(heard_.points.at(0).loss));  // JSON has no number for it
}

TEST_F(TrainingRunTest, APictureThatIsNotWhatItShouldBeIsNotShown) {
  for (const char* mode : {"picture link", "picture short", "picture huge", "picture elsewhere"}) {
    heard_.views.clear();
    run(mode);
    EXPECT_TRUE(heard_.views.empty()) << mode;
    std::filesystem::remove_all(out_);
  }
}

TEST_F(TrainingRunTest, TellsTheWorkerWhatAPersonChose) {
  settings_.network = "unet3d";
  settings_.lambdaEm = 0.25;
  settings_.ivmNormalized = true;
  settings_.ramp = 2;
  settings_.epochs = 4;
  settings_.iterationsPerEpoch = 25;
  settings_.seed = 77;
  settings_.modelName = "Mine";
  run("good");
  const Json message = request();
  EXPECT_EQ(message["network"], "unet3d");
  EXPECT_EQ(message["width"], 8);
  EXPECT_EQ(message["patch"], (Json{64, 64, 32}));
  EXPECT_EQ(message["spacing_mm"], (Json{1.0, 2.0, 3.0}));
  EXPECT_EQ(message["loss"]["lambda_em"], 0.25);
  EXPECT_EQ(message["loss"]["ivm"], "normalized");
  EXPECT_EQ(message["loss"]["ramp_iterations"], 50);
  EXPECT_EQ(message["schedule"]["iterations"], 100);
  EXPECT_EQ(message["normalization"]["in"], (Json{-150.0, 250.0}));
  EXPECT_EQ(message["seed"], 77);
  EXPECT_EQ(message["model_name"], "Mine");
  EXPECT_EQ(message["organs"]["labels"]["liver"], 1);
  EXPECT_EQ(message["folder"], training_.string());
  EXPECT_EQ(message["resume"], false);
  EXPECT_EQ(message["nice"], std::min(::getpriority(PRIO_PROCESS, 0) + 10, 19));
}

TEST_F(TrainingRunTest, HandsEachCaseOverWithWhatItsRoleNeeds) {
  run("good");
  const Json cases = request()["cases"];
  ASSERT_EQ(cases.size(), 3U);
  EXPECT_EQ(cases[0]["name"], "a");
  EXPECT_EQ(cases[0]["held_back"], false);
  EXPECT_EQ(cases[0]["volume"]["size"], (Json{4, 3, 2}));
  const std::vector<std::int16_t> hu(24, 40);
  EXPECT_EQ(cases[0]["volume"]["sha256"], sha256Hex(std::as_bytes(std::span(hu))));
  const std::string strokes = std::string("\0\1\5", 3) + std::string(21, '\xff');
  EXPECT_EQ(cases[0]["scribbles"]["sha256"], sha256Hex(std::string_view(strokes)));
  EXPECT_FALSE(cases[0].contains("dense"));
  EXPECT_EQ(cases[2]["held_back"], true);
  EXPECT_TRUE(cases[2].contains("dense"));
}

TEST_F(TrainingRunTest, HandsLabelMapsOverWithoutCt) {
  settings_ = trainingPreset("word-demo");
  settings_.device = "cpu";
  settings_.variantsPerMap = 2;
  run("good");
  const Json message = request();
  EXPECT_EQ(message["source"], "labels");
  EXPECT_EQ(message["synthesis"], (Json{{"variants_per_map", 2}}));
  EXPECT_EQ(message["spacing_mm"], (Json{3.0, 3.0, 3.0}));
  EXPECT_EQ(message["patch"], (Json{128, 96, 48}));
  EXPECT_EQ(message["width"], 24);
  EXPECT_EQ(message["normalization"],
            R"({"type": "affine", "clip": [-250.0, 350.0], "subtract": 50.0, "divide": 150.0})"_json);
  EXPECT_EQ(message["loss"]["class_weights"].size(), 17U);
  EXPECT_EQ(message["schedule"]["optimizer"], "adamw");
  EXPECT_EQ(message["schedule"]["iterations"], 2000);
  ASSERT_EQ(message["cases"].size(), 3U);
  const std::string dense = std::string("\1\5", 2) + std::string(22, '\0');
  for (const Json& one : message["cases"]) {
    EXPECT_EQ(one["volume"]["size"], (Json{4, 3, 2}));
    EXPECT_EQ(one["volume"]["spacing_mm"], (Json{1.0, 2.0, 3.0}));
    EXPECT_FALSE(one["volume"].contains("file") || one.contains("scribbles"));
    EXPECT_TRUE(one["synthetic"].get<bool>());
    EXPECT_EQ(one["dense"]["sha256"], sha256Hex(std::string_view(dense)));
  }
}

TEST_F(TrainingRunTest, AGapInTheOrganTableIsNoneInTheNetwork) {
  // Labels 1 and 5 become channels 1 and 2, and a picture's channel 2 is label 5 again.
  const Json organs = readJsonFile(std::filesystem::path(SOURCE_FOLDER) / "resources/organs/word.json");
  Json few = organs;
  few["organs"] = {organs["organs"][0], organs["organs"][4]};
  settings_.organTable = write("few.json", few.dump()).string();
  run("good");
  EXPECT_EQ(request()["organs"]["labels"], (Json{{"liver", 1}, {"stomach", 2}}));
  const std::string strokes = std::string("\0\1\2", 3) + std::string(21, '\xff');
  EXPECT_EQ(request()["cases"][0]["scribbles"]["sha256"], sha256Hex(std::string_view(strokes)));
  EXPECT_EQ(heard_.views.at(0).predicted[0], 5);
}

TEST_F(TrainingRunTest, WarnsOfOrgansThatNoCaseShows) {
  const TrainingReport report = run("good");
  ASSERT_EQ(heard_.warnings.size(), 1U);
  EXPECT_NE(heard_.warnings[0].find("spleen, kidney_left"), std::string::npos) << heard_.warnings[0];
  EXPECT_EQ(heard_.warnings[0].find("liver,"), std::string::npos) << heard_.warnings[0];
  EXPECT_EQ(report.warnings, heard_.warnings);
}

TEST_F(TrainingRunTest, CasesThatCannotBeLearnedFromAreToldInOneLine) {
  const struct {
    std::function<void()> spoil;
    const char* loss;
    const char* text;
  } table[] = {
      {[&] { addStrokes("a", map({}, 255)); }, "pce", "a.nii.gz: has no stroke"},
      {[&] {
         addStrokes("a", map({0, 99}, 255));
       },
       "pce", "a.nii.gz: has the label 99, which the organ table lacks"},
      {[&] {
         addStrokes("a", map({17, 1}, 255));
       },
       "pce", "the background as WORD's released generator writes it"},
      {[&] {
         addStrokes("a", map({1, 5}, 255)), addStrokes("b", map({1}, 255));
       },
       "pce", "strokes of the background"},
      {[&] { addStrokes("a", map({0}, 255)), addStrokes("b", map({0}, 255)); }, "pce", "has strokes of an organ"},
      {[&] { addDense("a", map({99}, 0)); }, "ce-dice", "a.nii.gz: has the label 99, which the organ table lacks"},
      {[&] { addDense("c", map({99}, 0)); }, "pce", "c.nii.gz: has the label 99, which the organ table lacks"},
      {[&] { std::ofstream(file("imagesTr", "b")) << "no image"; }, "pce", "b.nii.gz"},
  };
  for (const auto& row : table) {
    for (const char* name : {"a", "b", "c"}) addCase(name);
    row.spoil();
    settings_.loss = row.loss;
    expectRunFails("good", row.text, ErrorKind::BadInput);
    EXPECT_FALSE(std::filesystem::exists(training_)) << row.text;
  }
}

TEST_F(TrainingRunTest, SomethingAtItsPlaceIsNotTouched) {
  std::filesystem::create_directory(out_);
  expectError([&] { run("good"); }, "mine: is there already");
  EXPECT_TRUE(std::filesystem::is_empty(out_));
  std::filesystem::remove(out_);
  std::filesystem::create_directory(training_);
  std::ofstream(training_ / "thesis.tex") << "mine";
  expectRunFails("good", "mine.training: is in the way and is no training's", ErrorKind::BadInput);
  EXPECT_TRUE(std::filesystem::exists(training_ / "thesis.tex"));
}

TEST_F(TrainingRunTest, AFolderThatCannotBeWrittenToIsNamed) {
  std::ofstream(folder_ / "file") << "x";
  out_ = folder_ / "file/mine";
  expectRunFails("good", "cannot be created", ErrorKind::BadInput);
}

TEST_F(TrainingRunTest, AFullDiskLeavesNothing) {
  rlimit before = {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 40;  // less than the 48 bytes of a CT
  const auto sources = this->sources();
  ::signal(SIGXFSZ, SIG_IGN);  // writing then fails with EFBIG, as it does with ENOSPC on a full disk
  ::setrlimit(RLIMIT_FSIZE, &small);
  const Error error = errorOf([&] { train(settings_, sources, out_, worker_, heard_, {}, ModelTrust(trustFile())); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, SIG_DFL);
  EXPECT_NE(std::string(error.what()).find("case-0.i16: writing failed: File too large"), std::string::npos)
      << error.what();
  EXPECT_FALSE(std::filesystem::exists(out_));
  EXPECT_FALSE(std::filesystem::exists(training_));
}

TEST_F(TrainingRunTest, AWorkerThatDiesIsAModelThatFailed) {
  expectRunFails("dies at once", "the model worker ended (signal 9 (Killed))");
  EXPECT_FALSE(std::filesystem::exists(training_)) << "nothing was learned";
}

TEST_F(TrainingRunTest, TheWorkersRefusalIsPassedOn) {
  expectRunFails("refuses", "patch: no multiple of 16", ErrorKind::BadInput);
  expectRunFails("curve of texts", "cannot be read");
}

TEST_F(TrainingRunTest, AResultThatIsNotWhatWasToldIsNoModel) {
  const char* table[][2] = {{"another hash", "is not the one that was told"},
                            {"link in model", "LICENSE is no plain file"},
                            {"folder in model", "more is no plain file"},
                            {"model elsewhere", "is no plain file name"},
                            {"incomplete", "'device'"}};
  for (const auto& row : table) {
    settings_.resume = canResume(out_);
    expectRunFails(row[0], row[1]);
    EXPECT_TRUE(canResume(out_)) << "what was learned stays";
    std::filesystem::remove_all(training_ / "model");
  }
}

TEST_F(TrainingRunTest, WhereThereIsASandboxItTrainsInIt) {
  if (!sandboxWorks()) GTEST_SKIP() << "no sandbox here";
  worker_.bubblewrap = kBubblewrap;
  std::filesystem::create_directory(folder_ / "theirs");
  write("theirs/recontour.json", R"({"name": "theirs"})");
  write("theirs/notes.txt", "not for a model");
  settings_.startFolder = folder_ / "theirs";
  const TrainingReport report = run("good");
  EXPECT_EQ(report.warnings.size(), 1U);  // of organs alone
  EXPECT_EQ(request()["sees"], (Json{"recontour.json"}));
}

TEST_F(TrainingRunTest, ANetworkFromElsewhereNeedsASandboxOrAPermission) {
  std::filesystem::create_directory(folder_ / "theirs");
  write("theirs/recontour.json", R"({"name": "theirs", "weights": "model.ts"})");
  write("theirs/model.ts", "x");
  settings_.networkFolder = folder_ / "theirs";
  expectRunFails("good", "--allow-unsandboxed", ErrorKind::BadInput);
  settings_.allowUnsandboxed = true;
  settings_.networkHash = std::string(64, '0');
  expectRunFails("good", "was exchanged for another model just now", ErrorKind::BadInput);
  settings_.networkHash.clear();
  const TrainingReport report = run("good");
  EXPECT_NE(report.warnings.at(0).find("without a sandbox"), std::string::npos);
  EXPECT_EQ(report.warnings, heard_.warnings);
  EXPECT_EQ(request()["network_folder"], (folder_ / "theirs").string());
  EXPECT_EQ(request()["network_manifest_sha256"], sha256HexOfFile(folder_ / "theirs/recontour.json"));
  EXPECT_EQ(request()["model_name"], "theirs, pce+em+ivm");
  EXPECT_FALSE(request().contains("network"));
}

}  // namespace
}  // namespace recontour
