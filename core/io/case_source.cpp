#include "core/io/case_source.h"

#include <mutex>
#include <thread>

namespace recontour {
namespace {

/// One request. Its listener is called under the lock and only while it is wanted, so nothing is heard after cancel().
class Request final : public OpenProgress {
 public:
  Request(std::shared_ptr<FileReader> reader, std::shared_ptr<CaseSource::Listener> listener)
      : reader_(std::move(reader)), listener_(std::move(listener)) {}
  void cancel() {
    stop_.request_stop();
    const std::lock_guard lock(mutex_);
    listener_.reset();
  }
  void run(const std::filesystem::path& path, const std::string& series) {
    try {
      Case opened = reader_->openCase(path, series, *this, stop_.get_token());
      tell([&](CaseSource::Listener& listener) { listener.opened(std::move(opened)); });
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::Cancelled) return;
      tell([&](CaseSource::Listener& listener) { listener.failed(error); });
    } catch (const std::exception& error) {
      tell([&](CaseSource::Listener& listener) { listener.failed(Error(path, error.what())); });
    }
  }
  void progress(std::string_view stage, int done, int total, double) override {
    tell([&](CaseSource::Listener& listener) { listener.progress(stage, done, total); });
  }
  void firstSlice(const FirstSlice& slice) override {
    tell([&](CaseSource::Listener& listener) { listener.firstSlice(slice); });
  }
  bool goesOnWithFirst(const std::vector<CtSeries>& series) override {
    tell([&](CaseSource::Listener& listener) { listener.several(series); });
    return false;
  }

 private:
  template <typename Call>
  void tell(Call&& call) {
    const std::lock_guard lock(mutex_);
    const auto listener = listener_;                           // it may cancel from within the call
    if (listener && !stop_.stop_requested()) call(*listener);  // cancel() may still wait for the lock
  }
  std::shared_ptr<FileReader> reader_;
  std::stop_source stop_;
  std::recursive_mutex mutex_;
  std::shared_ptr<CaseSource::Listener> listener_;
};

class ThreadCaseSource final : public CaseSource {
 public:
  explicit ThreadCaseSource(std::shared_ptr<FileReader> reader) : reader_(std::move(reader)) {}
  ~ThreadCaseSource() override { ThreadCaseSource::cancel(); }
  void open(const std::filesystem::path& path, const std::string& series, std::shared_ptr<Listener> listener) override {
    cancel();
    request_ = std::make_shared<Request>(reader_, std::move(listener));
    // The new thread waits for the one before, so that the caller does not and one volume is read at a time.
    thread_ = std::jthread([before = std::move(thread_), request = request_, path, series]() mutable {
      before = std::jthread();
      request->run(path, series);
    });
  }
  void cancel() override {
    if (request_) request_->cancel();
    request_.reset();
  }

 private:
  std::shared_ptr<FileReader> reader_;
  std::shared_ptr<Request> request_;
  std::jthread thread_;
};

}  // namespace

std::unique_ptr<CaseSource> makeThreadCaseSource(std::shared_ptr<FileReader> reader) {
  return std::make_unique<ThreadCaseSource>(std::move(reader));
}

}  // namespace recontour
