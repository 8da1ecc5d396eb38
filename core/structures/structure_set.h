#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// One closed contour in a plane (DICOM CLOSED_PLANAR): corners in LPS mm, the first one not repeated at the end. A
/// hole may be tied to its outline by a channel of no width (keyhole).
struct Contour {
  std::vector<Point3> pointsMm;
  friend bool operator==(const Contour&, const Contour&) = default;
};

/// A region of interest of a structure set.
/// Source: DICOM PS3.3 C.8.8.5 (structure set), C.8.8.6 (ROI contour), C.8.8.8 (RT ROI observations).
struct Roi {
  int number = 0;  ///< ROI Number (3006,0022)
  std::string name;
  std::optional<std::array<std::uint8_t, 3>> colour;  ///< sRGB
  std::string interpretedType;                        ///< "ORGAN", "PTV", ...; may be empty
  std::string algorithm;                              ///< "AUTOMATIC", "SEMIAUTOMATIC", "MANUAL"; may be empty
  std::string snomed;                                 ///< SNOMED CT code of what it is; may be empty
  std::string snomedMeaning;                          ///< what that code means; where it is to be written
  std::string snomedModifier;                         ///< of the side; may be empty
  std::string frameOfReferenceUid;                    ///< may be empty
  std::vector<Contour> contours;                      ///< of areas; none is an empty ROI
  bool xorContours = false;  ///< CLOSEDPLANAR_XOR: what an even number of contours holds is outside
  std::string problem = {};  ///< why it cannot be shown on the CT, one clause; it stays in the file
  int otherContours = 0;     ///< points and open lines, which hold no voxels: kept in the file, not shown
  friend bool operator==(const Roi&, const Roi&) = default;
};

/// What an RTSTRUCT says, as far as contours can be revised by it.
struct StructureSet {
  std::string label, name;                    ///< for people
  std::string sopInstanceUid, sopClassUid;    ///< of the file
  std::string frameOfReferenceUid;            ///< all ROIs' but for those that name another; may be empty
  std::vector<std::string> referencedSeries;  ///< Series Instance UIDs of the images that it was drawn on; may be none
  std::string approvalStatus;                 ///< "UNAPPROVED", "APPROVED", "REJECTED"; may be empty
  std::string manufacturer;                   ///< and model, as one text
  std::vector<Roi> rois;                      ///< in the file's order
  std::vector<std::string> warnings;          ///< one sentence each
};

}  // namespace recontour
