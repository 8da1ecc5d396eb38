#include "core/io/dicom_series.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numbers>

#include "core/base/error.h"
#include "core/io/affine.h"

namespace recontour {
namespace {

constexpr double kSameDirection = 1e-3;  // difference of cosines, rounding of decimal strings
constexpr double kSamePositionMm = 0.01;
constexpr double kLargestSidewaysMm = 0.1;  // over the whole series, else gantry tilt
constexpr double kSidewaysNoticedMm = 0.01;
constexpr std::size_t kMostNamed = 4;

std::string text(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.4g", value);
  return buffer;
}

Point3 cross(const Point3& a, const Point3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

Point3 unit(const Point3& v) { return v * (1 / length(v)); }

struct Scan {
  std::map<std::string, std::vector<DicomSlice>> series;  // by Series Instance UID
  std::map<std::string, int> otherModalities;
  int notDicom = 0;
};

Scan scan(const FileSet& files, ProgressSink& progress, const std::stop_token& stop) {
  Scan found;
  for (std::size_t i = 0; i < files.count(); ++i) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    DicomHeader header = readDicomHeader(files, i);
    if (header.content == DicomContent::NotDicom) ++found.notDicom;
    if (header.content == DicomContent::OtherModality) ++found.otherModalities[header.modality];
    if (header.content == DicomContent::CtSlice) found.series[header.slice.series].push_back(std::move(header.slice));
    progress.progress("scan", int(i) + 1, int(files.count()), -1);
  }
  return found;
}

[[noreturn]] void failWithoutCt(const FileSet& files, const Scan& found) {
  std::string what = std::to_string(files.count()) + (files.count() == 1 ? " file" : " files");
  for (const auto& [modality, count] : found.otherModalities) {
    what += ", " + std::to_string(count) + " DICOM of modality " + (modality.empty() ? "unknown" : modality);
  }
  if (found.otherModalities.empty()) what += ", none of them DICOM";
  throw Error(files.path(), "no CT series directly inside (" + what + ")",
              "give the folder that holds the CT's slices, or a .nii.gz");
}

std::string nameOf(const std::vector<DicomSlice>& series) {
  const std::string& name = series.front().description.empty() ? series.front().series : series.front().description;
  return "'" + name + "' (" + std::to_string(series.size()) + ")";
}

void checkOnePlane(const FileSet& source, const std::vector<DicomSlice>& slices) {
  const DicomSlice& first = slices.front();
  for (const DicomSlice& slice : slices) {
    const std::string name = source.name(slice.file);
    if (!slice.problem.empty()) throw Error(source.path(), "its slice " + name + " " + slice.problem);
    if (slice.rows != first.rows || slice.columns != first.columns) {
      throw Error(source.path(), "its slices have different sizes (" + source.name(first.file) + ", " + name + ")");
    }
    if (length(slice.rowDirection - first.rowDirection) > kSameDirection ||
        length(slice.columnDirection - first.columnDirection) > kSameDirection) {
      throw Error(source.path(),
                  "its slices have different orientations (" + source.name(first.file) + ", " + name +
                      "), as with a localizer in the series",
                  "keep the slices of one orientation");
    }
    if (std::abs(slice.rowSpacingMm - first.rowSpacingMm) > 1e-3 * first.rowSpacingMm ||
        std::abs(slice.columnSpacingMm - first.columnSpacingMm) > 1e-3 * first.columnSpacingMm) {
      throw Error(source.path(),
                  "its slices have different pixel spacings (" + source.name(first.file) + ", " + name + ")");
    }
  }
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Distance between slices in mm; the slices must lie evenly within 1 % of it or 0.01 mm.
double checkedSliceSpacing(const FileSet& source, const std::vector<DicomSlice>& slices,
                           const std::vector<double>& along) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < along.size(); ++i) {
    steps.push_back(along[i] - along[i - 1]);
    if (steps.back() >= kSamePositionMm) continue;
    throw Error(source.path(),
                "two of its slices lie at the same position (" + source.name(slices[i - 1].file) + ", " +
                    source.name(slices[i].file) + ")",
                "keep one phase or reconstruction");
  }
  const double usual = median(steps), tolerance = std::max(0.01 * usual, 0.01);
  std::string gaps;
  std::size_t uneven = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (std::abs(steps[i] - usual) <= tolerance || ++uneven > kMostNamed) continue;
    gaps += (gaps.empty() ? "" : ", ") + text(along[i]) + " to " + text(along[i + 1]);
  }
  if (uneven == 0) return (along.back() - along.front()) / double(steps.size());
  throw Error(source.path(),
              "its slices are not evenly spaced (" + text(usual) + " mm): slices are missing or displaced at " + gaps +
                  " mm" + (uneven > kMostNamed ? " and elsewhere" : ""),
              "export the whole series again");
}

void checkNoTilt(const FileSet& source, const std::vector<DicomSlice>& slices, const Point3& normal,
                 std::vector<std::string>& warnings) {
  const Point3 origin = slices.front().position;
  double sideways = 0;
  for (const DicomSlice& slice : slices) {
    const Point3 offset = slice.position - origin;
    sideways = std::max(sideways, length(offset - normal * dot(offset, normal)));
  }
  if (sideways <= kSidewaysNoticedMm) return;
  const Point3 whole = slices.back().position - origin;
  const double along = dot(whole, normal);
  const double degrees = std::atan2(length(whole - normal * along), along) * 180 / std::numbers::pi;
  if (sideways > kLargestSidewaysMm) {
    throw Error(source.path(),
                "its slices shift sideways by " + text(sideways) + " mm (gantry tilt of " + text(degrees) + " degrees)",
                "resample it to a grid with right angles");
  }
  warnings.push_back("The slices shift sideways by up to " + text(sideways) + " mm; ignored.");
}

double singleSliceSpacing(const DicomSlice& slice, std::vector<std::string>& warnings) {
  const double thickness = slice.thicknessMm > 0 ? slice.thicknessMm : 1;
  warnings.push_back("The series has one slice; its thickness is taken as " + text(thickness) + " mm.");
  return thickness;
}

}  // namespace

DicomSeries arrangeSlices(const FileSet& source, std::vector<DicomSlice> slices) {
  checkOnePlane(source, slices);
  const Point3 row = unit(slices.front().rowDirection), column = unit(slices.front().columnDirection);
  const Point3 normal = unit(cross(row, column));
  const auto along = [&](const DicomSlice& slice) { return dot(slice.position, normal); };
  std::stable_sort(slices.begin(), slices.end(),
                   [&](const DicomSlice& a, const DicomSlice& b) { return along(a) < along(b); });
  std::vector<double> positions;
  for (const DicomSlice& slice : slices) positions.push_back(along(slice));

  DicomSeries series;
  const double spacing = slices.size() == 1 ? singleSliceSpacing(slices.front(), series.warnings)
                                            : checkedSliceSpacing(source, slices, positions);
  checkNoTilt(source, slices, normal, series.warnings);
  const DicomSlice& first = slices.front();
  const Affine affine{{row * first.columnSpacingMm, column * first.rowSpacingMm, normal * spacing}, first.position};
  series.geometry =
      geometryFromAffine(source.path(), {first.columns, first.rows, int(slices.size())}, affine, series.warnings);
  series.slices = std::move(slices);
  return series;
}

DicomSeries findCtSeries(const FileSet& files, ProgressSink& progress, std::stop_token stop) {
  Scan found = scan(files, progress, stop);
  if (found.series.empty()) failWithoutCt(files, found);
  const auto most = std::max_element(found.series.begin(), found.series.end(),
                                     [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  const std::string chosen = nameOf(most->second);
  std::string others;
  for (const auto& [uid, slices] : found.series) {
    if (uid != most->first) others += (others.empty() ? "" : ", ") + nameOf(slices);
  }
  DicomSeries series = arrangeSlices(files, std::move(most->second));
  if (!others.empty()) {
    series.warnings.push_back("Several CT series (with their numbers of slices): " + chosen + " was opened, not " +
                              others + ".");
  }
  return series;
}

}  // namespace recontour
