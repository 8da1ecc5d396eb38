#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace recontour {

/// A file that goes into an archive.
struct ArchiveEntry {
  std::string name;            ///< in the archive, with '/' between folders
  std::filesystem::path file;  ///< to read; empty: `text` is its content
  std::string text = {};
};

/// Writes a .zip of these files as they are, which are compressed already; the target appears whole or not at all.
/// @throws Error naming the file at fault
void writeArchive(const std::filesystem::path& zip, const std::vector<ArchiveEntry>& entries);

/// Unpacks a .zip into an empty or missing folder. Names that lead out of it (absolute, "..", a drive), links, names
/// that are there twice, and more than `limitBytes` in all are refused, before anything is written.
/// @throws Error; what was unpacked until then is removed
void extractArchive(const std::filesystem::path& zip, const std::filesystem::path& folder,
                    std::uint64_t limitBytes = std::uint64_t{64} << 30);

/// One file of an archive, read whole. @throws Error where it is missing or larger than `limitBytes`
std::string readFromArchive(const std::filesystem::path& zip, const std::string& name,
                            std::size_t limitBytes = std::size_t{64} << 20);

/// Bytes of each file of an archive, by name. @throws Error as extractArchive() does
std::map<std::string, std::uint64_t> archiveSizes(const std::filesystem::path& zip);

/// Whether a name in an archive stays inside the folder that it is unpacked into.
bool staysInside(const std::string& name);

}  // namespace recontour
