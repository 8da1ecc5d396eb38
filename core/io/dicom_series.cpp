#include "core/io/dicom_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <numbers>
#include <tuple>

#include "core/base/error.h"
#include "core/base/sha256.h"
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
  std::vector<std::pair<std::string, StructuresBeside>> structures;  // when it was made
  int notDicom = 0;
};

Scan scan(const FileSet& files, ProgressSink& progress, const std::stop_token& stop) {
  Scan found;
  for (std::size_t i = 0; i < files.count(); ++i) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    DicomHeader header = readDicomHeader(files, i);
    if (header.content == DicomContent::NotDicom) ++found.notDicom;
    if (header.modality == "RTSTRUCT" || header.modality == "SEG")
      found.structures.push_back({header.made, {files.name(i), header.slice.study}});
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
  return series.front().description.empty() ? series.front().series : series.front().description;
}

bool isOnePlane(const DicomSlice& a, const DicomSlice& b) {
  return a.rows == b.rows && a.columns == b.columns && length(a.rowDirection - b.rowDirection) <= kSameDirection &&
         length(a.columnDirection - b.columnDirection) <= kSameDirection &&
         std::abs(a.rowSpacingMm - b.rowSpacingMm) <= 1e-3 * b.rowSpacingMm &&
         std::abs(a.columnSpacingMm - b.columnSpacingMm) <= 1e-3 * b.columnSpacingMm;
}

using Slices = std::vector<DicomSlice>;

/// By size, pixel spacing and orientation. Slices that cannot be used stay with the first: they are its problem.
std::vector<Slices> byPlane(Slices slices) {
  std::vector<Slices> groups;
  Slices unusable;
  for (DicomSlice& slice : slices) {
    if (!slice.problem.empty()) {
      unusable.push_back(std::move(slice));
      continue;
    }
    const auto same = std::ranges::find_if(groups, [&](const Slices& g) { return isOnePlane(slice, g.front()); });
    if (same == groups.end()) {
      groups.push_back({std::move(slice)});
    } else {
      same->push_back(std::move(slice));
    }
  }
  if (groups.empty()) groups.emplace_back();
  std::ranges::stable_sort(groups, std::greater(), &Slices::size);
  std::ranges::move(unusable, std::back_inserter(groups.front()));
  return groups;
}

Point3 normalOf(const DicomSlice& slice) { return unit(cross(unit(slice.rowDirection), unit(slice.columnDirection))); }

/// Phases or reconstructions in one series: as many slices at each position. They are told apart by acquisition, then
/// by instance number.
std::vector<Slices> byPhase(Slices slices) {
  if (!std::ranges::all_of(slices, &std::string::empty, &DicomSlice::problem)) return {std::move(slices)};
  const Point3 normal = normalOf(slices.front());
  std::map<long, Slices> positions;
  for (const DicomSlice& slice : slices)
    positions[std::lround(dot(slice.position, normal) / kSamePositionMm)].push_back(slice);
  const std::size_t phases = positions.begin()->second.size();
  const bool even = std::ranges::all_of(positions, [&](const auto& at) { return at.second.size() == phases; });
  if (phases < 2 || !even) return {std::move(slices)};
  std::vector<Slices> groups(phases);
  for (auto& [position, here] : positions) {
    std::ranges::stable_sort(here, {}, [](const DicomSlice& s) { return std::pair(s.acquisition, s.instance); });
    for (std::size_t i = 0; i < phases; ++i) groups[i].push_back(std::move(here[i]));
  }
  return groups;
}

/// Groups are of one plane; a list from elsewhere may not be.
void checkOnePlane(const FileSet& source, const std::vector<DicomSlice>& slices) {
  for (const DicomSlice& slice : slices) {
    const std::string name = source.name(slice.file);
    if (!slice.problem.empty()) throw Error(source.path(), "its slice " + name + " " + slice.problem);
    if (!isOnePlane(slice, slices.front()))
      throw Error(source.path(), "its slices differ in size, pixel spacing or orientation (" +
                                     source.name(slices.front().file) + ", " + name + ")");
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

/// How the slices shift sideways from one to the next, which gantry tilt makes them do evenly. None where they hardly
/// do. @throws Error for what is refused, or uneven
std::optional<Shear> tiltOf(const FileSet& source, const std::vector<DicomSlice>& slices, const Geometry& grid,
                            LeaningGrid leaning, std::vector<std::string>& warnings) {
  const Point3 origin = slices.front().position;
  const auto sidewaysOf = [&](const Point3& offset) {
    return offset - grid.axisDirection(2) * dot(offset, grid.axisDirection(2));
  };
  double sideways = 0, uneven = 0;
  const int last = std::max(1, static_cast<int>(slices.size()) - 1);
  const Point3 step = sidewaysOf(slices.back().position - origin) * (1.0 / last);
  for (std::size_t z = 0; z < slices.size(); ++z) {
    const Point3 offset = sidewaysOf(slices[z].position - origin);
    sideways = std::max(sideways, length(offset));
    uneven = std::max(uneven, length(offset - step * double(z)));
  }
  if (sideways <= kSidewaysNoticedMm) return std::nullopt;
  if (sideways <= kLargestSidewaysMm) {
    warnings.push_back("The slices shift sideways by up to " + text(sideways) + " mm; ignored.");
    return std::nullopt;
  }
  const double degrees = std::atan2(length(step), grid.spacing.z) * 180 / std::numbers::pi;
  const std::string cause = "its slices shift sideways by " + text(sideways) + " mm";
  if (uneven > kLargestSidewaysMm) throw Error(source.path(), cause + ", not evenly", "export the whole series again");
  if (leaning == LeaningGrid::Refused)
    throw Error(source.path(), cause + " (gantry tilt of " + text(degrees) + " degrees)", kStraighten);
  return Shear{0, dot(step, grid.axisDirection(0)) / grid.spacing.x, dot(step, grid.axisDirection(1)) / grid.spacing.y,
               degrees};
}

double singleSliceSpacing(const DicomSlice& slice, std::vector<std::string>& warnings) {
  const double thickness = slice.thicknessMm > 0 ? slice.thicknessMm : 1;
  warnings.push_back("The series has one slice; its thickness is taken as " + text(thickness) + " mm.");
  return thickness;
}

}  // namespace

DicomSeries arrangeSlices(const FileSet& source, std::vector<DicomSlice> slices, LeaningGrid leaning) {
  checkOnePlane(source, slices);
  const Point3 row = unit(slices.front().rowDirection), column = unit(slices.front().columnDirection);
  const Point3 normal = normalOf(slices.front());
  const auto along = [&](const DicomSlice& slice) { return dot(slice.position, normal); };
  std::stable_sort(slices.begin(), slices.end(),
                   [&](const DicomSlice& a, const DicomSlice& b) { return along(a) < along(b); });
  std::vector<double> positions;
  for (const DicomSlice& slice : slices) positions.push_back(along(slice));

  DicomSeries series;
  const double spacing = slices.size() == 1 ? singleSliceSpacing(slices.front(), series.warnings)
                                            : checkedSliceSpacing(source, slices, positions);
  const DicomSlice& first = slices.front();
  const Affine affine{{row * first.columnSpacingMm, column * first.rowSpacingMm, normal * spacing}, first.position};
  const FileGrid grid =
      gridFromAffine(source.path(), {first.columns, first.rows, int(slices.size())}, affine, series.warnings);
  refuseShear(source.path(), grid.shear);  // within a slice: its directions are not at right angles
  series.geometry = grid.geometry;
  series.shear = tiltOf(source, slices, series.geometry, leaning, series.warnings);
  series.slices = std::move(slices);
  return series;
}

namespace {

/// By the patient axis that the slices are stacked along.
std::string planeOf(const DicomSlice& slice) {
  constexpr double kAligned = 0.98;  // 11 degrees
  constexpr std::array kPlanes = {"sagittal", "coronal", "axial"};
  const Point3 normal = normalOf(slice);
  for (int axis = 0; axis < 3; ++axis) {
    if (std::abs(normal[axis]) > kAligned) return kPlanes[std::size_t(axis)];
  }
  return "oblique";
}

std::string contentOf(const Slices& slices) {
  std::vector<std::string> uids;
  for (const DicomSlice& slice : slices) uids.push_back(slice.sopInstance);
  return recontour::contentOf(std::move(uids));
}

CtSeries aboutGroup(const FileSet& files, const Slices& slices) {
  const DicomSlice& first = slices.front();
  CtSeries about{nameOf(slices),
                 {},
                 {first.columns, first.rows, int(slices.size())},
                 {first.columnSpacingMm, first.rowSpacingMm, 0},
                 {},
                 first.series,
                 first.patient,
                 contentOf(slices)};
  try {
    about.spacingMm = arrangeSlices(files, slices).geometry.spacing;
    about.plane = planeOf(first);
  } catch (const Error& error) {
    about.problem = error.what();
  }
  return about;
}

}  // namespace

std::string contentOf(std::vector<std::string> sopInstanceUids) {
  std::ranges::sort(sopInstanceUids);
  std::string all;
  for (const std::string& uid : sopInstanceUids) all += uid + '\n';
  return sha256Hex(all);
}

namespace {

std::vector<DicomGroup> groupsOf(const FileSet& files, Scan&& found) {
  std::vector<DicomGroup> groups;
  for (auto& [uid, slices] : found.series) {
    for (Slices& plane : byPlane(std::move(slices))) {
      for (Slices& phase : byPhase(std::move(plane))) groups.push_back({std::move(phase), {}});
    }
  }
  for (DicomGroup& group : groups) group.about = aboutGroup(files, group.slices);
  std::ranges::stable_sort(groups, [](const DicomGroup& a, const DicomGroup& b) {
    return std::pair(a.about.problem.empty(), a.slices.size()) > std::pair(b.about.problem.empty(), b.slices.size());
  });
  return groups;
}

}  // namespace

std::vector<DicomGroup> groupCtSlices(const FileSet& files, ProgressSink& progress, std::stop_token stop,
                                      std::vector<StructuresBeside>* structures) {
  Scan found = scan(files, progress, stop);
  std::ranges::sort(found.structures, std::greater<>(),
                    [](const auto& one) { return std::tie(one.first, one.second.name); });
  if (structures != nullptr)
    for (const auto& [made, beside] : found.structures) structures->push_back(beside);
  if (found.series.empty()) failWithoutCt(files, found);
  return groupsOf(files, std::move(found));
}

std::vector<CtSeries> ctSeriesIn(const FileSet& files, ProgressSink& progress, std::stop_token stop) {
  std::vector<CtSeries> series;
  for (DicomGroup& group : groupsOf(files, scan(files, progress, stop))) series.push_back(std::move(group.about));
  return series;
}

namespace {

/// "1 'Abdomen' (75), 2 'Lung' (60)"
std::string listOf(const std::vector<DicomGroup>& groups) {
  std::string list;
  for (std::size_t i = 0; i < groups.size(); ++i)
    list += (list.empty() ? "" : ", ") + std::to_string(i + 1) + " '" + groups[i].about.name + "' (" +
            std::to_string(groups[i].slices.size()) + ")";
  return list;
}

std::size_t chosenGroup(const FileSet& files, const std::vector<DicomGroup>& groups, const std::string& wanted) {
  if (wanted.empty()) return 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const DicomSlice& slice = groups[i].slices.front();
    if (wanted == std::to_string(i + 1) || wanted == slice.series || wanted == slice.description) return i;
  }
  throw Error(files.path(), "holds no CT series '" + wanted + "'", "choose one of " + listOf(groups));
}

void letChoose(const std::vector<DicomGroup>& groups, OpenProgress& progress) {
  if (groups.size() < 2 || !groups[1].about.problem.empty()) return;  // those that can be opened come first
  std::vector<CtSeries> series;
  for (const DicomGroup& group : groups) series.push_back(group.about);
  if (!progress.goesOnWithFirst(series)) throw Error("cancelled", ErrorKind::Cancelled);
}

/// Those that belong to another CT of the same folder lie beside this one by chance.
std::vector<std::string> ownStructures(const std::vector<StructuresBeside>& all, const std::vector<DicomGroup>& groups,
                                       const std::string& study) {
  std::vector<std::string> names;
  for (const StructuresBeside& one : all) {
    const auto isOfStudy = [&](const DicomGroup& group) { return group.slices.front().study == one.study; };
    if (one.study.empty() || one.study == study || std::ranges::none_of(groups, isOfStudy)) names.push_back(one.name);
  }
  return names;
}

}  // namespace

DicomSeries findCtSeries(const FileSet& files, const OpenOptions& options, OpenProgress& progress,
                         std::stop_token stop) {
  const std::string& wanted = options.series;
  std::vector<StructuresBeside> structures;
  std::vector<DicomGroup> groups = groupCtSlices(files, progress, stop, &structures);
  const std::size_t number = chosenGroup(files, groups, wanted);
  const std::string list = listOf(groups);
  if (wanted.empty()) letChoose(groups, progress);
  auto own = ownStructures(structures, groups, groups[number].slices.front().study);
  DicomSeries series = arrangeSlices(files, std::move(groups[number].slices), options.leaning);
  series.structures = std::move(own);
  if (groups.size() > 1 && wanted.empty())
    series.warnings.push_back("Several CT series (with their numbers of slices): " + list + ". Number 1 was opened.");
  return series;
}

}  // namespace recontour
