// Structure sets as files: what is read, and what a revision leaves as it was.
#include "core/io/rtstruct_file.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmdata/dcvrobow.h>
#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "core/io/convert_structures.h"
#include "core/io/dicom_items.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/io/rtstruct_writer.h"
#include "core/io/structure_job.h"
#include "core/structures/contour_raster.h"
#include "core/structures/rois_of_labels.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/rtstruct_bytes.h"
#include "tests/core/io/test_folder.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

const char* const kSquare = "0\\0\\10\\4\\0\\10\\4\\4\\10\\0\\4\\10";

RtStructBytes twoRois() { return {{{3, "Liver", {kSquare}}, {8, "PTV 60", {kSquare}}}}; }

/// Contour Data of each ROI, as the file has it.
std::map<std::string, std::vector<std::string>> contourData(const std::filesystem::path& file,
                                                            const std::string& bytes) {
  DicomDataset dataset = DicomDataset::parse(file, bytes);
  std::map<std::string, std::string> names;
  for (DcmItem* roi : itemsOf(dataset.items(), DCM_StructureSetROISequence))
    names[textOf(*roi, DCM_ROINumber)] = textOf(*roi, DCM_ROIName);
  std::map<std::string, std::vector<std::string>> data;
  for (DcmItem* roi : itemsOf(dataset.items(), DCM_ROIContourSequence))
    for (DcmItem* contour : itemsOf(*roi, DCM_ContourSequence)) {
      OFString text;
      contour->findAndGetOFStringArray(DCM_ContourData, text);
      data[names[textOf(*roi, DCM_ReferencedROINumber)]].emplace_back(text.c_str(), text.length());
    }
  return data;
}

Case smallCt() {
  Case ct;
  ct.name = "small";
  ct.geometry = {{10, 8, 5}, {2, 2, 5}, {-9, -7, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  ct.imageHash = "abc";
  return ct;
}

StructureSetFacts facts() {
  StructureSetFacts result;
  result.label = "Revision R1";
  result.description = "Revised by R1. Not approved.";
  result.date = "20261127";
  result.time = "120000";
  result.uidText = "a session";
  return result;
}

TEST(RtStruct, NamesNumbersColoursAndContoursAreRead) {
  const TestFolder folder;
  const StructureSet set = readStructureSet(folder.write("set.dcm", twoRois().bytes()));
  ASSERT_EQ(set.rois.size(), 2U);
  EXPECT_EQ(set.label, "Plan");
  EXPECT_EQ(set.frameOfReferenceUid, "1.2.840.99");
  EXPECT_EQ(set.rois[1].name, "PTV 60");
  EXPECT_EQ(set.rois[1].number, 8);
  EXPECT_EQ(set.rois[0].colour, (std::array<std::uint8_t, 3>{255, 128, 0}));
  ASSERT_EQ(set.rois[0].contours.size(), 1U);
  EXPECT_EQ(set.rois[0].contours[0].pointsMm[2], (Point3{4, 4, 10}));
}

TEST(RtStruct, AnotherFileIsRefusedByWhatItIs) {
  const TestFolder folder;
  const auto text = folder.write("notes.dcm", std::string(400, 'x'));
  EXPECT_NE(errorOf([&] { readStructureSet(text); }).find("is no DICOM file"), std::string::npos);
  DicomDataset ct;
  RtStructBytes::put(ct.items(), DCM_Modality, "CT");
  RtStructBytes::put(ct.items(), DCM_SOPClassUID, "1.2.840.10008.5.1.4.1.1.2");
  RtStructBytes::put(ct.items(), DCM_SOPInstanceUID, "1.2.3");
  const auto slice = folder.write("ct.dcm", ct.bytes());
  EXPECT_NE(errorOf([&] { readStructureSet(slice); }).find("DICOM of modality CT"), std::string::npos);
}

TEST(RtStruct, ARevisionKeepsWhatWasNotRevisedByteByByte) {
  const TestFolder folder;
  RtStructBytes made = twoRois();
  made.rois[0].contours = {"0.10\\0.0\\10\\4.00\\0\\10\\4\\4\\10\\0\\4\\10", "0\\0\\15\\4\\0\\15\\4\\4\\15\\0\\4\\15"};
  const auto file = folder.write("set.dcm", made.bytes());
  DicomDataset predecessor = DicomDataset::read(file);
  predecessor.items().putAndInsertString(DcmTag(0x0009, 0x0010, EVR_LO), "VENDOR");
  predecessor.items().putAndInsertString(DcmTag(0x0009, 0x1001, EVR_LO), "private");
  RoiToWrite liver;
  liver.roi.number = 3;
  liver.roi.contours = {{{{0, 0, 15}, {2, 0, 15}, {2, 2, 15}}}};
  liver.isThere = true;
  liver.slices = {3};
  liver.description = "revised by R1";
  const std::string before = predecessor.bytes();
  const std::string bytes = revisedStructureSet(std::move(predecessor), smallCt(), facts(), {liver});
  const auto was = contourData(file, before), is = contourData(file, bytes);
  EXPECT_EQ(is.at("PTV 60"), was.at("PTV 60"));
  EXPECT_EQ(is.at("Liver").front(), was.at("Liver").front()) << "a slice that was not touched";
  EXPECT_EQ(is.at("Liver").back(), "0\\0\\15\\2\\0\\15\\2\\2\\15");
  EXPECT_EQ(is.at("Liver").size(), 2U);
  DicomDataset revised = DicomDataset::parse(file, bytes);
  EXPECT_NE(bytes.find("private"), std::string::npos) << "attributes that nobody here knows";
  EXPECT_NE(textOf(revised.items(), DCM_SOPInstanceUID), "1.2.840.77.1");
  DcmItem* named = firstItemOf(revised.items(), DCM_PredecessorStructureSetSequence);
  ASSERT_NE(named, nullptr);
  EXPECT_EQ(textOf(*named, DCM_ReferencedSOPInstanceUID), "1.2.840.77.1");
  EXPECT_EQ(textOf(revised.items(), DCM_ApprovalStatus), "UNAPPROVED");
}

TEST(RtStruct, ANewRoiNeverTakesTheNumberOfContoursThatNobodyClaims) {
  RtStructBytes made = twoRois();
  DicomDataset predecessor = DicomDataset::parse("set.dcm", made.bytes());
  DcmItem& orphan = RtStructBytes::add(predecessor.items(), DCM_ROIContourSequence);
  RtStructBytes::put(orphan, DCM_ReferencedROINumber, "41");
  RoiToWrite added;
  added.roi.name = "Spleen";
  added.roi.contours = {{{{0, 0, 15}, {2, 0, 15}, {2, 2, 15}}}};
  DicomDataset revised =
      DicomDataset::parse("new.dcm", revisedStructureSet(std::move(predecessor), smallCt(), facts(), {added}));
  const auto rois = itemsOf(revised.items(), DCM_StructureSetROISequence);
  EXPECT_EQ(textOf(*rois.back(), DCM_ROINumber), "42");
}

/// Of the spleen, on slice 3.
RoiToWrite spleen() {
  RoiToWrite added;
  added.roi.name = "Spleen";
  added.roi.contours = {{{{0, 0, 15}, {2, 0, 15}, {2, 2, 15}}}};
  return added;
}

TEST(RtStruct, ANewRoiIsInTheFrameOfItsSetWhereTheCtNamesNone) {
  const std::string bytes =
      revisedStructureSet(DicomDataset::parse("set.dcm", twoRois().bytes()), smallCt(), facts(), {spleen()});
  DicomDataset revised = DicomDataset::parse("new.dcm", bytes);
  const auto rois = itemsOf(revised.items(), DCM_StructureSetROISequence);
  EXPECT_EQ(textOf(*rois.back(), DCM_ReferencedFrameOfReferenceUID), "1.2.840.99");
}

TEST(RtStruct, ContoursNameNoSliceOfASeriesThatTheirSetDoesNotList) {
  Case ct = smallCt();
  ct.dicom = DicomReference{"1.2.5", "1.2.6", "1.2.840.99", "1.2.840.10008.5.1.4.1.1.2", {"1", "2", "3", "4", "5"}};
  const auto imagesWhereTheSetLists = [&](const char* series) {
    DicomDataset set = DicomDataset::parse("set.dcm", twoRois().bytes());
    DcmItem& frame = *firstItemOf(set.items(), DCM_ReferencedFrameOfReferenceSequence);
    RtStructBytes::put(
        RtStructBytes::add(RtStructBytes::add(frame, DCM_RTReferencedStudySequence), DCM_RTReferencedSeriesSequence),
        DCM_SeriesInstanceUID, series);
    DicomDataset revised = DicomDataset::parse("new.dcm", revisedStructureSet(std::move(set), ct, facts(), {spleen()}));
    DcmItem* contours = itemsOf(revised.items(), DCM_ROIContourSequence).back();
    return itemsOf(*firstItemOf(*contours, DCM_ContourSequence), DCM_ContourImageSequence).size();
  };
  EXPECT_EQ(imagesWhereTheSetLists("1.2.6"), 1U);
  EXPECT_EQ(imagesWhereTheSetLists("1.2.66"), 0U);
}

TEST(RtStruct, ContoursOfMoreThan64KilobytesAreReadThoughTheirVrIsUn) {
  DicomDataset set = DicomDataset::parse("set.dcm", twoRois().bytes());
  DcmItem& contours = *firstItemOf(set.items(), DCM_ROIContourSequence);
  DcmItem& contour = *firstItemOf(contours, DCM_ContourSequence);
  auto* element = new DcmOtherByteOtherWord(DcmTag(0x3006, 0x0050, EVR_UN));
  const std::string text = std::string(kSquare) + " ";
  element->putUint8Array(reinterpret_cast<const Uint8*>(text.data()), text.size());
  contour.insert(element, OFTrue);
  const StructureSet read = structureSetOf(set);
  ASSERT_EQ(read.rois[0].contours.size(), 1U);
  EXPECT_EQ(read.rois[0].contours[0].pointsMm[2], (Point3{4, 4, 10}));
}

TEST(RtStruct, OneSourceConvertedInTwoStylesAtOnceIsTwoObjects) {
  const TestFolder folder;
  LabelMap map({10, 8, 5});
  map.write({{2, 2, 1}, {6, 5, 3}}, {{4, 3, 2}, std::vector<Label>(24, 3)});
  StructureConversion conversion;
  conversion.source = folder.path() / "labels.nii.gz";
  writeLabelFile(conversion.source, map, smallCt().geometry);
  conversion.target = folder.path() / "set.dcm";
  conversion.targetFormat = StructureFormat::StructureSet;
  conversion.organs = OrganTable::named("word");
  conversion.date = "20261127";
  conversion.time = "120000";
  OpenProgress nothing;
  std::set<std::string> uids;
  for (const ContourEdge edge : {ContourEdge::SubVoxel, ContourEdge::VoxelEdge, ContourEdge::SubVoxel}) {
    conversion.contours.edge = edge;
    convertStructures(conversion, nothing, {});
    uids.insert(readStructureSet(conversion.target).sopInstanceUid);
  }
  EXPECT_EQ(uids.size(), 2U) << "the same contours have the same UID";
}

TEST(RtStruct, WithoutTheCtsSlicesNobodysPatientIsWritten) {
  const TestFolder folder;
  StructureSetJob job;
  job.ct = smallCt();
  job.ct.source = folder.path();
  job.ct.dicom = DicomReference{"1.2.5", "1.2.6", "1.2.7", "1.2.840.10008.5.1.4.1.1.2", {"1", "2", "3", "4", "5"}};
  job.facts = facts();
  job.rois = {spleen()};
  EXPECT_NE(errorOf([&] { structureSetBytes(job); }).find("slices are there no more"), std::string::npos);
}

TEST(RtStruct, ANewSetHasCodesNamesAndReferencesAndTheSameBytesTwice) {
  const TestFolder folder;
  Case ct = smallCt();
  ct.dicom = DicomReference{
      "1.2.5", "1.2.6", "1.2.7", "1.2.840.10008.5.1.4.1.1.2", {"1.2.6.0", "1.2.6.1", "1.2.6.2", "1.2.6.3", "1.2.6.4"}};
  LabelMap map(ct.geometry.size);
  map.write({{2, 2, 1}, {6, 5, 3}}, {{4, 3, 2}, std::vector<Label>(24, 3)});
  std::vector<RoiToWrite> rois;
  for (Roi& roi : roisOf(map, OrganTable::named("word"), ct.geometry)) rois.push_back({roi, false, {}, "drawn by R1"});
  const std::string bytes = newStructureSet(ct, nullptr, facts(), rois);
  EXPECT_EQ(bytes, newStructureSet(ct, nullptr, facts(), rois));
  const StructureSet set = readStructureSet(folder.write("new.dcm", bytes));
  ASSERT_EQ(set.rois.size(), 1U);
  EXPECT_EQ(set.rois[0].name, "Kidney_L");
  EXPECT_EQ(set.rois[0].snomed, "64033007");
  EXPECT_EQ(set.rois[0].snomedModifier, "7771000");
  EXPECT_EQ(set.referencedSeries, std::vector<std::string>{"1.2.6"});
  EXPECT_EQ(set.approvalStatus, "UNAPPROVED");
  EXPECT_EQ(set.frameOfReferenceUid, "1.2.7");
  EXPECT_TRUE(voxelsOf(set.rois[0], ct.geometry, 3).voxels == map);
  DicomDataset written = DicomDataset::parse("new.dcm", bytes);
  DcmItem* contour = firstItemOf(*firstItemOf(written.items(), DCM_ROIContourSequence), DCM_ContourSequence);
  EXPECT_EQ(textOf(*firstItemOf(*contour, DCM_ContourImageSequence), DCM_ReferencedSOPInstanceUID), "1.2.6.1");
}

TEST(RtStruct, AnApprovalHasNameAndTime) {
  StructureSetFacts approved = facts();
  approved.approval = {"Doe^Jane", "radiation oncologist"};
  const std::string bytes = newStructureSet(smallCt(), nullptr, approved, {});
  DicomDataset written = DicomDataset::parse("new.dcm", bytes);
  EXPECT_EQ(textOf(written.items(), DCM_ApprovalStatus), "APPROVED");
  EXPECT_EQ(textOf(written.items(), DCM_ReviewerName), "Doe^Jane");
  EXPECT_EQ(textOf(written.items(), DCM_ReviewDate), "20261127");
}

TEST(RtStruct, AContourOfManyPointsIsReadBackWhole) {
  const TestFolder folder;
  RoiToWrite wanted;
  wanted.roi.name = "Body";
  wanted.roi.contours.emplace_back();
  for (int i = 0; i < 9000; ++i)
    wanted.roi.contours[0].pointsMm.push_back({std::cos(i / 1433.0) * 100 + 0.1234, std::sin(i / 1433.0) * 100, 10});
  const auto file = folder.write("new.dcm", newStructureSet(smallCt(), nullptr, facts(), {wanted}));
  const StructureSet set = readStructureSet(file);
  ASSERT_EQ(set.rois[0].contours[0].pointsMm.size(), 9000U);
  EXPECT_NEAR(set.rois[0].contours[0].pointsMm[8999].x, wanted.roi.contours[0].pointsMm[8999].x, 6e-5);
}

TEST(RtStruct, NestingAndLengthsAreCheckedBeforeAnybodyReadsThem) {
  const TestFolder folder;
  std::string deep = std::string(128, '\0') + "DICM";
  DicomBytes::add(deep, 0x00020010, "UI", "1.2.840.10008.1.2.1");
  const std::string start("\x06\x30\x20\x00SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff", 20);
  for (int i = 0; i < 10000; ++i) deep += start;
  EXPECT_NE(errorOf([&] { readStructureSet(folder.write("deep.dcm", deep)); }).find("sequences within one another"),
            std::string::npos);
  const std::string whole = twoRois().bytes();
  for (const std::size_t cut : {std::size_t{300}, whole.size() / 2, whole.size() - 3}) {
    const auto file = folder.write("cut.dcm", whole.substr(0, cut));
    EXPECT_NE(errorOf([&] { readStructureSet(file); }), "no error") << cut;
  }
}

TEST(RtStruct, AHeaderThatLiesAboutItsLengthIsReadToItsRealEnd) {
  std::string bytes = newStructureSet(smallCt(), nullptr, facts(), {});
  const std::string lengthElement("\2\0\0\0UL\4\0", 8);
  const std::size_t at = bytes.find(lengthElement);
  ASSERT_NE(at, std::string::npos);
  for (const char* lie : {"\0\0\0\0", "\x20\0\0\0", "\0\0\0\x98", "\xff\xff\xff\xff"}) {
    bytes.replace(at + lengthElement.size(), 4, lie, 4);
    DicomDataset read = DicomDataset::parse("set.dcm", bytes);
    EXPECT_EQ(read.mediaStorageClass(), UID_RTStructureSetStorage);
    EXPECT_EQ(textOf(read.items(), DCM_StructureSetLabel), "Revision R1");
  }
}

TEST(RtStruct, ElementsOutOfOrderByTheThousandAreRefusedInNoTime) {
  const TestFolder folder;
  std::string bytes = std::string(128, '\0') + "DICM";
  DicomBytes::add(bytes, 0x00020010, "UI", "1.2.840.10008.1.2.1");
  for (std::uint32_t i = 0; i < 60000; ++i) DicomBytes::add(bytes, 0x4001ffff - i, "LO", "");
  EXPECT_NE(errorOf([&] { readStructureSet(folder.write("a.dcm", bytes)); }).find("do not follow one another"),
            std::string::npos);
}

/// What is expected of each file of the reference data: its ROIs and their contours, or the refusal.
const std::map<std::string, std::string> kFiles = {
    {"pycerr_pat_1/DCM_RS_00060.dcm", "GTV-1 26"},
    {"rt-utils/empty/dummy_rt.dcm", "ROI-1 3, ROI-2 3, ROI-3 3, ROI-4 3"},
    {"rt-utils/mock_data/invalid_reference_rt.dcm", "ROI-1 3, ROI-2 3, ROI-3 3, ROI-4 3"},
    {"rt-utils/mock_data/non_existent_reference_rt.dcm", "ROI-1 3, ROI-2 3, ROI-3 3, ROI-4 3"},
    {"rt-utils/mock_data/rt.dcm", "ROI-1 2"},
    {"pydicom/rtstruct.dcm", "patient 3, Isocenter 1 0, Isocenter 2 0"},
};

std::string roisText(const StructureSet& set) {
  std::string text;
  for (const Roi& roi : set.rois)
    text += (text.empty() ? "" : ", ") + roi.name + " " + std::to_string(roi.contours.size());
  return text;
}

/// The modality where it is no structure set.
std::string outcomeOf(const std::filesystem::path& file) {
  try {
    return roisText(readStructureSet(file));
  } catch (const Error& error) {
    const std::string text = error.what();
    return text.substr(text.find(": ") + 2);
  }
}

TEST(RtStructData, EveryFileOpensAsListedOrIsRefusedWithTheReason) {
  REQUIRE_REFERENCE_DATA();
  const auto root = referenceData("rtstruct");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().lexically_relative(root).string(), outcome = outcomeOf(entry.path());
    std::printf("%-52s %s\n", name.c_str(), outcome.c_str());
    const auto listed = kFiles.find(name);
    const bool text = name.find("LICENSE") != std::string::npos;
    if (listed != kFiles.end()) {
      EXPECT_EQ(outcome, listed->second) << name;
    } else {
      const char* const refusal = text                                       ? "is no DICOM file"
                                  : name.find("liver_") != std::string::npos ? "DICOM of modality SEG"
                                                                             : "DICOM of modality CT";
      EXPECT_NE(outcome.find(refusal), std::string::npos) << name << " is not listed: " << outcome;
    }
  }
}

TEST(RtStructData, ContourDataOfUneditedRoisIsByteEqualAfterARoundTrip) {
  REQUIRE_REFERENCE_DATA();
  const auto folder = referenceData("rtstruct/pycerr_pat_1");
  const auto file = folder / "DCM_RS_00060.dcm";
  StructureSetJob job{openCase(folder), file, {}, facts(), {}};
  const auto was = contourData(file, readWholeFile(file)), is = contourData(file, structureSetBytes(job));
  ASSERT_EQ(was.at("GTV-1").size(), 26U);
  EXPECT_EQ(is, was);
  const StructureSet set = readStructureSet(file);
  const RoiVoxels voxels = voxelsOf(set.rois[0], job.ct.geometry, 1);
  EXPECT_TRUE(voxels.problems.empty()) << voxels.problems.front();
  for (const std::string& note : voxels.notes) std::printf("%s\n", note.c_str());
  EXPECT_EQ(voxels.box.size().z, 26);
}

}  // namespace
}  // namespace recontour
