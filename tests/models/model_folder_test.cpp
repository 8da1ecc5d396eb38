#include "models/engine/model_folder.h"

#include <cstdio>
#include <fstream>
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "tests/models/sample_manifest.h"

namespace recontour {
namespace {

std::string noise(std::size_t bytes, std::mt19937& random) {
  std::string result(bytes, '\0');
  for (char& byte : result) byte = static_cast<char>(random());
  return result;
}

class ModelFolderTest : public testing::Test {
 protected:
  ModelFolderTest() : folder_(std::filesystem::temp_directory_path() / ("model_folder-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    json_["sha256"] = sha256Hex(std::string_view("weights"));
    std::ofstream(folder_ / "model.ts") << "weights";
  }
  ~ModelFolderTest() override { std::filesystem::remove_all(folder_); }

  ModelFolder open() {
    std::ofstream(folder_ / "recontour.json") << json_.dump();
    return ModelFolder(folder_);
  }
  std::string refusal() {
    try {
      open();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::BadInput);
      return error.what();
    }
    return "accepted";
  }
  std::filesystem::path folder_;
  Json json_ = sampleManifest();
};

TEST_F(ModelFolderTest, HandsOutTheBytesThatWereHashed) {
  ModelFolder folder = open();
  std::ofstream(folder_ / "model.ts") << "changed afterwards";
  EXPECT_EQ(folder.takeWeights(), "weights");
}

TEST_F(ModelFolderTest, RefusesWeightsWithAnotherHashAndNamesTheFile) {
  std::ofstream(folder_ / "model.ts") << "weightz";
  const std::string message = refusal();
  EXPECT_TRUE(message.starts_with((folder_ / "model.ts").string() + ": its SHA-256 ")) << message;
}

TEST_F(ModelFolderTest, AcceptsAHashInCapitals) {
  std::string hash = json_["sha256"];
  for (char& digit : hash) digit = static_cast<char>(std::toupper(digit));
  json_["sha256"] = hash;
  EXPECT_EQ(refusal(), "accepted");
}

TEST_F(ModelFolderTest, NamesMissingWeights) {
  std::filesystem::remove(folder_ / "model.ts");
  EXPECT_TRUE(refusal().starts_with((folder_ / "model.ts").string())) << refusal();
}

TEST_F(ModelFolderTest, NeedsAFolderWithAManifest) {
  EXPECT_THROW(ModelFolder(folder_ / "model.ts"), Error);
  EXPECT_THROW(ModelFolder{folder_}, Error);
  std::ofstream(folder_ / "recontour.json") << "{";
  EXPECT_THROW(ModelFolder{folder_}, Error);
}

TEST_F(ModelFolderTest, TakesTheManifestThatIsPinnedAndNoOther) {
  open();
  const std::string pinned = sha256HexOfFile(folder_ / "recontour.json");
  EXPECT_EQ(ModelFolder(folder_, pinned).manifestSha256(), pinned);
  json_["name"] = "another";
  open();
  try {
    const ModelFolder another(folder_, pinned);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with((folder_ / "recontour.json").string() + ": its SHA-256 "));
  }
}

TEST_F(ModelFolderTest, RefusesSymbolicLinks) {
  for (const std::string file : {"model.ts", "recontour.json"}) {
    open();
    std::filesystem::rename(folder_ / file, folder_ / "elsewhere");
    std::filesystem::create_symlink("elsewhere", folder_ / file);
    EXPECT_THROW(ModelFolder{folder_}, Error) << file;
    std::filesystem::rename(folder_ / "elsewhere", folder_ / file);
  }
  EXPECT_EQ(refusal(), "accepted");
}

TEST_F(ModelFolderTest, RefusesAPipeInsteadOfWaitingForIt) {
  open();
  std::filesystem::remove(folder_ / "model.ts");
  ASSERT_EQ(::mkfifo((folder_ / "model.ts").c_str(), 0600), 0);
  EXPECT_NE(refusal().find("model.ts: is no plain file"), std::string::npos) << refusal();
}

/// What the client has pinned is the manifest's SHA-256, and the manifest holds the weights'.
TEST_F(ModelFolderTest, RefusesEachOfAThousandSingleByteChanges) {
  std::mt19937 random(11);
  const std::string weights = noise(20000, random);
  json_["sha256"] = sha256Hex(std::string_view(weights));
  const std::map<std::string, std::string> files{{"model.ts", weights}, {"recontour.json", json_.dump(1)}};
  const std::string pinned = sha256Hex(std::string_view(files.at("recontour.json")));
  const auto write = [&](const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  };
  for (const auto& [name, bytes] : files) write(name, bytes);
  ASSERT_NO_THROW(ModelFolder(folder_, pinned));
  int refused = 0, ofManifest = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto& [name, bytes] = *std::next(files.begin(), random() % 2);
    std::string changed = bytes;
    changed[random() % changed.size()] ^= static_cast<char>(1 + random() % 255);
    write(name, changed);
    ofManifest += name == "recontour.json" ? 1 : 0;
    try {
      const ModelFolder spoilt(folder_, pinned);
    } catch (const Error& error) {
      refused += error.kind() == ErrorKind::BadInput ? 1 : 0;
    }
    write(name, bytes);
  }
  std::printf("%d of 1000 single-byte changes refused, %d of them in the manifest\n", refused, ofManifest);
  EXPECT_EQ(refused, 1000);
  EXPECT_NEAR(ofManifest, 500, 100);
  EXPECT_NO_THROW(ModelFolder(folder_, pinned));
}

TEST_F(ModelFolderTest, RefusesAddedAndMissingBytesAndFiles) {
  open();
  const std::string pinned = sha256HexOfFile(folder_ / "recontour.json");
  for (const std::string name : {"model.ts", "recontour.json"}) {
    const std::string bytes = readWholeFile(folder_ / name);
    for (const std::string& changed : {bytes + " ", bytes.substr(1), std::string()}) {
      std::ofstream(folder_ / name) << changed;
      EXPECT_THROW(ModelFolder(folder_, pinned), Error) << name;
    }
    std::filesystem::remove(folder_ / name);
    EXPECT_THROW(ModelFolder(folder_, pinned), Error) << name;
    std::ofstream(folder_ / name) << bytes;
  }
  std::ofstream(folder_ / "model.ts.bak") << "never opened";  // what no one names cannot matter
  EXPECT_NO_THROW(ModelFolder(folder_, pinned));
}

TEST_F(ModelFolderTest, LooksKeysUpInTheOrganTable) {
  json_["output"]["channels"] = 3;
  json_["labels"]["2"] = {{"key", "heart"}};
  const ChannelLabels labels = open().channelLabels({"own", {{"liver", 42}}});
  EXPECT_EQ(labels.labelOf[0], 0);
  EXPECT_EQ(labels.labelOf[1], 42);
  EXPECT_EQ(labels.labelOf[2], 0);
  EXPECT_EQ(labels.unmapped, std::vector<std::string>{"heart"});
}

TEST_F(ModelFolderTest, TakesWordNumbersForTheTableWordOnly) {
  json_["labels"]["1"]["word"] = 5;
  EXPECT_EQ(open().channelLabels({"word", {{"liver", 1}}}).labelOf[1], 5);
  EXPECT_EQ(open().channelLabels({"own", {{"liver", 1}}}).labelOf[1], 1);
}

TEST_F(ModelFolderTest, KeepsChannelNumbersWithoutATable) { EXPECT_EQ(open().channelLabels({}).labelOf[1], 1); }

TEST_F(ModelFolderTest, RefusesATableThatKnowsNoneOfItsLabels) {
  EXPECT_THROW(open().channelLabels({"own", {{"heart", 1}}}), Error);
}

}  // namespace
}  // namespace recontour
