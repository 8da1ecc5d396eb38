#pragma once
#include <map>
#include <string>

#include "core/image/case.h"
#include "core/image/label_layers.h"
#include "core/image/organ_table.h"

class DcmItem;

namespace recontour {

/// How a structure came about.
struct SegAlgorithm {
  std::string type = "MANUAL";  ///< "AUTOMATIC", "SEMIAUTOMATIC" or "MANUAL"
  std::string name, version;    ///< the name is needed unless MANUAL
};

/// What goes into a SEG. The same input gives the same bytes.
struct SegToWrite {
  Case ct;             ///< that the structures were drawn on; its voxels are not looked at
  LabelLayers labels;  ///< on the CT's grid; layers may lie over one another
  OrganTable organs;
  SegAlgorithm algorithm;                     ///< of structures that `algorithms` does not name
  std::map<Label, SegAlgorithm> algorithms;   ///< by structure
  std::string contentLabel = "SEGMENTATION";  ///< capitals, digits, blanks and underscores, at most 16
  std::string contentDescription, contentCreatorName, seriesDescription;
  std::string date, time;  ///< of content and series: "20260131", "235959"
  int seriesNumber = 1, instanceNumber = 1;
  std::string manufacturerModelName = "Recontour", deviceSerialNumber = "0";
  std::string uidRoot = "2.25";  ///< see dicomUid()
};

/// A Part 10 file of a binary DICOM Segmentation: a segment for each structure that has voxels, in the table's order
/// (docs/formats/seg.md). Source: DICOM PS3.3 A.51.
/// @param ctSlice  data set of one of the CT's slices, for patient and study; null without one
/// @throws Error when there is no voxel, a label that the table lacks, another grid, or text that DICOM does not take
std::string segmentationBytes(const SegToWrite& seg, DcmItem* ctSlice = nullptr);

}  // namespace recontour
