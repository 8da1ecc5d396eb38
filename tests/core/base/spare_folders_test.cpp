#include "core/base/spare_folders.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

TEST(SpareFolders, NamesFoldersOnOtherDisksFirst) {
  const TemporaryFolder data;
  ::setenv("XDG_DATA_HOME", data.path().c_str(), 1);
  const auto own = data / "recontour/unsaved";
  const auto near = spareFoldersFor(data / "sessions/not/there/yet");  // on the disk of `own`
  const auto far = spareFoldersFor("/proc");                           // on a disk of its own
  ::unsetenv("XDG_DATA_HOME");
  EXPECT_EQ(far.front(), own);
  ASSERT_NE(std::ranges::find(near, own), near.end());
  for (const auto& folder : near) EXPECT_TRUE(folder.is_absolute());
  EXPECT_EQ(near.size(), far.size());
}

TEST(SpareFolders, AreTrustedOnlyWhereNobodyElseGetsIn) {
  const TemporaryFolder folder;
  EXPECT_TRUE(isPrivateFolder(folder.path()));
  std::filesystem::create_symlink(folder.path(), folder / "link");
  EXPECT_FALSE(isPrivateFolder(folder / "link"));
  EXPECT_FALSE(isPrivateFolder(folder / "missing"));
  std::filesystem::permissions(folder.path(), std::filesystem::perms{0770});
  EXPECT_FALSE(isPrivateFolder(folder.path()));
}

}  // namespace
}  // namespace recontour
