#pragma once
// Private to core/anonymize.
#include <optional>
#include <string>

#include "core/io/dicom_dataset.h"

namespace recontour {

/// What a data set has beyond its pixels where pixels belong, which nobody would see in the picture: bytes behind the
/// last frame, fragments behind that of the last frame, tables of offsets with more than one for each frame. None where
/// there is nothing. Inside of a compressed frame it does not look.
std::optional<std::string> pixelSurplus(DicomDataset& dataset);

}  // namespace recontour
