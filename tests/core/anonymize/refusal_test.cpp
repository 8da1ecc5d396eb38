#include "core/anonymize/refusal.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcvrobow.h>
#include <gtest/gtest.h>

#include "tests/core/anonymize/sample_dataset.h"

namespace recontour {
namespace {

class Refused : public testing::Test {
 protected:
  std::optional<Refusal> reasonOf(DicomDataset& dataset) { return reasonToRefuse(dataset, rules_); }
  bool isRefused() { return reasonOf(dataset_).has_value(); }
  void put(const DcmTagKey& tag, const char* text) { putText(dataset_.items(), tag, text); }
  std::string causeOf(DicomDataset& dataset) {
    const auto reason = reasonOf(dataset);
    return reason ? reason->cause : "";
  }
  AttributeRules rules_ = AttributeRules::shipped();
  DicomDataset dataset_ = sampleSlice();
};

TEST_F(Refused, ASliceIsNot) { EXPECT_FALSE(isRefused()); }

TEST_F(Refused, BurnedInNamesAreWhateverIsNotNo) {
  for (const char* said : {"YES", "Yes", " yes", "NO\\YES", "MAYBE"}) {
    put(DCM_BurnedInAnnotation, said);
    EXPECT_TRUE(isRefused()) << said;
  }
  for (const char* said : {"NO", " no ", ""}) {
    put(DCM_BurnedInAnnotation, said);
    EXPECT_FALSE(isRefused()) << said;
  }
}

TEST_F(Refused, ScreensAreUnlessTheySayThatNothingIsBurnedIn) {
  for (const char* screen : {"7", "7.2", "6", "6.1", "3", "3.1", "104.1"}) {
    put(DCM_SOPClassUID, (std::string("1.2.840.10008.5.1.4.1.1.") + screen).c_str());
    EXPECT_TRUE(isRefused()) << screen;
  }
  put(DCM_BurnedInAnnotation, "NO");
  EXPECT_FALSE(isRefused());
  put(DCM_BurnedInAnnotation, "");
  put(DCM_SOPClassUID, "1.2.840.10008.5.1.4.1.1.66.4");  // SEG, whose UID only begins like one
  EXPECT_FALSE(isRefused());
}

TEST_F(Refused, WhatDoesNotSayWhatItIs) {
  put(DCM_SOPClassUID, "");
  EXPECT_NE(reasonOf(dataset_)->cause.find("does not say what it is"), std::string::npos);
}

TEST_F(Refused, TheFilesMetaInformationSaysWhatADataSetDoesNot) {
  put(DCM_SOPClassUID, "1.2.840.10008.5.1.4.1.1.7");
  DicomDataset screen = DicomDataset::parse("screen.dcm", dataset_.bytes());
  putText(screen.items(), DCM_SOPClassUID, "");
  EXPECT_NE(reasonOf(screen)->cause.find("is a screenshot"), std::string::npos);
  put(DCM_SOPClassUID, "1.2.840.10008.5.1.4.1.1.2");
  DicomDataset slice = DicomDataset::parse("slice.dcm", dataset_.bytes());
  putText(slice.items(), DCM_SOPClassUID, "");
  EXPECT_FALSE(reasonOf(slice));
}

TEST_F(Refused, ScreensAmongTheSlicesOfACt) {
  for (const char* type : {"DERIVED\\SECONDARY\\SCREEN SAVE", "derived\\Screen_Save", "SCREENSHOT", "X\\DOSE_INFO"}) {
    put(DCM_ImageType, type);
    EXPECT_TRUE(isRefused()) << type;
  }
  put(DCM_BurnedInAnnotation, "NO");
  EXPECT_FALSE(isRefused());
}

TEST_F(Refused, ACtInColours) {
  dataset_.items().putAndInsertUint16(DCM_SamplesPerPixel, 1);
  EXPECT_FALSE(isRefused());
  dataset_.items().putAndInsertUint16(DCM_SamplesPerPixel, 3);
  EXPECT_TRUE(isRefused());
}

TEST_F(Refused, PlacesSpacingsAndContoursThatAreNoNumbers) {
  put(DCM_PixelSpacing, "0.5\\0.5");
  EXPECT_FALSE(isRefused());
  put(DCM_PixelSpacing, "0.5\\Hans");
  EXPECT_EQ(causeOf(dataset_), "PixelSpacing (0028,0030) holds something else than numbers");
}

TEST_F(Refused, ContoursWithACommaAtAnyDepth) {
  DcmItem& roi = addItem(dataset_.items(), DCM_ROIContourSequence);
  DcmItem& contour = addItem(roi, DCM_ContourSequence);
  putText(contour, DCM_ContourData, "1\\2\\3.00000000000000001");
  EXPECT_FALSE(isRefused());
  putText(contour, DCM_ContourData, "1\\2\\1,5");
  EXPECT_EQ(causeOf(dataset_), "ContourData (3006,0050) holds something else than numbers");
}

TEST_F(Refused, NumbersOfAnotherVr) {
  dataset_.items().putAndInsertString(DcmTag(0x0020, 0x0032, EVR_LO), "1\\2\\3");
  EXPECT_TRUE(isRefused());
}

TEST_F(Refused, StructuresOfAVrThatCannotBeLookedInto) {
  const auto putUnknown = [&](Uint16 group, Uint16 element) {
    dataset_.items().insert(new DcmOtherByteOtherWord(DcmTag(group, element, EVR_UN)), true);
  };
  putUnknown(0x0009, 0x1001);  // private, goes anyway
  EXPECT_FALSE(isRefused());
  putUnknown(0x3006, 0x0020);
  EXPECT_EQ(causeOf(dataset_),
            "StructureSetROISequence (3006,0020) has the VR UN, so that what it holds cannot be told");
}

}  // namespace
}  // namespace recontour
