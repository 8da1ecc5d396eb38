#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/io/dicom_header.h"

namespace recontour {

/// A CT series ready to be read: slices in the order of the array's z, on one regular grid.
struct DicomSeries {
  std::vector<DicomSlice> slices;  ///< by rising position along the row x column normal
  Geometry geometry;
  std::vector<std::string> warnings;
};

/// Finds the CT series with the most slices among `files` (others are named in a warning) and judges its geometry.
/// @throws Error when there is none, or when its slices do not make one regular grid: a slice missing or twice, gantry
///         tilt, mixed sizes or orientations
DicomSeries findCtSeries(const FileSet& files, ProgressSink& progress, std::stop_token stop);

/// Sorts slices and judges their geometry; the second half of findCtSeries. @param source  named in errors
DicomSeries arrangeSlices(const FileSet& source, std::vector<DicomSlice> slices);

}  // namespace recontour
