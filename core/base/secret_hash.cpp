#include "core/base/secret_hash.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "core/base/error.h"
#include "core/base/sha256.h"

namespace recontour {

std::string stretchedSha256Hex(const std::string& salt, const std::string& secret) {
  constexpr int kRounds = 100'000;
  Sha256Digest digest{};
  const auto* saltBytes = reinterpret_cast<const unsigned char*>(salt.data());
  if (PKCS5_PBKDF2_HMAC(secret.data(), static_cast<int>(secret.size()), saltBytes, static_cast<int>(salt.size()),
                        kRounds, EVP_sha256(), static_cast<int>(digest.size()), digest.data()) != 1)
    throw Error("libcrypto has no PBKDF2");
  return toHex(digest);
}

std::string randomSalt() {
  Sha256Digest digest{};
  if (RAND_bytes(digest.data(), static_cast<int>(digest.size())) != 1) throw Error("libcrypto has no random numbers");
  return toHex(digest).substr(0, 32);
}

}  // namespace recontour
