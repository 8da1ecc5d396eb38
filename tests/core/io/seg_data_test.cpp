// Segmentations of other programs, against the label maps that they were made from.
#include <algorithm>

#include <gtest/gtest.h>

#include "core/image/label_values.h"
#include "core/io/dicom_dataset.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/io/seg_file.h"
#include "core/io/seg_writer.h"
#include "tests/core/io/test_folder.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

/// "512 x 512 x 3 voxels of 0.81 x 0.81 x 1 mm, LPS, from ...: 1 Liver (SEMIAUTOMATIC, 10200004, 221 174 86) 12 voxels"
std::string describe(const SegmentSet& set) {
  char text[200];
  const Geometry& g = set.grid;
  std::snprintf(text, sizeof text,
                "%d x %d x %d voxels of %.6g x %.6g x %.6g mm, %s, from %.6g, %.6g, %.6g mm:", g.size.x, g.size.y,
                g.size.z, g.spacing.x, g.spacing.y, g.spacing.z, orientationCode(g).c_str(), g.origin.x, g.origin.y,
                g.origin.z);
  std::string all = text;
  for (const Segment& s : set.segments) {
    all += " " + std::to_string(s.number) + " " + s.label + " (" + s.algorithmType + ", " + s.type.scheme + " " +
           s.type.value;
    if (s.colour) {
      for (const int channel : *s.colour) all += " " + std::to_string(channel);
    }
    all += ") " + std::to_string(labelCounts(s.voxels)[1]);
  }
  return all;
}

struct DataFile {
  const char* file;
  const char* outcome;  ///< whole, or the beginning of a refusal after the file's name
};

constexpr const char* kCtSlice =
    "is no DICOM segmentation (SOP class 1.2.840.10008.5.1.4.1.1.2); choose a file of modality SEG";

/// Every file of the folders.
const std::vector<DataFile> kDataFiles = {
    {"dicom_seg/dcmqi/24x38x3/image/IMG0001.dcm", kCtSlice},
    {"dicom_seg/dcmqi/24x38x3/image/IMG0002.dcm", kCtSlice},
    {"dicom_seg/dcmqi/24x38x3/image/IMG0003.dcm", kCtSlice},
    {"dicom_seg/dcmqi/24x38x3/multiframe/mf.dcm",
     "is no DICOM segmentation (SOP class 1.2.840.10008.5.1.4.1.1.2.2); choose a file of modality SEG"},
    {"dicom_seg/dcmqi/24x38x3/nrrd/label.nrrd", "is no DICOM file"},
    {"dicom_seg/dcmqi/24x38x3/seg/label.seg",
     "24 x 38 x 3 voxels of 0.7 x 0.7 x 2.5 mm, LPS, from 46.4649, 5.01881, -177.75 mm: 1 Liver (SEMIAUTOMATIC, SRT "
     "T-62000 221 130 101) 315"},
    {"dicom_seg/dcmqi/LICENSE.txt", "is no DICOM file"},
    {"dicom_seg/dcmqi/ct-3slice/01.dcm", kCtSlice},
    {"dicom_seg/dcmqi/ct-3slice/02.dcm", kCtSlice},
    {"dicom_seg/dcmqi/ct-3slice/03.dcm", kCtSlice},
    {"dicom_seg/dcmqi/heart_seg.nrrd", "is no DICOM file"},
    {"dicom_seg/dcmqi/liver.dcm",
     "512 x 512 x 3 voxels of 0.810547 x 0.810547 x 1 mm, LPS, from -235.2, -226.8, -128.69 mm: 1 Liver "
     "(SEMIAUTOMATIC, SRT T-62000 221 130 101) 107098"},
    {"dicom_seg/dcmqi/liver_seg.nrrd", "is no DICOM file"},
    {"dicom_seg/dcmqi/liver_spine_gapped_seg.nrrd", "is no DICOM file"},
    {"dicom_seg/dcmqi/liver_spine_seg.nrrd", "is no DICOM file"},
    {"dicom_seg/dcmqi/spine_seg.nrrd", "is no DICOM file"},
    {"dicom_seg/pydicom-data/LICENSE", "is no DICOM file"},
    {"dicom_seg/pydicom-data/liver_nonbyte_aligned.dcm",
     "510 x 510 x 3 voxels of 0.810547 x 0.810547 x 1 mm, LPS, from -235.2, -226.8, -128.69 mm: 1 Liver "
     "(SEMIAUTOMATIC, SRT T-62000 221 130 101) 107098"},
    {"dicom_seg/pydicom-data/liver_rle.dcm",
     "512 x 512 x 3 voxels of 0.810547 x 0.810547 x 1 mm, LPS, from -235.2, -226.8, -128.69 mm: 1 Liver "
     "(SEMIAUTOMATIC, SRT T-62000 221 130 101) 107098"},
    {"rtstruct/pydicom/77654033_CT2/17106", kCtSlice},
    {"rtstruct/pydicom/77654033_CT2/17136", kCtSlice},
    {"rtstruct/pydicom/77654033_CT2/17166", kCtSlice},
    {"rtstruct/pydicom/77654033_CT2/17196", kCtSlice},
    {"rtstruct/pydicom/CT_small.dcm", kCtSlice},
    {"rtstruct/pydicom/LICENSE", "is no DICOM file"},
    {"rtstruct/pydicom/liver_1frame.dcm", "does not say how many frames it has and describes 3; export it again"},
    {"rtstruct/pydicom/liver_expb_1frame.dcm", "does not say how many frames it has and describes 3; export it again"},
    {"rtstruct/pydicom/rtstruct.dcm",
     "is no DICOM segmentation (SOP class 1.2.840.10008.5.1.4.1.1.481.3); choose a file of modality SEG"},
};

TEST(SegData, EachReferenceFileIsReadOrRefusedAsTheTableStates) {
  REQUIRE_REFERENCE_DATA();
  namespace fs = std::filesystem;
  std::size_t found = 0;
  for (const char* folder : {"dicom_seg", "rtstruct/pydicom"}) {
    for (const auto& entry : fs::recursive_directory_iterator(referenceData(folder))) {
      if (!entry.is_regular_file()) continue;
      ++found;
      const std::string name = fs::relative(entry.path(), referenceData("")).string();
      std::string outcome;
      const std::string message = errorOf([&] { outcome = describe(readSegmentation(entry.path(), {})); });
      if (outcome.empty()) outcome = message.substr(std::min(message.size(), entry.path().string().size() + 2));
      const auto line = std::ranges::find(kDataFiles, name, [](const DataFile& f) { return std::string(f.file); });
      if (line == kDataFiles.end()) {
        ADD_FAILURE() << "    {\"" << name << "\", \"" << outcome << "\"},";
      } else {
        EXPECT_EQ(outcome, line->outcome) << name;
      }
    }
  }
  EXPECT_EQ(found, kDataFiles.size());
}

TEST(SegData, LiverIsTheLabelMapThatItWasMadeFrom) {
  REQUIRE_REFERENCE_DATA();
  const Geometry ct = openCase(referenceData("dicom_seg/dcmqi/ct-3slice")).geometry;
  const LabelMap truth = readLabelFileOn(referenceData("dicom_seg/dcmqi/liver_seg.nrrd"), ct);
  const std::int64_t liver = labelCounts(truth)[1];
  EXPECT_GT(liver, 10000);
  for (const char* file : {"dcmqi/liver.dcm", "pydicom-data/liver_rle.dcm"}) {
    const auto seg = referenceData("dicom_seg") / file;
    for (const std::optional<Geometry>& grid : {std::optional(ct), std::optional<Geometry>()}) {
      const SegmentSet set = readSegmentation(seg, grid);
      ASSERT_EQ(set.segments.size(), 1U);
      EXPECT_TRUE(sameGrid(set.grid, ct));
      EXPECT_EQ(labelCounts(set.segments[0].voxels)[1], liver);
      EXPECT_EQ(set.segments[0].voxels, truth) << file;
    }
  }
}

TEST(SegData, FramesWithoutByteBordersAreACutOfTheSameLiver) {
  REQUIRE_REFERENCE_DATA();
  const LabelMap whole = readSegmentation(referenceData("dicom_seg/dcmqi/liver.dcm"), {}).segments[0].voxels;
  const LabelMap cut =
      readSegmentation(referenceData("dicom_seg/pydicom-data/liver_nonbyte_aligned.dcm"), {}).segments[0].voxels;
  const DenseBox box = whole.copy({{0, 0, 0}, {510, 510, 3}});
  EXPECT_EQ(cut, LabelMap::fromDense(box.size, box.labels));
}

/// Values of a label map as organs of a table, each of which a segment is made of.
OrganTable tableOf(const LabelMap& map) {
  const auto counts = labelCounts(map);
  std::vector<Organ> organs;
  for (std::size_t label = 1; label < counts.size(); ++label) {
    if (counts[label] == 0) continue;
    organs.emplace_back();
    organs.back().label = static_cast<Label>(label);
    organs.back().key = organs.back().name = "structure_" + std::to_string(label);
  }
  return OrganTable::made("test", organs);
}

TEST(SegData, SeveralLabelsOnARealCtComeBack) {
  REQUIRE_REFERENCE_DATA();
  SegToWrite seg;
  seg.ct = openCase(referenceData("dicom_seg/dcmqi/ct-3slice"));
  seg.date = "20260131";
  seg.time = "120000";
  DicomDataset slice = DicomDataset::read(referenceData("dicom_seg/dcmqi/ct-3slice/01.dcm"));
  for (const char* file : {"liver_spine_seg.nrrd", "liver_spine_gapped_seg.nrrd", "heart_seg.nrrd", "spine_seg.nrrd"}) {
    const LabelMap labels = readLabelFileOn(referenceData("dicom_seg/dcmqi") / file, seg.ct.geometry);
    seg.labels = labels;
    seg.organs = tableOf(labels);
    const std::string bytes = segmentationBytes(seg, &slice.items());
    const SegmentSet set = parseSegmentation("seg.dcm", bytes, seg.ct.geometry);
    EXPECT_EQ(set.referencedSeries, std::vector<std::string>{seg.ct.dicom->seriesUid});
    EXPECT_EQ(set.frameOfReferenceUid, seg.ct.dicom->frameOfReferenceUid);
    const SegmentSet alone = parseSegmentation("seg.dcm", bytes, {});
    ASSERT_EQ(set.segments.size(), seg.organs.organs().size());
    for (std::size_t i = 0; i < set.segments.size(); ++i) {
      SlotLabels wanted{};
      wanted[seg.organs.organs()[i].label] = 1;
      EXPECT_EQ(set.segments[i].voxels, relabelled(labels, wanted)) << file << " " << i;
      EXPECT_EQ(labelCounts(alone.segments[i].voxels)[1], labelCounts(set.segments[i].voxels)[1]);
    }
  }
}

TEST(SegData, LabelSegIsTheLabelMapThatItWasMadeFrom) {
  REQUIRE_REFERENCE_DATA();
  const auto folder = referenceData("dicom_seg/dcmqi/24x38x3");
  const LabelImage truth = readLabelFile(folder / "nrrd/label.nrrd");
  const Geometry ct = openCase(folder / "image").geometry;
  const SegmentSet set = readSegmentation(folder / "seg/label.seg", ct);
  EXPECT_TRUE(sameGrid(set.grid, truth.geometry));
  EXPECT_EQ(set.segments[0].voxels, truth.labels);
  EXPECT_GT(labelCounts(truth.labels)[1], 0);
}

}  // namespace
}  // namespace recontour
