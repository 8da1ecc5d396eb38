// A DICOM segmentation is read by where its frames lie, whatever their order and however their pixels are stored; what
// would have to be guessed is refused.
#include "core/io/seg_file.h"

#include <gtest/gtest.h>

#include "tests/core/io/seg_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

const std::vector<int> kPixels = {1, 0, 0, 0, 1, 1};  // 3 columns, 2 rows
const std::vector<int> kOther = {0, 1, 1, 0, 0, 1};

SegmentSet read(const SegBytes& seg, const std::optional<Geometry>& grid = {}, const SegOptions& options = {}) {
  return parseSegmentation("seg.dcm", seg.bytes(), grid, options);
}

std::string refusal(const SegBytes& seg, const std::optional<Geometry>& grid = {}) {
  return errorOf([&] { read(seg, grid); });
}

SegBytes twoSlices() {
  SegBytes seg;
  seg.frames = {{1, "10\\20\\35", kOther, ""}, {1, "10\\20\\30", kPixels, ""}};
  return seg;
}

/// The CT's grid that twoSlices() lies on, with a slice below and two above.
Geometry ctGrid() { return {{3, 2, 5}, {1, 2, 5}, {10, 20, 25}}; }

/// Labels of a slice, row by row.
std::vector<int> slice(const LabelMap& map, int z) {
  std::vector<int> labels;
  for (int y = 0; y < map.size().y; ++y) {
    for (int x = 0; x < map.size().x; ++x) labels.push_back(map.at({x, y, z}));
  }
  return labels;
}

TEST(SegFile, FramesMakeAGridByTheirPositions) {
  const SegmentSet set = read(twoSlices());
  EXPECT_EQ(set.grid, (Geometry{{3, 2, 2}, {1, 2, 5}, {10, 20, 30}}));
  ASSERT_EQ(set.segments.size(), 1U);
  EXPECT_EQ(slice(set.segments[0].voxels, 0), kPixels);
  EXPECT_EQ(slice(set.segments[0].voxels, 1), kOther);
  EXPECT_EQ(set.segments[0].label, "Liver");
  EXPECT_TRUE(set.warnings.empty());
}

TEST(SegFile, FramesLieOnTheSlicesOfACt) {
  const SegmentSet set = read(twoSlices(), ctGrid());
  EXPECT_EQ(set.grid, ctGrid());
  const LabelMap& voxels = set.segments[0].voxels;
  EXPECT_EQ(slice(voxels, 1), kPixels);
  EXPECT_EQ(slice(voxels, 2), kOther);
  for (const int z : {0, 3, 4}) EXPECT_EQ(slice(voxels, z), std::vector<int>(6, 0)) << z;
}

TEST(SegFile, ACtMayHaveItsRowsAsColumnsAndRunTheOtherWay) {
  // x of the array runs to the front along the frames' columns, y to the right along their rows, z to the feet
  const Geometry turned{{2, 3, 2}, {2, 1, 5}, {12, 22, 35}, {0, -1, 0, -1, 0, 0, 0, 0, -1}};
  const SegmentSet set = read(twoSlices(), turned);
  const SegmentSet straight = read(twoSlices());
  int compared = 0;
  for (int z = 0; z < 2; ++z) {
    for (int y = 0; y < 2; ++y) {
      for (int x = 0; x < 3; ++x) {
        const Index3 there = turned.nearestVoxel(straight.grid.toWorld(Index3{x, y, z}));
        EXPECT_EQ(set.segments[0].voxels.at(there), straight.segments[0].voxels.at({x, y, z}));
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 12);
}

TEST(SegFile, FramesOfAnotherPlaneLieInTheCtToo) {
  SegBytes seg;  // sagittal: rows run to the back, columns to the feet
  seg.orientation = "0\\1\\0\\0\\0\\-1";
  seg.spacing = "5\\2";
  seg.frames = {{1, "11\\20\\35", kPixels, ""}};
  const Geometry axial{{4, 3, 3}, {1, 2, 5}, {10, 20, 25}};
  const LabelMap voxels = read(seg, axial).segments[0].voxels;
  LabelMap expected(axial.size);
  for (const Index3 at : {Index3{1, 0, 2}, Index3{1, 1, 1}, Index3{1, 2, 1}})
    expected.writeRow(at.y, at.z, at.x, std::vector<Label>{1});
  EXPECT_EQ(voxels, expected);
}

TEST(SegFile, FramesMayBeAPartOfTheCtsSlices) {
  const Geometry wider{{5, 4, 3}, {1, 2, 5}, {9, 18, 30}};
  const LabelMap voxels = read(twoSlices(), wider).segments[0].voxels;
  EXPECT_EQ(slice(voxels, 0), (std::vector<int>{0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0}));
}

TEST(SegFile, FramesOffTheCtAreRefusedWithTheDistanceOrBothSizes) {
  Geometry shifted = ctGrid();
  shifted.origin.x += 0.3;
  EXPECT_EQ(
      refusal(twoSlices(), shifted),
      "seg.dcm: does not lie on the voxels of the CT: its frame 1 is off by up to 0.3 mm; open it with the images "
      "that it was drawn on");
  Geometry finer = ctGrid();
  finer.size = {6, 4, 5};
  finer.spacing = {0.5, 1, 5};
  EXPECT_NE(refusal(twoSlices(), finer)
                .find("has frames of 3 x 2 pixels of 1 x 2 mm, the CT there 6 x 4 pixels of 0.5 x "
                      "1 mm"),
            std::string::npos);
  Geometry below = ctGrid();
  below.size.z = 2;
  EXPECT_NE(refusal(twoSlices(), below).find("frame 1 is off by up to 5 mm"), std::string::npos);
  Geometry near = ctGrid();
  near.origin = near.origin + Point3{0.009, 0.019, 0.04};
  EXPECT_EQ(refusal(twoSlices(), near), "no error") << "1 % of the spacing";
}

TEST(SegFile, SlicesWithoutAFrameAreEmpty) {
  SegBytes seg = twoSlices();
  seg.frames.push_back({1, "10\\20\\50", kPixels, ""});
  const SegmentSet set = read(seg);
  EXPECT_EQ(set.grid.size, (Size3{3, 2, 5}));
  EXPECT_EQ(slice(set.segments[0].voxels, 2), std::vector<int>(6, 0));
  EXPECT_EQ(slice(set.segments[0].voxels, 4), kPixels);
}

TEST(SegFile, SpacingBetweenSlicesCountsWherePositionsAgree) {
  SegBytes seg = twoSlices();
  seg.between = "2.5";
  SegmentSet set = read(seg);
  EXPECT_EQ(set.grid.size.z, 3);
  EXPECT_EQ(set.grid.spacing.z, 2.5);
  ASSERT_EQ(set.warnings.size(), 1U) << "no two frames are neighbours";
  for (const std::string wrong : {"3", "-5", "0", "nonsense"}) {
    seg.between = wrong;
    set = read(seg);
    EXPECT_EQ(set.grid.spacing.z, 5) << wrong;
    EXPECT_EQ(set.warnings.size(), wrong == "3" ? 1U : 0U) << wrong;
  }
}

TEST(SegFile, IrregularPositionsAreRefused) {
  SegBytes seg = twoSlices();
  seg.frames.push_back({1, "10\\20\\42", kPixels, ""});
  EXPECT_EQ(refusal(seg),
            "seg.dcm: has frames at uneven distances (30, 35, 42 mm along their normal); open it with the "
            "images that it was drawn on");
  seg.frames.back().position = "10.5\\20\\40";
  EXPECT_NE(refusal(seg).find("does not lie on the voxels of the others"), std::string::npos);
  seg.frames.back() = {1, "10\\20\\40", kPixels, "0\\1\\0\\1\\0\\0"};
  EXPECT_NE(refusal(seg).find("other pixel spacing or orientation (1 and 3)"), std::string::npos);
}

TEST(SegFile, OneFrameIsAsThickAsItsSlice) {
  SegBytes seg = twoSlices();
  seg.frames.pop_back();
  const SegmentSet set = read(seg);
  EXPECT_EQ(set.grid, (Geometry{{3, 2, 1}, {1, 2, 5}, {10, 20, 35}}));
  EXPECT_EQ(set.warnings, std::vector<std::string>{"The segmentation has one slice; its thickness is taken as 5 mm."});
}

TEST(SegFile, ObliqueFramesKeepTheirAxes) {
  SegBytes seg = twoSlices();
  seg.orientation = "0.6\\0.8\\0\\0\\0\\-1";  // normal -0.8, 0.6, 0
  seg.frames[0].position = "10\\20\\30";
  seg.frames[1].position = "6\\23\\30";
  const SegmentSet set = read(seg);
  EXPECT_EQ(set.grid.size, (Size3{3, 2, 2}));
  EXPECT_NEAR(set.grid.spacing.z, 5, 1e-12);
  EXPECT_NEAR(length(set.grid.toWorld(Index3{0, 0, 1}) - Point3{6, 23, 30}), 0, 1e-9);
  EXPECT_NEAR(length(set.grid.toWorld(Index3{2, 1, 0}) - Point3{11.2, 21.6, 28}), 0, 1e-9);
  EXPECT_EQ(slice(set.segments[0].voxels, 0), kOther);
}

TEST(SegFile, SegmentsMayLieOverOneAnother) {
  SegBytes seg = twoSlices();
  seg.segments = {4, 2, 9};
  seg.frames = {{2, "0\\0\\0", kPixels, ""}, {4, "0\\0\\0", kOther, ""}, {4, "0\\0\\5", kPixels, ""}};
  const SegmentSet set = read(seg);
  ASSERT_EQ(set.segments.size(), 3U);
  EXPECT_EQ(set.segments[0].number, 4);
  EXPECT_EQ(slice(set.segments[0].voxels, 0), kOther);
  EXPECT_EQ(slice(set.segments[1].voxels, 0), kPixels);
  EXPECT_EQ(set.segments[2].voxels, LabelMap(set.grid.size));
  ASSERT_EQ(set.warnings.size(), 1U);
  EXPECT_NE(set.warnings[0].find("without a frame"), std::string::npos);
}

TEST(SegFile, FractionsBecomeVoxelsAtTheThreshold) {
  SegBytes seg = twoSlices();
  seg.type = "FRACTIONAL";
  seg.bits = 8;
  seg.largestFraction = 200;
  seg.frames = {{1, "0\\0\\0", {0, 1, 99, 100, 101, 200}, ""}};
  const SegmentSet set = read(seg);
  EXPECT_TRUE(set.fractional);
  EXPECT_EQ(slice(set.segments[0].voxels, 0), (std::vector<int>{0, 0, 0, 1, 1, 1}));
  EXPECT_NE(set.warnings.back().find("at least 0.5 of the whole"), std::string::npos);
  EXPECT_EQ(slice(read(seg, {}, {0}).segments[0].voxels, 0), (std::vector<int>{0, 1, 1, 1, 1, 1}));
  EXPECT_EQ(slice(read(seg, {}, {1}).segments[0].voxels, 0), (std::vector<int>{0, 0, 0, 0, 0, 1}));
  seg.largestFraction = 0;
  EXPECT_NE(refusal(seg).find("Maximum Fractional Value"), std::string::npos);
}

TEST(SegFile, LabelMapsAreSegmentsByValue) {
  SegBytes seg;
  seg.type = "LABELMAP";
  seg.sopClass = "1.2.840.10008.5.1.4.1.1.66.7";
  seg.segments = {0, 3, 700};
  for (const int bits : {8, 16}) {
    seg.bits = bits;
    const int large = bits == 16 ? 700 : 3;
    seg.frames = {{-1, "0\\0\\0", {0, 3, 3, large, 0, 3}, ""}};
    const SegmentSet set = read(seg);
    ASSERT_EQ(set.segments.size(), 2U) << "0 is the background";
    EXPECT_EQ(slice(set.segments[0].voxels, 0), (std::vector<int>{0, 1, 1, bits == 8, 0, 1}));
    EXPECT_EQ(slice(set.segments[1].voxels, 0), (std::vector<int>{0, 0, 0, bits == 16, 0, 0}));
  }
  seg.frames[0].pixels[0] = 5;
  EXPECT_NE(refusal(seg).find("has in its frame 1 segment 5, which it does not describe"), std::string::npos);
}

std::string runLengths(const std::vector<std::string>& segments) {
  std::string header, data;
  DicomBytes::number(header, std::uint32_t(segments.size()), 4);
  for (const std::string& segment : segments) {
    DicomBytes::number(header, std::uint32_t(64 + data.size()), 4);
    data += segment;
  }
  header.resize(64);
  return header + data + (data.size() % 2 == 0 ? "" : std::string(1, '\0'));
}

TEST(SegFile, RunLengthsAreUnpacked) {
  SegBytes seg = twoSlices();
  seg.syntax = "1.2.840.10008.1.2.5";
  const std::string other(1, char(0x26)), pixels(1, char(0x31));
  seg.pixelBytes = SegBytes::encapsulated({runLengths({'\0' + other}), runLengths({'\0' + pixels})});
  EXPECT_EQ(read(seg).segments[0].voxels, read(twoSlices()).segments[0].voxels);
  seg.pixelBytes = SegBytes::encapsulated({runLengths({'\0' + other})});
  EXPECT_NE(refusal(seg).find("compressed pixels of fewer"), std::string::npos);
  seg.pixelBytes = SegBytes::encapsulated({runLengths({""}), runLengths({'\0' + pixels})});
  EXPECT_NE(refusal(seg).find("damaged compressed pixels in its frame 1"), std::string::npos);

  seg.type = "LABELMAP";
  seg.bits = 16;
  seg.segments = {700};
  seg.frames = {{-1, "0\\0\\0", {}, ""}};
  const std::string high = {char(0xfe), 2, char(0xfe), 0}, low = {char(0xfe), char(700 % 256), char(0xfe), 0};
  seg.pixelBytes = SegBytes::encapsulated({runLengths({high, low})});
  EXPECT_EQ(slice(read(seg).segments[0].voxels, 0), (std::vector<int>{1, 1, 1, 0, 0, 0}));
}

TEST(SegFile, TextsBecomeUtf8) {
  SegBytes seg = twoSlices();
  seg.characterSet = "ISO_IR 100";
  seg.label = "R\xf6hre";
  EXPECT_EQ(read(seg).segments[0].label, "R\xc3\xb6hre");
}

TEST(SegFile, EachLieIsRefusedInOneSentence) {
  struct Lie {
    void (*tell)(SegBytes&);
    const char* refusal;
  };
  const std::vector<Lie> lies = {
      {[](SegBytes& s) { s.sopClass = "1.2.840.10008.5.1.4.1.1.2"; }, "is no DICOM segmentation"},
      {[](SegBytes& s) { s.type = "SURFACE"; }, "of unknown type 'SURFACE'"},
      {[](SegBytes& s) { s.rows = 0; }, "has frames of 3 x 0 pixels"},
      {[](SegBytes& s) { s.columns = 65535; }, "has frames of 65535 x 2 pixels"},
      {[](SegBytes& s) { s.columns = s.rows = 8192; }, "has 2 bytes of pixels where its frames need 16777216"},
      {[](SegBytes& s) { s.bits = 16; }, "has 16 bits a pixel"},
      {[](SegBytes& s) { s.numberOfFrames = "1000000000"; }, "says that it has 1000000000 frames and describes 2"},
      {[](SegBytes& s) { s.numberOfFrames = ""; }, "does not say how many frames it has and describes 2"},
      {[](SegBytes& s) { s.frames.clear(); }, "has no frames"},
      {[](SegBytes& s) { s.segments.clear(); }, "describes no segment"},
      {[](SegBytes& s) {
         s.segments = {1, 1};
       },
       "has two segments 1"},
      {[](SegBytes& s) { s.segments = {0}; }, "has a segment without a number"},
      {[](SegBytes& s) { s.frames[1].segment = 2; }, "has in its frame 2 segment 2, which it does not describe"},
      {[](SegBytes& s) { s.frames[1].segment = -1; }, "does not say whose its frame 2 is"},
      {[](SegBytes& s) { s.frames[1].position = ""; }, "does not say where its frame 2 lies"},
      {[](SegBytes& s) { s.frames[1].position = "1\\nan\\3"; }, "does not say where its frame 2 lies"},
      {[](SegBytes& s) { s.frames[1].position = "1\\2\\1e300"; }, "places its frame 2 more than 1 km away"},
      {[](SegBytes& s) { s.frames[1].position = s.frames[0].position; }, "has two frames of segment 1 at one position"},
      {[](SegBytes& s) { s.orientation = ""; }, "does not say how its frame 1 is turned"},
      {[](SegBytes& s) { s.orientation = "0\\0\\0\\0\\0\\0"; }, "has no right angle in its frame 1"},
      {[](SegBytes& s) { s.orientation = "1\\0\\0\\0.7\\0.7\\0"; }, "has no right angle in its frame 1"},
      {[](SegBytes& s) { s.spacing = "0\\1"; }, "has no usable Pixel Spacing for its frame 1"},
      {[](SegBytes& s) { s.spacing = "1"; }, "has no usable Pixel Spacing for its frame 1"},
      {[](SegBytes& s) { s.pixelBytes = ""; }, "has 0 bytes of pixels where its frames need 2"},
      {[](SegBytes& s) {
         s.syntax = "1.2.840.10008.1.2.4.90";
         s.pixelBytes = SegBytes::encapsulated({"ab", "cd"});
       },
       "JPEG"},
  };
  for (const Lie& lie : lies) {
    SegBytes seg = twoSlices();
    lie.tell(seg);
    const std::string message = refusal(seg);
    EXPECT_TRUE(message.starts_with("seg.dcm: ")) << message;
    EXPECT_NE(message.find(lie.refusal), std::string::npos) << lie.refusal << ": " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST(SegFile, LengthsWithinSequencesAreCheckedBeforeMemoryIsTaken) {
  const std::string good = twoSlices().bytes();
  const std::string number("b\0\x0b\0US", 6);        // Referenced Segment Number
  for (const std::string vr : {"UR", "UT", "QS"}) {  // four bytes of length, where "US" has two
    std::string bytes = good;
    bytes.replace(bytes.find(number) + 4, 2, vr);
    const std::string message = errorOf([&] { parseSegmentation("seg.dcm", bytes, {}); });
    EXPECT_NE(message.find("an element is longer than the file"), std::string::npos) << vr << ": " << message;
  }
}

TEST(SegFile, NoDamageToAFileIsMoreThanAnError) {
  const std::string whole = twoSlices().bytes();
  int refused = 0, opened = 0;
  const auto open = [&](const std::string& bytes) {
    const std::string message = errorOf([&] { parseSegmentation("seg.dcm", bytes, {}); });
    ++(message == "no error" ? opened : refused);
  };
  for (std::size_t cut = 0; cut < whole.size(); ++cut) open(whole.substr(0, cut));
  for (std::size_t at = 132; at < whole.size(); ++at) {
    for (const int value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
      std::string damaged = whole;
      damaged[at] = char(value);
      open(damaged);
    }
  }
  std::printf("%d damaged files refused, %d opened\n", refused, opened);
  EXPECT_GT(refused, 2000);
}

}  // namespace
}  // namespace recontour
