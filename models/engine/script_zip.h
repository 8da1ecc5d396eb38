#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recontour {

/// One file of a zip archive, as its central directory and its local header agree on it.
struct ZipEntry {
  std::string name;         ///< printable ASCII, relative, no empty part and no ".."
  std::string_view packed;  ///< its bytes in the archive
  bool deflated = false;
  std::uint32_t crc = 0;
  std::size_t bytes = 0;  ///< unpacked
};

/// Reads the directory of a zip archive as PyTorch writes it, strictly: two programs that read an archive differently
/// see two different models. So the entries lie end to end from the first byte to the central directory, that ends the
/// file, both headers of an entry agree, and no two names differ by case alone (LibTorch finds names in any case).
/// @param archive  must outlive the entries
/// @throws Error with the cause alone
std::vector<ZipEntry> readZip(std::string_view archive);

/// The file's content, its length and CRC-32 checked.
/// @throws Error with the cause alone; also when it is longer than `limitBytes`
std::string unpacked(const ZipEntry& entry, std::size_t limitBytes);

/// Checks the CRC-32 of a stored file in place. @throws Error with the cause alone
void verifyStored(const ZipEntry& entry);

}  // namespace recontour
