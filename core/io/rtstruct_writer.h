#pragma once
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/image/case.h"
#include "core/io/dicom_dataset.h"
#include "core/structures/structure_set.h"

namespace recontour {

/// An ROI as it is to be written.
struct RoiToWrite {
  Roi roi;                  ///< with all its contours; its number counts with `isThere` alone
  bool isThere = false;     ///< the predecessor has an ROI of this number: `contours` take the place of some of its own
  std::set<int> slices;     ///< array z of these; contours elsewhere stay as they are, byte by byte
  std::string description;  ///< how it came about; at most 64 characters
};

/// What a structure set says of itself.
struct StructureSetFacts {
  std::string label;        ///< at most 16 characters
  std::string description;  ///< of the set: model, hash, who revised
  std::string seriesDescription;
  std::string date, time;  ///< YYYYMMDD, HHMMSS
  std::string operatorName;
  std::string uidRoot = "2.25";
  std::string uidText;  ///< its UIDs follow from this text and the root alone
  struct Approval {
    std::string name, role;
  };
  std::optional<Approval> approval;  ///< none: UNAPPROVED
};

/// A structure set for a CT, as the bytes of a file.
/// @param slice  of the CT, see sliceOf(); null for a CT that is not DICOM
/// @throws Error
std::string newStructureSet(const Case& ct, DcmItem* slice, const StructureSetFacts& facts,
                            const std::vector<RoiToWrite>& rois);

/// A revision of a structure set: it names its predecessor and differs from it in UIDs, date, label, approval and the
/// ROIs given; all else stays as it was, private and unknown attributes included. A digital signature goes, since it no
/// longer holds.
/// @throws Error when it has no ROI of a number that is said to be there
std::string revisedStructureSet(DicomDataset predecessor, const Case& ct, const StructureSetFacts& facts,
                                const std::vector<RoiToWrite>& rois);

}  // namespace recontour
