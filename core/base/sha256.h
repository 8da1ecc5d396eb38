#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace recontour {

using Sha256Digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) by libcrypto, fed piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(std::span<const std::byte> bytes);
  void update(std::string_view text);
  /// Ends the computation; the object must not be fed after it.
  Sha256Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// 64 lower-case hexadecimal digits.
std::string toHex(const Sha256Digest& digest);
std::string sha256Hex(std::string_view bytes);
std::string sha256Hex(std::span<const std::byte> bytes);
/// @throws Error when the file cannot be read
std::string sha256HexOfFile(const std::filesystem::path& file);

}  // namespace recontour
