#include "models/engine/model_grid.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/sample_manifest.h"

namespace recontour {
namespace {

constexpr float kOutside = -1000;

ModelManifest spacing(const Point3& mm) {
  ModelManifest manifest = parsedSample();
  manifest.spacingMm = mm;
  return manifest;
}

double rampAt(const Point3& world) { return 10 * world.x + 20 * world.y - 15 * world.z; }

/// HU rising linearly along world directions, which trilinear interpolation must reproduce on any grid.
Volume ramp(const Geometry& geometry) {
  std::vector<std::int16_t> voxels;
  for (int z = 0; z < geometry.size.z; ++z) {
    for (int y = 0; y < geometry.size.y; ++y) {
      for (int x = 0; x < geometry.size.x; ++x) {
        voxels.push_back(static_cast<std::int16_t>(std::lround(rampAt(geometry.toWorld(Index3{x, y, z})))));
      }
    }
  }
  return {geometry.size, std::move(voxels)};
}

Geometry rotatedAboutZ(double degrees) {
  const double c = std::cos(degrees * M_PI / 180), s = std::sin(degrees * M_PI / 180);
  return {{20, 20, 10}, {1, 1, 2}, {-7, 3, 11}, {c, -s, 0, s, c, 0, 0, 0, 1}};
}

TEST(ModelGrid, HasRoundOfExtentOverSpacingVoxelsAroundTheSameCentre) {
  const Geometry ct{{10, 10, 5}, {1, 1, 2}, {100, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};  // extent 10 x 10 x 10 mm
  const Geometry grid = modelGrid(ct, spacing({4, 3, 2}));
  EXPECT_EQ(grid.size, (Size3{2, 3, 5}));                             // 2.5 (to even), 3.33, 5
  EXPECT_EQ(grid.toWorld(Index3{0, 0, 0}), (Point3{102.5, 1.5, 0}));  // centre 104.5 - 2, 4.5 - 3, 4 - 4
  EXPECT_EQ(orientationCode(grid), "LPS");
}

TEST(ModelGrid, HasAtLeastOneVoxelAnAxis) {
  const Geometry ct{{2, 2, 1}, {1, 1, 1}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const Geometry grid = modelGrid(ct, spacing({10, 10, 10}));
  EXPECT_EQ(grid.size, (Size3{1, 1, 1}));
  EXPECT_EQ(grid.origin, (Point3{0.5, 0.5, 0}));
}

TEST(ModelGrid, IsLpsWhateverTheFilesOrderIs) {
  const Geometry las{{4, 6, 8}, {1, 1, 1}, {0, 5, 0}, {1, 0, 0, 0, -1, 0, 0, 0, 1}};
  const Geometry grid = modelGrid(las, parsedSample());
  EXPECT_EQ(orientationCode(grid), "LPS");
  EXPECT_EQ(grid.origin, (Point3{0, 0, 0}));
  EXPECT_EQ(grid.size, (Size3{4, 6, 8}));
}

TEST(ModelGrid, FollowsTheManifestsAxisOrderAndOrientation) {
  Json json = sampleManifest();
  json["input"]["axis_order"] = "xyz";
  json["input"]["orientation"] = "RAS";
  const Geometry ct{{4, 6, 8}, {1, 1, 1}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const Geometry grid = modelGrid(ct, parseManifest(json, ""));
  EXPECT_EQ(grid.size, (Size3{8, 6, 4}));
  EXPECT_EQ(orientationCode(grid), "SAR");
  EXPECT_EQ(grid.origin, (Point3{3, 5, 0}));
}

TEST(ModelGrid, CoversAnObliqueVolume) {
  const Geometry ct = rotatedAboutZ(30);
  const Geometry grid = modelGrid(ct, parsedSample());
  EXPECT_EQ(grid.size, (Size3{27, 27, 20}));  // 20 (cos 30 + sin 30) = 27.3
  for (int corner = 0; corner < 8; ++corner) {
    const Index3 at{corner & 1 ? 19 : 0, corner & 2 ? 19 : 0, corner & 4 ? 9 : 0};
    EXPECT_TRUE(grow(grid.box(), 1).contains(grid.nearestVoxel(ct.toWorld(at))));
  }
}

TEST(ResampleHu, GivesTheVoxelsBackOnTheirOwnGrid) {
  const Geometry ct{{3, 4, 5}, {1, 1, 1}, {-1, 2, 3}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const Volume volume = ramp(ct);
  const auto values = resampleHu(volume, ct, modelGrid(ct, parsedSample()), kOutside, 2);
  ASSERT_EQ(values.size(), 60U);
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(values[i], volume.voxels()[i]);
}

TEST(ResampleHu, InterpolatesBetweenVoxelCentres) {
  const Geometry ct{{4, 1, 1}, {1, 1, 1}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const Volume volume({4, 1, 1}, {0, 100, 200, 700});
  const Geometry grid = modelGrid(ct, spacing({2, 1, 1}));  // centres at 0.5 and 2.5 mm
  EXPECT_EQ(resampleHu(volume, ct, grid, kOutside, 1), (std::vector<float>{50, 450}));
}

TEST(ResampleHu, ReachesHalfAVoxelBeyondTheBorderAndGivesAirFartherOut) {
  const Geometry ct{{2, 1, 1}, {4, 1, 1}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const Volume volume({2, 1, 1}, {100, 200});
  Geometry grid{{5, 1, 1}, {1, 1, 1}, {-3, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  EXPECT_EQ(resampleHu(volume, ct, grid, kOutside, 1), (std::vector<float>{kOutside, 100, 100, 100, 125}));
}

TEST(ResampleHu, KeepsWorldPositionsOnFlippedAndObliqueVolumes) {
  const Geometry flipped{{20, 20, 10}, {1, 1, 2}, {15, 30, -9}, {-1, 0, 0, 0, -1, 0, 0, 0, 1}};
  const Geometry permuted{{20, 20, 10}, {1, 1, 2}, {0, 0, 0}, {0, 0, 1, 1, 0, 0, 0, 1, 0}};
  for (const Geometry& ct : {flipped, permuted, rotatedAboutZ(20)}) {
    const Geometry grid = modelGrid(ct, spacing({2, 2, 3}));
    const auto values = resampleHu(ramp(ct), ct, grid, kOutside, 1);
    int inside = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Index3 at{int(i) % grid.size.x, int(i) / grid.size.x % grid.size.y, int(i) / grid.size.x / grid.size.y};
      const Point3 index = ct.toIndex(grid.toWorld(at));
      bool between = true;
      for (int axis = 0; axis < 3; ++axis) between = between && index[axis] >= 0 && index[axis] <= ct.size[axis] - 1;
      if (!between) continue;
      ++inside;
      EXPECT_NEAR(values[i], rampAt(grid.toWorld(at)), 0.51);  // HU are whole numbers
    }
    EXPECT_GT(inside, 400);
  }
}

}  // namespace
}  // namespace recontour
