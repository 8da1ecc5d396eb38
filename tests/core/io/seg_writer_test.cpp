// What is written as a DICOM segmentation comes back voxel by voxel.
#include "core/io/seg_writer.h"

#include <gtest/gtest.h>

#include "core/image/label_values.h"
#include "core/io/dicom_dataset.h"
#include "core/io/seg_file.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/seg_sample.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

Case niftiCt(const Geometry& grid) {
  Case ct;
  ct.name = "case_7";
  ct.source = "case_7.nii.gz";
  ct.geometry = grid;
  ct.imageHash = std::string(64, 'a');
  return ct;
}

Case dicomCt(const Geometry& grid) {
  Case ct = niftiCt(grid);
  ct.dicom = DicomReference{"1.2.3.4", "1.2.3.5", "1.2.3.6", "1.2.840.10008.5.1.4.1.1.2", {}};
  for (int z = 0; z < grid.size.z; ++z) ct.dicom->sopInstanceUids.push_back("1.2.3.7." + std::to_string(z));
  return ct;
}

/// A label's voxels as 1.
LabelMap mask(const LabelMap& map, Label label) {
  SlotLabels labels{};
  labels[label] = 1;
  return relabelled(map, labels);
}

std::vector<Geometry> grids() {
  const double c = 0.8, s = 0.6;
  return {{{9, 5, 4}, {0.8, 0.9, 2.5}, {-31.5, 12.25, -803}},
          {{16, 3, 3}, {1, 1, 1}, {0, 0, 0}, {-1, 0, 0, 0, -1, 0, 0, 0, 1}},
          {{5, 7, 3}, {0.7031251, 0.7031252, 5}, {171.3, -20, 3}, {-1, 0, 0, 0, 1, 0, 0, 0, 1}},
          {{3, 3, 6}, {1.1, 1.2, 1.3}, {1, 2, 3}, {0, 0, 1, -1, 0, 0, 0, -1, 0}},
          {{13, 4, 5}, {1 / 3.0, 2 / 3.0, 10 / 3.0}, {100 / 3.0, 1e-5, -1000 / 3.0}, {c, 0, s, 0, 1, 0, -s, 0, c}},
          {{65, 34, 33}, {1, 1, 2}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, -1}}};
}

TEST(SegWriter, VoxelsComeBackOnEveryGrid) {
  for (const Geometry& grid : grids()) {
    for (const Case& ct : {niftiCt(grid), dicomCt(grid)}) {
      const SegToWrite seg = sampleSeg(ct);
      const SegmentSet set = parseSegmentation("seg.dcm", segmentationBytes(seg), grid);
      ASSERT_EQ(set.segments.size(), 4U) << "the spleen is absent";
      const std::vector<Label> order = {3, 1, 20, 21};
      for (std::size_t i = 0; i < order.size(); ++i) {
        EXPECT_EQ(set.segments[i].number, int(i) + 1);
        EXPECT_EQ(set.segments[i].voxels, mask(seg.labels.of(order[i]), order[i])) << orientationCode(grid) << order[i];
      }
      EXPECT_EQ(set.warnings, std::vector<std::string>());
    }
  }
}

TEST(SegWriter, WithoutTheCtVoxelsLieWhereTheyLay) {
  for (const Geometry& grid : grids()) {
    const SegToWrite seg = sampleSeg(niftiCt(grid));
    const SegmentSet set = parseSegmentation("seg.dcm", segmentationBytes(seg), {});
    ASSERT_TRUE(set.grid.size == grid.size) << "the sample reaches the first and the last slice";
    const LabelMap& target = seg.labels.of(20);
    int differing = 0;
    for (int z = 0; z < grid.size.z; ++z) {
      for (int y = 0; y < grid.size.y; ++y) {
        for (int x = 0; x < grid.size.x; ++x) {
          const Index3 there = set.grid.nearestVoxel(grid.toWorld(Index3{x, y, z}));
          differing += (target.at({x, y, z}) == 20) != (set.segments[2].voxels.at(there) == 1);
        }
      }
    }
    EXPECT_EQ(differing, 0) << orientationCode(grid);
  }
}

TEST(SegWriter, SegmentsSayWhatTheyAre) {
  const SegToWrite seg = sampleSeg(dicomCt(grids()[0]));
  const SegmentSet set = parseSegmentation("seg.dcm", segmentationBytes(seg), {});
  const Segment& kidney = set.segments[0];
  EXPECT_EQ(kidney.label, "Kidney_L");
  EXPECT_EQ(kidney.description, "The kidney_left");
  EXPECT_EQ(kidney.category, (Code{"123037004", "SCT", "Anatomical Structure"}));
  EXPECT_EQ(kidney.type, (Code{"64033007", "SCT", "Organ 64033007"}));
  EXPECT_EQ(kidney.modifier, (Code{"7771000", "SCT", "Left"}));
  EXPECT_EQ(kidney.algorithmType, "SEMIAUTOMATIC");
  EXPECT_EQ(kidney.algorithmName, "Model, revised by hand");
  EXPECT_EQ(kidney.colour, (std::array<std::uint8_t, 3>{30, 139, 252}));
  const Segment& target = set.segments[2];
  EXPECT_EQ(target.label, "The target");
  EXPECT_EQ(target.type, (Code{"target", "99RECONTOUR", "The target"}));
  EXPECT_EQ(target.modifier, Code());
  EXPECT_EQ(target.algorithmType, "MANUAL");
  EXPECT_EQ(target.algorithmName, "");
  EXPECT_EQ(set.frameOfReferenceUid, "1.2.3.6");
  EXPECT_EQ(set.referencedSeries, std::vector<std::string>{"1.2.3.5"});
  EXPECT_EQ(set.contentLabel, "SEGMENTATION");
  EXPECT_EQ(set.contentDescription, "Revision");
}

TEST(SegWriter, EveryColourOfTheShippedTableComesBack) {
  const OrganTable word = OrganTable::named("word");
  Geometry grid;
  grid.size = {16, 1, 1};
  SegToWrite seg = sampleSeg(niftiCt(grid));
  seg.organs = word;
  seg.labels = LabelMap(grid.size);
  for (const Organ& organ : word.organs())
    seg.labels.layer(LabelLayers::kOrgans).writeRow(0, 0, organ.label - 1, std::vector<Label>{organ.label});
  const SegmentSet set = parseSegmentation("seg.dcm", segmentationBytes(seg), {});
  ASSERT_EQ(set.segments.size(), 16U);
  for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(set.segments[i].colour, word.organs()[i].colour) << i;
}

TEST(SegWriter, TheSameInputGivesTheSameBytesAndOtherContentAnotherUid) {
  const SegToWrite seg = sampleSeg(dicomCt(grids()[0]));
  const std::string bytes = segmentationBytes(seg);
  EXPECT_EQ(segmentationBytes(seg), bytes);
  const auto uid = [](const std::string& of) { return parseSegmentation("seg.dcm", of, {}).sopInstanceUid; };
  SegToWrite other = seg;
  other.labels.layer(20).writeRow(1, 1, 1, std::vector<Label>{20});
  EXPECT_NE(uid(segmentationBytes(other)), uid(bytes));
  other = seg;
  other.time = "235958";
  EXPECT_NE(uid(segmentationBytes(other)), uid(bytes));
  EXPECT_TRUE(uid(bytes).starts_with("2.25."));
  other.uidRoot = "1.2.826.0.1.3680043.10";
  EXPECT_TRUE(uid(segmentationBytes(other)).starts_with("1.2.826.0.1.3680043.10."));
}

TEST(SegWriter, PatientAndStudyAreThoseOfTheCt) {
  DicomBytes slice;
  slice.study = "1.9.8";
  DicomDataset ct = DicomDataset::parse("ct.dcm", slice.bytes());
  Case opened = dicomCt(grids()[0]);
  const std::string with = segmentationBytes(sampleSeg(opened), &ct.items());
  EXPECT_NE(with.find("1.9.8"), std::string::npos) << "what the slice says comes before what the case knows";
  const std::string without = segmentationBytes(sampleSeg(niftiCt(grids()[0])));
  EXPECT_NE(without.find("case_7"), std::string::npos) << "Patient ID";
}

TEST(SegWriter, WhatCannotBeWrittenIsRefused) {
  const SegToWrite good = sampleSeg(niftiCt(grids()[0]));
  const auto refusal = [](const SegToWrite& seg) { return errorOf([&] { segmentationBytes(seg); }); };
  EXPECT_EQ(refusal(good), "no error");
  SegToWrite seg = good;
  seg.labels = LabelMap(seg.ct.geometry.size);
  EXPECT_NE(refusal(seg).find("no voxel to write"), std::string::npos);
  seg.labels = LabelMap({2, 2, 2});
  EXPECT_NE(refusal(seg).find("another grid"), std::string::npos);
  seg = good;
  seg.labels.layer(LabelLayers::kOrgans).writeRow(1, 1, 1, std::vector<Label>{77});
  EXPECT_NE(refusal(seg).find("the labels hold 77, which the organ table sample lacks"), std::string::npos);
  seg = good;
  seg.contentLabel = "lower case";
  EXPECT_NE(refusal(seg).find("no label of a segmentation"), std::string::npos);
  seg = good;
  seg.date = "";
  EXPECT_NE(refusal(seg).find("no date and time"), std::string::npos);
  seg = good;
  seg.algorithm.name = "";
  EXPECT_NE(refusal(seg).find("has no name"), std::string::npos);
}

TEST(SegWriter, LongAndOddTextsStayWithinTheirElements) {
  SegToWrite seg = sampleSeg(niftiCt(grids()[0]));
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "\xc3\xa4";
  seg.contentDescription = umlauts;
  seg.seriesDescription = "a\\b\nc";
  const SegmentSet set = parseSegmentation("seg.dcm", segmentationBytes(seg), {});
  EXPECT_EQ(set.contentDescription, umlauts.substr(0, 128));
}

}  // namespace
}  // namespace recontour
