#include "core/io/layer_files.h"

#include <gtest/gtest.h>

#include "core/io/label_file.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kTarget = 20, kBoost = 21;

TEST(LayerFiles, LieBesideTheOrgansByKeyOrNumber) {
  const TemporaryFolder folder;
  Geometry grid;
  grid.size = {4, 2, 1};
  LabelLayers layers{LabelMap(grid.size)};
  layers.setOverlapping(std::bitset<256>().set(kTarget).set(kBoost));
  layers.layer(LabelLayers::kOrgans).writeRow(0, 0, 0, std::vector<Label>{kLiver, kLiver});
  layers.layer(kTarget).writeRow(0, 0, 1, std::vector<Label>{kTarget});
  const auto files = writeLayerFiles(folder / "revision.nii.gz", layers, {{kTarget, "ptv"}}, grid);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].file, folder / "revision_ptv.nii.gz");
  EXPECT_EQ(files[1].file, folder / "revision_21.nii.gz");
  EXPECT_EQ(readLabelFileOn(folder / "revision.nii.gz", grid), layers.organs());
  EXPECT_EQ(readLabelFileOn(files[0].file, grid), layers.of(kTarget));
  EXPECT_EQ(readLabelFileOn(files[1].file, grid), LabelMap(grid.size)) << "one without a voxel says so";
}

TEST(LayerFiles, TheirNamesKeepTheEnding) {
  EXPECT_EQ(layerFileName("/out/liver.v2.nrrd", "ptv"), "/out/liver.v2_ptv.nrrd");
  EXPECT_EQ(layerFileName("map.nii", "3"), "map_3.nii");
}

}  // namespace
}  // namespace recontour
