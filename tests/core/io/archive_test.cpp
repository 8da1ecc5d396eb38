#include "core/io/archive.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zip.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

class ArchiveTest : public testing::Test {
 protected:
  /// A .zip by libzip itself, of one entry. @param mode  of a Unix file, 0 for none
  std::filesystem::path zipOf(const std::string& name, const std::string& text, unsigned mode = 0,
                              zip_int32_t method = ZIP_CM_DEFAULT) {
    const auto file = folder / "made.zip";
    std::filesystem::remove(file);
    zip_t* archive = zip_open(file.c_str(), ZIP_CREATE, nullptr);
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    const auto index = static_cast<zip_uint64_t>(zip_file_add(archive, name.c_str(), source, 0));
    zip_set_file_compression(archive, index, method, 0);
    if (mode != 0) zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, mode << 16U);
    EXPECT_EQ(zip_close(archive), 0);
    return file;
  }
  TemporaryFolder folder;
};

TEST_F(ArchiveTest, GivesBackWhatWasPacked) {
  writeFileSafely(folder / "a file", "in a file");
  writeArchive(folder / "packed.zip", {{"deep/er/one", folder / "a file"}, {"two", {}, "a text"}, {"none", {}, ""}});
  extractArchive(folder / "packed.zip", folder / "out");
  EXPECT_EQ(readWholeFile(folder / "out" / "deep/er/one"), "in a file");
  EXPECT_EQ(readWholeFile(folder / "out" / "two"), "a text");
  EXPECT_EQ(readWholeFile(folder / "out" / "none"), "");
  EXPECT_EQ(readFromArchive(folder / "packed.zip", "two"), "a text");
  EXPECT_THROW(readFromArchive(folder / "packed.zip", "three"), Error);
  EXPECT_THROW(extractArchive(folder / "packed.zip", folder / "out"), Error);  // is not empty
}

TEST_F(ArchiveTest, IsNotWrittenWhereAFileIsMissing) {
  EXPECT_THROW(writeArchive(folder / "packed.zip", {{"one", folder / "missing"}}), Error);
  EXPECT_EQ(folder.entries(), 0U);
}

TEST_F(ArchiveTest, StaysInsideItsFolder) {
  for (const char* name : {"../x", "/x", "a/../../x", "C:\\x", "C:x", "a\\x", "..", "./x"}) {
    EXPECT_FALSE(staysInside(name)) << name;
    EXPECT_THROW(extractArchive(zipOf(name, "x"), folder / "out"), Error) << name;
  }
  EXPECT_TRUE(staysInside("a/b..c/.d"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
  EXPECT_FALSE(std::filesystem::exists(folder / "x"));
}

TEST_F(ArchiveTest, MakesNoLinks) {
  EXPECT_THROW(extractArchive(zipOf("link", "/etc/passwd", S_IFLNK | 0777U), folder / "out"), Error);
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
  EXPECT_NO_THROW(extractArchive(zipOf("file", "x", S_IFREG | 0644U), folder / "out"));
}

TEST_F(ArchiveTest, RefusesMoreThanItsLimitBeforeItWrites) {
  const auto bomb = zipOf("zeros", std::string(std::size_t{1} << 22, '\0'));
  EXPECT_LT(std::filesystem::file_size(bomb), 10'000U);
  EXPECT_THROW(extractArchive(bomb, folder / "out", (std::uint64_t{1} << 22) - 1), Error);
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
  EXPECT_THROW(readFromArchive(bomb, "zeros", (std::size_t{1} << 22) - 1), Error);
  EXPECT_NO_THROW(extractArchive(bomb, folder / "out", std::uint64_t{1} << 22));
}

TEST_F(ArchiveTest, RefusesEntriesThatAreLongerThanTheySay) {
  const auto bomb = zipOf("zeros", std::string(100'000, '\0'));
  std::string bytes = readWholeFile(bomb);
  const std::string said("\xa0\x86\x01\x00", 4);  // 100,000, in the entry's header and in the directory
  int changed = 0;
  for (auto at = bytes.find(said); at != std::string::npos; at = bytes.find(said, at + 1), ++changed)
    bytes.replace(at, 4, std::string("\x0a\x00\x00\x00", 4));
  ASSERT_GE(changed, 1);
  writeFileSafely(bomb, bytes);
  EXPECT_THROW(extractArchive(bomb, folder / "out"), Error);
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

TEST_F(ArchiveTest, TellsDamageAndLeavesNothing) {
  writeArchive(folder / "packed.zip", {{"one", {}, std::string(1000, 'a')}, {"two", {}, std::string(1000, 'b')}});
  std::string bytes = readWholeFile(folder / "packed.zip");
  bytes[bytes.find("bbb") + 500] = 'c';
  writeFileSafely(folder / "packed.zip", bytes);
  EXPECT_THROW(extractArchive(folder / "packed.zip", folder / "out"), Error);
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
  writeFileSafely(folder / "packed.zip", "no archive");
  EXPECT_THROW(extractArchive(folder / "packed.zip", folder / "out"), Error);
}

}  // namespace
}  // namespace recontour
