#include "models/engine/script_zip.h"

#include <algorithm>
#include <set>

#include <zlib.h>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr std::size_t kEndBytes = 22, kLocator64Bytes = 20, kEnd64Bytes = 56, kCentralBytes = 46, kLocalBytes = 30;
constexpr std::uint32_t kEnd = 0x06054b50, kLocator64 = 0x07064b50, kEnd64 = 0x06064b50, kCentral = 0x02014b50,
                        kLocal = 0x04034b50, kDescriptor = 0x08074b50;
constexpr std::uint64_t kDescriptorBytes = 16;
constexpr unsigned kDescriptorFlag = 1U << 3U, kUtf8Flag = 1U << 11U;
constexpr unsigned kStored = 0, kDeflated = 8;
constexpr std::size_t kMostEntries = 50000, kLongestName = 512;
constexpr std::string_view kPadding = "FB";  // PyTorch's extra field, which aligns the weights

void require(bool holds, const std::string& cause) {
  if (!holds) throw Error(cause);
}

/// Little-endian numbers of a byte string; every read is checked.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number(std::uint64_t at, int bytes) const {
    std::uint64_t value = 0;
    const std::string_view part = text(at, static_cast<std::uint64_t>(bytes));
    for (std::size_t i = part.size(); i-- > 0;) value = (value << 8U) | static_cast<unsigned char>(part[i]);
    return value;
  }
  std::uint16_t u16(std::uint64_t at) const { return static_cast<std::uint16_t>(number(at, 2)); }
  std::uint32_t u32(std::uint64_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }
  std::string_view text(std::uint64_t at, std::uint64_t length) const {
    require(at <= bytes_.size() && length <= bytes_.size() - at, "it is cut off");
    return bytes_.substr(at, length);
  }

 private:
  std::string_view bytes_;
};

struct Directory {
  std::uint64_t entries = 0, bytes = 0, at = 0, end = 0;
};

/// The zip64 records, which PyTorch always writes, must say the same as the plain end record and lie before it.
std::uint64_t checkZip64(const Bytes& file, std::uint64_t endAt, const Directory& plain) {
  if (endAt < kLocator64Bytes || file.u32(endAt - kLocator64Bytes) != kLocator64) return endAt;
  const std::uint64_t locator = endAt - kLocator64Bytes;
  require(locator >= kEnd64Bytes, "its zip64 record is cut off");
  const std::uint64_t record = locator - kEnd64Bytes;
  const bool same = file.u32(record) == kEnd64 && file.number(record + 4, 8) == kEnd64Bytes - 12 &&
                    file.u32(record + 16) == 0 && file.u32(record + 20) == 0 &&
                    file.number(record + 24, 8) == plain.entries && file.number(record + 32, 8) == plain.entries &&
                    file.number(record + 40, 8) == plain.bytes && file.number(record + 48, 8) == plain.at &&
                    file.u32(locator + 4) == 0 && file.number(locator + 8, 8) == record && file.u32(locator + 16) == 1;
  require(same, "its two end records differ");
  return record;
}

Directory findDirectory(const Bytes& file, std::size_t size) {
  require(size >= kEndBytes, "it is no zip archive");
  const std::uint64_t at = size - kEndBytes;
  require(file.u32(at) == kEnd && file.u16(at + 20) == 0,
          "it does not end with the end record of a zip archive: it is cut off, or something was appended");
  Directory found{file.u16(at + 10), file.u32(at + 12), file.u32(at + 16), 0};
  require(file.u16(at + 4) == 0 && file.u16(at + 6) == 0 && file.u16(at + 8) == found.entries,
          "it is one part of an archive of several");
  require(found.entries > 0 && found.entries <= kMostEntries,
          "it has " + std::to_string(found.entries) + " files; 1 to " + std::to_string(kMostEntries) + " are allowed");
  found.end = checkZip64(file, at, found);
  require(found.at + found.bytes == found.end, "its directory does not end where its end record begins");
  return found;
}

void checkName(std::string_view name) {
  const std::string shown = "the name of a file in it";
  require(!name.empty() && name.size() <= kLongestName, shown + " is empty or too long");
  const bool printable =
      std::ranges::all_of(name, [](char c) { return c >= ' ' && c <= '~' && c != '\\' && c != ':'; });
  require(printable, shown + " has other characters than printable ASCII");
  std::size_t start = 0;
  while (start <= name.size()) {
    const std::size_t slash = std::min(name.find('/', start), name.size());
    const std::string_view part = name.substr(start, slash - start);
    require(!part.empty() && part != "." && part != "..", "the file name '" + std::string(name) + "' leads elsewhere");
    start = slash + 1;
  }
}

std::string inLowerCase(std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

/// What an entry's central record says, before its local header is compared.
struct Record {
  unsigned flags = 0, method = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed = 0, bytes = 0, local = 0;
  std::string name;
  std::uint64_t length = 0;  ///< of the record itself
};

Record readRecord(const Bytes& file, std::uint64_t at) {
  require(file.u32(at) == kCentral, "its directory is damaged");
  Record record{file.u16(at + 8),
                file.u16(at + 10),
                file.u32(at + 16),
                file.u32(at + 20),
                file.u32(at + 24),
                file.u32(at + 42),
                {},
                0};
  const std::uint64_t nameBytes = file.u16(at + 28);
  record.name = file.text(at + kCentralBytes, nameBytes);
  record.length = kCentralBytes + nameBytes;
  checkName(record.name);
  const std::string file_ = record.name + ": ";
  require(file.u16(at + 30) == 0 && file.u16(at + 32) == 0, file_ + "has extra fields or a comment in the directory");
  require(file.u16(at + 34) == 0, file_ + "lies in another part of the archive");
  require((record.flags & ~(kDescriptorFlag | kUtf8Flag)) == 0, file_ + "is encrypted or has unknown flags");
  require(record.method == kStored || record.method == kDeflated, file_ + "is compressed by an unknown method");
  require(record.method == kDeflated || record.packed == record.bytes, file_ + "is stored with two different lengths");
  return record;
}

/// The extra field may only be PyTorch's padding: one block "FB", length, anything.
void checkExtra(std::string_view extra, const std::string& name) {
  if (extra.empty()) return;
  const bool padding = extra.size() >= 4 && extra.substr(0, 2) == kPadding && Bytes(extra).u16(2) == extra.size() - 4;
  require(padding, name + ": has an extra field that PyTorch does not write");
}

/// @return where the entry ends
std::uint64_t readLocal(const Bytes& file, const Record& record, ZipEntry& entry) {
  const std::uint64_t at = record.local;
  const std::string differs = record.name + ": its two headers differ";
  const bool later = (record.flags & kDescriptorFlag) != 0;  // lengths may follow the data
  require(file.u32(at) == kLocal && file.u16(at + 6) == record.flags && file.u16(at + 8) == record.method, differs);
  const auto agrees = [&](std::uint32_t local, std::uint64_t central) {
    return local == central || (later && local == 0);
  };
  require(agrees(file.u32(at + 14), record.crc) && agrees(file.u32(at + 18), record.packed) &&
              agrees(file.u32(at + 22), record.bytes),
          differs);
  const std::uint64_t nameBytes = file.u16(at + 26), extraBytes = file.u16(at + 28);
  require(file.text(at + kLocalBytes, nameBytes) == record.name, differs);
  checkExtra(file.text(at + kLocalBytes + nameBytes, extraBytes), record.name);
  const std::uint64_t data = at + kLocalBytes + nameBytes + extraBytes;
  entry = {record.name, file.text(data, record.packed), record.method == kDeflated, record.crc, record.bytes};
  const std::uint64_t end = data + record.packed;
  if (!later) return end;
  require(file.u32(end) == kDescriptor && file.u32(end + 4) == record.crc && file.u32(end + 8) == record.packed &&
              file.u32(end + 12) == record.bytes,
          differs);
  return end + kDescriptorBytes;
}

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// @return false unless the packed bytes inflate to exactly as many as `raw` has
bool inflateInto(std::string_view packed, std::string& raw) {
  z_stream stream{};
  if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  char spare = 0;  // zlib wants somewhere to write even for an empty file
  stream.next_out = reinterpret_cast<Bytef*>(raw.empty() ? &spare : raw.data());
  stream.avail_out = static_cast<uInt>(raw.size());
  const int status = ::inflate(&stream, Z_FINISH);
  const bool whole = status == Z_STREAM_END && stream.avail_in == 0 && stream.total_out == raw.size();
  ::inflateEnd(&stream);
  return whole;
}

}  // namespace

std::vector<ZipEntry> readZip(std::string_view archive) {
  const Bytes file(archive);
  const Directory directory = findDirectory(file, archive.size());
  std::vector<ZipEntry> entries(directory.entries);
  std::set<std::string> names;
  std::uint64_t record = directory.at, data = 0;
  for (ZipEntry& entry : entries) {
    const Record found = readRecord(file, record);
    require(names.insert(inLowerCase(found.name)).second, found.name + ": is there twice");
    require(found.local == data, found.name + ": does not begin where the file before it ends");
    data = readLocal(file, found, entry);
    require(data <= directory.at, found.name + ": reaches into the directory");
    record += found.length;
  }
  require(data == directory.at && record == directory.at + directory.bytes,
          "there is something between its files and its directory");
  return entries;
}

std::string unpacked(const ZipEntry& entry, std::size_t limitBytes) {
  require(entry.bytes <= limitBytes, entry.name + ": has " + std::to_string(entry.bytes) + " bytes, of which at most " +
                                         std::to_string(limitBytes) + " are allowed");
  std::string text(entry.bytes, '\0');
  if (!entry.deflated) text = entry.packed;
  require(!entry.deflated || inflateInto(entry.packed, text), entry.name + ": does not unpack to its length");
  require(checksum(text) == entry.crc, entry.name + ": is damaged (CRC-32)");
  return text;
}

void verifyStored(const ZipEntry& entry) {
  require(!entry.deflated, entry.name + ": weights must not be compressed");
  require(checksum(entry.packed) == entry.crc, entry.name + ": is damaged (CRC-32)");
}

}  // namespace recontour
