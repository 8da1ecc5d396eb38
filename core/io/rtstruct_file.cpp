#include "core/io/rtstruct_file.h"

#include <algorithm>
#include <map>
#include <set>

#include <dcmtk/dcmdata/dcuid.h>

#include "core/base/error.h"
#include "core/io/dicom_items.h"

namespace recontour {
namespace {

constexpr const char* kAgain = "export the structure set again";

/// Builds a structure set from the three sequences that tell of an ROI by its number.
class Reading {
 public:
  explicit Reading(DicomDataset& dataset)
      : file_(dataset.file()), items_(dataset.items()), characterSet_(textOf(items_, DCM_SpecificCharacterSet)) {}

  StructureSet all() {
    readAbout();
    readReferences();
    readRois();
    readContours();
    readObservations();
    return std::move(set_);
  }

 private:
  std::string text(DcmItem& item, const DcmTagKey& tag) const { return readableTextOf(item, tag, characterSet_); }
  [[noreturn]] void fail(const std::string& cause) const { throw Error(file_, cause, kAgain); }

  void readAbout() {
    set_.label = text(items_, DCM_StructureSetLabel);
    set_.name = text(items_, DCM_StructureSetName);
    set_.sopInstanceUid = textOf(items_, DCM_SOPInstanceUID);
    set_.sopClassUid = textOf(items_, DCM_SOPClassUID);
    set_.approvalStatus = textOf(items_, DCM_ApprovalStatus);
    set_.manufacturer = text(items_, DCM_Manufacturer);
    const std::string model = text(items_, DCM_ManufacturerModelName);
    if (!model.empty()) set_.manufacturer += (set_.manufacturer.empty() ? "" : " ") + model;
  }

  void readReferences() {
    set_.frameOfReferenceUid = textOf(items_, DCM_FrameOfReferenceUID);
    for (DcmItem* frame : itemsOf(items_, DCM_ReferencedFrameOfReferenceSequence)) {
      if (set_.frameOfReferenceUid.empty()) set_.frameOfReferenceUid = textOf(*frame, DCM_FrameOfReferenceUID);
      for (DcmItem* study : itemsOf(*frame, DCM_RTReferencedStudySequence))
        for (DcmItem* series : itemsOf(*study, DCM_RTReferencedSeriesSequence))
          set_.referencedSeries.push_back(textOf(*series, DCM_SeriesInstanceUID));
    }
  }

  void readRois() {
    for (DcmItem* item : itemsOf(items_, DCM_StructureSetROISequence)) {
      Roi roi;
      roi.number = wholeNumberOf(*item, DCM_ROINumber, -1);
      if (roi.number < 0) fail("an ROI has no ROI Number");
      if (find(roi.number) != nullptr) fail("two ROIs have the number " + std::to_string(roi.number));
      roi.name = text(*item, DCM_ROIName);
      roi.algorithm = textOf(*item, DCM_ROIGenerationAlgorithm);
      roi.frameOfReferenceUid = textOf(*item, DCM_ReferencedFrameOfReferenceUID);
      if (set_.frameOfReferenceUid.empty()) set_.frameOfReferenceUid = roi.frameOfReferenceUid;
      byNumber_[roi.number] = set_.rois.size();
      set_.rois.push_back(std::move(roi));
    }
  }

  Roi* find(int number) {
    const auto found = byNumber_.find(number);
    return found == byNumber_.end() ? nullptr : &set_.rois[found->second];
  }

  void readContours() {
    for (DcmItem* item : itemsOf(items_, DCM_ROIContourSequence)) {
      const int number = wholeNumberOf(*item, DCM_ReferencedROINumber, -1);
      Roi* roi = find(number);
      if (roi == nullptr) {
        set_.warnings.push_back("Contours of an ROI with the number " + std::to_string(number) +
                                ", which the set does not have, are not shown.");
        continue;
      }
      if (!withContours_.insert(number).second) fail("the contours of ROI " + roi->name + " are there twice");
      const auto colour = decimalsOf(*item, DCM_ROIDisplayColor);
      if (colour.size() == 3) roi->colour = colourOf(colour);
      for (DcmItem* contour : itemsOf(*item, DCM_ContourSequence)) readContour(*contour, *roi);
    }
  }

  static std::array<std::uint8_t, 3> colourOf(const std::vector<double>& parts) {
    std::array<std::uint8_t, 3> colour{};
    for (std::size_t i = 0; i < colour.size(); ++i)
      colour[i] = static_cast<std::uint8_t>(std::clamp(parts[i], 0.0, 255.0));
    return colour;
  }

  void readContour(DcmItem& item, Roi& roi) {
    const std::string type = textOf(item, DCM_ContourGeometricType);
    const bool isXor = type == "CLOSEDPLANAR_XOR";
    if (!isXor && type != "CLOSED_PLANAR" && !type.empty()) {
      ++roi.otherContours;
      return;
    }
    Contour contour = contourOf(item, roi);
    const bool isPoint = contour.pointsMm.size() < 3;
    if (isPoint) ++roi.otherContours;
    if (isPoint) return;
    if (!roi.contours.empty() && roi.xorContours != isXor) fail("ROI " + roi.name + " mixes XOR and other contours");
    roi.xorContours = isXor;
    roi.contours.push_back(std::move(contour));
  }

  Contour contourOf(DcmItem& item, const Roi& roi) const {
    const auto numbers = decimalsOf(item, DCM_ContourData);
    const std::string which = "contour " + std::to_string(roi.contours.size() + 1) + " of ROI " + roi.name;
    const std::string text = numbers.empty() ? textOf(item, DCM_ContourData) : std::string();
    if (!text.empty()) fail(which + " holds something that is no number");
    if (numbers.size() % 3 != 0) fail(which + " has coordinates that are not a multiple of three");
    const int declared = wholeNumberOf(item, DCM_NumberOfContourPoints, -1);
    if (declared >= 0 && static_cast<std::size_t>(declared) != numbers.size() / 3)
      fail(which + " has " + std::to_string(numbers.size() / 3) + " points, but says " + std::to_string(declared));
    Contour contour;
    for (std::size_t i = 0; i < numbers.size(); i += 3)
      contour.pointsMm.push_back({numbers[i], numbers[i + 1], numbers[i + 2]});
    return contour;
  }

  void readObservations() {
    for (DcmItem* item : itemsOf(items_, DCM_RTROIObservationsSequence)) {
      Roi* roi = find(wholeNumberOf(*item, DCM_ReferencedROINumber, -1));
      if (roi == nullptr) continue;
      roi->interpretedType = textOf(*item, DCM_RTROIInterpretedType);
      DcmItem* code = firstItemOf(*item, DCM_RTROIIdentificationCodeSequence);
      if (code == nullptr || textOf(*code, DCM_CodingSchemeDesignator) != "SCT") continue;
      roi->snomed = textOf(*code, DCM_CodeValue);
      roi->snomedMeaning = text(*code, DCM_CodeMeaning);
      if (DcmItem* side = firstItemOf(*code, DCM_SegmentedPropertyTypeModifierCodeSequence))
        roi->snomedModifier = textOf(*side, DCM_CodeValue);
    }
  }

  std::filesystem::path file_;
  DcmItem& items_;
  std::string characterSet_;
  StructureSet set_;
  std::map<int, std::size_t> byNumber_;
  std::set<int> withContours_;
};

bool isOf(DcmItem& items, const char* sopClass, const char* modality) {
  return textOf(items, DCM_SOPClassUID) == sopClass || textOf(items, DCM_Modality) == modality;
}

}  // namespace

bool isStructureSet(DicomDataset& dataset) { return isOf(dataset.items(), UID_RTStructureSetStorage, "RTSTRUCT"); }

bool isSegmentation(DicomDataset& dataset) { return isOf(dataset.items(), UID_SegmentationStorage, "SEG"); }

StructureSet structureSetOf(DicomDataset& dataset) {
  if (!isStructureSet(dataset)) {
    const std::string modality = oneLine(textOf(dataset.items(), DCM_Modality));
    throw Error(dataset.file(), "is no structure set (RTSTRUCT), but " +
                                    (modality.empty() ? "DICOM without a modality" : "DICOM of modality " + modality));
  }
  return Reading(dataset).all();
}

StructureSet readStructureSet(const std::filesystem::path& file) {
  DicomDataset dataset = DicomDataset::read(file);
  return structureSetOf(dataset);
}

}  // namespace recontour
