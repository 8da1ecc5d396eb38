#include "core/io/dicom_file.h"

#include <gtest/gtest.h>

#include "tests/core/io/dicom_bytes.h"

namespace recontour {
namespace {

TEST(DicomFile, FindsElementsAndPixels) {
  const DicomFile file(DicomBytes{}.bytes());
  EXPECT_TRUE(file.isDicom());
  EXPECT_TRUE(file.reachedPixels());
  EXPECT_TRUE(file.pixelsWhole());
  EXPECT_EQ(file.pixels().size(), 12U);
  EXPECT_EQ(file.text(0x00080060), "CT");
  EXPECT_EQ(file.shortValue(0x00280011), 3);
  EXPECT_EQ(file.numbers(0x00200037), (std::vector<double>{1, 0, 0, 0, 1, 0}));
}

TEST(DicomFile, EveryCutIsSafeAndSaid) {
  const std::string whole = DicomBytes{}.bytes();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const DicomFile file(whole.substr(0, length));
    EXPECT_FALSE(file.reachedPixels() && file.pixelsWhole()) << "cut at " << length;
  }
}

TEST(DicomFile, NestedSequencesArePassedOver) {
  std::string start = std::string(128, '\0') + "DICM", nested;
  DicomBytes::add(start, 0x00020010, "UI", "1.2.840.10008.1.2.1");
  DicomBytes::start(start, 0x00081140, "SQ");
  DicomBytes::number(start, 0, 2);
  DicomBytes::number(start, 0xffffffff, 4);
  DicomBytes::number(start, 0xe000fffe, 4);
  DicomBytes::number(start, 0xffffffff, 4);
  DicomBytes::add(start, 0x00080060, "CS", "MR");  // inside the item: not the file's modality
  DicomBytes::number(start, 0xe00dfffe, 4);
  DicomBytes::number(start, 0, 4);
  DicomBytes::number(start, 0xe0ddfffe, 4);
  DicomBytes::number(start, 0, 4);
  DicomBytes::add(start, 0x00280030, "DS", "0.5\\+2e0 ");
  const DicomFile file(start);
  EXPECT_EQ(file.text(0x00080060), "");
  EXPECT_EQ(file.numbers(0x00280030), (std::vector<double>{0.5, 2}));
}

TEST(DicomFile, BottomlessNestingEndsTheWalk) {
  std::string bytes = std::string(128, '\0') + "DICM";
  DicomBytes::add(bytes, 0x00020010, "UI", "1.2.840.10008.1.2.1");
  for (int depth = 0; depth < 10000; ++depth) {
    DicomBytes::start(bytes, 0x00081140, "SQ");
    DicomBytes::number(bytes, 0, 2);
    DicomBytes::number(bytes, 0xffffffff, 4);
    DicomBytes::number(bytes, 0xe000fffe, 4);
    DicomBytes::number(bytes, 0xffffffff, 4);
  }
  EXPECT_FALSE(DicomFile(bytes).reachedPixels());
}

TEST(DicomFile, NumbersThatAreNoneAreMissing) {
  std::string bytes = std::string(128, '\0') + "DICM";
  DicomBytes::add(bytes, 0x00180050, "DS", "five");
  DicomBytes::add(bytes, 0x00200032, "DS", "1\\\\3");
  DicomBytes::add(bytes, 0x00280030, "DS", "nan\\inf");
  DicomBytes::add(bytes, 0x00281052, "DS", "1.5mm");
  const DicomFile file(bytes);
  EXPECT_FALSE(file.number(0x00180050));
  EXPECT_TRUE(file.numbers(0x00200032).empty());
  EXPECT_TRUE(file.numbers(0x00280030).empty());
  EXPECT_FALSE(file.number(0x00281052));
}

}  // namespace
}  // namespace recontour
