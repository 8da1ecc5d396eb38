#include "core/image/slice.h"

#include <gtest/gtest.h>

#include "tests/core/image/grids.h"

namespace recontour {
namespace {

/// A CT number that tells where a voxel lies in the patient: hundreds along L, tens along P, ones along S.
std::int16_t numberAt(const Geometry& grid, const Index3& voxel) {
  const Index3 patient = smallLps().nearestVoxel(grid.toWorld(voxel));
  return static_cast<std::int16_t>(patient.x * 100 + patient.y * 10 + patient.z);
}

template <typename T>
std::vector<T> numbersOf(const Geometry& grid) {
  std::vector<T> numbers;
  for (int z = 0; z < grid.size.z; ++z)
    for (int y = 0; y < grid.size.y; ++y)
      for (int x = 0; x < grid.size.x; ++x) numbers.push_back(static_cast<T>(numberAt(grid, {x, y, z})));
  return numbers;
}

TEST(ExtractSlice, ShowsThePatientTheSameWayInEveryFileOrder) {
  for (const auto code : kCodes) {
    const Geometry grid = gridAlong(code, smallLps());
    const Volume volume(grid.size, numbersOf<std::int16_t>(grid));
    const AxisMap map(grid);
    const auto axial = extractSlice(volume, map, Plane::Axial, 2);
    ASSERT_EQ(axial.columns, 4) << code;
    ASSERT_EQ(axial.rows, 5) << code;
    EXPECT_EQ(axial.at(0, 0), 2) << code;    // right, front
    EXPECT_EQ(axial.at(3, 0), 302) << code;  // left, front
    EXPECT_EQ(axial.at(3, 4), 342) << code;  // left, back
    const auto coronal = extractSlice(volume, map, Plane::Coronal, 1);
    ASSERT_EQ(coronal.rows, 6) << code;
    EXPECT_EQ(coronal.at(0, 0), 15) << code;   // right, head
    EXPECT_EQ(coronal.at(3, 5), 310) << code;  // left, feet
    const auto sagittal = extractSlice(volume, map, Plane::Sagittal, 3);
    ASSERT_EQ(sagittal.columns, 5) << code;
    EXPECT_EQ(sagittal.at(0, 0), 305) << code;  // front, head
    EXPECT_EQ(sagittal.at(4, 5), 340) << code;  // back, feet
  }
}

TEST(ExtractSlice, EveryPixelIsTheVoxelThatTheAxisMapNames) {
  for (const auto code : kCodes) {
    const Geometry grid = gridAlong(code, smallLps());
    const Volume volume(grid.size, numbersOf<std::int16_t>(grid));
    const LabelMap labels = LabelMap::fromDense(grid.size, numbersOf<Label>(grid));
    const AxisMap map(grid);
    for (const Plane plane : kPlanes) {
      for (int number = 0; number < map.slices(plane); ++number) {
        const auto slice = extractSlice(volume, map, plane, number);
        const auto labelSlice = extractSlice(labels, map, plane, number);
        for (int row = 0; row < slice.rows; ++row) {
          for (int column = 0; column < slice.columns; ++column) {
            const Index3 voxel = map.voxelAt(plane, column, row, number);
            ASSERT_EQ(slice.at(column, row), volume.at(voxel)) << code;
            ASSERT_EQ(labelSlice.at(column, row), labels.at(voxel)) << code;
          }
        }
      }
    }
  }
}

TEST(ExtractSlice, LabelsOfSeveralBricksLieWhereTheyBelong) {
  for (const auto code : kCodes) {
    Geometry lps = smallLps();
    lps.size = {70, 37, 40};
    const Geometry grid = gridAlong(code, lps);
    std::vector<Label> dense(voxelCount(grid.size), 0);
    for (std::size_t i = 0; i < dense.size(); i += 97) dense[i] = static_cast<Label>(1 + i % 250);
    const LabelMap labels = LabelMap::fromDense(grid.size, dense);
    const AxisMap map(grid);
    Slice<Label> slice;
    for (const Plane plane : kPlanes) {
      for (const int number : {0, 33, map.slices(plane) - 1}) {
        extractSlice(labels, map, plane, number, slice);  // the same memory for every size
        for (int row = 0; row < slice.rows; ++row) {
          for (int column = 0; column < slice.columns; ++column) {
            ASSERT_EQ(slice.at(column, row), labels.at(map.voxelAt(plane, column, row, number))) << code;
          }
        }
      }
    }
  }
}

TEST(SliceReader, ReadsTheSameAsExtractingBackAndForthAndFromAnotherVolume) {
  SliceReader reader;
  Slice<std::int16_t> read;
  for (const auto code : {"LPS", "RAS", "SLP"}) {
    Geometry lps = smallLps();
    lps.size = {45, 9, 7};
    const Geometry grid = gridAlong(code, lps);
    std::vector<std::int16_t> numbers(voxelCount(grid.size));
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int16_t>(i * 31 % 5000);
    const Volume volume(grid.size, std::move(numbers));
    const AxisMap map(grid);
    for (const Plane plane : kPlanes) {
      const int last = map.slices(plane) - 1;
      for (const int number : {0, last, last / 2, last / 2 + 1, 0}) {
        reader.read(volume, map, plane, number, read);
        const auto expected = extractSlice(volume, map, plane, number);
        ASSERT_EQ(read.columns, expected.columns);
        ASSERT_EQ(read.pixels, expected.pixels) << code << " " << planeName(plane) << " " << number;
      }
    }
  }
}

}  // namespace
}  // namespace recontour
