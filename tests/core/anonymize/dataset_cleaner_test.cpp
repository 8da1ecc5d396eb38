#include "core/anonymize/dataset_cleaner.h"

#include <gtest/gtest.h>

#include "core/anonymize/anonymized_dataset.h"
#include "tests/core/anonymize/sample_dataset.h"

namespace recontour {
namespace {

class Cleaned : public testing::Test {
 protected:
  std::string text(const DcmTagKey& tag) { return textOf(dataset_.items(), tag); }
  void clean() { counts_ = cleaner_.clean(dataset_); }
  SampleCleaner cleaner_;
  DicomDataset dataset_ = sampleSlice();
  CleaningCounts counts_;
};

TEST_F(Cleaned, IdentifiersBecomePseudonymsAndDatesMove) {
  clean();
  EXPECT_EQ(text(DCM_PatientName), "RC1");
  EXPECT_EQ(text(DCM_PatientID), "RC1");
  EXPECT_EQ(text(DCM_StudyDate), "20240229");
  EXPECT_EQ(text(DCM_StudyTime), "131500");
  EXPECT_EQ(text(DCM_Manufacturer), "SIEMENS");
  EXPECT_TRUE(dataset_.items().tagExists(DCM_PatientBirthDate));
  EXPECT_EQ(text(DCM_PatientBirthDate), "");
}

TEST_F(Cleaned, CountsWhatIsDone) {
  putText(dataset_.items(), DCM_PatientComments, "brother of the mayor");
  clean();
  EXPECT_EQ(counts_.removed, 1);
  EXPECT_EQ(counts_.replaced, 7);  // three UIDs, name, ID, birth date, study date
}

TEST_F(Cleaned, UidsAreMappedAlikeButNotThoseOfTheStandard) {
  DcmItem& reference = addItem(dataset_.items(), DCM_ReferencedImageSequence);
  putText(reference, DCM_ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2");
  putText(reference, DCM_ReferencedSOPInstanceUID, "1.2.3.1");
  clean();
  DcmItem* kept = firstItemOf(dataset_.items(), DCM_ReferencedImageSequence);
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(textOf(*kept, DCM_ReferencedSOPInstanceUID), text(DCM_SOPInstanceUID));
  EXPECT_EQ(text(DCM_SOPInstanceUID), cleaner_.pseudonyms().uid("1.2.3.1"));
  EXPECT_EQ(textOf(*kept, DCM_ReferencedSOPClassUID), "1.2.840.10008.5.1.4.1.1.2");
}

TEST_F(Cleaned, AnInstanceIsMappedEvenUnderTheRootOfTheStandard) {
  putText(dataset_.items(), DCM_SOPInstanceUID, "1.2.840.10008.77.4711");
  putText(dataset_.items(), DCM_SOPInstanceUIDOfConcatenationSource, "1.2.840.10008.77.4711");
  clean();
  EXPECT_EQ(text(DCM_SOPInstanceUID), cleaner_.pseudonyms().uid("1.2.840.10008.77.4711"));
  EXPECT_EQ(text(DCM_SOPInstanceUIDOfConcatenationSource), text(DCM_SOPInstanceUID));
}

TEST_F(Cleaned, PrivateClassesStayWhereAClassBelongsUnlessTheyAreNoUid) {
  putText(dataset_.items(), DCM_SOPClassUID, "1.3.12.2.1107.5.9.1");
  DcmItem& reference = addItem(dataset_.items(), DCM_ReferencedImageSequence);
  putText(reference, DCM_ReferencedSOPClassUID, "1.3.12.2.1107.5.9.1");
  putText(dataset_.items(), DCM_RelatedGeneralSOPClassUID, "MUELLER");
  clean();
  EXPECT_EQ(text(DCM_SOPClassUID), "1.3.12.2.1107.5.9.1");
  EXPECT_EQ(textOf(*firstItemOf(dataset_.items(), DCM_ReferencedImageSequence), DCM_ReferencedSOPClassUID),
            "1.3.12.2.1107.5.9.1");
  EXPECT_EQ(text(DCM_RelatedGeneralSOPClassUID), cleaner_.pseudonyms().uid("MUELLER"));
}

TEST_F(Cleaned, BlanksAroundAUidMakeNoOtherOne) {
  putText(dataset_.items(), DCM_FrameOfReferenceUID, " 1.2.3.300");
  clean();
  EXPECT_EQ(text(DCM_FrameOfReferenceUID), cleaner_.pseudonyms().uid("1.2.3.300"));
}

TEST_F(Cleaned, OfSeveralValuesOnlyThoseThatAreNotPlainGo) {
  putText(dataset_.items(), DCM_ImageType, "ORIGINAL\\PRIMARY\\AXIAL\\Hans Mueller");
  putText(dataset_.items(), DCM_AcquisitionNumber, "12345678901");
  clean();
  EXPECT_EQ(text(DCM_ImageType), "ORIGINAL\\PRIMARY\\AXIAL\\");
  EXPECT_TRUE(dataset_.items().tagExists(DCM_AcquisitionNumber));
  EXPECT_EQ(text(DCM_AcquisitionNumber), "");
}

TEST_F(Cleaned, ItemsAreTreatedAtAnyDepth) {
  DcmItem* item = &dataset_.items();
  for (int depth = 0; depth < 5; ++depth) item = &addItem(*item, DCM_SourceImageSequence);
  putText(*item, DCM_InstitutionName, "St. Elsewhere");
  putText(*item, DcmTagKey(0x0040, 0xa075), "DR^WHO");  // Verifying Observer Name
  clean();
  item = &dataset_.items();
  for (int depth = 0; depth < 5; ++depth) item = firstItemOf(*item, DCM_SourceImageSequence);
  EXPECT_EQ(textOf(*item, DCM_InstitutionName), "ANON");
  EXPECT_EQ(textOf(*item, DcmTagKey(0x0040, 0xa075)), "ANON");
}

TEST_F(Cleaned, PrivateAttributesGo) {
  DcmItem& items = dataset_.items();
  ASSERT_TRUE(items.putAndInsertString(DcmTag(0x0009, 0x0010, EVR_LO), "ACME").good());
  ASSERT_TRUE(items.putAndInsertString(DcmTag(0x0009, 0x1001, EVR_LO), "MUELLER").good());
  clean();
  EXPECT_FALSE(items.tagExists(DcmTagKey(0x0009, 0x0010)));
  EXPECT_FALSE(items.tagExists(DcmTagKey(0x0009, 0x1001)));
}

TEST_F(Cleaned, ATextWhereBytesOrNumbersBelongGoes) {
  DcmItem& items = dataset_.items();
  ASSERT_TRUE(items.putAndInsertString(DcmTag(0x0028, 0x3006, EVR_LT), "MUELLER").good());
  ASSERT_TRUE(items.putAndInsertString(DcmTag(0x0018, 0x0050, EVR_LO), "CT").good());
  ASSERT_TRUE(items.putAndInsertString(DcmTag(0x0028, 0x0106, EVR_SS), "-1").good());  // US or SS
  clean();
  EXPECT_FALSE(items.tagExists(DCM_LUTData));
  EXPECT_FALSE(items.tagExists(DCM_SliceThickness));
  EXPECT_TRUE(items.tagExists(DCM_SmallestImagePixelValue));
}

TEST_F(Cleaned, PixelsStay) {
  const Uint8 bytes[4] = {1, 2, 3, 4};
  dataset_.items().putAndInsertUint8Array(DCM_PixelData, bytes, 4);
  DicomDataset read = DicomDataset::parse("read.dcm", dataset_.bytes());  // implicit, where no VR is written
  cleaner_.clean(read);
  EXPECT_TRUE(read.items().tagExists(DCM_PixelData));
}

TEST_F(Cleaned, DescriptionsStayWhereTheyAreHarmless) {
  putText(dataset_.items(), DCM_SeriesDescription, "CT Abdomen venous");
  putText(dataset_.items(), DCM_StudyDescription, "Mueller follow-up");
  clean();
  EXPECT_EQ(text(DCM_SeriesDescription), "CT Abdomen venous");
  EXPECT_FALSE(dataset_.items().tagExists(DCM_StudyDescription));
}

TEST_F(Cleaned, StructuresOfUnknownNamesGetTheirNumber) {
  for (const char* name : {"Liver", "Mueller tumour"}) {
    DcmItem& roi = addItem(dataset_.items(), DCM_StructureSetROISequence);
    putText(roi, DCM_ROINumber, "7");
    putText(roi, DCM_ROIName, name);
  }
  clean();
  const auto rois = itemsOf(dataset_.items(), DCM_StructureSetROISequence);
  EXPECT_EQ(textOf(*rois[0], DCM_ROIName), "Liver");
  EXPECT_EQ(textOf(*rois[1], DCM_ROIName), "ROI_7");
  EXPECT_EQ(counts_.structures, 1);
}

TEST_F(Cleaned, CodesOfTheHospitalAreHiddenAndThoseOfDictionariesStay) {
  for (const char* scheme : {"SCT", "99MUELLER"}) {
    DcmItem& code = addItem(dataset_.items(), DCM_AnatomicRegionSequence);
    putText(code, DCM_CodeValue, "10200004");
    putText(code, DCM_CodingSchemeDesignator, scheme);
    putText(code, DCM_CodeMeaning, "Liver");
  }
  clean();
  const auto codes = itemsOf(dataset_.items(), DCM_AnatomicRegionSequence);
  EXPECT_EQ(textOf(*codes[0], DCM_CodeMeaning), "Liver");
  EXPECT_EQ(textOf(*codes[1], DCM_CodeMeaning), "ANON");
  EXPECT_EQ(textOf(*codes[1], DCM_CodingSchemeDesignator), "99ANON");
}

TEST(Anonymized, IsMarkedAndHasNewMetaInformation) {
  DicomDataset dataset = sampleSlice();
  const Pseudonyms pseudonyms("sixteen bytes or more");
  const AnonymizedFile file = anonymized(dataset, AttributeRules::shipped(), pseudonyms, {});
  DicomDataset read = DicomDataset::parse("written.dcm", file.bytes);
  EXPECT_EQ(textOf(read.items(), DCM_PatientIdentityRemoved), "YES");
  EXPECT_EQ(itemsOf(read.items(), DCM_DeidentificationMethodCodeSequence).size(), 3U);
  EXPECT_EQ(textOf(read.items(), DCM_PatientID), file.patient);
  EXPECT_NE(file.bytes.find(pseudonyms.uid("1.2.3.1")), std::string::npos);
  EXPECT_EQ(file.bytes.find("MUELLER"), std::string::npos);
  EXPECT_EQ(file.bytes.find("1.2.3.1"), std::string::npos);
}

}  // namespace
}  // namespace recontour
