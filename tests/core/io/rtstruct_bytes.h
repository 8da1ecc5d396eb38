#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "core/io/dicom_dataset.h"

namespace recontour {

/// A structure set put together item by item, the way vendors leave things out.
struct RtStructBytes {
  struct Roi {
    int number = 1;
    std::string name = "Liver";
    std::vector<std::string> contours = {};  ///< Contour Data each
    std::string type = "CLOSED_PLANAR";
    bool inContours = true;  ///< the ROI Contour Sequence has it
    bool hasImages = true;   ///< each contour refers to an image
  };
  std::vector<Roi> rois;
  std::string frame = "1.2.840.99";

  std::string bytes() const {
    DicomDataset made;
    DcmItem& items = made.items();
    put(items, DCM_SOPClassUID, "1.2.840.10008.5.1.4.1.1.481.3");
    put(items, DCM_SOPInstanceUID, "1.2.840.77.1");
    put(items, DCM_Modality, "RTSTRUCT");
    put(items, DCM_StructureSetLabel, "Plan");
    put(add(items, DCM_ReferencedFrameOfReferenceSequence), DCM_FrameOfReferenceUID, frame);
    for (const Roi& roi : rois) addRoi(items, roi);
    return made.bytes();
  }

  static void put(DcmItem& item, const DcmTagKey& tag, const std::string& text) {
    item.putAndInsertString(tag, text.c_str());
  }
  static DcmItem& add(DcmItem& item, const DcmTagKey& sequence) {
    DcmItem* added = nullptr;
    item.findOrCreateSequenceItem(sequence, added, -2);
    return *added;
  }

 private:
  static void addRoi(DcmItem& items, const Roi& roi) {
    DcmItem& about = add(items, DCM_StructureSetROISequence);
    put(about, DCM_ROINumber, std::to_string(roi.number));
    put(about, DCM_ROIName, roi.name);
    if (!roi.inContours) return;
    DcmItem& contours = add(items, DCM_ROIContourSequence);
    put(contours, DCM_ReferencedROINumber, std::to_string(roi.number));
    put(contours, DCM_ROIDisplayColor, "255\\128\\0");
    for (const std::string& data : roi.contours) {
      DcmItem& contour = add(contours, DCM_ContourSequence);
      if (roi.hasImages) put(add(contour, DCM_ContourImageSequence), DCM_ReferencedSOPInstanceUID, "1.2.3.4");
      put(contour, DCM_ContourGeometricType, roi.type);
      const auto numbers = std::count(data.begin(), data.end(), '\\') + 1;
      put(contour, DCM_NumberOfContourPoints, std::to_string(numbers / 3));
      put(contour, DCM_ContourData, data);
    }
  }
};

}  // namespace recontour
