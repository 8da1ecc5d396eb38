#include "core/session/session_log_writer.h"

#include <cerrno>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/log_record.h"

namespace recontour {

SessionLogWriter::SessionLogWriter(const std::filesystem::path& file, std::vector<std::uint64_t> ends,
                                   const Sha256Digest& lastHash)
    : file_(file), lastHash_(lastHash), ends_(std::move(ends)) {
  setTailAside(ends_.empty() ? 0 : ends_.back());
  descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    throw Error(file, "cannot be written: " + systemErrorText(), "choose another sessions folder with --sessions");
  }
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

SessionLogWriter::~SessionLogWriter() {
  thread_.request_stop();
  thread_.join();
  ::close(descriptor_);
}

void SessionLogWriter::setTailAside(std::uint64_t validBytes) {
  std::error_code code;
  const auto size = std::filesystem::file_size(file_, code);
  if (code || size <= validBytes) return;
  const std::string whole = readWholeFile(file_);
  for (int number = 1;; ++number) {
    auto target = file_;
    target += ".damaged-" + std::to_string(number);
    if (std::filesystem::exists(target)) continue;
    writeFileSafely(target, std::string_view(whole).substr(validBytes));
    setAside_ = target;
    break;
  }
  std::filesystem::resize_file(file_, validBytes);
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
  if (!flush()) throw Error(file_, "cannot be read back: it was not written", "save the label map elsewhere");
  std::uint64_t start = 0, end = 0;
  {
    const std::lock_guard lock(mutex_);
    end = ends_.at(sequence);
    start = sequence > 0 ? ends_[sequence - 1] : 0;
  }
  std::ifstream file(file_, std::ios::binary);
  Sha256Digest previous{};  // it ends the record before
  if (sequence > 0) {
    file.seekg(static_cast<std::streamoff>(start - previous.size()));
    file.read(reinterpret_cast<char*>(previous.data()), static_cast<std::streamsize>(previous.size()));
  }
  std::string bytes(end - start, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  std::string why;
  auto record = decodeRecord(bytes, previous, why);
  if (!record) throw Error(file_, "event " + std::to_string(sequence) + " cannot be read back: " + why);
  return std::move(record->event);
}

void SessionLogWriter::onStatus(std::function<void()> callback) {
  const std::lock_guard lock(mutex_);
  callback_ = std::move(callback);
}

void SessionLogWriter::run(std::stop_token stop) {
  for (;;) {
    std::deque<Event> batch;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [this] { return !waiting_.empty(); });
      if (waiting_.empty()) return;  // stopped, and nothing waits
      if (status_.error) {           // keep what comes; it may be saved elsewhere
        if (stop.stop_requested()) return;
        wake_.wait_for(lock, stop, std::chrono::milliseconds(200), [] { return false; });
        continue;
      }
      batch.swap(waiting_);
    }
    writeBatch(batch);
  }
}

void SessionLogWriter::writeBatch(const std::deque<Event>& batch) {
  std::string bytes;
  std::vector<std::uint64_t> ends;
  const std::uint64_t start = ends_.empty() ? 0 : ends_.back();  // changed on this thread alone
  Sha256Digest hash = lastHash_;
  for (const Event& event : batch) {
    LogRecord record = encodeRecord(event, hash);
    bytes += record.bytes;
    hash = record.hash;
    ends.push_back(start + bytes.size());
  }
  std::string error;
  std::string_view rest = bytes;
  while (!rest.empty() && error.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) rest.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR) error = "writing failed: " + systemErrorText();
  }
  if (error.empty() && ::fdatasync(descriptor_) != 0) error = "flushing to disk failed: " + systemErrorText();
  std::function<void()> callback;
  {
    const std::lock_guard lock(mutex_);
    if (error.empty()) {
      lastHash_ = hash;
      ends_.insert(ends_.end(), ends.begin(), ends.end());
      status_.saved += batch.size();
    } else {
      status_.error = file_.string() + ": " + error;
    }
    callback = callback_;
  }
  changed_.notify_all();
  if (callback) callback();
}

}  // namespace recontour
