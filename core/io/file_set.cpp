#include "core/io/file_set.h"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <vector>

#include <zip.h>

#include "core/base/error.h"
#include "core/io/inflating_file.h"

namespace recontour {
namespace {

constexpr std::size_t kLargestFileBytes = std::size_t{256} << 20;  // 8192 x 8192 int16 is 128 MB
constexpr std::size_t kMostFiles = 100'000;

class Folder final : public FileSet {
 public:
  explicit Folder(const std::filesystem::path& folder) : FileSet(folder) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
      if (entry.is_regular_file(error)) files_.push_back(entry.path());
      if (files_.size() > kMostFiles) throw Error(folder, "holds more than 100000 files");
    }
    if (error) throw Error(folder, "cannot be listed: " + error.message());
    std::sort(files_.begin(), files_.end());
  }
  std::size_t count() const override { return files_.size(); }
  std::string name(std::size_t number) const override { return files_[number].filename().string(); }
  std::string read(std::size_t number, std::size_t limit) const override {
    std::ifstream in(files_[number], std::ios::binary | std::ios::ate);
    const std::streamoff end = in ? std::streamoff(in.tellg()) : -1;
    if (end < 0) throw Error(files_[number], "cannot be read: " + systemErrorText());
    std::string bytes(std::min(limit, static_cast<std::size_t>(end)), '\0');
    in.seekg(0);
    if (!in.read(bytes.data(), std::streamsize(bytes.size()))) throw Error(files_[number], "cannot be read to its end");
    return bytes;
  }

 private:
  std::vector<std::filesystem::path> files_;
};

/// An archive may be read by one thread at a time, so each reading thread borrows a handle of its own.
class Zip final : public FileSet {
 public:
  explicit Zip(const std::filesystem::path& file) : FileSet(file) {
    refuseGitLfsPointer(file);
    Handle archive = borrow();
    const zip_int64_t entries = zip_get_num_entries(archive.get(), 0);
    if (entries > zip_int64_t(kMostFiles)) throw Error(file, "holds more than 100000 files");
    for (zip_uint64_t i = 0; i < zip_uint64_t(std::max<zip_int64_t>(entries, 0)); ++i) {
      const char* name = zip_get_name(archive.get(), i, 0);
      if (name != nullptr && *name != '\0' && std::string_view(name).back() != '/') entries_.push_back({i, name});
    }
    giveBack(std::move(archive));
  }
  std::size_t count() const override { return entries_.size(); }
  std::string name(std::size_t number) const override { return entries_[number].name; }
  std::string read(std::size_t number, std::size_t limit) const override {
    Handle archive = borrow();
    std::string bytes = readEntry(archive.get(), entries_[number].index, limit);
    giveBack(std::move(archive));
    return bytes;
  }

 private:
  struct Entry {
    zip_uint64_t index;
    std::string name;
  };
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
  };
  using Handle = std::unique_ptr<zip_t, Discard>;

  Handle borrow() const {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Handle archive = std::move(idle_.back());
        idle_.pop_back();
        return archive;
      }
    }
    int code = 0;
    Handle archive(zip_open(path().c_str(), ZIP_RDONLY, &code));
    if (archive) return archive;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string cause = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw Error(path(), "cannot be opened as .zip: " + cause);
  }
  void giveBack(Handle archive) const {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(archive));
  }
  std::string readEntry(zip_t* archive, zip_uint64_t index, std::size_t limit) const {
    zip_stat_t stat{};
    const bool known = zip_stat_index(archive, index, 0, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0;
    const std::unique_ptr<zip_file_t, Discard> entry(known ? zip_fopen_index(archive, index, 0) : nullptr);
    if (!entry) throw Error(path(), std::string("its file cannot be read: ") + zip_strerror(archive));
    std::string bytes(std::min<std::size_t>(limit, stat.size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
      const zip_int64_t got = zip_fread(entry.get(), bytes.data() + done, bytes.size() - done);
      if (got <= 0) throw Error(path(), std::string("is damaged at ") + zip_get_name(archive, index, 0));
      done += static_cast<std::size_t>(got);
    }
    return bytes;
  }

  std::vector<Entry> entries_;
  mutable std::mutex mutex_;
  mutable std::vector<Handle> idle_;
};

}  // namespace

std::string FileSet::readAll(std::size_t number) const {
  std::string bytes = read(number, kLargestFileBytes);
  if (bytes.size() == kLargestFileBytes) throw Error(path() / name(number), "is larger than any CT slice (256 MB)");
  return bytes;
}

std::unique_ptr<FileSet> openFolder(const std::filesystem::path& folder) { return std::make_unique<Folder>(folder); }
std::unique_ptr<FileSet> openZip(const std::filesystem::path& file) { return std::make_unique<Zip>(file); }

}  // namespace recontour
