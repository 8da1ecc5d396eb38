#include "core/anonymize/pixel_surplus.h"

#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <gtest/gtest.h>

#include "tests/core/anonymize/sample_dataset.h"

namespace recontour {
namespace {

/// Two frames of 3 x 3 pixels.
class PixelSurplus : public testing::Test {
 protected:
  PixelSurplus() {
    setShort(DCM_Rows, 3);
    setShort(DCM_Columns, 3);
    setShort(DCM_SamplesPerPixel, 1);
    setShort(DCM_BitsAllocated, 16);
    putText(items_, DCM_NumberOfFrames, "2");
  }
  void setShort(const DcmTagKey& tag, Uint16 value) { items_.putAndInsertUint16(tag, value); }
  std::string with(std::size_t bytes) {
    const std::vector<Uint8> pixels(bytes, 7);
    items_.putAndInsertUint8Array(DCM_PixelData, pixels.data(), bytes);
    DicomDataset read = DicomDataset::parse("read.dcm", dataset_.bytes());
    return pixelSurplus(read).value_or("");
  }
  /// @param fragments  the first is the table of offsets
  std::string compressed(E_TransferSyntax syntax, const std::vector<std::string>& fragments) {
    auto* pixels = new DcmPixelData(DCM_PixelData);  // the data set's at the end
    auto* sequence = new DcmPixelSequence(DCM_PixelSequenceTag);
    for (const std::string& bytes : fragments) {
      auto* fragment = new DcmPixelItem(DCM_PixelItemTag);
      if (!bytes.empty())
        fragment->putUint8Array(reinterpret_cast<const Uint8*>(bytes.data()), static_cast<Uint32>(bytes.size()));
      sequence->insert(fragment);
    }
    pixels->putOriginalRepresentation(syntax, nullptr, sequence);
    items_.insert(pixels, true);
    return pixelSurplus(dataset_).value_or("");
  }
  DicomDataset dataset_ = sampleSlice();
  DcmItem& items_ = dataset_.items();
};

TEST_F(PixelSurplus, BytesBehindTheLastFrameAre) {
  EXPECT_EQ(with(36), "");
  EXPECT_EQ(with(38), "has bytes behind its pixels");
}

TEST_F(PixelSurplus, PaddingToAnEvenLengthIsNot) {
  setShort(DCM_BitsAllocated, 1);  // 18 bits, 3 bytes
  EXPECT_EQ(with(4), "");
  EXPECT_NE(with(6), "");
}

TEST_F(PixelSurplus, AllPixelsAreWithoutASize) {
  putText(items_, DCM_NumberOfFrames, "-2");
  EXPECT_NE(with(2), "");
}

TEST_F(PixelSurplus, AHeaderOfTheLargestNumbersDoesNoHarm) {
  for (const DcmTagKey& tag : {DCM_Rows, DCM_Columns, DCM_SamplesPerPixel, DCM_BitsAllocated}) setShort(tag, 65535);
  putText(items_, DCM_NumberOfFrames, "2147483647");
  EXPECT_EQ(with(2), "");
}

TEST_F(PixelSurplus, AThirdFragmentOfTwoFramesOfRunLengthsIs) {
  EXPECT_EQ(compressed(EXS_RLELossless, {"", "frame1", "frame2"}), "");
  EXPECT_NE(compressed(EXS_RLELossless, {"", "frame1", "frame2", "MUELLER "}), "");
}

TEST_F(PixelSurplus, FragmentsBehindTheEndOfTheLastJpegAre) {
  const std::string end("\xff\xd9", 2), padded("x\xff\xd9\0", 4);
  EXPECT_EQ(compressed(EXS_JPEG2000, {"", "begin1", end, padded}), "");
  EXPECT_NE(compressed(EXS_JPEG2000, {"", "begin1", end, padded, "MUELLER "}), "");
}

TEST_F(PixelSurplus, ATableOfMoreOffsetsThanFramesIs) {
  EXPECT_EQ(compressed(EXS_RLELossless, {"12345678", "frame1", "frame2"}), "");
  EXPECT_NE(compressed(EXS_RLELossless, {"123456789012", "frame1", "frame2"}), "");
}

}  // namespace
}  // namespace recontour
