#include "core/base/files_together.h"

#include <cerrno>
#include <set>

#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

constexpr const char* kAdvice = "free space or choose another folder; nothing was changed";

}  // namespace

FilesTogether::~FilesTogether() {
  while (!kept_ && placed_ > 0) {
    --placed_;
    takeBack(files_[placed_].aside, files_[placed_].target, files_[placed_].before);
  }
  for (const File& file : files_) ::unlink(file.aside.c_str());  // what was written, or was there before
  for (auto folder = madeFolders_.rbegin(); !kept_ && folder != madeFolders_.rend(); ++folder) ::rmdir(folder->c_str());
}

void FilesTogether::makeFolder(const std::filesystem::path& folder) {
  std::error_code ignored;  // what cannot be looked at cannot be made either
  if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return;
  makeFolder(folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) == 0) {
    madeFolders_.push_back(folder);
    return;
  }
  if (errno != EEXIST)
    throw Error(folder, "cannot be created: " + systemErrorText(), "choose a folder that you may write to");
}

std::filesystem::path FilesTogether::add(const std::filesystem::path& target) {
  makeFolder(target.parent_path());
  files_.push_back({target.parent_path() / (kAside + target.filename().string()), target});
  ::unlink(files_.back().aside.c_str());  // of a run that was killed
  return files_.back().aside;
}

void FilesTogether::adopt(const std::filesystem::path& written, const std::filesystem::path& target) {
  makeFolder(target.parent_path());
  files_.push_back({written, target});
}

void FilesTogether::write(const std::filesystem::path& target, std::string_view text) {
  writeFileSafely(add(target), text);
}

void FilesTogether::flush() const {
  for (const File& file : files_) flushFile(file.aside, file.target);
}

void FilesTogether::placeAll() {
  for (File& file : files_) {
    const auto before = place(file.aside, file.target);
    if (!before) throw Error(file.target, "cannot be written: " + systemErrorText(), kAdvice);
    file.before = *before;
    ++placed_;
  }
}

void FilesTogether::commit() {
  flush();
  placeAll();
  std::set<std::filesystem::path> folders;
  for (const File& file : files_) folders.insert(folderOf(file.target));
  for (const auto& folder : madeFolders_) folders.insert(folderOf(folder));
  for (const auto& folder : folders)
    if (!flushFolder(folder)) throw Error(folder, "flushing the folder failed: " + systemErrorText(), kAdvice);
  kept_ = true;
}

}  // namespace recontour
