#include "models/engine/model_folder.h"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "tests/models/sample_manifest.h"

namespace recontour {
namespace {

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
