// recontour-worker as a process: the job protocol from the outside.
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "core/base/child_process.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/predict/worker_predictor.h"

#define REQUIRE_DEMO_MODEL() \
  if (!HAVE_DEMO_MODEL) GTEST_SKIP() << "built without the demo model"

namespace recontour {
namespace {

constexpr int kPatienceMs = 20000;

class WorkerTest : public testing::Test {
 protected:
  WorkerTest() : folder_(std::filesystem::temp_directory_path() / ("worker_test-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~WorkerTest() override { std::filesystem::remove_all(folder_); }

  static Json nextMessage(ChildProcess& worker) {
    std::string line;
    EXPECT_EQ(worker.readLine(line, kPatienceMs), ChildProcess::Read::Line);
    return Json::parse(line);
  }
  static Json nextMessage(ChildProcess& worker, const char* type) {
    Json message = nextMessage(worker);
    for (int i = 0; message["type"] != type && i < 100; ++i) message = nextMessage(worker);
    EXPECT_EQ(message["type"], type);
    return message;
  }
  static std::filesystem::path demoModel() { return resource("models/zoo/word-demo"); }
  /// A copy of the demo model that a test may spoil.
  std::filesystem::path copyOfDemoModel() const {
    const auto copy = folder_ / "model";
    std::filesystem::copy(demoModel(), copy);
    return copy;
  }
  /// The request for a small volume of water, which lies in the folder.
  Json request() const {
    const std::vector<std::int16_t> water(40 * 36 * 20, 0);
    std::ofstream(folder_ / "volume.i16", std::ios::binary)
        .write(reinterpret_cast<const char*>(water.data()), std::streamsize(2 * water.size()));
    return {{"type", "predict"},
            {"id", 5},
            {"folder", folder_.string()},
            {"volume",
             {{"file", "volume.i16"},
              {"size", {40, 36, 20}},
              {"spacing_mm", {3, 3, 3}},
              {"origin_mm", {0, 0, 0}},
              {"direction", {1, 0, 0, 0, 1, 0, 0, 0, 1}}}},
            {"result", "labels.u8"},
            {"model", demoModel().string()},
            {"device", "cpu"},
            {"threads", 2}};
  }
  static WorkerSettings settings() {
    WorkerSettings result = WorkerSettings::standard();
    result.program = WORKER_PROGRAM;
    return result;
  }
  static std::string refusal(const std::filesystem::path& model) {
    try {
      WorkerPredictor(settings()).check(model, "cpu", "word", {});
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::BadInput);
      return error.what();
    }
    return "accepted";
  }
  std::filesystem::path folder_;
};

TEST_F(WorkerTest, SaysHelloBeatsAndEndsWhenItsInputCloses) {
  ChildProcess worker(WORKER_PROGRAM, {});
  const Json hello = nextMessage(worker);
  EXPECT_EQ(hello["type"], "hello");
  EXPECT_EQ(hello["protocol"], 1);
  EXPECT_EQ(hello["program"], "recontour-worker");
  EXPECT_EQ(hello["pid"], worker.pid());
  EXPECT_EQ(nextMessage(worker)["type"], "heartbeat");
  worker.closeInput();
  EXPECT_EQ(worker.wait(), "exit 0");
}

TEST_F(WorkerTest, AnswersBadRequestsAndLivesOn) {
  ChildProcess worker(WORKER_PROGRAM, {});
  nextMessage(worker, "hello");
  worker.writeLine("not json");
  EXPECT_EQ(nextMessage(worker, "error")["kind"], "bad_input");
  worker.writeLine(R"({"type": "dance", "id": 3})");
  const Json error = nextMessage(worker, "error");
  EXPECT_EQ(error["id"], 3);
  EXPECT_EQ(error["message"], "request type 'dance' is not known");
}

TEST_F(WorkerTest, RefusesAVolumeOfAnotherSizeThanItsGeometry) {
  REQUIRE_DEMO_MODEL();
  Json spoilt = request();
  spoilt["volume"]["size"][2] = 21;
  ChildProcess worker(WORKER_PROGRAM, {});
  worker.writeLine(spoilt.dump());
  const std::string message = nextMessage(worker, "error")["message"];
  EXPECT_NE(message.find("volume.i16: has 57600 bytes"), std::string::npos) << message;
}

TEST_F(WorkerTest, WritesTheLabelsItDescribes) {
  REQUIRE_DEMO_MODEL();
  ChildProcess worker(WORKER_PROGRAM, {});
  worker.writeLine(request().dump());
  const Json progress = nextMessage(worker, "progress");
  EXPECT_EQ(progress["id"], 5);
  const Json result = nextMessage(worker, "result");
  EXPECT_EQ(result["bytes"], 40 * 36 * 20);
  EXPECT_EQ(result["sha256"], sha256HexOfFile(folder_ / "labels.u8"));
  EXPECT_EQ(result["device"], "cpu");
  EXPECT_GT(result["peak_memory_bytes"], 50'000'000);
}

TEST_F(WorkerTest, RunsOneJobWithoutAClient) {
  REQUIRE_DEMO_MODEL();
  Json job = request();
  job.erase("folder");  // paths start from the job file
  job["report"] = "report.json";
  std::ofstream(folder_ / "job.json") << job.dump();
  ChildProcess::Options quiet;
  quiet.errorFile = folder_ / "log";
  ChildProcess worker(WORKER_PROGRAM, {"--job", (folder_ / "job.json").string()}, quiet);
  EXPECT_EQ(worker.wait(), "exit 0");
  EXPECT_EQ(readJsonFile(folder_ / "report.json")["sha256"], sha256HexOfFile(folder_ / "labels.u8"));
}

TEST_F(WorkerTest, SaysInOneLineWhyAJobFailedAndWritesNothing) {
  Json job = request();
  job["model"] = "/nowhere";
  std::ofstream(folder_ / "job.json") << job.dump();
  ChildProcess::Options quiet;
  quiet.errorFile = folder_ / "log";
  ChildProcess worker(WORKER_PROGRAM, {"--job", (folder_ / "job.json").string()}, quiet);
  EXPECT_EQ(worker.wait(), "exit 3");
  EXPECT_EQ(readWholeFile(folder_ / "log"), "recontour-worker: /nowhere: is not a folder; give a model folder\n");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "labels.u8"));
}

TEST_F(WorkerTest, ChecksTheDemoModel) {
  REQUIRE_DEMO_MODEL();
  const ModelReport report = WorkerPredictor(settings()).check(demoModel(), "cpu", "word", {});
  EXPECT_EQ(report.organs.size(), 16U);
  EXPECT_EQ(report.organs.front(), "liver");
  EXPECT_TRUE(report.unmapped.empty());
  EXPECT_EQ(report.hash, sha256HexOfFile(demoModel() / "model.ts"));
}

TEST_F(WorkerTest, RefusesWeightsWithAnotherHash) {
  REQUIRE_DEMO_MODEL();
  const auto model = copyOfDemoModel();
  std::ofstream(model / "model.ts", std::ios::app) << "x";
  EXPECT_TRUE(refusal(model).starts_with((model / "model.ts").string() + ": its SHA-256")) << refusal(model);
}

TEST_F(WorkerTest, RefusesWeightsThatAreNoNetwork) {
  REQUIRE_DEMO_MODEL();
  const auto model = copyOfDemoModel();
  std::ofstream(model / "model.ts") << "no network";
  Json manifest = readJsonFile(model / "recontour.json");
  manifest["sha256"] = sha256HexOfFile(model / "model.ts");
  std::ofstream(model / "recontour.json") << manifest.dump();
  EXPECT_NE(refusal(model).find("model.ts: this model is refused before it is loaded: it is no zip archive"),
            std::string::npos)
      << refusal(model);
}

TEST_F(WorkerTest, RefusesAManifestWithFewerLabelsThanTheNetworkHasChannels) {
  REQUIRE_DEMO_MODEL();
  const auto model = copyOfDemoModel();
  Json manifest = readJsonFile(model / "recontour.json");
  manifest["output"]["channels"] = 16;
  manifest["labels"].erase("16");
  std::ofstream(model / "recontour.json") << manifest.dump();
  EXPECT_NE(refusal(model).find("another size than its labels say"), std::string::npos) << refusal(model);
}

}  // namespace
}  // namespace recontour
