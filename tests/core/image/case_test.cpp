#include "core/image/case.h"

#include <gtest/gtest.h>

#include "tests/core/image/grids.h"

namespace recontour {
namespace {

Volume twoByTwo() { return Volume({2, 2, 1}, {-1024, 0, 40, 3071}); }

Geometry grid() {
  Geometry geometry;
  geometry.size = {2, 2, 1};
  geometry.spacing = {0.5, 0.5, 5};
  geometry.origin = {-1, 2, 0};
  return geometry;
}

// sha256 over struct.pack('<3i15d4h', 2,2,1, -1,2,0, .5,.5,5, 1,0,0,0,1,0,0,0,1, -1024,0,40,3071) in Python.
TEST(ImageHash, IsThatOfSizeGridAndVoxelsLittleEndian) {
  EXPECT_EQ(imageHash(grid(), twoByTwo()), "40b25d73a2338cf4e1e19bbb096e2e6fb297c51019eef66b48d57e0a6976c59d");
}

TEST(ImageHash, ChangesWithEveryPart) {
  const std::string hash = imageHash(grid(), twoByTwo());
  Geometry moved = grid();
  moved.origin.x += 1e-9;
  EXPECT_NE(imageHash(moved, twoByTwo()), hash);
  EXPECT_NE(imageHash(turned(grid(), 1), twoByTwo()), hash);
  EXPECT_NE(imageHash(grid(), Volume({2, 2, 1}, {-1024, 0, 41, 3071})), hash);
}

TEST(ImageHash, MinusZeroIsZero) {
  Geometry negative = grid();
  negative.origin.z = -0.0;
  negative.direction[1] = -0.0;
  EXPECT_EQ(imageHash(negative, twoByTwo()), imageHash(grid(), twoByTwo()));
}

TEST(Volume, ACopySharesTheVoxels) {
  const Volume a = twoByTwo();
  const Volume b = a;
  EXPECT_EQ(a.voxels().data(), b.voxels().data());
  EXPECT_EQ(b.at({0, 1, 0}), 40);
  EXPECT_TRUE(Volume().empty());
  EXPECT_TRUE(Volume().voxels().empty());
}

}  // namespace
}  // namespace recontour
