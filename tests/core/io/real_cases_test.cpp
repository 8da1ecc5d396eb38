#include <cmath>

#include <gtest/gtest.h>

#include "core/image/axis_map.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "tests/core/io/test_folder.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

struct BoxStatistics {
  double mean = 0, deviation = 0;
};

/// Of the voxels nearest to a lattice of 1.5 mm in a box of 12 x 12 x 4 mm about a world point.
BoxStatistics aroundPoint(const Case& opened, const Point3& centre) {
  double sum = 0, squares = 0;
  int count = 0;
  for (double dz : {-2.0, 2.0}) {
    for (double dy = -6; dy <= 6; dy += 1.5) {
      for (double dx = -6; dx <= 6; dx += 1.5) {
        const Index3 at = opened.geometry.nearestVoxel(centre + Point3{dx, dy, dz});
        if (!opened.geometry.box().contains(at)) continue;
        const double hu = opened.volume.at(at);
        sum += hu;
        squares += hu * hu;
        ++count;
      }
    }
  }
  const double mean = sum / count;
  return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

struct Agreement {
  int smoothBoxes = 0;
  double meanDifference = 0;  ///< of the boxes' means, absolute, HU
};

/// Compares soft tissue and air of two cases on a lattice of world points; `other` may see them mirrored.
Agreement compare(const Case& one, const Case& other, const Point3& mirror) {
  Agreement result;
  const Point3 centre =
      one.geometry.toWorld(Point3{one.geometry.size.x / 2.0, one.geometry.size.y / 2.0, one.geometry.size.z / 2.0});
  for (double z = -150; z <= 150; z += 30) {
    for (double y = -80; y <= 80; y += 20) {
      for (double x = -140; x <= 140; x += 20) {
        const BoxStatistics a = aroundPoint(one, centre + Point3{x, y, z});
        if (a.deviation > 30 || a.mean < -900) continue;
        const BoxStatistics b = aroundPoint(other, centre + Point3{x * mirror.x, y * mirror.y, z * mirror.z});
        ++result.smoothBoxes;
        result.meanDifference += std::abs(a.mean - b.mean);
      }
    }
  }
  result.meanDifference /= std::max(result.smoothBoxes, 1);
  return result;
}

TEST(RealCases, DicomZipAndItsNiftiTwinAgreeInTheWorld) {
  REQUIRE_REFERENCE_DATA();
  const Case zip = openCase(referenceData("ct_lits0/ScalarVolume_0_dicom.zip"));
  const Case nifti = openCase(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz"));
  EXPECT_EQ(zip.geometry.size, (Size3{512, 512, 75}));
  EXPECT_EQ(nifti.geometry.size, (Size3{256, 256, 75}));
  EXPECT_EQ(orientationCode(zip.geometry), "LAI");
  EXPECT_EQ(orientationCode(nifti.geometry), "LAS");
  EXPECT_EQ(*std::min_element(zip.volume.voxels().begin(), zip.volume.voxels().end()), -3024);

  const Agreement upright = compare(zip, nifti, {1, 1, 1});
  EXPECT_GT(upright.smoothBoxes, 200);
  EXPECT_LT(upright.meanDifference, 3);
  for (const Point3& mirror : {Point3{-1, 1, 1}, Point3{1, -1, 1}, Point3{1, 1, -1}}) {
    EXPECT_GT(compare(zip, nifti, mirror).meanDifference, 30);  // a flip would be noticed
  }
  for (const Plane plane : kPlanes) {
    const EdgeLetters a = AxisMap(zip.geometry).letters(plane), b = AxisMap(nifti.geometry).letters(plane);
    EXPECT_EQ(a.left + a.right + a.top + a.bottom, b.left + b.right + b.top + b.bottom) << planeName(plane);
  }
}

TEST(RealCases, RasInt32OpensWithItsOwnLetters) {
  REQUIRE_REFERENCE_DATA();
  const Case opened = openCase(referenceData("ct_totalsegmentator/example_ct.nii.gz"));
  EXPECT_EQ(opened.geometry.size, (Size3{122, 101, 112}));
  EXPECT_EQ(orientationCode(opened.geometry), "RAS");
  EXPECT_TRUE(opened.warnings.empty());
}

TEST(RealCases, Jpeg2000SeriesWithEmptyIdentifiersMatchesItsLabels) {
  REQUIRE_REFERENCE_DATA();
  const Case opened = openCase(referenceData("ct_totalsegmentator/example_ct_dicom"));
  const LabelImage labels = readLabelFile(referenceData("ct_totalsegmentator/example_seg_dicom.nii.gz"));
  EXPECT_EQ(opened.geometry.size, (Size3{512, 512, 20}));
  EXPECT_EQ(orientationCode(opened.geometry), "LPS");
  EXPECT_EQ(orientationCode(labels.geometry), "LAS");
  double sum = 0;  // HU of what the labels call liver (5), found through the world
  int count = 0;
  for (int z = 0; z < 20; ++z) {
    for (int y = 0; y < 512; y += 2) {
      for (int x = 0; x < 512; x += 2) {
        if (labels.labels.at({x, y, z}) != 5) continue;
        const Index3 voxel = opened.geometry.nearestVoxel(labels.geometry.toWorld(Index3{x, y, z}));
        ASSERT_TRUE(opened.geometry.box().contains(voxel));
        sum += opened.volume.at(voxel);
        ++count;
      }
    }
  }
  ASSERT_GT(count, 1000);
  EXPECT_GT(sum / count, 60);
  EXPECT_LT(sum / count, 180);
}

TEST(RealCases, LabelsOfTypeUint16Load) {
  REQUIRE_REFERENCE_DATA();
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0074.nii.gz"));
  EXPECT_EQ(image.labels.size(), (Size3{512, 512, 179}));
  EXPECT_EQ(orientationCode(image.geometry), "LPS");
  const auto counts = labelCounts(image.labels);
  EXPECT_GT(counts[1], 100000);
  EXPECT_GT(counts[16], 1000);
  for (std::size_t label = 17; label < 256; ++label) EXPECT_EQ(counts[label], 0);
}

TEST(RealCases, LabelsWrittenOnACtsGridReadBackOnIt) {
  REQUIRE_REFERENCE_DATA();
  TestFolder folder;
  for (const char* name : {"ct_lits0/ScalarVolume_0_dicom.zip", "ct_totalsegmentator/example_ct.nii.gz",
                           "ct_lits0/lits0_ct_256x256x75.nii.gz", "rtstruct/rt-utils/oriented_data"}) {
    const Case opened = openCase(referenceData(name));
    LabelMap labels(opened.geometry.size);
    labels.writeRow(1, 2, 0, std::vector<Label>(10, Label{3}));
    const std::filesystem::path file = folder.path() / "labels.nii.gz";
    writeLabelFile(file, labels, opened.geometry);
    EXPECT_EQ(readLabelFileOn(file, opened.geometry), labels) << name;
    EXPECT_TRUE(sameGrid(readLabelFile(file).geometry, opened.geometry, 1e-4)) << name;
  }
}

TEST(RealCases, LabelsOfAnotherCtAreRefused) {
  REQUIRE_REFERENCE_DATA();
  const Case opened = openCase(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz"));
  EXPECT_NO_THROW(readLabelFileOn(referenceData("ct_lits0/lits0_obelisk_fold1_wordids.nii.gz"), opened.geometry));
  EXPECT_THROW(readLabelFileOn(referenceData("word_labels/word_0014.nii.gz"), opened.geometry), Error);
}

TEST(RealCases, EveryTransferSyntaxGivesTheSameSlice) {
  REQUIRE_REFERENCE_DATA();
  std::string first;
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(referenceData("codecs"))) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("CTImage", 0) != 0 || name.find("JPEGProcess1") != std::string::npos) continue;  // that one is lossy
    TestFolder folder;
    std::filesystem::copy_file(entry.path(), folder.path() / "slice");
    const std::string hash = openCase(folder.path()).imageHash;
    if (first.empty()) first = hash;
    EXPECT_EQ(hash, first) << name;
    ++compared;
  }
  EXPECT_EQ(compared, 6);
}

}  // namespace
}  // namespace recontour
