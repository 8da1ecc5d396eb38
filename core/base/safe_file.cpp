#include "core/base/safe_file.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"

namespace recontour {
namespace {

std::filesystem::path folderOf(const std::filesystem::path& file) {
  const auto parent = file.parent_path();
  return parent.empty() ? std::filesystem::path(".") : parent;
}

bool flushFolder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool flushed = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return flushed;
}

}  // namespace

SafeFile::SafeFile(const std::filesystem::path& target) : target_(target) {
  std::string pattern = (folderOf(target) / ("." + target.filename().string() + ".XXXXXX")).string();
  descriptor_ = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (descriptor_ < 0) {
    throw Error(target, "cannot be written: " + systemErrorText(),
                "choose a folder that exists and that you may write to");
  }
  temporary_ = pattern;
}

SafeFile::~SafeFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void SafeFile::fail(const char* step) const {
  throw Error(target_, std::string(step) + " failed: " + systemErrorText(),
              "free space or choose another folder; nothing was changed");
}

void SafeFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("writing");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void SafeFile::write(std::string_view text) { write(std::as_bytes(std::span(text.data(), text.size()))); }

void SafeFile::commit() {
  if (::fsync(descriptor_) != 0) fail("flushing to disk");
  struct stat written = {};
  if (::fstat(descriptor_, &written) != 0) fail("checking");
  if (::close(std::exchange(descriptor_, -1)) != 0) fail("closing");
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail("renaming");
  temporary_.clear();
  if (!flushFolder(folderOf(target_))) fail("flushing the folder");
  struct stat final = {};
  if (::stat(target_.c_str(), &final) != 0 || final.st_size != written.st_size) fail("verifying");
}

void writeFileSafely(const std::filesystem::path& target, std::string_view text) {
  SafeFile file(target);
  file.write(text);
  file.commit();
}

void createPrivateFolder(const std::filesystem::path& folder) {
  std::error_code ignored;  // what cannot be looked at cannot be made either, and mkdir says why
  if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return;
  createPrivateFolder(folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && !std::filesystem::is_directory(folder, ignored)) {
    throw Error(folder, "cannot be created: " + systemErrorText(), "choose a folder that you may write to");
  }
}

std::string readWholeFile(const std::filesystem::path& file, std::size_t limitBytes) {
  std::error_code code;
  if (!std::filesystem::exists(file, code)) throw Error(file, "no such file", "check the path");
  if (std::filesystem::is_directory(file, code)) throw Error(file, "is a folder, not a file", "name a file in it");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(file, "cannot be opened", "check its permissions");
  const auto size = std::filesystem::file_size(file, code);
  if (code || size > limitBytes) throw Error(file, "is too large to be read here");
  std::string content(size, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(size));
  if (static_cast<std::size_t>(stream.gcount()) != size) throw Error(file, "could not be read to its end");
  return content;
}

}  // namespace recontour
