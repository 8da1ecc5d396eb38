#include "core/base/folders.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

TEST(Folders, FollowTheXdgVariables) {
  ::setenv("XDG_DATA_HOME", "/x/data", 1);
  ::setenv("XDG_CACHE_HOME", "/x/cache", 1);
  ::setenv("XDG_CONFIG_HOME", "/x/config", 1);
  EXPECT_EQ(dataFolder(), "/x/data/recontour");
  EXPECT_EQ(cacheFolder(), "/x/cache/recontour");
  EXPECT_EQ(configFolder(), "/x/config/recontour");
}

TEST(Folders, LieUnderHomeWhereTheVariableIsMissingOrRelative) {
  ::setenv("HOME", "/home/reader", 1);
  ::unsetenv("XDG_DATA_HOME");
  ::setenv("XDG_CACHE_HOME", "relative/paths/are/ignored", 1);
  ::setenv("XDG_CONFIG_HOME", "", 1);
  EXPECT_EQ(dataFolder(), "/home/reader/.local/share/recontour");
  EXPECT_EQ(cacheFolder(), "/home/reader/.cache/recontour");
  EXPECT_EQ(configFolder(), "/home/reader/.config/recontour");
}

TEST(Resource, IsFoundUpwardsFromTheProgram) {
  const auto table = resource("resources/organs/word.json");
  EXPECT_TRUE(std::filesystem::is_regular_file(table)) << table;
  EXPECT_TRUE(table.is_absolute());
}

TEST(Resource, ThatIsNowhereIsAnErrorNamingIt) {
  try {
    resource("resources/no/such.json");
    FAIL() << "found";
  } catch (const Error& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("resources/no/such.json: is missing")) << error.what();
  }
}

}  // namespace
}  // namespace recontour
