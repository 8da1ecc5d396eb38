#include "core/training/training_folder.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLock = "lock";
constexpr const char* kRequest = "request.json";
constexpr const char* kCheckpoint = "checkpoint.bin";

/// What is not a training's is not ours to empty: each has its lock before anything else.
void requireTraining(const fs::path& folder) {
  std::error_code ignored;
  const auto status = fs::symlink_status(folder, ignored);
  if (!fs::exists(status)) return;
  const bool isOurs =
      fs::is_directory(status) && (fs::exists(folder / kLock, ignored) || fs::is_empty(folder, ignored));
  if (!isOurs)
    throw Error(folder, "is in the way and is no training's", "move it, or choose another folder for the model");
}

}  // namespace

bool holdsStoppedRun(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / kCheckpoint, ignored) && fs::is_regular_file(folder / kRequest, ignored);
}

TrainingFolder::TrainingFolder(const fs::path& folder, bool resumes) : path_(folder) {
  requireTraining(folder);
  std::error_code ignored;
  if (resumes && !fs::is_directory(folder, ignored))
    throw Error(folder, "there is no stopped run to go on from", "start a new one");
  createPrivateFolder(folder);
  lock();
  try {
    if (!resumes && holdsStoppedRun(folder))
      throw Error(folder, "holds what a stopped run has learned", "resume it, or remove that folder");
    if (!resumes) empty();
    sweep();
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

TrainingFolder::~TrainingFolder() {
  if (descriptor_ < 0) return;
  if (!holdsStoppedRun(path_)) remove();
  if (descriptor_ >= 0) ::close(descriptor_);
}

void TrainingFolder::lock() {
  const fs::path file = path_ / kLock;
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor_ < 0)
    throw Error(path_, "cannot be written to: " + systemErrorText(), "choose a folder that you may write to");
  struct stat now = {};
  // Where the file system knows no locks, nothing keeps two runs apart.
  const bool isHeld = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
  if (isHeld && ::fstat(descriptor_, &now) == 0 && now.st_nlink > 0) return;  // a run that ends removes it
  ::close(descriptor_);
  throw Error(path_, "another run is training there", "wait for it, or choose another folder for the model");
}

void TrainingFolder::empty() const {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(path_, failed)) {
    if (entry.path().filename() != kLock) fs::remove_all(entry.path(), failed);
    if (failed) throw Error(entry.path(), "cannot be removed: " + failed.message(), "remove it, and try again");
  }
}

/// What a run that was killed was about to write, and what it said.
void TrainingFolder::sweep() const {
  std::error_code ignored;
  sweepTemporaryFiles(path_);
  fs::remove_all(path_ / "model", ignored);
  fs::remove(path_ / "worker.log", ignored);
}

bool TrainingFolder::hasLearned() const { return fs::is_regular_file(path_ / kCheckpoint); }

std::optional<Json> TrainingFolder::stoppedRequest() const {
  if (!fs::exists(path_ / kRequest)) return {};
  const Json request = readJsonFile(path_ / kRequest);
  if (request.is_object()) return request;
  throw Error(path_ / kRequest, "is damaged", "start anew with another folder for the model");
}

void TrainingFolder::keep(const Json& request) const {
  writeFileSafely(path_ / kRequest, request.dump(1, ' ', true, Json::error_handler_t::replace) + "\n");
}

bool TrainingFolder::remove() {
  std::error_code failed;
  fs::remove_all(path_, failed);
  ::close(std::exchange(descriptor_, -1));
  return !failed;
}

}  // namespace recontour
