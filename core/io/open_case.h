#pragma once
#include <filesystem>
#include <stop_token>

#include "core/base/progress_sink.h"
#include "core/image/case.h"
#include "core/image/shear.h"
#include "core/io/ct_series.h"

namespace recontour {

/// One slice along array axis z, handed out before the whole volume is read, so that there is something to look at.
struct FirstSlice {
  Geometry geometry;                 ///< of the whole volume
  int z = 0;                         ///< array index
  std::vector<std::int16_t> pixels;  ///< HU, size.x * size.y values, x fastest
};

/// Progress of opening a case. Called from the reading thread.
class OpenProgress : public ProgressSink {
 public:
  void progress(std::string_view, int, int, double) override {}
  virtual void firstSlice(const FirstSlice&) {}
  /// Told of all CTs where several can be opened and none was asked for. @return false to end as cancelled, so that the
  ///         user can choose; true to go on with the first
  virtual bool goesOnWithFirst(const std::vector<CtSeries>&) { return true; }
  /// Before memory is taken for the voxels: how many bytes they have by what the files declare.
  virtual void declares(std::uint64_t /*bytes*/) {}
};

/// Tells the progress of opening to any sink.
class ForwardedProgress final : public OpenProgress {
 public:
  explicit ForwardedProgress(ProgressSink& sink) : sink_(sink) {}
  void progress(std::string_view stage, int done, int total, double secondsLeft) override {
    sink_.progress(stage, done, total, secondsLeft);
  }

 private:
  ProgressSink& sink_;
};

/// What is wanted of a case that can be opened in several ways.
struct OpenOptions {
  std::string series;  ///< which CT series of DICOM, where there are several, see findCtSeries()
  /// Allowed: sheared axes and gantry tilt are resampled to right angles, and a warning tells the loss.
  LeaningGrid leaning = LeaningGrid::Refused;
};

/// Opens a CT: a NIfTI file (.nii, .nii.gz, a pair of .hdr and .img), an NRRD file (.nrrd, .nhdr), a folder with the
/// DICOM files of a series, or a .zip of one. DICOM slices are sorted by position along the row x column normal
/// (rising), never by file name, and rescaled slice by slice; DICOM and NIfTI agree in world coordinates (LPS mm).
/// Voxels stay in file order. Blocks; call it from a background thread.
/// @throws Error (one line naming file and cause; Cancelled when `stop` was requested)
Case openCase(const std::filesystem::path& path, OpenProgress& progress, std::stop_token stop,
              const OpenOptions& options = {});
Case openCase(const std::filesystem::path& path);

/// True for a path that openCase would try: by its ending or, for a folder, by what lies directly inside.
bool looksLikeCase(const std::filesystem::path& path);

/// The cases that lie directly in a folder, and the folders with DICOM at any depth below it, by name. @throws Error
/// when there are none
std::vector<std::filesystem::path> casesIn(const std::filesystem::path& folder);

/// Name of a case without .nii, .nii.gz, .nrrd, .zip: "word_0014" for "/data/word_0014.nii.gz".
std::string caseName(const std::filesystem::path& path);
/// The same without the channel number that nnU-Net's images have and its labels have not: "ct" for "ct_0000.nii.gz".
std::string caseNameWithoutChannel(const std::filesystem::path& path);

}  // namespace recontour
