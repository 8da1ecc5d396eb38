#include "core/base/sha256.h"

#include <fstream>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

// Known answers of FIPS 180-4's examples.
TEST(Sha256, GivesTheKnownAnswers) {
  EXPECT_EQ(sha256Hex(std::string_view("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256Hex(std::string_view("abc")), kOfAbc);
  EXPECT_EQ(sha256Hex(std::string_view("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256Hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameAsTheWhole) {
  Sha256 hash;
  hash.update(std::string_view("a"));
  hash.update(std::string_view(""));
  hash.update(std::as_bytes(std::span("bc", 2)));
  EXPECT_EQ(toHex(hash.finish()), kOfAbc);
}

TEST(Sha256, OfAFileIsThatOfItsBytesBeyondOneBuffer) {
  const TemporaryFolder folder;
  const std::string content(3'000'001, 'r');
  std::ofstream(folder / "a") << content;
  EXPECT_EQ(sha256HexOfFile(folder / "a"), sha256Hex(content));
  std::ofstream(folder / "empty").flush();
  EXPECT_EQ(sha256HexOfFile(folder / "empty"), sha256Hex(std::string_view("")));
}

TEST(Sha256, AFileThatCannotBeReadIsAnError) {
  const TemporaryFolder folder;
  EXPECT_THROW(sha256HexOfFile(folder / "missing"), Error);
  EXPECT_THROW(sha256HexOfFile(folder.path()), Error);
}

}  // namespace
}  // namespace recontour
