#include "core/predict/worker_predictor.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

using Clock = std::chrono::steady_clock;

struct Seen final : ProgressSink {
  void progress(std::string_view stage, int done, int total, double secondsLeft) override {
    lines.push_back(std::string(stage) + " " + std::to_string(done) + "/" + std::to_string(total) + " " +
                    std::to_string(int(secondsLeft * 10)));
  }
  void runsOn(std::string_view name, std::string_view device) override {
    lines.push_back(std::string(name) + " on " + std::string(device));
  }
  std::vector<std::string> lines;
};

class WorkerPredictorTest : public testing::Test {
 protected:
  WorkerPredictorTest()
      : folder_(std::filesystem::temp_directory_path() / ("predict_test-" + std::to_string(::getpid()))),
        jobs_(folder_ / "jobs") {
    std::filesystem::create_directories(folder_ / "model");
    std::ofstream(folder_ / "model/recontour.json") << R"({"name": "mine"})";
  }
  ~WorkerPredictorTest() override { std::filesystem::remove_all(folder_); }

  PredictionRequest request() const {
    PredictionRequest result;
    result.geometry.size = {4, 3, 2};
    result.volume = Volume({4, 3, 2}, std::vector<std::int16_t>(24, 40));
    result.modelFolder = folder_ / "model";
    result.allowUnsandboxed = true;
    return result;
  }
  PredictionResult predict(const char* mode, std::stop_token stop = {}) {
    ::setenv("RECONTOUR_FAKE_WORKER", mode, 1);
    WorkerSettings settings;
    settings.program = program_;
    settings.jobs = jobs_;
    settings.watchdog = std::chrono::milliseconds(400);
    settings.stallLimit = stallLimit_;
    settings.memoryLimitBytes = memoryLimitBytes_;
    settings.bubblewrap.clear();  // the modes come by the environment, of which a sandbox has none
    return WorkerPredictor(settings).predict(request(), seen_, stop);
  }
  /// The error of a prediction that must fail.
  Error errorOf(const char* mode, std::stop_token stop = {}) {
    try {
      predict(mode, stop);
    } catch (const Error& error) {
      EXPECT_TRUE(!std::filesystem::exists(jobs_) || std::filesystem::is_empty(jobs_)) << "the job folder stays";
      return error;
    }
    ADD_FAILURE() << "no error";
    return Error("");
  }
  void expectModelFailed(const char* mode, const std::string& text) {
    const Error error = errorOf(mode);
    EXPECT_EQ(error.kind(), ErrorKind::ModelFailed);
    EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
  }

  std::filesystem::path program_ = FAKE_WORKER;
  std::filesystem::path folder_, jobs_;
  std::chrono::milliseconds stallLimit_{60000};
  std::uint64_t memoryLimitBytes_ = 0;
  Seen seen_;
};

TEST_F(WorkerPredictorTest, HandsBackTheWorkersLabelsAndFigures) {
  const PredictionResult result = predict("good");
  EXPECT_EQ(result.labels.at({3, 2, 0}), 1);
  EXPECT_EQ(result.labels.at({0, 0, 1}), 0);
  EXPECT_EQ(labelCounts(result.labels)[1], 12);
  EXPECT_EQ(result.device, "cpu");
  EXPECT_EQ(result.fallback, "because");
  EXPECT_EQ(result.tiles, 3);
  EXPECT_EQ(result.seconds.at("network"), 1.5);
  EXPECT_TRUE(std::filesystem::is_empty(jobs_));
}

TEST_F(WorkerPredictorTest, PassesProgressOnAndLeavesPartialResultsAndOtherJobsAlone) {
  predict("good");
  EXPECT_EQ(seen_.lines, (std::vector<std::string>{"fake on cpu", "network 1/3 25"}));
}

TEST_F(WorkerPredictorTest, WarnsWhenEverythingIsBackground) {
  const PredictionResult result = predict("background");
  ASSERT_EQ(result.warnings.size(), 2U);
  EXPECT_NE(result.warnings[0].find("all voxels are background"), std::string::npos);
}

TEST_F(WorkerPredictorTest, RefusesAResultOfWrongLength) {
  expectModelFailed("length", "has 23 bytes where the geometry asks for 24");
}
TEST_F(WorkerPredictorTest, RefusesAResultWithAnotherHash) { expectModelFailed("hash", "SHA-256 differs"); }
TEST_F(WorkerPredictorTest, RefusesLabelsThatTheOrganTableLacks) { expectModelFailed("label", "label 99 is not in"); }
TEST_F(WorkerPredictorTest, RefusesAResultOutsideTheJobFolder) { expectModelFailed("escape", "is no plain file name"); }
TEST_F(WorkerPredictorTest, RefusesAResultOfAnotherModel) { expectModelFailed("another model", "ran another model"); }
TEST_F(WorkerPredictorTest, RefusesAResultThatLacksAField) { expectModelFailed("incomplete", "'device'"); }
TEST_F(WorkerPredictorTest, RefusesLinesThatAreNoMessage) { expectModelFailed("garbage", "no message: Hello from"); }
TEST_F(WorkerPredictorTest, RefusesJsonThatIsNoMessage) { expectModelFailed("array", "no message: [1, 2]"); }
TEST_F(WorkerPredictorTest, RefusesMessagesWithWrongTypes) { expectModelFailed("types", "cannot be read"); }
TEST_F(WorkerPredictorTest, RefusesALineWithoutEnd) { expectModelFailed("endless", "the model worker ended"); }
TEST_F(WorkerPredictorTest, RefusesAnotherProtocolVersion) { expectModelFailed("protocol", "protocol 2"); }
TEST_F(WorkerPredictorTest, EndsWhatPrintsWithoutEnd) { expectModelFailed("prints", "(File size limit exceeded)"); }
TEST_F(WorkerPredictorTest, NamesTheSignalThatEndedTheWorker) { expectModelFailed("death", "signal 9 (Killed)"); }
TEST_F(WorkerPredictorTest, NamesExitStatusAndLastWords) {
  expectModelFailed("exit", "the model worker ended (exit 3), saying: no such operator;");
}

TEST_F(WorkerPredictorTest, GivesUpOnAWorkerThatFallsSilent) {
  const auto start = Clock::now();
  expectModelFailed("silence", "the model worker stopped answering");
  EXPECT_GE(Clock::now() - start, std::chrono::milliseconds(400));
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(5));
}

TEST_F(WorkerPredictorTest, GivesUpOnAWorkerThatNeverSaysHello) {
  expectModelFailed("mute", "the model worker stopped answering");
}

TEST_F(WorkerPredictorTest, GivesUpOnAWorkerWhoseHeartBeatsWhileItGetsNoFurther) {
  stallLimit_ = std::chrono::milliseconds(500);
  expectModelFailed("loop", "the model worker got no further for 0.5 s");
}

TEST_F(WorkerPredictorTest, TheSameStepAgainIsNoProgress) {
  stallLimit_ = std::chrono::milliseconds(500);
  expectModelFailed("same step", "the model worker got no further for 0.5 s");
}

TEST_F(WorkerPredictorTest, StepsForwardMayTakeLongerThanTheLimitTogether) {
  stallLimit_ = std::chrono::milliseconds(500);
  EXPECT_EQ(predict("steps").tiles, 3);  // 10 of 100 ms
}

TEST_F(WorkerPredictorTest, AStageMayStartAgainOnceTheOneBeforeItGotFurther) {
  stallLimit_ = std::chrono::milliseconds(500);
  EXPECT_EQ(predict("turns").tiles, 3);  // 4 times 300 ms of training and 300 ms of scoring
}

TEST_F(WorkerPredictorTest, EndsAWorkerThatTakesMoreMemoryThanItMay) {
  memoryLimitBytes_ = 100'000'000;
  expectModelFailed("memory", "the model worker needs more memory than 0.1 GB");
}

TEST_F(WorkerPredictorTest, SaysBeforeItStartsThatMemoryWillNotDo) {
  // 4 x 3 x 2 voxels of 1 mm as 0.1 mm: 24 000 voxels with the scan's and 255 outputs of 4 bytes, 24.6 MB.
  std::ofstream(folder_ / "model/recontour.json")
      << R"({"name": "mine", "input": {"spacing_mm": [0.1, 0.1, 0.1]}, "output": {"channels": 255}})";
  program_ = "/nowhere/recontour-worker";
  memoryLimitBytes_ = 24'000'000;
  expectModelFailed("good", "model: needs at least 0.0 GB of memory for this scan, and 0.0 GB may be used");
  memoryLimitBytes_ = 25'000'000;
  expectModelFailed("good", "cannot be started");
  std::ofstream(folder_ / "model/recontour.json") << R"({"name": "mine", "inference": {"crop": "body"},
    "input": {"spacing_mm": [0.1, 0.1, 0.1]}, "output": {"channels": 255}})";
  memoryLimitBytes_ = 1'000'000;  // how much the crop leaves is not known
  expectModelFailed("good", "cannot be started");
}

TEST_F(WorkerPredictorTest, TellsTextsOfTheWorkerInOneLineWithoutControls) {
  EXPECT_STREQ(errorOf("escape sequence").what(), "it [31mbroke  twice");
}

TEST_F(WorkerPredictorTest, ARunWithoutSandboxSaysSo) {
  const PredictionResult result = predict("good");
  EXPECT_FALSE(result.sandboxed);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_NE(result.warnings[0].find("without a sandbox"), std::string::npos);
}

TEST_F(WorkerPredictorTest, AModelFromElsewhereDoesNotRunWithoutSandboxUnlessAllowed) {
  PredictionRequest unknown = request();
  unknown.allowUnsandboxed = false;
  WorkerSettings settings;
  settings.program = "/nowhere/recontour-worker";  // it is not even started
  settings.jobs = jobs_;
  settings.bubblewrap.clear();
  try {
    WorkerPredictor(settings).predict(unknown, seen_, {});
    ADD_FAILURE() << "it ran";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::BadInput);
    EXPECT_NE(std::string(error.what()).find("--allow-unsandboxed"), std::string::npos) << error.what();
  }
}

TEST_F(WorkerPredictorTest, AModelThatWasExchangedSinceItWasAgreedToIsRefused) {
  PredictionRequest exchanged = request();
  exchanged.manifestHash = std::string(64, 'a');
  WorkerSettings settings;
  settings.program = program_;
  settings.jobs = jobs_;
  EXPECT_THROW(WorkerPredictor(settings).predict(exchanged, seen_, {}), Error);
}

TEST_F(WorkerPredictorTest, WeightsBehindALinkAreRefused) {
  std::ofstream(folder_ / "model/recontour.json") << R"({"name": "mine", "weights": "model.ts"})";
  std::filesystem::create_symlink("/etc/passwd", folder_ / "model/model.ts");
  const Error error = errorOf("good");
  EXPECT_EQ(error.kind(), ErrorKind::BadInput);
  EXPECT_NE(std::string(error.what()).find("model.ts: is a symbolic link"), std::string::npos) << error.what();
}

TEST_F(WorkerPredictorTest, TellsTheWorkerWhichManifestWasLookedAt) {
  const std::string manifest = R"({"name": "mine"})";
  EXPECT_EQ(predict("good").manifestHash, sha256Hex(std::string_view(manifest)));
  EXPECT_STREQ(errorOf("tell manifest").what(), sha256Hex(std::string_view(manifest)).c_str());
}

TEST_F(WorkerPredictorTest, NamesAWorkerThatIsMissing) {
  program_ = "/nowhere/recontour-worker";
  expectModelFailed("good", "/nowhere/recontour-worker: cannot be started");
}

TEST_F(WorkerPredictorTest, KeepsTheKindOfTheWorkersErrors) {
  const Error refused = errorOf("refused");
  EXPECT_EQ(refused.kind(), ErrorKind::BadInput);
  EXPECT_STREQ(refused.what(), "m/model.ts: damaged");
  EXPECT_EQ(errorOf("failed").kind(), ErrorKind::ModelFailed);
}

TEST_F(WorkerPredictorTest, StopsSoonAfterItIsAsked) {
  std::stop_source source;
  std::optional<Clock::time_point> asked;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    asked = Clock::now();
    source.request_stop();
  });
  EXPECT_EQ(errorOf("silence", source.get_token()).kind(), ErrorKind::Cancelled);
  const auto taken = Clock::now() - *asked;
  EXPECT_LT(taken, std::chrono::seconds(5));  // 100 ms of polling; the rest is for a busy machine
}

TEST_F(WorkerPredictorTest, SweepsJobFoldersOfProgramsThatNoLongerRun) {
  const auto left = jobs_ / "job-999999999-abcdef";
  std::filesystem::create_directories(left);
  predict("good");
  EXPECT_FALSE(std::filesystem::exists(left));
}

}  // namespace
}  // namespace recontour
