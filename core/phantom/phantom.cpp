#include "core/phantom/phantom.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/phantom/anatomy.h"
#include "core/phantom/parallel.h"
#include "core/phantom/scanner.h"

namespace recontour {
namespace {

/// Tells the sink how far the two stages are, with an estimate from the time gone by.
class Reporter {
 public:
  explicit Reporter(ProgressSink& sink) : sink_(sink), start_(std::chrono::steady_clock::now()) {}
  void report(const char* stage, int done, int total, double partOfJob) const {
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - start_;
    sink_.progress(stage, done, total, gone.count() * (1 - partOfJob) / partOfJob);
  }

 private:
  ProgressSink& sink_;
  std::chrono::steady_clock::time_point start_;
};
constexpr double kPaintingPart = 0.7;  // of the whole job's time

std::filesystem::path parameterFile(const PhantomOptions& options) {
  return options.parameterFile.empty() ? resource("resources/phantom/abdomen.json") : options.parameterFile;
}

Parameters readParameters(const PhantomOptions& options) {
  Parameters parameters = Parameters::fromFile(parameterFile(options));
  if (parameters.text("format") != "recontour-phantom") parameters.fail("format", "is not recontour-phantom");
  if (parameters.number("version") != 1) parameters.fail("version", "is not 1");
  return parameters;
}

BoundsMm boxOf(const Parameters& parameters, const PhantomOptions& options) {
  const Parameters own = parameters.group("box");
  const BoundsMm box = options.box.value_or(BoundsMm{own.point("lower"), own.point("upper")});
  constexpr double kFarthestMm = 2000;
  for (int axis = 0; axis < 3; ++axis) {
    if (!(box.lower[axis] >= -kFarthestMm && box.upper[axis] <= kFarthestMm)) {
      throw Error("a phantom's box must lie within 2000 mm of the body's origin");
    }
  }
  return box;
}

Geometry gridOf(const BoundsMm& box, const Point3& spacing) {
  constexpr double kMostOnAxis = 1024;
  constexpr std::size_t kMostVoxels = 150'000'000;
  Geometry geometry;
  for (int axis = 0; axis < 3; ++axis) {
    if (!(spacing[axis] >= kMinPhantomSpacingMm && spacing[axis] <= kMaxPhantomSpacingMm)) {
      throw Error("a phantom's spacing must be 0.4 to 20 mm on each axis");
    }
    const double voxels = std::round((box.upper[axis] - box.lower[axis]) / spacing[axis]);
    if (!(voxels >= 1 && voxels <= kMostOnAxis)) {
      throw Error("a phantom has 1 to 1024 voxels on each axis; choose another box or spacing");
    }
    geometry.size[axis] = static_cast<int>(voxels);
  }
  if (voxelCount(geometry.size) > kMostVoxels) {
    throw Error("a phantom has 150 million voxels at most; choose a larger spacing or a smaller box");
  }
  geometry.spacing = spacing;
  geometry.origin = box.lower;
  return geometry;
}

/// The box that holds all voxel centres.
BoundsMm coverOf(const Geometry& geometry) {
  return {geometry.origin, geometry.toWorld(Index3{geometry.size.x - 1, geometry.size.y - 1, geometry.size.z - 1})};
}

int threadsOf(const PhantomOptions& options) {
  if (options.threads > 0) return options.threads;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Everything that is fixed before the first voxel.
struct Patient {
  Patient(const Parameters& parameters, const PhantomOptions& options, const Geometry& grid)
      : geometry(grid),
        variation(parameters.group("variation"), options.seed),
        fields(parameters.group("noise"), variation, coverOf(grid)),
        painters(makeAnatomy(parameters, variation, coverOf(grid))),
        tissues(tissueTable(parameters.group("tissues"), variation, options.phase)),
        scanner(parameters.group("scan"), tissues, fields, options.seed) {}

  Geometry geometry;
  Variation variation;
  NoiseFields fields;
  std::vector<std::unique_ptr<SlicePainter>> painters;
  TissueTable tissues;
  Scanner scanner;
};

/// Labels of all voxels and, in `hu`, CT numbers before blur and noise.
std::vector<Label> paintSlices(const Patient& patient, int threads, const std::stop_token& stop,
                               const Reporter& reporter, std::vector<float>& hu) {
  std::vector<SliceCanvas> canvases(static_cast<std::size_t>(threads), SliceCanvas(patient.geometry, patient.fields));
  const std::size_t plane = canvases.front().pixels();
  const int slices = patient.geometry.size.z;
  std::vector<Label> labels(hu.size());
  const auto paint = [&](int worker, int k) {
    SliceCanvas& canvas = canvases[static_cast<std::size_t>(worker)];
    canvas.begin(k);
    for (const auto& painter : patient.painters) painter->paint(canvas);
    const std::size_t first = static_cast<std::size_t>(k) * plane;
    std::copy(canvas.label.begin(), canvas.label.end(), labels.begin() + static_cast<std::ptrdiff_t>(first));
    patient.scanner.fillSlice(patient.geometry, k, canvas.tissue, std::span(hu).subspan(first, plane));
  };
  forEachItem(slices, threads, stop, paint,
              [&](int done) { reporter.report("anatomy", done, slices, kPaintingPart * done / slices); });
  return labels;
}

}  // namespace

Phantom generatePhantom(const PhantomOptions& options, ProgressSink& progress, std::stop_token stop) {
  const Reporter reporter(progress);
  const Parameters parameters = readParameters(options);
  const Geometry geometry = gridOf(boxOf(parameters, options), options.spacingMm);
  const Patient patient(parameters, options, geometry);
  const int threads = threadsOf(options);
  std::vector<float> hu(voxelCount(geometry.size));
  const std::vector<Label> labels = paintSlices(patient, threads, stop, reporter, hu);
  const auto scanned = [&](int done) {
    reporter.report("scan", done, Scanner::kRounds, kPaintingPart + (1 - kPaintingPart) * done / Scanner::kRounds);
  };
  auto voxels = patient.scanner.scan(geometry, std::move(hu), threads, stop, scanned);
  return {geometry, Volume(geometry.size, std::move(voxels)), LabelMap::fromDense(geometry.size, labels)};
}

}  // namespace recontour
