#include <chrono>
#include <thread>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "tests/core/training/training_run_fixture.h"

namespace recontour {
namespace {

class TrainingResume : public TrainingRunTest {
 protected:
  /// A run that learned something and was then killed.
  void stopOne() {
    expectRunFails("dies", "the model worker ended (signal 9 (Killed))");
    ASSERT_TRUE(canResume(out_));
  }
  void expectRefused(const std::string& text) {
    expectError([&] { resume("good"); }, text);
    EXPECT_FALSE(std::filesystem::exists(out_));
    EXPECT_TRUE(canResume(out_)) << "what was learned stays";
    settings_ = TrainingSettings();
  }
};

TEST_F(TrainingResume, StopsSoonAfterItIsAskedAndKeepsWhatWasLearned) {
  std::stop_source source;
  std::jthread stopper;
  heard_.onPoint = [&] {
    if (heard_.points.size() == 2)
      stopper =
          std::jthread([&] { std::this_thread::sleep_for(std::chrono::milliseconds(100)), source.request_stop(); });
  };
  const auto start = std::chrono::steady_clock::now();
  expectError([&] { run("waits", source.get_token()); }, "cancelled", ErrorKind::Cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_FALSE(std::filesystem::exists(out_));
  EXPECT_TRUE(canResume(out_));
  EXPECT_EQ(readWholeFile(training_ / "checkpoint.bin"), "what was learned");
}

TEST_F(TrainingResume, ARunThatIsStoppedBeforeItLearnedAnythingLeavesNothing) {
  std::stop_source source;
  source.request_stop();
  expectError([&] { run("good", source.get_token()); }, "cancelled", ErrorKind::Cancelled);
  EXPECT_FALSE(std::filesystem::exists(training_));
  EXPECT_FALSE(canResume(out_));
}

TEST_F(TrainingResume, GoesOnWithoutWritingAnythingAnew) {
  stopOne();
  const auto written = std::filesystem::last_write_time(training_ / "case-0.i16");
  const Json kept = readJsonFile(training_ / "request.json");
  ::setenv("RECONTOUR_FAKE_TRAINER", "dies", 1);
  settings_.resume = true;
  settings_.threads = 1;  // how it is run may change, and what the model is called
  settings_.modelName = "mine";
  EXPECT_THROW(run("dies"), Error);
  EXPECT_EQ(std::filesystem::last_write_time(training_ / "case-0.i16"), written);
  EXPECT_EQ(readJsonFile(training_ / "request.json"), kept);
  run("good");
  const Json request = readJsonFile(out_ / "train.json");
  EXPECT_EQ(request["resume"], true);
  EXPECT_EQ(request["cases"], kept["cases"]);
  EXPECT_FALSE(std::filesystem::exists(training_));
}

TEST_F(TrainingResume, AFileThatWasDamagedIsWrittenAnew) {
  stopOne();
  const std::string before = readWholeFile(training_ / "case-1.scribbles.u8");
  std::ofstream(training_ / "case-1.scribbles.u8") << "damaged";
  EXPECT_THROW(resume("dies"), Error);
  EXPECT_EQ(readWholeFile(training_ / "case-1.scribbles.u8"), before);
}

TEST_F(TrainingResume, OtherSettingsAreRefusedByName) {
  stopOne();
  settings_.learningRate = 0.02;
  expectRefused("mine.training: the run was stopped with another schedule learning_rate: 0.01 then, 0.02 now");
  settings_.network = "unet2d";
  expectRefused("with another network: \"resunet2d\" then, \"unet2d\" now");
  settings_.seed = 9;
  expectRefused("with another seed: 1 then, 9 now");
  settings_.spacingMm = Point3{2, 2, 3};
  expectRefused("with another spacing_mm 0: 1.0 then, 2.0 now");
}

TEST_F(TrainingResume, OtherDataAreRefusedByTheirCase) {
  stopOne();
  addStrokes("b", map({0, 1, 1, 5}, 255));
  expectRefused("with another case b: scribbles sha256");
  addStrokes("b");
  addCase("d");
  settings_.resume = true;
  const auto split = write("more.json", R"({"training": ["a", "b", "d"], "validation": ["c"]})");
  const auto more = trainingCasesIn(cases_, split, false, "last", 1);
  expectError([&] { train(settings_, more, out_, worker_, heard_, {}, ModelTrust(trustFile())); },
              "with another case d: ");
  run("good");
}

TEST_F(TrainingResume, WhatWasLearnedIsNotThrownAwayUnasked) {
  stopOne();
  expectRunFails("good", "mine.training: holds what a stopped run has learned; resume it", ErrorKind::BadInput);
  EXPECT_TRUE(canResume(out_));
}

TEST_F(TrainingResume, WhereThereIsNothingToGoOnFromItSaysSo) {
  expectError([&] { resume("good"); }, "mine.training: there is no stopped run to go on from; start a new one");
  EXPECT_FALSE(std::filesystem::exists(training_));
}

TEST_F(TrainingResume, ARunThatWasKilledBeforeItLearnedAnythingStartsAnew) {
  stopOne();
  std::filesystem::remove(training_ / "checkpoint.bin");
  resume("good");
  EXPECT_EQ(readJsonFile(out_ / "train.json")["resume"], false);
}

TEST_F(TrainingResume, WhatAKilledRunHadBegunToWriteGoes) {
  stopOne();
  std::filesystem::create_directory(training_ / "model");
  std::ofstream(training_ / "model/half.ts") << "half";
  std::ofstream(training_ / ".checkpoint.bin.recontour-a1B2c3") << "half";
  EXPECT_THROW(resume("dies"), Error);
  EXPECT_FALSE(std::filesystem::exists(training_ / "model"));
  EXPECT_FALSE(std::filesystem::exists(training_ / ".checkpoint.bin.recontour-a1B2c3"));
  EXPECT_TRUE(canResume(out_));
}

TEST_F(TrainingResume, TwoRunsDoNotShareAFolder) {
  std::optional<Error> second;
  heard_.onPoint = [&] {
    Heard other;
    settings_.resume = true;
    if (!second)
      second = errorOf([&] { train(settings_, sources(), out_, worker_, other, {}, ModelTrust(trustFile())); });
    settings_.resume = false;
  };
  run("good");
  ASSERT_TRUE(second);
  EXPECT_NE(std::string(second->what()).find("another run is training there"), std::string::npos) << second->what();
}

}  // namespace
}  // namespace recontour
