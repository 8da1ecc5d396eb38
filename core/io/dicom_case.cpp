#include "core/io/dicom_case.h"

#include <atomic>
#include <exception>
#include <thread>

#include "core/base/error.h"
#include "core/io/dicom_pixels.h"
#include "core/io/dicom_series.h"
#include "core/io/straightened_case.h"

namespace recontour {
namespace {

/// Decodes the slices of a series on this thread and one more; progress is told from this one alone.
class SliceDecoder {
 public:
  SliceDecoder(const FileSet& files, const DicomSeries& series, std::stop_token stop)
      : files_(files), series_(series), stop_(std::move(stop)), voxels_(voxelCount(series.geometry.size)) {}

  std::vector<std::int16_t> decodeAll(OpenProgress& progress) {
    const std::size_t middle = series_.slices.size() / 2;
    decode(middle);
    const auto pixels = slicePixels(middle);
    if (!series_.shear) progress.firstSlice({series_.geometry, int(middle), {pixels.begin(), pixels.end()}});
    {
      std::jthread helper([this] { work(nullptr); });
      work(&progress);
    }
    if (failure_) std::rethrow_exception(failure_);
    if (stop_.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    progress.progress("read", int(series_.slices.size()), int(series_.slices.size()), -1);
    return std::move(voxels_);
  }
  std::size_t clamped() const { return clamped_; }

 private:
  std::span<std::int16_t> slicePixels(std::size_t z) {
    const std::size_t count = voxelCount({series_.geometry.size.x, series_.geometry.size.y, 1});
    return std::span(voxels_).subspan(z * count, count);
  }
  void decode(std::size_t z) {
    clamped_ += readDicomPixels(files_, series_.slices[z], slicePixels(z));
    ++done_;
  }
  /// Outwards from the middle, which is decoded already: what lies beside the slice that is looked at comes first.
  std::size_t sliceOfTurn(std::size_t turn) const {
    const std::size_t count = series_.slices.size(), middle = count / 2, step = (turn + 1) / 2;
    return turn % 2 == 1 && middle + step < count ? middle + step : middle - step;
  }
  void work(OpenProgress* progress) {
    try {
      for (std::size_t turn = next_++; turn < series_.slices.size() && !stop_.stop_requested() && !failed_;
           turn = next_++) {
        decode(sliceOfTurn(turn));
        if (progress != nullptr) progress->progress("read", int(done_), int(series_.slices.size()), -1);
      }
    } catch (...) {
      if (!failed_.exchange(true)) failure_ = std::current_exception();
    }
  }

  const FileSet& files_;
  const DicomSeries& series_;
  std::stop_token stop_;
  std::vector<std::int16_t> voxels_;
  std::atomic<std::size_t> next_{1}, done_{0}, clamped_{0};
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;  // written by the one thread that set failed_, read after both are done
};

DicomReference referenceOf(const DicomSeries& series) {
  const DicomSlice& first = series.slices.front();
  DicomReference reference{first.study, first.series, first.frameOfReference, first.sopClass, {}};
  for (const DicomSlice& slice : series.slices) reference.sopInstanceUids.push_back(slice.sopInstance);
  return reference;
}

}  // namespace

Case openDicomCase(const FileSet& files, const OpenOptions& options, OpenProgress& progress, std::stop_token stop) {
  return openDicomCase(files, findCtSeries(files, options, progress, stop), progress, stop);
}

Case openDicomCase(const FileSet& files, DicomSeries series, OpenProgress& progress, std::stop_token stop) {
  progress.declares(voxelCount(series.geometry.size) * sizeof(std::int32_t));  // what a slice is decoded from
  SliceDecoder decoder(files, series, stop);
  std::vector<std::int16_t> voxels = decoder.decodeAll(progress);
  Case opened;
  opened.geometry = series.geometry;
  opened.volume = Volume(series.geometry.size, std::move(voxels));
  opened.dicom = referenceOf(series);
  opened.warnings = std::move(series.warnings);
  if (std::filesystem::is_directory(files.path()))
    for (const std::string& name : series.structures) opened.structures.push_back(files.path() / name);
  if (decoder.clamped() > 0) {
    opened.warnings.push_back(std::to_string(decoder.clamped()) +
                              " voxels lie outside -32768..32767 HU and were clamped.");
  }
  if (series.shear) straighten(opened, *series.shear, files.path());
  return opened;
}

}  // namespace recontour
