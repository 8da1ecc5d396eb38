#include "core/session/log_record.h"

#include <cstring>
#include <fstream>
#include <utility>

#include <nlohmann/json.hpp>
#include <zlib.h>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {
namespace {

constexpr std::size_t kPrefix = 8;  // length and checksum
constexpr std::size_t kHash = 32;
constexpr std::size_t kLongestRecord = std::size_t{1} << 30;

std::string littleEndian(std::uint32_t value) {
  std::string bytes(4, '\0');
  std::memcpy(bytes.data(), &value, 4);
  return bytes;
}

std::uint32_t readUint32(std::string_view bytes) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data(), 4);
  return value;
}

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

std::string deflated(const std::string& raw) {
  if (raw.empty()) return {};
  uLongf size = ::compressBound(raw.size());
  std::string out(size, '\0');
  ::compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(raw.data()), raw.size(), 6);
  out.resize(size);
  return out;
}

bool inflate(std::string_view packed, std::size_t rawBytes, std::string& raw) {
  raw.assign(rawBytes, '\0');
  uLongf size = rawBytes;
  const int status = ::uncompress(reinterpret_cast<Bytef*>(raw.data()), &size,
                                  reinterpret_cast<const Bytef*>(packed.data()), packed.size());
  return status == Z_OK && size == rawBytes;
}

Sha256Digest chainHash(const Sha256Digest& previous, std::string_view headerAndPayload) {
  Sha256 hash;
  hash.update(std::as_bytes(std::span(previous)));
  hash.update(headerAndPayload);
  return hash.finish();
}

/// With the payload that was to be made later.
Event completed(const Event& event) {
  Event whole = event;
  whole.payload = std::exchange(whole.laterPayload, nullptr)();
  Json header = parseJson(event.header, "event");
  header["payload_bytes"] = whole.payload.size();
  whole.header = header.dump();
  return whole;
}

bool fillEvent(Event& event, std::string_view packed, std::string& why) {
  try {
    const Json header = parseJson(event.header, "event");
    event.sequence = static_cast<std::uint64_t>(wholeNumber(header.at("seq"), 0, INT64_MAX));
    event.type = header.at("type").get<std::string>();
    event.timeMs = header.at("t").get<std::int64_t>();
    event.wallMs = header.at("wall").get<std::int64_t>();
    const Json bytes = header.contains("payload_bytes") ? header["payload_bytes"] : Json(0);
    const auto rawBytes = static_cast<std::size_t>(wholeNumber(bytes, 0, INT64_MAX));
    if (rawBytes > kLongestRecord * 4) throw Error("its payload is too large");
    if (rawBytes == 0 && packed.empty()) return true;
    if (inflate(packed, rawBytes, event.payload)) return true;
    why = "the payload does not inflate to its length";
  } catch (const std::exception& error) {
    why = std::string("the header is not valid: ") + error.what();
  }
  return false;
}

}  // namespace

LogRecord encodeRecord(const Event& event, const Sha256Digest& previous) {
  if (event.laterPayload) return encodeRecord(completed(event), previous);
  const std::string body = event.header + "\n" + deflated(event.payload);
  LogRecord record;
  record.hash = chainHash(previous, body);
  const std::string hashed = body + std::string(reinterpret_cast<const char*>(record.hash.data()), kHash);
  record.bytes = littleEndian(static_cast<std::uint32_t>(hashed.size())) + littleEndian(checksum(hashed)) + hashed;
  return record;
}

std::optional<DecodedRecord> decodeRecord(std::string_view bytes, const Sha256Digest& previous, std::string& why) {
  why = "the record is cut short";
  if (bytes.size() < kPrefix) return {};
  const std::size_t length = readUint32(bytes);
  if (length <= kHash || length > kLongestRecord || bytes.size() < kPrefix + length) return {};
  const std::string_view hashed = bytes.substr(kPrefix, length);
  why = "the checksum does not match";
  if (checksum(hashed) != readUint32(bytes.substr(4))) return {};
  const std::string_view body = hashed.substr(0, length - kHash);
  DecodedRecord record;
  record.bytes = kPrefix + length;
  record.hash = chainHash(previous, body);
  why = "the hash chain is broken";
  if (std::memcmp(record.hash.data(), hashed.data() + body.size(), kHash) != 0) return {};
  const std::size_t headerEnd = body.find('\n');
  why = "the header has no end";
  if (headerEnd == std::string_view::npos) return {};
  record.event.header = body.substr(0, headerEnd);
  if (!fillEvent(record.event, body.substr(headerEnd + 1), why)) return {};
  return record;
}

Event readEvent(const std::filesystem::path& log, std::uint64_t start, std::uint64_t end, std::uint64_t sequence) {
  std::ifstream file(log, std::ios::binary);
  Sha256Digest previous{};  // it ends the record before
  if (start > 0) {
    file.seekg(static_cast<std::streamoff>(start - previous.size()));
    file.read(reinterpret_cast<char*>(previous.data()), static_cast<std::streamsize>(previous.size()));
  }
  std::string bytes(end - start, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  std::string why;
  auto record = decodeRecord(bytes, previous, why);
  if (!record) throw Error(log, "event " + std::to_string(sequence) + " cannot be read back: " + why);
  return std::move(record->event);
}

}  // namespace recontour
