#pragma once
#include <string>

namespace recontour {

/// PBKDF2-HMAC-SHA256 with 100,000 rounds (RFC 8018), 64 hex digits: slow to guess from.
std::string stretchedSha256Hex(const std::string& salt, const std::string& secret);

/// 32 hex digits from the system's random numbers. @throws Error
std::string randomSalt();

}  // namespace recontour
