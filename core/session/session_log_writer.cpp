#include "core/session/session_log_writer.h"

#include <utility>

#include <signal.h>

#include "core/base/error.h"
#include "core/session/log_record.h"

namespace recontour {
namespace {

/// A file that reaches the limit of its size is an error like others; it must not end the program.
void blockFileSizeSignal() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGXFSZ);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

SessionLogWriter::SessionLogWriter(const std::filesystem::path& file, std::vector<std::uint64_t> ends,
                                   const Sha256Digest& lastHash, std::vector<std::filesystem::path> elsewhere,
                                   const DiskCalls& disk, std::chrono::milliseconds tryAgainAfter)
    : file_(file),
      log_(file, ends.empty() ? 0 : ends.back(), disk),
      spare_(file, std::move(elsewhere), disk),
      hash_(lastHash),
      end_(log_.bytes()),
      tryAgainAfter_(tryAgainAfter),
      lastHash_(lastHash),
      ends_(std::move(ends)) {
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

SessionLogWriter::~SessionLogWriter() {
  thread_.request_stop();
  thread_.join();
}

void SessionLogWriter::append(Event event) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(event));
  ++status_.appended;
  wake_.notify_one();
}

SessionLogWriter::Status SessionLogWriter::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

bool SessionLogWriter::flush() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return status_.error || status_.saved == status_.appended; });
  return !status_.error;
}

ChainHead SessionLogWriter::head() {
  if (!flush()) throw Error(file_, "is not on disk", "free space and try again");
  const std::lock_guard lock(mutex_);
  return {ends_.size() - 1, toHex(lastHash_)};
}

std::uint64_t SessionLogWriter::eventsInFile() const {
  const std::lock_guard lock(mutex_);
  return ends_.size();
}

Event SessionLogWriter::read(std::uint64_t sequence) {
  if (sequence >= eventsInFile() && !flush())
    throw Error(file_, "cannot be read back: it was not written", "save the label map elsewhere");
  std::vector<std::uint64_t> ends;  // of the event before it, and its own
  {
    const std::lock_guard lock(mutex_);
    ends = {sequence > 0 ? ends_[sequence - 1] : 0, ends_.at(sequence)};
  }
  return readEvent(file_, ends[0], ends[1], sequence);
}

void SessionLogWriter::onStatus(std::function<void()> callback) {
  const std::lock_guard lock(mutex_);
  callback_ = std::move(callback);
}

void SessionLogWriter::run(std::stop_token stop) {
  blockFileSizeSignal();
  for (std::deque<Event> batch; waitForEvents(stop, batch); batch.clear()) {
    encode(batch);
    const bool pauses = failing_ && !stop.stop_requested() && std::chrono::steady_clock::now() < nextTry_;
    if (failing_) keepElsewhere();  // first: a disk that fails may also be slow
    if (!pauses) save();
    if (failing_ && !pauses) keepElsewhere();
    tell();
  }
}

/// @return false at the end: nothing waits, and what could not be written was tried once more
bool SessionLogWriter::waitForEvents(std::stop_token stop, std::deque<Event>& batch) {
  std::unique_lock lock(mutex_);
  const auto some = [this] { return !waiting_.empty(); };
  if (failing_) {
    wake_.wait_until(lock, stop, nextTry_, some);
  } else {
    wake_.wait(lock, stop, some);
  }
  batch.swap(waiting_);
  if (!stop.stop_requested() || !batch.empty()) return true;
  return failing_ && !std::exchange(triedLast_, true);
}

void SessionLogWriter::encode(const std::deque<Event>& batch) {
  for (const Event& event : batch) {
    const LogRecord record = encodeRecord(event, hash_);
    pending_.bytes += record.bytes;
    end_ += record.bytes.size();
    pending_.ends.push_back(end_);
    hash_ = record.hash;
  }
}

void SessionLogWriter::save() {
  try {
    log_.append(pending_.bytes);
    saved();
  } catch (const std::exception& error) {
    failed(error.what());
  }
}

void SessionLogWriter::saved() {
  spare_.remove();
  failing_ = false;
  const std::lock_guard lock(mutex_);
  lastHash_ = hash_;
  ends_.insert(ends_.end(), pending_.ends.begin(), pending_.ends.end());
  status_.kept = status_.saved += pending_.ends.size();
  status_.error.reset();
  status_.elsewhere.reset();
  pending_ = {};
}

void SessionLogWriter::failed(const std::string& why) {
  failing_ = true;
  nextTry_ = std::chrono::steady_clock::now() + tryAgainAfter_;
  const std::lock_guard lock(mutex_);
  status_.error = why;
}

/// Where the log is gone with all that it held, all of it.
void SessionLogWriter::keepElsewhere() {
  std::optional<std::string> whole;
  try {
    if (log_.gone()) whole = log_.content() + pending_.bytes;
  } catch (const std::exception&) {  // nor can it be read: what is new goes elsewhere all the same
  }
  bool kept = false;
  try {
    spare_.keep(whole ? 0 : ends_.size(), whole.value_or(pending_.bytes));  // changed on this thread alone
    kept = spare_.file().has_value();
  } catch (const std::exception&) {  // then memory has them, and the error says that they are not saved
  }
  const std::lock_guard lock(mutex_);
  status_.elsewhere = kept ? spare_.file() : std::nullopt;
  status_.kept = status_.saved + (kept ? pending_.ends.size() : 0);
}

void SessionLogWriter::tell() {
  std::function<void()> callback;
  {
    const std::lock_guard lock(mutex_);
    callback = callback_;
  }
  changed_.notify_all();
  if (callback) callback();
}

}  // namespace recontour
