#include "core/session/spare_log.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/base/spare_folders.h"

namespace recontour {
namespace {

constexpr std::string_view kPrefix = "session-", kSuffix = ".rclog-rest";
constexpr std::size_t kIdentity = 16;

/// Of the place of the log, so that no name tells whose it is.
std::string identityOf(const std::filesystem::path& log) {
  std::error_code ignored;
  const auto place = std::filesystem::weakly_canonical(log, ignored);
  Sha256 hash;
  hash.update(place.string());
  return toHex(hash.finish()).substr(0, kIdentity);
}

std::string nameOf(const std::filesystem::path& log, std::uint64_t first, int number) {
  std::string name = std::string(kPrefix) + identityOf(log) + "-" + std::to_string(first);
  if (number > 1) name += "-" + std::to_string(number);
  return name + std::string(kSuffix);
}

std::optional<SpareFile> spareFileAt(const std::filesystem::path& file, const std::string& identity) {
  const std::string name = file.filename();
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return {};
  if (name.size() < kPrefix.size() + kIdentity + 2 || name[kPrefix.size() + kIdentity] != '-') return {};
  SpareFile spare{file, 0, name.substr(kPrefix.size(), kIdentity) == identity};
  const char* number = name.data() + kPrefix.size() + kIdentity + 1;
  if (std::from_chars(number, name.data() + name.size(), spare.first).ec != std::errc{}) return {};
  return spare;
}

}  // namespace

std::vector<SpareFile> spareFilesFor(const std::filesystem::path& log,
                                     const std::vector<std::filesystem::path>& folders) {
  const std::string identity = identityOf(log);
  std::vector<SpareFile> found;
  for (const auto& folder : folders) {
    if (!isPrivateFolder(folder)) continue;  // someone else may have put it there
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      if (!entry.is_regular_file(ignored) || entry.is_symlink(ignored)) continue;
      if (auto spare = spareFileAt(entry.path(), identity)) found.push_back(std::move(*spare));
    }
  }
  std::ranges::sort(found, [](const SpareFile& a, const SpareFile& b) {
    return std::pair(a.first, a.file) < std::pair(b.first, b.file);
  });
  return found;
}

SpareLog::SpareLog(std::filesystem::path log, std::vector<std::filesystem::path> folders, DiskCalls disk)
    : log_(std::move(log)), folders_(std::move(folders)), disk_(std::move(disk)) {}

void SpareLog::keep(std::uint64_t first, std::string_view bytes) {
  if (goOn(first, bytes)) return;
  open_.reset();
  for (const auto& folder : folders_) {
    if (beginIn(folder, first, bytes)) return;
  }
}

bool SpareLog::goOn(std::uint64_t first, std::string_view bytes) {
  if (!open_ || first != first_ || bytes.size() < open_->bytes()) return false;
  try {
    if (bytes.size() > open_->bytes()) open_->append(bytes.substr(open_->bytes()));
    return !open_->gone();
  } catch (const Error&) {
    return false;
  }
}

bool SpareLog::beginIn(const std::filesystem::path& folder, std::uint64_t first, std::string_view bytes) {
  std::filesystem::path file;
  try {
    createPrivateFolder(folder);
    if (!isPrivateFolder(folder)) return false;
    for (int number = 1; file.empty() || std::filesystem::exists(file); ++number)
      file = folder / nameOf(log_, first, number);
    auto begun = std::make_unique<LogFile>(file, 0, disk_);
    begun->append(bytes);
    open_ = std::move(begun);
  } catch (const std::exception&) {  // this folder is as bad as the log's own; the next one may be better
    ::unlink(file.c_str());
    return false;
  }
  written_.push_back(file);
  first_ = first;
  return true;
}

std::optional<std::filesystem::path> SpareLog::file() const {
  return open_ ? std::optional(written_.back()) : std::nullopt;
}

void SpareLog::remove() {
  open_.reset();
  for (const auto& file : written_) {
    ::unlink(file.c_str());
    flushFolder(file.parent_path());
  }
  written_.clear();
}

}  // namespace recontour
