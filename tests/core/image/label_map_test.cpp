#include "core/image/label_map.h"

#include <numeric>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/sha256.h"

namespace recontour {
namespace {

constexpr Size3 kSize{70, 40, 35};  // 3 x 2 x 2 bricks, cut at every border

std::vector<Label> labelsFrom(int first, int count) {
  std::vector<Label> labels(static_cast<std::size_t>(count));
  std::iota(labels.begin(), labels.end(), static_cast<Label>(first));
  return labels;
}

/// Different labels almost everywhere.
std::vector<Label> patternOf(const Size3& size) {
  std::vector<Label> labels(voxelCount(size));
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<Label>((i * 2654435761u) >> 13);
  return labels;
}

int bricksMade(const LabelMap& map) {
  int made = 0;
  for (std::size_t number = 0; number < map.brickCount(); ++number) made += map.brick(number).get() != nullptr;
  return made;
}

void paint(LabelMap& map, const Index3& at, Label label) { map.writeRow(at.y, at.z, at.x, std::array{label}); }

TEST(LabelMap, ANewOneIsBackgroundAndHoldsNoBricks) {
  const LabelMap map(kSize);
  EXPECT_EQ(map.brickGrid(), (Size3{3, 2, 2}));
  EXPECT_EQ(bricksMade(map), 0);
  EXPECT_EQ(map.at({69, 39, 34}), 0);
  EXPECT_TRUE(LabelMap().empty());
  EXPECT_FALSE(map.empty());
}

TEST(LabelMap, KeepsEveryVoxelOfADenseArray) {
  const auto pattern = patternOf(kSize);
  const LabelMap map = LabelMap::fromDense(kSize, pattern);
  EXPECT_EQ(map.toDense(), pattern);
  EXPECT_EQ(map.at({33, 2, 1}), pattern[(1 * 40 + 2) * 70 + 33]);
}

TEST(LabelMap, RowsRunOverBrickBorders) {
  LabelMap map(kSize);
  const auto row = labelsFrom(1, 60);
  map.writeRow(31, 32, 5, row);
  std::vector<Label> read(70, 255);
  map.readRow(31, 32, 0, 70, read.data());
  EXPECT_EQ(read[4], 0);
  EXPECT_TRUE(std::equal(row.begin(), row.end(), read.begin() + 5));
  EXPECT_EQ(read[65], 0);
  EXPECT_EQ(map.at({31, 31, 32}), 27);
  EXPECT_EQ(map.at({32, 31, 32}), 28);
  EXPECT_EQ(map.at({31, 30, 32}), 0);
  EXPECT_EQ(map.at({31, 31, 31}), 0);
  std::vector<Label> part(3);
  map.readRow(31, 32, 31, 34, part.data());
  EXPECT_EQ(part, (std::vector<Label>{27, 28, 29}));
}

TEST(LabelMap, WritingBackgroundOnBackgroundMakesNoBrick) {
  LabelMap map(kSize);
  map.writeRow(0, 0, 0, std::vector<Label>(70, 0));
  EXPECT_EQ(bricksMade(map), 0);
  paint(map, {69, 0, 0}, 1);
  EXPECT_EQ(bricksMade(map), 1);
}

TEST(LabelMap, ACopySharesBricksUntilOneIsWritten) {
  LabelMap map = LabelMap::fromDense(kSize, patternOf(kSize));
  const LabelMap before = map;
  const Label old = map.at({0, 0, 0});
  for (std::size_t number = 0; number < map.brickCount(); ++number) EXPECT_EQ(map.brick(number), before.brick(number));
  paint(map, {0, 0, 0}, static_cast<Label>(old + 1));
  EXPECT_EQ(before.at({0, 0, 0}), old);
  EXPECT_EQ(map.at({0, 0, 0}), static_cast<Label>(old + 1));
  EXPECT_FALSE(map.brick(0) == before.brick(0));
  for (std::size_t number = 1; number < map.brickCount(); ++number) EXPECT_EQ(map.brick(number), before.brick(number));
}

TEST(LabelMap, WritingWhatIsThereCopiesNothing) {
  LabelMap map = LabelMap::fromDense(kSize, patternOf(kSize));
  const LabelMap before = map;
  paint(map, {0, 0, 0}, map.at({0, 0, 0}));
  EXPECT_EQ(map.brick(0), before.brick(0));
}

TEST(LabelMap, AnUnsharedBrickIsWrittenInPlace) {
  LabelMap map(kSize);
  paint(map, {0, 0, 0}, 1);
  const LabelMap::Brick* brick = map.brick(0).get();
  { const LabelMap gone = map; }
  paint(map, {1, 0, 0}, 2);
  EXPECT_EQ(map.brick(0).get(), brick);
}

TEST(LabelMap, SetBrickPutsAnOlderBrickBack) {
  LabelMap map(kSize);
  paint(map, {40, 0, 0}, 7);
  const auto old = map.brick(1);
  paint(map, {41, 0, 0}, 8);
  map.setBrick(1, old);
  EXPECT_EQ(map.at({40, 0, 0}), 7);
  EXPECT_EQ(map.at({41, 0, 0}), 0);
  map.setBrick(1, {});
  EXPECT_EQ(map, LabelMap(kSize));
}

TEST(LabelMap, ReadersOnOtherThreadsKeepTheirOwnCopy) {
  LabelMap map(kSize);
  paint(map, {3, 3, 3}, 5);
  std::vector<std::thread> readers;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([copy = map, &wrong] {
      for (int round = 0; round < 2000; ++round) {
        const LabelMap again = copy;
        wrong += again.at({3, 3, 3}) != 5;
      }
    });
  }
  for (int round = 0; round < 2000; ++round) paint(map, {3, 3, 3}, static_cast<Label>(round % 200 + 6));
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

TEST(LabelMap, CopyCutsABoxAcrossBricks) {
  const auto pattern = patternOf(kSize);
  const LabelMap map = LabelMap::fromDense(kSize, pattern);
  const Box box{{30, 31, 30}, {35, 34, 35}};
  const DenseBox dense = map.copy(box);
  EXPECT_EQ(dense.size, (Size3{5, 3, 5}));
  std::size_t next = 0;
  for (int z = 30; z < 35; ++z)
    for (int y = 31; y < 34; ++y)
      for (int x = 30; x < 35; ++x) EXPECT_EQ(dense.labels[next++], map.at({x, y, z}));
}

TEST(LabelMap, BrickBoxesTileTheGrid) {
  const LabelMap map(kSize);
  std::size_t voxels = 0;
  for (std::size_t number = 0; number < map.brickCount(); ++number) voxels += voxelCount(map.brickBox(number).size());
  EXPECT_EQ(voxels, voxelCount(kSize));
  EXPECT_EQ(map.brickBox(0), (Box{{0, 0, 0}, {32, 32, 32}}));
  EXPECT_EQ(map.brickBox(11), (Box{{64, 32, 32}, {70, 40, 35}}));
}

TEST(LabelMap, EqualityIsOfLabelsNotOfBricks) {
  LabelMap a(kSize), b(kSize);
  EXPECT_EQ(a, b);
  paint(a, {50, 20, 10}, 3);
  EXPECT_FALSE(a == b);
  paint(b, {50, 20, 10}, 3);
  EXPECT_EQ(a, b);
  paint(a, {50, 20, 10}, 0);
  paint(b, {50, 20, 10}, 0);
  EXPECT_EQ(a, LabelMap(kSize));  // an emptied brick against none
  EXPECT_FALSE(LabelMap({70, 40, 35}) == LabelMap({70, 35, 40}));
}

TEST(LabelMapHash, IsThatOfSizeAndLabelsInFileOrder) {
  const LabelMap map = LabelMap::fromDense({2, 1, 2}, std::vector<Label>{1, 2, 3, 4});
  const std::string bytes("\2\0\0\0\1\0\0\0\2\0\0\0\1\2\3\4", 16);
  EXPECT_EQ(labelMapHash(map), sha256Hex(bytes));
}

TEST(LabelMapHash, IsEqualForEqualMapsOnly) {
  LabelMap a(kSize), b(kSize);
  paint(a, {1, 2, 3}, 9);
  EXPECT_NE(labelMapHash(a), labelMapHash(b));
  paint(a, {1, 2, 3}, 0);
  EXPECT_EQ(labelMapHash(a), labelMapHash(b));
  EXPECT_NE(labelMapHash(LabelMap({4, 1, 1})), labelMapHash(LabelMap({1, 4, 1})));
}

TEST(LabelCounts, CountEveryVoxelOnce) {
  LabelMap map(kSize);
  map.writeRow(0, 0, 0, std::vector<Label>(70, 4));
  paint(map, {69, 39, 34}, 255);
  const auto counts = labelCounts(map);
  EXPECT_EQ(counts[4], 70);
  EXPECT_EQ(counts[255], 1);
  EXPECT_EQ(counts[0], 70 * 40 * 35 - 71);
  EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}), 70 * 40 * 35);
}

TEST(BoundingBox, HoldsEveryVoxelOfTheLabelAndNoMore) {
  LabelMap map(kSize);
  EXPECT_TRUE(boundingBox(map, 4).empty());
  map.writeRow(33, 5, 30, std::vector<Label>(5, 4));
  paint(map, {32, 2, 34}, 4);
  paint(map, {69, 39, 0}, 5);
  EXPECT_EQ(boundingBox(map, 4), (Box{{30, 2, 5}, {35, 34, 35}}));
  EXPECT_EQ(boundingBox(map, 5), (Box{{69, 39, 0}, {70, 40, 1}}));
  EXPECT_EQ(boundingBox(map, 0), (Box{{0, 0, 0}, kSize}));
}

TEST(BoundingBox, SeesALabelInOneRowWithGaps) {
  LabelMap map({10, 1, 1});
  map.writeRow(0, 0, 0, std::vector<Label>{0, 0, 7, 0, 7, 1, 7, 0, 0, 0});
  EXPECT_EQ(boundingBox(map, 7), (Box{{2, 0, 0}, {7, 1, 1}}));
}

}  // namespace
}  // namespace recontour
