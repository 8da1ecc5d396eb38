#include "models/engine/engine.h"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/sha256.h"
#include "tests/models/fake_network.h"
#include "tests/models/sample_manifest.h"

namespace recontour {
namespace {

/// A model folder whose network calls positive HU liver.
class EngineTest : public testing::Test {
 protected:
  EngineTest() : folder_(std::filesystem::temp_directory_path() / ("engine_test-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "model.ts") << "weights";
    json_["sha256"] = sha256Hex(std::string_view("weights"));
  }
  ~EngineTest() override { std::filesystem::remove_all(folder_); }

  ModelFolder model() {
    std::ofstream(folder_ / "recontour.json") << json_.dump();
    return ModelFolder(folder_);
  }
  NetworkLoader loader() {
    return [this](ModelFolder&) {
      auto network = std::make_unique<FakeNetwork>();
      network->oneChannelShort = oneChannelShort_;
      return LoadedNetwork{std::move(network), "fp32", "said by the loader"};
    };
  }
  EngineResult run(const Volume& volume, const Geometry& geometry) {
    ModelFolder folder = model();
    NoProgress quiet;
    return runModel(folder, volume, geometry, {"own", {{"liver", 9}}}, 2, loader(), quiet);
  }
  std::filesystem::path folder_;
  Json json_ = sampleManifest();
  bool oneChannelShort_ = false;
};

Geometry cube(int edge) { return {{edge, edge, edge}, {1, 1, 1}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}}; }

Volume tissueIn(const Geometry& geometry, const Box& box) {
  std::vector<std::int16_t> hu(voxelCount(geometry.size), -900);
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      for (int x = box.lower.x; x < box.upper.x; ++x) {
        hu[std::size_t((z * geometry.size.y + y) * geometry.size.x + x)] = 60;
      }
    }
  }
  return {geometry.size, std::move(hu)};
}

TEST_F(EngineTest, LabelsEveryVoxelOnTheCtsOwnGrid) {
  const Geometry geometry = cube(7);
  const Volume volume = tissueIn(geometry, {{1, 2, 3}, {4, 7, 5}});
  const EngineResult result = run(volume, geometry);
  ASSERT_EQ(result.labels.size(), 343U);
  for (std::size_t i = 0; i < result.labels.size(); ++i) EXPECT_EQ(result.labels[i], volume.voxels()[i] > 0 ? 9 : 0);
  EXPECT_EQ(result.tiles, 27);  // windows of 4 over 7 voxels: 3 an axis
  EXPECT_EQ(result.device, "cpu");
  EXPECT_EQ(result.fallback, "said by the loader");
  for (const char* stage : {"load", "preprocess", "network", "resample"}) EXPECT_TRUE(result.seconds.contains(stage));
}

TEST_F(EngineTest, WorksOnTheBodysBoxWhenTheManifestAsksForIt) {
  json_["inference"]["crop"] = "body";
  const Geometry geometry = cube(12);
  const Volume volume = tissueIn(geometry, {{4, 4, 4}, {8, 8, 8}});
  const EngineResult result = run(volume, geometry);
  EXPECT_EQ(result.tiles, 1);
  EXPECT_EQ(std::ranges::count(result.labels, 9), 216);  // the border's label reaches one voxel beyond the box
}

TEST_F(EngineTest, LabelsAnObliqueVolume) {
  Geometry geometry = cube(9);
  geometry.direction = {0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1};
  const Volume volume = tissueIn(geometry, {{2, 2, 2}, {7, 7, 7}});
  const EngineResult result = run(volume, geometry);
  EXPECT_EQ(result.labels[std::size_t((4 * 9 + 4) * 9 + 4)], 9);
  EXPECT_EQ(result.labels[0], 0);
  EXPECT_NEAR(double(std::ranges::count(result.labels, 9)), 125, 75);
}

TEST_F(EngineTest, SaysWhichLabelsTheOrganTableLacks) {
  json_["output"]["channels"] = 2;
  json_["labels"]["1"]["key"] = "spleen";
  ModelFolder folder = model();
  NoProgress quiet;
  const Geometry geometry = cube(4);
  EXPECT_THROW(runModel(folder, tissueIn(geometry, {}), geometry, {"own", {{"liver", 9}}}, 1, loader(), quiet), Error);
}

TEST_F(EngineTest, TriesAModelOnZeros) {
  json_["input"]["patch"] = {nullptr, 4, 4};
  ModelFolder folder = model();
  EXPECT_EQ(tryModel(folder, loader()).window, (Size3{4, 4, 32}));
}

TEST_F(EngineTest, RefusesANetworkWithFewerChannelsThanLabelsBeforeUse) {
  oneChannelShort_ = true;
  ModelFolder folder = model();
  try {
    tryModel(folder, loader());
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::BadInput);
    EXPECT_TRUE(std::string(error.what()).starts_with((folder_ / "model.ts").string())) << error.what();
  }
}

TEST_F(EngineTest, RefusesAGridThatNoMemoryHolds) {
  json_["input"]["spacing_mm"] = {0.1, 0.1, 0.1};
  Geometry geometry = cube(2);
  geometry.spacing = {3000, 3000, 3000};
  EXPECT_THROW(run(tissueIn(geometry, {}), geometry), Error);
}

}  // namespace
}  // namespace recontour
