#include "core/io/archive.h"

#include <ctime>
#include <memory>
#include <set>
#include <span>

#include <sys/stat.h>
#include <zip.h>

#include "core/base/error.h"
#include "core/base/files_together.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

/// Time of all files in an archive: when a file was made tells things, and equal content is to give equal archives.
constexpr std::time_t kSameForAll = 1'577'836'800;  // 2020-01-01 UTC

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Entry = std::unique_ptr<zip_file_t, Discard>;

Archive opened(const std::filesystem::path& zip, int flags) {
  int code = 0;
  Archive archive(zip_open(zip.c_str(), flags, &code));
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string cause = zip_error_strerror(&error);
  zip_error_fini(&error);
  throw Error(zip, "cannot be opened as .zip: " + cause);
}

zip_source_t* sourceOf(zip_t* archive, const ArchiveEntry& entry) {
  if (entry.file.empty()) return zip_source_buffer(archive, entry.text.data(), entry.text.size(), 0);
  if (!std::filesystem::is_regular_file(entry.file)) throw Error(entry.file, "does not exist", "nothing was packed");
  return zip_source_file(archive, entry.file.c_str(), 0, 0);
}

void add(zip_t* archive, const ArchiveEntry& entry, const std::filesystem::path& zip) {
  zip_source_t* source = sourceOf(archive, entry);
  const zip_int64_t index =
      source == nullptr ? -1 : zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    if (source != nullptr) zip_source_free(source);
    throw Error(zip, "cannot take " + entry.name + ": " + zip_strerror(archive));
  }
  zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), kSameForAll, 0);
}

struct Listed {
  zip_uint64_t index = 0, bytes = 0;
  std::string name;
};

bool isLink(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return false;
  return system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16U);
}

/// All files of an archive that may be unpacked as they are.
std::vector<Listed> listed(zip_t* archive, const std::filesystem::path& zip, std::uint64_t limitBytes) {
  std::vector<Listed> files;
  std::set<std::string> names;
  std::uint64_t bytes = 0;
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive, 0));
  for (zip_uint64_t i = 0; i < count; ++i) {
    zip_stat_t stat{};
    if (zip_stat_index(archive, i, 0, &stat) != 0 || stat.name == nullptr || (stat.valid & ZIP_STAT_SIZE) == 0)
      throw Error(zip, "is damaged: an entry has no name or size");
    const std::string name = stat.name;
    if (!staysInside(name) || isLink(archive, i))
      throw Error(zip, "holds a file that would be written elsewhere: " + name, "do not use this file");
    if (name.ends_with('/')) continue;
    if (!names.insert(name).second) throw Error(zip, "holds " + name + " twice", "do not use this file");
    bytes += stat.size;
    if (bytes > limitBytes || bytes < stat.size) throw Error(zip, "is too large to be unpacked");
    files.push_back({i, stat.size, name});
  }
  return files;
}

Entry openedEntry(zip_t* archive, const Listed& file, const std::filesystem::path& zip) {
  Entry entry(zip_fopen_index(archive, file.index, 0));
  if (!entry) throw Error(zip, "is damaged at " + file.name + ": " + zip_strerror(archive));
  return entry;
}

/// Gives the entry's bytes piece by piece, and no more than it says it has.
template <typename Take>
void readPieces(zip_t* archive, const Listed& file, const std::filesystem::path& zip, Take take) {
  const Entry entry = openedEntry(archive, file, zip);
  std::vector<std::byte> piece(std::size_t{1} << 20);
  zip_uint64_t left = file.bytes;
  while (left > 0) {
    const zip_int64_t got = zip_fread(entry.get(), piece.data(), std::min<zip_uint64_t>(left, piece.size()));
    if (got <= 0) throw Error(zip, "is damaged at " + file.name, "have it sent again");
    take(std::span<const std::byte>(piece.data(), static_cast<std::size_t>(got)));
    left -= static_cast<zip_uint64_t>(got);
  }
  std::byte more{};
  if (zip_fread(entry.get(), &more, 1) != 0) throw Error(zip, "is damaged at " + file.name, "have it sent again");
}

void extract(zip_t* archive, const Listed& file, const std::filesystem::path& zip,
             const std::filesystem::path& folder) {
  const auto target = folder / file.name;
  createPrivateFolder(target.parent_path());
  SafeFile out(target);
  readPieces(archive, file, zip, [&](std::span<const std::byte> bytes) { out.write(bytes); });
  out.commit();
}

}  // namespace

bool staysInside(const std::string& name) {
  if (name.empty() || name.front() == '/' || name.find_first_of("\\:") != std::string::npos) return false;
  if (name.find('\0') != std::string::npos) return false;
  for (const auto& part : std::filesystem::path(name))
    if (part == ".." || part == ".") return false;
  return true;
}

void writeArchive(const std::filesystem::path& zip, const std::vector<ArchiveEntry>& entries) {
  FilesTogether files;
  const auto aside = files.add(zip);
  { const SafeFile reserved(zip); }  // tells early that the folder cannot be written
  Archive archive = opened(aside, ZIP_CREATE | ZIP_EXCL);
  for (const ArchiveEntry& entry : entries) add(archive.get(), entry, zip);
  if (zip_close(archive.get()) != 0) {
    const std::string cause = zip_strerror(archive.get());
    throw Error(zip, "cannot be written: " + cause, "free space and try again");
  }
  static_cast<void>(archive.release());  // closed
  files.commit();
}

void extractArchive(const std::filesystem::path& zip, const std::filesystem::path& folder, std::uint64_t limitBytes) {
  const Archive archive = opened(zip, ZIP_RDONLY);
  const auto files = listed(archive.get(), zip, limitBytes);
  if (std::filesystem::exists(folder) && !std::filesystem::is_empty(folder))
    throw Error(folder, "is not empty", "unpack into a new folder");
  createPrivateFolder(folder);
  try {
    for (const Listed& file : files) extract(archive.get(), file, zip, folder);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    throw;
  }
}

std::map<std::string, std::uint64_t> archiveSizes(const std::filesystem::path& zip) {
  const Archive archive = opened(zip, ZIP_RDONLY);
  std::map<std::string, std::uint64_t> sizes;
  for (const Listed& file : listed(archive.get(), zip, UINT64_MAX)) sizes[file.name] = file.bytes;
  return sizes;
}

std::string readFromArchive(const std::filesystem::path& zip, const std::string& name, std::size_t limitBytes) {
  const Archive archive = opened(zip, ZIP_RDONLY);
  for (const Listed& file : listed(archive.get(), zip, UINT64_MAX)) {
    if (file.name != name) continue;
    if (file.bytes > limitBytes) throw Error(zip, "its " + name + " is too large");
    std::string text;
    readPieces(archive.get(), file, zip, [&](std::span<const std::byte> bytes) {
      text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    });
    return text;
  }
  throw Error(zip, "has no " + name);
}

}  // namespace recontour
