#pragma once
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "core/metrics/compare.h"
#include "core/metrics/surface_cells.h"
#include "tests/bench/peer.h"
#include "tests/data/temporary_folder.h"

namespace recontour {

/// Figures of one organ as metrics_peer.py prints them.
struct PeerFigures {
  int label = 0;
  double dsc = 0, hd95 = 0, hd = 0, assd = 0, nsd[3] = {}, pathVoxels = 0, seconds = 0;
};

/// What the peer computes.
inline CompareOptions peerOptions() {
  return {.metrics = {.hd100 = true, .assd = true, .nsd = true, .path = true},
          .tolerances = {{.mm = 1}, {.mm = 2}, {.mm = 3}}};
}

/// Largest difference between our figures and the peer's.
inline double largestDifference(const OrganMetrics& ours, const PeerFigures& peer) {
  double largest = std::abs(*ours.dsc - peer.dsc);
  const auto add = [&](double a, double b) { largest = std::max(largest, std::abs(a - b)); };
  add(*ours.hd95, peer.hd95);
  add(*ours.hd100, peer.hd);
  add(*ours.assdMm, peer.assd);
  for (std::size_t i = 0; i < 3; ++i) add(*ours.nsd[i], peer.nsd[i]);
  add(static_cast<double>(ours.path->voxels), peer.pathVoxels);
  return largest;
}

/// @param extent  "full" or "crop"
/// @return        one entry an organ; fewer when the peer failed
inline std::vector<PeerFigures> peerFigures(const LabelMap& truth, const LabelMap& prediction, const Point3& spacingMm,
                                            const char* extent, const std::vector<Label>& organs) {
  const TemporaryFolder folder;
  const auto write = [&](const char* name, const auto& values) {
    std::ofstream stream(folder.path() / name, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(values.data()),
                 static_cast<std::streamsize>(values.size() * sizeof values[0]));
    return (folder.path() / name).string();
  };
  std::vector<std::string> arguments = {write("truth", truth.toDense()), write("prediction", prediction.toDense()),
                                        write("areas", surfaceAreas(spacingMm))};
  for (int axis = 0; axis < 3; ++axis) arguments.push_back(std::to_string(truth.size()[axis]));
  for (int axis = 0; axis < 3; ++axis) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", spacingMm[axis]);
    arguments.push_back(text);
  }
  arguments.push_back(extent);
  for (const Label label : organs) arguments.push_back(std::to_string(label));
  std::vector<PeerFigures> figures;
  for (const std::string& line : bench::runPeer("metrics_peer.py", arguments)) {
    PeerFigures f;
    if (std::sscanf(line.c_str(), "%d %lf %lf %lf %lf %lf %lf %lf %lf %lf", &f.label, &f.dsc, &f.hd95, &f.hd, &f.assd,
                    &f.nsd[0], &f.nsd[1], &f.nsd[2], &f.pathVoxels, &f.seconds) == 10)
      figures.push_back(f);
  }
  return figures;
}

}  // namespace recontour
