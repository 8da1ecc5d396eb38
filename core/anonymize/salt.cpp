#include "core/anonymize/salt.h"

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/secret_hash.h"

namespace recontour {
namespace {

constexpr std::size_t kShortest = 16, kLongest = 65536;  // bytes

}  // namespace

std::string saltOf(const std::optional<std::filesystem::path>& file, FilesTogether& files) {
  std::error_code ignored;  // what cannot be looked at cannot be read either
  if (file && std::filesystem::exists(*file, ignored)) {
    std::string salt = readWholeFile(*file, kLongest);
    if (salt.size() < kShortest)
      throw Error(*file, "has " + std::to_string(salt.size()) + " bytes, too few for a salt",
                  "give one of at least 16 random bytes, or a name where none is yet");
    return salt;
  }
  std::string salt = randomSalt() + randomSalt();
  if (file) files.write(*file, salt);
  return salt;
}

}  // namespace recontour
