#pragma once
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/io/ct_series.h"
#include "core/io/dicom_header.h"
#include "core/io/open_case.h"

namespace recontour {

/// A CT series ready to be read: slices in the order of the array's z, on one regular grid.
struct DicomSeries {
  std::vector<DicomSlice> slices;  ///< by rising position along the row x column normal
  Geometry geometry;
  std::optional<Shear> shear;  ///< of gantry tilt; only where that is allowed
  std::vector<std::string> warnings;
  std::vector<std::string> structures;  ///< names of the RTSTRUCT and SEG files beside it, the latest one first
};

/// Slices that may make one volume: of one series, one size, pixel spacing and orientation; where a series has several
/// slices at each position (phases, reconstructions), one of each.
struct DicomGroup {
  std::vector<DicomSlice> slices;
  CtSeries about;
};

/// An RTSTRUCT or SEG file among slices.
struct StructuresBeside {
  std::string name;   ///< of its file
  std::string study;  ///< Study Instance UID, may be empty
};

/// Reads all headers once. The usable ones come first, then those with more slices. @throws Error when there is no CT
/// @param structures  gets the RTSTRUCT and SEG files, the latest one first
std::vector<DicomGroup> groupCtSlices(const FileSet& files, ProgressSink& progress, std::stop_token stop,
                                      std::vector<StructuresBeside>* structures = nullptr);

/// The same without slices; empty when there is no CT.
std::vector<CtSeries> ctSeriesIn(const FileSet& files, ProgressSink& progress, std::stop_token stop);

/// SHA-256 that tells one set of slices from another by their SOP Instance UIDs, whatever their order.
std::string contentOf(std::vector<std::string> sopInstanceUids);

/// Finds a CT series among `files` and judges its geometry. Where several can be opened and none is wanted, `progress`
/// may have the user choose first: then it ends as cancelled.
/// @param options  its series is a group's number from 1 on, a Series Instance UID or a Series Description; empty: the
/// first group,
///                with a warning that names the others
/// Structure sets beside it that belong to the study of another CT among the files are not its own.
/// @throws Error when there is none, or when its slices do not make one regular grid: a slice missing or twice, gantry
///         tilt, no geometry
DicomSeries findCtSeries(const FileSet& files, const OpenOptions& options, OpenProgress& progress,
                         std::stop_token stop);

/// Sorts slices and judges their geometry; the second half of findCtSeries. @param source  named in errors
DicomSeries arrangeSlices(const FileSet& source, std::vector<DicomSlice> slices,
                          LeaningGrid leaning = LeaningGrid::Refused);

}  // namespace recontour
