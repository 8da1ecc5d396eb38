#include "ui/window/organ_place.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Label kLiver = 1;

/// 10 x 10 x 4 voxels of 1 x 1 x 3 mm; liver in x 2..4, y 5, z 1 and in x 2, y 5, z 3.
struct Scene {
  Scene() {
    grid.size = {10, 10, 4};
    grid.spacing = {1, 1, 3};
    labels = LabelMap(grid.size);
    labels.writeRow(5, 1, 2, std::vector<Label>(3, kLiver));
    labels.writeRow(5, 3, 2, std::vector<Label>(1, kLiver));
  }
  Geometry grid;
  LabelMap labels;
};

TEST(OrganPlace, CentreIsAVoxelOfTheOrganInItsLargestSlice) {
  const Scene scene;
  const auto place = placeOfOrgan(scene.labels, AxisMap(scene.grid), kLiver);
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->box, (Box{{2, 5, 1}, {5, 6, 4}}));
  EXPECT_EQ(place->centre, (Point3{3, 5, 3}));
}

TEST(OrganPlace, AbsentOrganHasNone) {
  const Scene scene;
  EXPECT_FALSE(placeOfOrgan(scene.labels, AxisMap(scene.grid), 2).has_value());
  EXPECT_FALSE(placeOfOrgan(LabelMap(), AxisMap(scene.grid), kLiver).has_value());
}

TEST(OrganPlace, MovesOnlyTheCoordinatesWhoseSlicesLackTheOrgan) {
  const Scene scene;
  const AxisMap axes(scene.grid);
  const auto place = *placeOfOrgan(scene.labels, axes, kLiver);
  EXPECT_EQ(broughtInto(place, axes, {4, 5, 9}), (Point3{4, 5, 9}));  // on the organ in every plane
  EXPECT_EQ(broughtInto(place, axes, {8, 5, 9}), (Point3{3, 5, 9}));
  EXPECT_EQ(broughtInto(place, axes, {4, 5, 6}), (Point3{4, 5, 3}));  // slice 2 lies between its parts
}

TEST(OrganPlace, BringsABoxIntoView) {
  const AxisMap axes(Scene().grid);
  EXPECT_EQ(broughtInto(Box{{0, 0, 0}, {2, 2, 4}}, axes, {9, 1, 6}), (Point3{1, 1, 6}));
}

}  // namespace
}  // namespace recontour
