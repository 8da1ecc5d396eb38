#pragma once
#include <filesystem>

#include "core/io/dicom_dataset.h"
#include "core/structures/structure_set.h"

namespace recontour {

/// Reads an RTSTRUCT of any vendor. What is missing is told, not refused, as long as contours and ROIs can be told
/// apart: an ROI without contours, or that the contour sequence lacks, is empty; image references are not needed.
/// @throws Error when it is no RTSTRUCT, two ROIs have one number, or a contour's numbers cannot be read
/// Source: DICOM PS3.3 A.19, C.8.8.5, C.8.8.6, C.8.8.8
StructureSet readStructureSet(const std::filesystem::path& file);
/// The same of a data set that was read already.
StructureSet structureSetOf(DicomDataset& dataset);

/// Whether it says that it is an RTSTRUCT or a SEG.
bool isStructureSet(DicomDataset& dataset);
bool isSegmentation(DicomDataset& dataset);

}  // namespace recontour
