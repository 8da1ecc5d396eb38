// Models made by make_models.py that are what they say and do harm, or no good, when they run: recontour-worker refuses
// them, or contains what they do.
#include <chrono>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/child_process.h"
#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/predict/job_messages.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

constexpr int kPatienceMs = 20000;
constexpr Size3 kSize{8, 8, 8};

class HostileWorkerTest : public testing::Test {
 protected:
  HostileWorkerTest() {
    std::vector<std::int16_t> hu(voxelCount(kSize), -200);
    hu.front() = 200;  // the benign network labels this voxel
    std::ofstream(folder_.path() / "volume.i16", std::ios::binary)
        .write(reinterpret_cast<const char*>(hu.data()), std::streamsize(2 * hu.size()));
  }

  static std::filesystem::path model(const std::string& name) { return std::filesystem::path(HOSTILE_MODELS) / name; }
  Json predictRequest(const std::string& name) const {
    return {{"type", "predict"},
            {"id", 7},
            {"folder", folder_.path().string()},
            {"volume",
             {{"file", "volume.i16"},
              {"size", {8, 8, 8}},
              {"spacing_mm", {3, 3, 3}},
              {"origin_mm", {0, 0, 0}},
              {"direction", {1, 0, 0, 0, 1, 0, 0, 0, 1}}}},
            {"result", "labels.u8"},
            {"organs", {{"name", "word"}, {"labels", {{"liver", 1}}}}},
            {"model", model(name).string()},
            {"device", "cpu"},
            {"threads", 1}};
  }
  static Json checkRequest(const std::string& name) {
    return {{"type", "check"}, {"id", 7}, {"model", model(name).string()}, {"device", "cpu"}, {"threads", 1}};
  }
  std::unique_ptr<ChildProcess> start() const {
    ChildProcess::Options quiet;
    quiet.errorFile = folder_.path() / "log";
    return std::make_unique<ChildProcess>(WORKER_PROGRAM, std::vector<std::string>{}, quiet);
  }
  static Json next(ChildProcess& worker) {
    std::string line;
    if (worker.readLine(line, kPatienceMs) != ChildProcess::Read::Line) return {{"type", "ended or silent"}};
    return Json::parse(line);
  }
  /// The message that ends the request.
  static Json answer(ChildProcess& worker, const Json& request) {
    worker.writeLine(request.dump());
    for (;;) {
      Json message = next(worker);
      if (message["type"] != "hello" && message["type"] != "heartbeat" && message["type"] != "progress" &&
          message["type"] != "running")
        return message;
    }
  }
  /// Sends a request for a bad model and, to the same process, one for the benign model.
  std::string refusalOf(const Json& request) {
    const auto worker = start();
    const Json message = answer(*worker, request);
    EXPECT_EQ(message["type"], "error") << message;
    EXPECT_EQ(answer(*worker, predictRequest("benign"))["type"], "result") << "the next job must succeed";
    return message.value("message", "");
  }
  PredictionResult prediction(const std::string& name) {
    const auto worker = start();
    return readPrediction(answer(*worker, predictRequest(name)), folder_.path(), kSize, OrganTable::named("word"));
  }
  TemporaryFolder folder_;
};

TEST_F(HostileWorkerTest, TheBenignTwinOfAllIsRunAndLabelsWhatIsAboveZero) {
  const PredictionResult result = prediction("benign");
  EXPECT_EQ(result.labels.at({0, 0, 0}), 1);
  EXPECT_EQ(labelCounts(result.labels)[1], 1);
  EXPECT_TRUE(result.warnings.empty());
}

TEST_F(HostileWorkerTest, FilesThatLibTorchDoesNotOpenMayHoldAnything) {
  EXPECT_EQ(labelCounts(prediction("unread_files").labels)[1], 1);
}

TEST_F(HostileWorkerTest, DefaultsAndConstantsAsPyTorchPrintsThemAreLoaded) {
  EXPECT_EQ(labelCounts(prediction("ordinary_defaults").labels)[1], 1);
}

TEST_F(HostileWorkerTest, WhatHidesBehindANameOfItsOwnIsFoundInTheGraph) {
  const std::string message = refusalOf(checkRequest("method_behind_a_name"));
  EXPECT_NE(message.find("the operator 'aten::set_' is not on the list"), std::string::npos) << message;
}

TEST_F(HostileWorkerTest, RefusesTheHostileOnesInOneLine) {
  for (const char* name : {"from_file", "set_state", "default_argument", "class_constant", "os_system",
                           "second_archive_behind", "huge_tensor"}) {
    const std::string message = refusalOf(checkRequest(name));
    EXPECT_NE(message.find("refused before it is loaded"), std::string::npos) << message;
  }
  EXPECT_FALSE(std::filesystem::exists("stolen"));
}

TEST_F(HostileWorkerTest, RefusesAManifestThatIsNotThePinnedOne) {
  Json request = checkRequest("benign");
  const std::string pinned = sha256HexOfFile(model("benign") / "recontour.json");
  request["manifest_sha256"] = pinned;
  const auto worker = start();
  EXPECT_EQ(answer(*worker, request)["manifest_sha256"], pinned);
  request["manifest_sha256"] = std::string(64, '0');
  EXPECT_EQ(answer(*worker, request)["kind"], "bad_input");
  request["manifest_sha256"] = "short";
  EXPECT_EQ(answer(*worker, request)["message"], "manifest_sha256 must have 64 lower-case hexadecimal digits");
}

TEST_F(HostileWorkerTest, RefusesOutputOfAnotherShape) {
  for (const Json& request : {checkRequest("other_shape"), predictRequest("other_shape")}) {
    const std::string message = refusalOf(request);
    EXPECT_NE(message.find("has the shape [1, 2, 3] instead of"), std::string::npos) << message;
  }
  const std::string message = refusalOf(predictRequest("other_channels"));
  EXPECT_NE(message.find("another size than its labels say"), std::string::npos) << message;
}

TEST_F(HostileWorkerTest, RefusesOutputThatIsNotFinite) {
  for (const char* name : {"nan", "infinite", "nan_where_there_is_tissue"}) {
    const std::string message = refusalOf(predictRequest(name));
    EXPECT_NE(message.find("not finite (NaN or infinity)"), std::string::npos) << message;
  }
}

TEST_F(HostileWorkerTest, FlagsAResultThatIsAllBackground) {
  for (const char* name : {"all_background", "all_background_by_far"}) {
    const PredictionResult result = prediction(name);
    ASSERT_EQ(result.warnings.size(), 1U) << name;
    EXPECT_NE(result.warnings[0].find("all voxels are background"), std::string::npos);
  }
}

TEST_F(HostileWorkerTest, ContainsWhatAModelPrints) {
  const PredictionResult result = prediction("prints_garbage");  // among it a message that looks like a result
  EXPECT_EQ(labelCounts(result.labels)[1], 1);
}

TEST_F(HostileWorkerTest, SaysInOneLineWhatAModelRaises) {
  const std::string message = refusalOf(predictRequest("raises"));
  EXPECT_NE(message.find("the network failed"), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

TEST_F(HostileWorkerTest, SurvivesAnAllocationThatNoMachineHas) {
  const std::string message = refusalOf(predictRequest("huge_allocation"));
  EXPECT_TRUE(message.starts_with("there is not enough memory for the network")) << message;
}

TEST_F(HostileWorkerTest, AnEndlessLoopBeatsOnAndEndsWhenItIsCancelled) {
  const auto worker = start();
  worker->writeLine(predictRequest("endless_loop").dump());
  int beats = 0;
  for (bool running = false; beats < 2;) {
    const std::string type = next(*worker)["type"];
    ASSERT_TRUE(type == "hello" || type == "heartbeat" || type == "progress" || type == "running") << type;
    running = running || type == "running";
    beats += running && type == "heartbeat" ? 1 : 0;
  }
  worker->terminate();
  EXPECT_EQ(worker->wait(), "signal 9 (Killed)");
  EXPECT_EQ(labelCounts(prediction("benign").labels)[1], 1);
}

}  // namespace
}  // namespace recontour
