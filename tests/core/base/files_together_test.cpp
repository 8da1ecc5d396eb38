#include "core/base/files_together.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

unsigned modeOf(const std::filesystem::path& file) {
  struct stat status = {};
  ::stat(file.c_str(), &status);
  return status.st_mode & 0777;
}

TEST(FilesTogether, AreInTheirPlacesAfterCommitOnly) {
  const TemporaryFolder folder;
  writeFileSafely(folder / "a.txt", "old");
  {
    FilesTogether files;
    files.write(folder / "a.txt", "new");
    files.write(folder / "made" / "b.txt", "beside");
    EXPECT_EQ(readWholeFile(folder / "a.txt"), "old");
    EXPECT_FALSE(std::filesystem::exists(folder / "made" / "b.txt"));
    files.commit();
  }
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "new");
  EXPECT_EQ(readWholeFile(folder / "made" / "b.txt"), "beside");
  EXPECT_EQ(folder.entries(), 2u);  // a.txt and made
}

TEST(FilesTogether, LeaveNothingWithoutCommit) {
  const TemporaryFolder folder;
  {
    FilesTogether files;
    files.write(folder / "made" / "b.txt", "new");
  }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(FilesTogether, WhenOneCannotBePlacedTheOldOnesComeBack) {
  const TemporaryFolder folder;
  writeFileSafely(folder / "a.txt", "old");
  {
    FilesTogether files;
    files.write(folder / "a.txt", "new");
    files.write(folder / "fresh.txt", "new");
    const auto lost = files.add(folder / "lost.txt");
    writeFileSafely(lost, "new");
    std::filesystem::create_directories(folder / "lost.txt" / "in the way");
    ::unlink(lost.c_str());
    EXPECT_THROW(files.commit(), Error);
  }
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "old");
  EXPECT_FALSE(std::filesystem::exists(folder / "fresh.txt"));
  EXPECT_EQ(folder.entries(), 2u);  // a.txt and the folder in the way
}

TEST(FilesTogether, APlaceThatAFolderHasTakenBringsTheOldOnesBack) {
  const TemporaryFolder folder;
  writeFileSafely(folder / "a.txt", "old");
  const auto aside = folder / "written" / "b.txt";
  createPrivateFolder(aside.parent_path());
  writeFileSafely(aside, "new");
  {
    FilesTogether files;
    files.write(folder / "a.txt", "new");
    files.adopt(aside, folder / "b.txt");
    std::filesystem::create_directory(folder / "b.txt");
    std::filesystem::permissions(folder / "b.txt", std::filesystem::perms::owner_all);
    EXPECT_THROW(files.commit(), Error);
  }
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "old");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "b.txt"));
}

TEST(FilesTogether, ANewFileIsPrivateAnOldOneKeepsItsMode) {
  const TemporaryFolder folder;
  writeFileSafely(folder / "a.txt", "old");
  ::chmod((folder / "a.txt").c_str(), 0640);
  FilesTogether files;
  files.write(folder / "a.txt", "new");
  files.write(folder / "b.txt", "new");
  files.commit();
  EXPECT_EQ(modeOf(folder / "a.txt"), 0640u);
  EXPECT_EQ(modeOf(folder / "b.txt"), 0600u);
}

TEST(FilesTogether, ALinkToTheUsersOwnFileKeepsItsMode) {
  const TemporaryFolder folder;
  writeFileSafely(folder / "ct.nii.gz", "voxels");
  ::chmod((folder / "ct.nii.gz").c_str(), 0444);
  FilesTogether files;
  std::filesystem::create_hard_link(folder / "ct.nii.gz", files.add(folder / "image.nii.gz"));
  files.commit();
  EXPECT_EQ(modeOf(folder / "ct.nii.gz"), 0444u);
}

}  // namespace
}  // namespace recontour
