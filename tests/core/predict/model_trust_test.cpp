#include "core/predict/model_trust.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/sha256.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

class ModelTrustTest : public testing::Test {
 protected:
  /// A model folder with this manifest.
  fs::path model(const std::string& name, const std::string& manifest) const {
    fs::create_directories(folder_ / name);
    std::ofstream(folder_ / name / "recontour.json") << manifest;
    return folder_ / name;
  }
  ModelStanding standing(const fs::path& folder) const {
    return trust_.standing(folder, readModelIdentity(folder).manifestHash);
  }
  void pin(const fs::path& folder) const { trust_.pin(folder, readModelIdentity(folder)); }
  TemporaryFolder folder_;
  ModelTrust trust_{folder_ / "config/trusted-models.json"};
};

TEST_F(ModelTrustTest, TheHashIsThatOfTheManifestsBytes) {
  const ModelIdentity found = readModelIdentity(model("a", R"({"name": "liver net"})"));
  EXPECT_EQ(found.name, "liver net");
  EXPECT_EQ(found.manifestHash, sha256Hex(std::string_view(R"({"name": "liver net"})")));
}

TEST_F(ModelTrustTest, ANameCannotSteerTheTerminal) {
  EXPECT_EQ(readModelIdentity(model("a", "{\"name\": \"a\\u001b[2Jb\\n\"}")).name, "a [2Jb ");
  EXPECT_EQ(readModelIdentity(model("b", "no JSON")).name, "b");
}

TEST_F(ModelTrustTest, AFolderWithoutManifestIsRefused) {
  fs::create_directories(folder_ / "empty");
  EXPECT_THROW(readModelIdentity(folder_ / "empty"), Error);
  EXPECT_THROW(readModelIdentity(folder_ / "nowhere"), Error);
}

TEST_F(ModelTrustTest, ALinkOrAPipeInPlaceOfTheManifestIsRefused) {
  const auto mine = model("mine", "{}");
  fs::create_directories(folder_ / "link");
  fs::create_symlink(mine / "recontour.json", folder_ / "link/recontour.json");
  EXPECT_THROW(readModelIdentity(folder_ / "link"), Error);
  fs::create_directories(folder_ / "pipe");
  ASSERT_EQ(::mkfifo((folder_ / "pipe/recontour.json").c_str(), 0600), 0);
  EXPECT_THROW(readModelIdentity(folder_ / "pipe"), Error);
}

TEST_F(ModelTrustTest, WeightsAreAFileOfTheFolder) {
  EXPECT_EQ(readModelIdentity(model("a", R"({"name": "a", "weights": "model.ts"})")).weights, "model.ts");
  for (const char* elsewhere : {"..", ".", "", "a/b", "/etc/passwd", "../a"}) {
    const auto folder = model("b", R"({"name": "a", "weights": ")" + std::string(elsewhere) + "\"}");
    EXPECT_EQ(readModelIdentity(folder).weights, "") << elsewhere;
  }
}

TEST_F(ModelTrustTest, ShippedModelsAreKnownWhereverTheyLie) {
  const auto shipped = resource("models/zoo/word-demo/recontour.json");
  fs::create_directories(folder_ / "copy");
  fs::copy(shipped, folder_ / "copy");
  EXPECT_EQ(standing(shipped.parent_path()), ModelStanding::Shipped);
  EXPECT_EQ(standing(folder_ / "copy"), ModelStanding::Shipped);
  std::ofstream(folder_ / "copy/recontour.json", std::ios::app) << " ";
  EXPECT_EQ(standing(folder_ / "copy"), ModelStanding::New);
  EXPECT_FALSE(isShippedModel(""));
}

TEST_F(ModelTrustTest, AModelIsNewUntilItIsPinned) {
  const auto mine = model("mine", "{}");
  EXPECT_EQ(standing(mine), ModelStanding::New);
  EXPECT_FALSE(fs::exists(folder_ / "config")) << "asking writes nothing";
  pin(mine);
  EXPECT_EQ(standing(mine), ModelStanding::Pinned);
  EXPECT_EQ(ModelTrust(folder_ / "config/trusted-models.json").standing(mine, readModelIdentity(mine).manifestHash),
            ModelStanding::Pinned);
}

TEST_F(ModelTrustTest, AnotherModelInAKnownFolderIsChangedUntilItIsPinned) {
  const auto mine = model("mine", "{}");
  pin(mine);
  model("mine", "{ }");
  EXPECT_EQ(standing(mine), ModelStanding::Changed);
  EXPECT_EQ(standing(folder_ / "mine/../mine/"), ModelStanding::Changed);
  pin(mine);
  EXPECT_EQ(standing(mine), ModelStanding::Pinned);
  model("mine", "{}");
  EXPECT_EQ(standing(mine), ModelStanding::Changed);
}

TEST_F(ModelTrustTest, AModelThatWasMovedIsKnown) {
  pin(model("mine", "{}"));
  EXPECT_EQ(standing(model("moved", "{}")), ModelStanding::Pinned);
  EXPECT_EQ(standing(model("other", "{ }")), ModelStanding::New);
}

TEST_F(ModelTrustTest, TheFileIsTheUsersAlone) {
  pin(model("mine", "{}"));
  struct stat found = {};
  ASSERT_EQ(::stat((folder_ / "config/trusted-models.json").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_F(ModelTrustTest, ADamagedFileIsSaidRatherThanForgotten) {
  const auto mine = model("mine", "{}");
  pin(mine);
  for (const char* damaged :
       {"", "{", "[]", R"({"format": "recontour-trusted-models", "version": 1, "models": {"a": 1}})",
        R"({"format": "recontour-trusted-models", "version": 2, "models": {}})"}) {
    std::ofstream(folder_ / "config/trusted-models.json") << damaged;
    EXPECT_THROW(standing(mine), Error) << damaged;
    EXPECT_THROW(pin(mine), Error) << damaged;
  }
}

}  // namespace
}  // namespace recontour
