#include "core/io/case_source.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "tests/core/io/nifti_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

class Recorder final : public CaseSource::Listener {
 public:
  void progress(std::string_view, int, int) override { note("progress"); }
  void firstSlice(const FirstSlice&) override { note("first slice"); }
  void opened(Case opened) override {
    name_ = opened.name;
    note("opened");
  }
  void several(const std::vector<CtSeries>&) override {}
  void failed(const Error& error) override {
    name_ = error.what();
    note("failed");
  }
  bool waitFor(const std::string& what) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return count(what) > 0; });
  }
  std::vector<std::string> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  std::string name_;

 private:
  long count(const std::string& what) const { return std::count(heard_.begin(), heard_.end(), what); }
  void note(const std::string& what) {
    const std::lock_guard lock(mutex_);
    heard_.push_back(what);
    changed_.notify_all();
  }
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> heard_;
};

/// Holds the reading thread in its first call until released.
class Holding final : public CaseSource::Listener {
 public:
  void progress(std::string_view, int, int) override {}
  void firstSlice(const FirstSlice&) override {
    started = true;
    started.notify_all();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  void opened(Case) override { ended = true; }
  void several(const std::vector<CtSeries>&) override {}
  void failed(const Error&) override { ended = true; }
  std::atomic<bool> started{false}, ended{false};
};

TEST(ThreadCaseSource, TellsTheFirstSliceThenTheCase) {
  TestFolder folder;
  const auto listener = std::make_shared<Recorder>();
  const auto source = makeThreadCaseSource();
  source->open(folder.write("a.nii", NiftiBytes().withCounting()), "", listener);
  ASSERT_TRUE(listener->waitFor("opened"));
  EXPECT_EQ(listener->name_, "a");
  EXPECT_EQ(listener->heard(), (std::vector<std::string>{"progress", "first slice", "progress", "opened"}));
}

TEST(ThreadCaseSource, TellsAFailure) {
  const auto listener = std::make_shared<Recorder>();
  const auto source = makeThreadCaseSource();
  source->open("/nowhere/a.nii", "", listener);
  ASSERT_TRUE(listener->waitFor("failed"));
  EXPECT_EQ(listener->name_, "/nowhere/a.nii: no such file or folder");
}

TEST(ThreadCaseSource, ACancelledRequestIsHeardNoMore) {
  TestFolder folder;
  const std::filesystem::path file = folder.write("a.nii", NiftiBytes().withCounting());
  const auto held = std::make_shared<Holding>();
  const auto next = std::make_shared<Recorder>();
  const auto source = makeThreadCaseSource();
  source->open(file, "", held);
  held->started.wait(false);
  source->open(file, "", next);  // cancels the first
  EXPECT_TRUE(next->waitFor("opened"));
  EXPECT_FALSE(held->ended);
}

TEST(ThreadCaseSource, EndsQuietlyWhileReading) {
  TestFolder folder;
  const auto held = std::make_shared<Holding>();
  {
    const auto source = makeThreadCaseSource();
    source->open(folder.write("a.nii", NiftiBytes().withCounting()), "", held);
    held->started.wait(false);
  }
  EXPECT_FALSE(held->ended);
}

TEST(OpenCase, StopsWhenAsked) {
  TestFolder folder;
  std::stop_source stop;
  stop.request_stop();
  OpenProgress nothing;
  try {
    openCase(folder.write("a.nii", NiftiBytes().withCounting()), nothing, stop.get_token());
    FAIL() << "not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::Cancelled);
  }
}

}  // namespace
}  // namespace recontour
