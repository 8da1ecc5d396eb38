#include "core/io/rtstruct_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <dcmtk/dcmdata/dcuid.h>

#include "core/base/error.h"
#include "core/image/tg263.h"
#include "core/io/dicom_context.h"
#include "core/io/dicom_items.h"
#include "core/structures/contour_raster.h"

namespace recontour {
namespace {

constexpr const char* kCtImage = "1.2.840.10008.5.1.4.1.1.2";
constexpr std::size_t kLongestExplicit = 65534;
constexpr std::size_t kShort = 16, kLong = 64, kText = 1024;  // SH, LO, ST

/// Ten thousandths of a millimetre, without zeros at the end; at most 16 characters (DS).
void appendDecimal(std::string& text, double value) {
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%.4f", value);
  std::string one(digits.data());
  one.erase(one.find_last_not_of('0') + 1);
  if (one.back() == '.') one.pop_back();
  if (one == "-0") one = "0";
  if (!text.empty()) text += '\\';
  text += one;
}

std::string contourData(const Contour& contour) {
  std::string text;
  for (const Point3& point : contour.pointsMm)
    for (const double part : {point.x, point.y, point.z}) appendDecimal(text, part);
  return text;
}

void putEquipment(DcmItem& item) {
  putText(item, DCM_Manufacturer, "Recontour");
  putText(item, DCM_ManufacturerModelName, "Recontour");
  putText(item, DCM_SoftwareVersions, RECONTOUR_VERSION);
}

/// Whether the last UTF-8 character lacks some of its bytes.
bool cutInCharacter(const std::string& text) {
  std::size_t start = text.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xc0) == 0x80) --start;
  const auto first = static_cast<unsigned char>(text[start]);
  const std::size_t needs = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return text.size() - start < needs;
}

/// The CT's frame of reference; where it names none, the one that the set is in.
std::string frameFor(DcmItem& items, const Case& ct, const std::string& uidRoot) {
  if (ct.dicom && !ct.dicom->frameOfReferenceUid.empty()) return ct.dicom->frameOfReferenceUid;
  std::string frame = textOf(items, DCM_FrameOfReferenceUID);
  for (DcmItem* one : itemsOf(items, DCM_ReferencedFrameOfReferenceSequence))
    if (frame.empty()) frame = textOf(*one, DCM_FrameOfReferenceUID);
  for (DcmItem* roi : itemsOf(items, DCM_StructureSetROISequence))
    if (frame.empty()) frame = textOf(*roi, DCM_ReferencedFrameOfReferenceUID);
  return frame.empty() ? frameOfReferenceOf(ct, uidRoot) : frame;
}

bool knowsSlices(const Case& ct) {
  return ct.dicom && !ct.dicom->studyUid.empty() && !ct.dicom->seriesUid.empty() &&
         ct.dicom->sopInstanceUids.size() == static_cast<std::size_t>(ct.geometry.size.z) &&
         std::ranges::none_of(ct.dicom->sopInstanceUids, [](const std::string& uid) { return uid.empty(); });
}

/// Contours name slices of those series alone that the set lists, where it lists any.
bool mayName(DcmItem& items, const std::string& seriesUid) {
  bool listsOthers = false;
  for (DcmItem* frame : itemsOf(items, DCM_ReferencedFrameOfReferenceSequence))
    for (DcmItem* study : itemsOf(*frame, DCM_RTReferencedStudySequence))
      for (DcmItem* series : itemsOf(*study, DCM_RTReferencedSeriesSequence)) {
        if (textOf(*series, DCM_SeriesInstanceUID) == seriesUid) return true;
        listsOthers = true;
      }
  return !listsOthers;
}

/// Writes ROIs into the three sequences of a data set.
class Writing {
 public:
  Writing(DcmItem& items, const Case& ct, const StructureSetFacts& facts)
      : items_(items),
        ct_(ct),
        facts_(facts),
        frame_(frameFor(items, ct, facts.uidRoot)),
        hasSlices_(knowsSlices(ct) && mayName(items, ct.dicom->seriesUid)),
        utf8_(textOf(items, DCM_SpecificCharacterSet) == "ISO_IR 192") {}

  void putFacts() {
    putText(items_, DCM_SOPClassUID, UID_RTStructureSetStorage);
    putText(items_, DCM_SOPInstanceUID, dicomUid(facts_.uidRoot, "structure set " + facts_.uidText));
    putText(items_, DCM_SeriesInstanceUID, dicomUid(facts_.uidRoot, "structure set series " + facts_.uidText));
    putText(items_, DCM_SeriesDescription, fitting(facts_.seriesDescription, kLong));
    for (const DcmTagKey& tag : {DCM_InstanceCreationDate, DCM_StructureSetDate}) putText(items_, tag, facts_.date);
    for (const DcmTagKey& tag : {DCM_InstanceCreationTime, DCM_StructureSetTime}) putText(items_, tag, facts_.time);
    putText(items_, DCM_StructureSetLabel, fitting(facts_.label, kShort));
    putText(items_, DCM_StructureSetDescription, fitting(facts_.description, kText));
    putTextOrEmpty(items_, DCM_OperatorsName, fitting(facts_.operatorName, kLong));
    putApproval();
  }

  void putApproval() {
    putText(items_, DCM_ApprovalStatus, facts_.approval ? "APPROVED" : "UNAPPROVED");
    putText(items_, DCM_ReviewDate, facts_.approval ? facts_.date : "");
    putText(items_, DCM_ReviewTime, facts_.approval ? facts_.time : "");
    putText(items_, DCM_ReviewerName, facts_.approval ? fitting(facts_.approval->name, kLong) : "");
  }

  void putReferences() {
    DcmItem& frame = addItem(items_, DCM_ReferencedFrameOfReferenceSequence);
    putText(frame, DCM_FrameOfReferenceUID, frame_);
    if (!hasSlices_) return;
    DcmItem& study = addItem(frame, DCM_RTReferencedStudySequence);
    putText(study, DCM_ReferencedSOPClassUID, UID_RETIRED_DetachedStudyManagementSOPClass);
    putText(study, DCM_ReferencedSOPInstanceUID, ct_.dicom->studyUid);
    DcmItem& series = addItem(study, DCM_RTReferencedSeriesSequence);
    putText(series, DCM_SeriesInstanceUID, ct_.dicom->seriesUid);
    for (int z = 0; z < ct_.geometry.size.z; ++z) putImage(series, z);
  }

  void addNew(const RoiToWrite& wanted, int number) {
    DcmItem& roi = addItem(items_, DCM_StructureSetROISequence);
    putText(roi, DCM_ROINumber, std::to_string(number));
    putText(roi, DCM_ReferencedFrameOfReferenceUID, frame_);
    putText(roi, DCM_ROIName, fitting(wanted.roi.name, kLong));
    putTextOrEmpty(roi, DCM_ROIGenerationAlgorithm, wanted.roi.algorithm);
    putText(roi, DCM_ROIGenerationDescription, fitting(wanted.description, kLong));
    DcmItem& contours = addItem(items_, DCM_ROIContourSequence);
    if (wanted.roi.colour) putText(contours, DCM_ROIDisplayColor, colourText(*wanted.roi.colour));
    for (const Contour& contour : wanted.roi.contours) addContour(contours, contour, wanted.roi.xorContours);
    putText(contours, DCM_ReferencedROINumber, std::to_string(number));
    addObservation(wanted, number);
  }

  void revise(const RoiToWrite& wanted) {
    const int number = wanted.roi.number;
    DcmItem* roi = itemOfNumber(DCM_StructureSetROISequence, DCM_ROINumber, number);
    if (roi == nullptr) throw Error("the structure set has no ROI with the number " + std::to_string(number));
    if (textOf(*roi, DCM_ROIGenerationAlgorithm) == "AUTOMATIC")
      putText(*roi, DCM_ROIGenerationAlgorithm, "SEMIAUTOMATIC");
    putText(*roi, DCM_ROIGenerationDescription, fitting(wanted.description, kLong));
    DcmItem* contours = itemOfNumber(DCM_ROIContourSequence, DCM_ReferencedROINumber, number);
    if (contours == nullptr) {
      contours = &addItem(items_, DCM_ROIContourSequence);
      putText(*contours, DCM_ReferencedROINumber, std::to_string(number));
    }
    removeContours(*contours, wanted.slices);
    for (const Contour& contour : wanted.roi.contours) addContour(*contours, contour, wanted.roi.xorContours);
    if (itemsOf(*contours, DCM_ContourSequence).empty()) contours->findAndDeleteElement(DCM_ContourSequence);
  }

  /// Some are longer than a decimal string can be where VRs are explicit.
  bool longContours() const { return longContours_; }

  /// Where it came from stays; what changed it is added (PS3.3 C.12.1).
  void addModifyingEquipment() {
    DcmItem& equipment = addItem(items_, DCM_ContributingEquipmentSequence);
    DcmItem& purpose = addItem(equipment, DCM_PurposeOfReferenceCodeSequence);
    putText(purpose, DCM_CodeValue, "109103");
    putText(purpose, DCM_CodingSchemeDesignator, "DCM");
    putText(purpose, DCM_CodeMeaning, "Modifying Equipment");
    putEquipment(equipment);
    putText(equipment, DCM_ContributionDateTime, facts_.date + facts_.time);
    putText(equipment, DCM_ContributionDescription, fitting(facts_.description, kText));
  }

  /// One that no sequence uses.
  int freeNumber() {
    return 1 + std::max({largest(DCM_StructureSetROISequence, DCM_ROINumber),
                         largest(DCM_ROIContourSequence, DCM_ReferencedROINumber),
                         largest(DCM_RTROIObservationsSequence, DCM_ReferencedROINumber)});
  }

 private:
  /// A text of ours in the data set's characters, at most so long.
  std::string fitting(std::string text, std::size_t longest) const {
    for (char& c : text) {
      if (!utf8_ && static_cast<unsigned char>(c) > 126) c = '?';
      if (c == '\\') c = '/';  // would begin another value
    }
    text = oneLine(text, longest);
    while (!text.empty() && cutInCharacter(text)) text.pop_back();
    return text;
  }

  void putImage(DcmItem& into, int z) {
    DcmItem& image = addItem(into, DCM_ContourImageSequence);
    putText(image, DCM_ReferencedSOPClassUID, ct_.dicom->sopClassUid.empty() ? kCtImage : ct_.dicom->sopClassUid);
    putText(image, DCM_ReferencedSOPInstanceUID, ct_.dicom->sopInstanceUids[static_cast<std::size_t>(z)]);
  }

  static std::string colourText(const std::array<std::uint8_t, 3>& colour) {
    return std::to_string(colour[0]) + "\\" + std::to_string(colour[1]) + "\\" + std::to_string(colour[2]);
  }

  void addContour(DcmItem& into, const Contour& contour, bool isXor) {
    DcmItem& item = addItem(into, DCM_ContourSequence);
    const auto z = nearestSlice(contour, ct_.geometry);
    if (z && hasSlices_) putImage(item, *z);
    putText(item, DCM_ContourGeometricType, isXor ? "CLOSEDPLANAR_XOR" : "CLOSED_PLANAR");
    putText(item, DCM_NumberOfContourPoints, std::to_string(contour.pointsMm.size()));
    const std::string data = contourData(contour);
    longContours_ = longContours_ || data.size() > kLongestExplicit;
    putText(item, DCM_ContourData, data);
  }

  /// Points and lines that enclose nothing stay.
  void removeContours(DcmItem& from, const std::set<int>& slices) {
    DcmSequenceOfItems* sequence = nullptr;
    if (from.findAndGetSequence(DCM_ContourSequence, sequence).bad()) return;
    for (DcmItem* item : itemsOf(from, DCM_ContourSequence)) {
      const std::string type = textOf(*item, DCM_ContourGeometricType);
      if (!type.empty() && type != "CLOSED_PLANAR" && type != "CLOSEDPLANAR_XOR") continue;
      Contour contour;
      const auto numbers = decimalsOf(*item, DCM_ContourData);
      for (std::size_t i = 0; i + 2 < numbers.size(); i += 3)
        contour.pointsMm.push_back({numbers[i], numbers[i + 1], numbers[i + 2]});
      const auto z = nearestSlice(contour, ct_.geometry);
      if (contour.pointsMm.size() >= 3 && z && slices.contains(*z)) delete sequence->remove(item);
    }
  }

  void addObservation(const RoiToWrite& wanted, int number) {
    const int observation = 1 + largest(DCM_RTROIObservationsSequence, DCM_ObservationNumber);
    DcmItem& item = addItem(items_, DCM_RTROIObservationsSequence);
    putText(item, DCM_ObservationNumber, std::to_string(observation));
    putText(item, DCM_ReferencedROINumber, std::to_string(number));
    if (!wanted.roi.snomed.empty()) {
      DcmItem& code =
          addSnomedCode(item, DCM_RTROIIdentificationCodeSequence, wanted.roi.snomed, wanted.roi.snomedMeaning);
      if (!wanted.roi.snomedModifier.empty())
        addSnomedCode(code, DCM_SegmentedPropertyTypeModifierCodeSequence, wanted.roi.snomedModifier,
                      sideMeaning(wanted.roi.snomedModifier));
    }
    putTextOrEmpty(item, DCM_RTROIInterpretedType, wanted.roi.interpretedType);
    putTextOrEmpty(item, DCM_ROIInterpreter, {});
  }

  int largest(const DcmTagKey& sequence, const DcmTagKey& tag) {
    constexpr int kMost = 2'000'000'000;
    int number = 0;
    for (DcmItem* item : itemsOf(items_, sequence)) number = std::max(number, wholeNumberOf(*item, tag, 0));
    if (number > kMost) throw Error("the structure set has no number left for another ROI");
    return number;
  }

  DcmItem* itemOfNumber(const DcmTagKey& sequence, const DcmTagKey& tag, int number) {
    for (DcmItem* item : itemsOf(items_, sequence))
      if (wholeNumberOf(*item, tag, -1) == number) return item;
    return nullptr;
  }

  DcmItem& items_;
  const Case& ct_;
  const StructureSetFacts& facts_;
  std::string frame_;
  bool hasSlices_;  ///< that contours may name
  bool utf8_;
  bool longContours_ = false;
};

void namePredecessor(DcmItem& items) {
  const std::string sopClass = textOf(items, DCM_SOPClassUID), instance = textOf(items, DCM_SOPInstanceUID);
  items.findAndDeleteElement(DCM_PredecessorStructureSetSequence);
  if (instance.empty()) return;
  DcmItem& predecessor = addItem(items, DCM_PredecessorStructureSetSequence);
  putText(predecessor, DCM_ReferencedSOPClassUID, sopClass.empty() ? UID_RTStructureSetStorage : sopClass);
  putText(predecessor, DCM_ReferencedSOPInstanceUID, instance);
}

}  // namespace

std::string newStructureSet(const Case& ct, DcmItem* slice, const StructureSetFacts& facts,
                            const std::vector<RoiToWrite>& rois) {
  DicomDataset made;
  DcmItem& items = made.items();
  putPatientAndStudy(items, ct, slice, facts.uidRoot);
  const bool plain = textOf(items, DCM_SpecificCharacterSet).empty();
  if (items.convertToUTF8().good() || plain) putText(items, DCM_SpecificCharacterSet, "ISO_IR 192");
  putEquipment(items);
  putText(items, DCM_Modality, "RTSTRUCT");
  putTextOrEmpty(items, DCM_SeriesNumber, "1");
  putText(items, DCM_InstanceNumber, "1");
  Writing writing(items, ct, facts);
  writing.putFacts();
  writing.putReferences();
  int number = 0;
  for (const RoiToWrite& roi : rois) writing.addNew(roi, ++number);
  return made.bytes();
}

std::string revisedStructureSet(DicomDataset predecessor, const Case& ct, const StructureSetFacts& facts,
                                const std::vector<RoiToWrite>& rois) {
  DcmItem& items = predecessor.items();
  namePredecessor(items);
  Writing writing(items, ct, facts);
  writing.putFacts();
  for (const DcmTagKey& tag : {DCM_DigitalSignaturesSequence, DCM_MACParametersSequence})
    items.findAndDeleteElement(tag);
  writing.addModifyingEquipment();
  int number = writing.freeNumber();
  for (const RoiToWrite& roi : rois) {
    if (roi.isThere)
      writing.revise(roi);
    else
      writing.addNew(roi, number++);
  }
  return predecessor.bytes(writing.longContours());
}

}  // namespace recontour
