// All metrics on WORD's label maps with three perturbations, against numpy and scipy.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "core/io/label_file.h"
#include "tests/core/metrics/label_maps.h"
#include "tests/core/metrics/scipy_peer.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

constexpr double kTolerance = 1e-9;

/// Every organ without its two outer layers of voxels; what vanishes stays as it is.
LabelMap eroded(const LabelMap& map) {
  LabelMap inner = map;
  for (int layer = 0; layer < 2; ++layer) {
    LabelSet all{};
    all.fill(true);
    const VoxelLists boundary = boundaryVoxels(inner, {{}, map.size()}, all);
    const auto counts = labelCounts(inner);
    for (std::size_t label = 1; label < 256; ++label) {
      if (static_cast<std::size_t>(counts[label]) == boundary[label].size()) continue;
      for (const Index3& at : boundary[label]) inner.writeRow(at.y, at.z, at.x, std::vector<Label>{0});
    }
  }
  return inner;
}

/// Boxes of up to 12 voxels a side of random labels at random places, within the box of all labels.
LabelMap withBlobs(LabelMap map, unsigned seed) {
  std::mt19937 random(seed);
  Box box;
  for (int label = 1; label <= 16; ++label) box = unite(box, boundingBox(map, static_cast<Label>(label)));
  const auto within = [&](int from, int to) {
    return from + static_cast<int>(random() % static_cast<unsigned>(to - from));
  };
  for (int blob = 0; blob < 200; ++blob) {
    const Index3 at{within(box.lower.x, box.upper.x), within(box.lower.y, box.upper.y),
                    within(box.lower.z, box.upper.z)};
    const Index3 edge{within(1, 13), within(1, 13), within(1, 13)};
    const Box part = intersect({at, {at.x + edge.x, at.y + edge.y, at.z + edge.z}}, box);
    const auto label = static_cast<Label>(random() % 17);
    for (int z = part.lower.z; z < part.upper.z; ++z) {
      for (int y = part.lower.y; y < part.upper.y; ++y)
        map.writeRow(y, z, part.lower.x, std::vector<Label>(static_cast<std::size_t>(part.size().x), label));
    }
  }
  return map;
}

/// @return the largest difference of any figure
double expectEqual(const LabelImage& truth, const LabelMap& prediction, const std::vector<Label>& organs) {
  const auto ours = compare(truth.labels, prediction, truth.geometry.spacing, organs, peerOptions());
  const auto peer = peerFigures(truth.labels, prediction, truth.geometry.spacing, "crop", organs);
  EXPECT_EQ(peer.size(), organs.size()) << "the peer failed";
  double largest = 0;
  for (std::size_t i = 0; i < std::min(peer.size(), ours.size()); ++i) {
    const double difference = largestDifference(ours[i], peer[i]);
    EXPECT_LE(difference, kTolerance) << "label " << peer[i].label;
    largest = std::max(largest, difference);
  }
  return largest;
}

double expectEqualOnAllPerturbations(const std::filesystem::path& file, const std::vector<Label>& organs) {
  SCOPED_TRACE(file.filename().string());
  const LabelImage truth = readLabelFile(file);
  return std::max({expectEqual(truth, shiftedMap(truth.labels, {2, 1, 1}), organs),
                   expectEqual(truth, eroded(truth.labels), organs),
                   expectEqual(truth, withBlobs(truth.labels, 7), organs)});
}

TEST(ScipyEquality, SmallOrgansOfOneMap) {
  REQUIRE_REFERENCE_DATA();
  ASSERT_TRUE(bench::peerHas("scipy.ndimage"));
  expectEqualOnAllPerturbations(referenceData("word_labels/word_0014.nii.gz"), {6, 12});
}

// 20 maps, 3 perturbations, 16 organs: some minutes.
TEST(ScipyEqualityLong, AllOrgansOfAllMaps) {
  REQUIRE_REFERENCE_DATA();
  ASSERT_TRUE(bench::peerHas("scipy.ndimage"));
  std::vector<Label> organs;
  for (Label label = 1; label <= 16; ++label) organs.push_back(label);
  int maps = 0;
  double largest = 0;
  for (const auto& entry : std::filesystem::directory_iterator(referenceData("word_labels"))) {
    if (!entry.path().filename().string().starts_with("word_")) continue;
    largest = std::max(largest, expectEqualOnAllPerturbations(entry.path(), organs));
    std::cout << ++maps << " maps, largest difference so far " << largest << std::endl;
  }
  EXPECT_EQ(maps, 20);
}

}  // namespace
}  // namespace recontour
