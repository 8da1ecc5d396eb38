// The real worker with the shipped model, in its sandbox where there is one, whatever happens to it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <map>
#include <optional>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/predict/worker_predictor.h"
#include "tests/data/descendants.h"
#include "tests/data/temporary_folder.h"
#include "tests/reliability/worker/fault.h"
#include "tests/reliability/worker/process_list.h"

namespace recontour {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

int amount(int shortForm, int longForm) {
  const char* form = std::getenv("RECONTOUR_RELIABILITY");
  return form != nullptr && std::string(form) == "long" ? longForm : shortForm;
}

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

double percentile(std::vector<double> values, double part) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5)];
}

/// What came of a job: labels or what was told.
struct Outcome {
  std::optional<LabelMap> labels;
  std::string error;
  ErrorKind kind = ErrorKind::BadInput;
  Clock::time_point at;
};

class Worker : public testing::Test {
 protected:
  Worker() {
    request_.geometry.size = {80, 80, 144};
    request_.geometry.spacing = {3, 3, 3};
    std::vector<std::int16_t> voxels(80 * 80 * 144);
    std::uniform_int_distribution<int> hu(-100, 200);
    for (auto& voxel : voxels) voxel = static_cast<std::int16_t>(hu(random_));
    request_.volume = Volume(request_.geometry.size, std::move(voxels));
    request_.modelFolder = resource("models/zoo/word-demo");
    request_.device = "cpu";
    request_.threads = 2;
  }
  WorkerSettings settings() const {
    WorkerSettings result = WorkerSettings::standard();
    result.program = WORKER_PROGRAM;
    result.jobs = jobs();
    return result;
  }
  std::filesystem::path jobs() const { return folder_ / "jobs"; }

  Outcome predict(const WorkerSettings& settings, std::stop_token stop = {}) const {
    Outcome outcome;
    NoProgress quiet;
    try {
      outcome.labels = WorkerPredictor(settings).predict(request_, quiet, stop).labels;
    } catch (const Error& error) {
      outcome.error = error.what();
      outcome.kind = error.kind();
    }
    outcome.at = Clock::now();
    return outcome;
  }

  /// A job that runs, with its processes.
  struct Running {
    std::future<Outcome> outcome;
    std::stop_source stop;
    pid_t worker = 0, started = 0;
  };
  /// Waits until the worker is there, or the job has ended without one. Nothing else of this program may run one.
  Running start(const WorkerSettings& settings) const {
    Running job;
    job.outcome = std::async(std::launch::async,
                             [this, settings, stop = job.stop.get_token()] { return predict(settings, stop); });
    while (job.worker == 0 && job.outcome.wait_for(1ms) == std::future_status::timeout) {
      if (const auto found = descendantsNamed("recontour-worker"); !found.empty()) job.worker = found[0];
    }
    if (job.worker == 0) ADD_FAILURE() << "the job ended before its worker was seen";
    const auto sandbox = descendantsNamed("bwrap");
    job.started = sandbox.empty() ? job.worker : sandbox[0];
    return job;
  }
  /// A moment of a job that takes `length`.
  Clock::duration moment(Clock::duration length) {
    return std::chrono::duration_cast<Clock::duration>(length * std::uniform_real_distribution<double>(0, 1)(random_));
  }
  /// Waits until a process is gone, 2 s at most: the kernel takes it apart after it has closed all it had open.
  static Clock::time_point goneAt(pid_t process) {
    const auto latest = Clock::now() + 2s;
    while (runs(process) && Clock::now() < latest) std::this_thread::sleep_for(1ms);
    EXPECT_FALSE(runs(process));
    return Clock::now();
  }
  /// The labels of a job that nothing happens to, and how long it runs from the worker's start on.
  void learnFromAWholeJob() {
    Running job = start(settings());
    const auto began = Clock::now();
    const Outcome outcome = job.outcome.get();
    ASSERT_TRUE(outcome.labels) << outcome.error;
    labels_ = *outcome.labels;
    length_ = outcome.at - began;
  }
  bool nothingIsLeft() const {
    EXPECT_EQ(zombies(), 0);
    EXPECT_TRUE(processesWith(jobs()).empty()) << "a process of the job lives on";
    EXPECT_TRUE(std::filesystem::is_empty(jobs())) << "a job's folder stays";
    return !HasFailure();
  }

  std::mt19937 random_{7};
  TemporaryFolder folder_;
  PredictionRequest request_;
  LabelMap labels_;
  Clock::duration length_{};
};

TEST_F(Worker, EndedAtAnyPointIsAMessageAndTheNextJobSucceeds) {
  learnFromAWholeJob();
  const int wanted = amount(21, 105);
  int told = 0, succeeded = 0, drawn = 0;
  double longestMs = 0;
  std::map<std::string, int> byFault;
  while (told < wanted && !HasFailure()) {
    ASSERT_LT(++drawn, 3 * wanted) << "too many jobs end before anything happens to them";
    const Fault fault = kFaults[static_cast<std::size_t>(told) % kFaults.size()];
    WorkerSettings hurt = settings();
    if (fault == Fault::Hang) hurt.watchdog = 1500ms;
    Running job = start(hurt);
    if (HasFailure()) break;
    std::this_thread::sleep_for(moment(length_));
    const auto at = Clock::now();
    inflict(fault, job.worker, job.started);
    const Outcome outcome = job.outcome.get();
    if (outcome.labels) continue;  // it was done already
    const double tookMs = milliseconds(std::max(outcome.at, goneAt(job.worker)) - at);
    EXPECT_EQ(outcome.kind, ErrorKind::ModelFailed) << nameOf(fault) << ": " << outcome.error;
    EXPECT_LE(tookMs, 2000 + (fault == Fault::Hang ? milliseconds(hurt.watchdog) : 0))
        << nameOf(fault) << ": " << outcome.error;
    longestMs = std::max(longestMs, tookMs);
    ++byFault[nameOf(fault)];
    told += nothingIsLeft() ? 1 : 0;
    const Outcome next = predict(settings());
    EXPECT_TRUE(next.labels) << "after " << nameOf(fault) << ": " << next.error;
    if (next.labels && *next.labels == labels_) ++succeeded;
  }
  std::string faults;
  for (const auto& [name, times] : byFault) faults += (faults.empty() ? "" : ", ") + name + " " + std::to_string(times);
  std::printf(
      "L2 worker: %d of %d faults told and the worker gone, longest %.0f ms; next job %d of %d; 0 zombies, 0 job "
      "folders left (%s)\n",
      told, wanted, longestMs, succeeded, wanted, faults.c_str());
  EXPECT_EQ(succeeded, wanted);
}

TEST_F(Worker, ACancelledJobIsGoneAtOnceWithAllThatItStarted) {
  learnFromAWholeJob();
  const int wanted = amount(20, 100);
  std::vector<double> goneMs;
  for (int drawn = 0; int(goneMs.size()) < wanted && !HasFailure();) {
    ASSERT_LT(++drawn, 3 * wanted) << "too many jobs end before they are cancelled";
    Running job = start(settings());
    if (HasFailure()) break;
    std::this_thread::sleep_for(moment(length_));
    const auto at = Clock::now();
    job.stop.request_stop();
    const Outcome outcome = job.outcome.get();
    if (outcome.labels) continue;  // it was done already
    EXPECT_EQ(outcome.kind, ErrorKind::Cancelled) << outcome.error;
    const auto gone = std::max(outcome.at, goneAt(job.worker));
    if (nothingIsLeft()) goneMs.push_back(milliseconds(gone - at));
  }
  ASSERT_FALSE(goneMs.empty());
  const double p95 = percentile(goneMs, 0.95), longest = percentile(goneMs, 1);
  std::printf("L5 cancel: %zu of %d gone, p50 %.0f ms, p95 %.0f ms, max %.0f ms\n", goneMs.size(), wanted,
              percentile(goneMs, 0.5), p95, longest);
  EXPECT_LE(p95, 500);
}

TEST_F(Worker, WithTooLittleMemoryItSaysSoAndWithEnoughItDrawsTheSame) {
  learnFromAWholeJob();
  const int steps = amount(8, 32);
  int refused = 0, same = 0;
  for (int step = 1; step <= steps; ++step) {
    WorkerSettings tight = settings();
    tight.memoryLimitBytes = static_cast<std::uint64_t>(step) * 1'000'000'000ULL / static_cast<std::uint64_t>(steps);
    const Outcome outcome = predict(tight);
    if (outcome.labels && *outcome.labels == labels_) ++same;
    if (outcome.labels) continue;
    EXPECT_EQ(outcome.kind, ErrorKind::ModelFailed);
    EXPECT_NE(outcome.error.find("memory"), std::string::npos) << outcome.error;
    ++refused;
    nothingIsLeft();
  }
  std::printf("L4 memory: %d limits up to 1 GB: %d said so, %d drew the same labels\n", steps, refused, same);
  EXPECT_EQ(refused + same, steps);
  EXPECT_GT(refused, 0);
  EXPECT_GT(same, 0);
}

}  // namespace
}  // namespace recontour
