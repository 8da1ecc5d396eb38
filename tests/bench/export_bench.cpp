// Exporting strokes of a CT of 512 x 512 x 200 for each training code. What nnU-Net gets is compared with what numpy
// and nibabel make of the same files first.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/scribble/scribble_export.h"
#include "core/scribble/scribble_generator.h"
#include "core/strokes/scribble_json.h"
#include "tests/bench/peer.h"
#include "tests/data/reference_data.h"
#include "tests/data/temporary_folder.h"

namespace recontour::bench {
namespace {

constexpr double kNnUNetLimitSeconds = 2;
constexpr int kRounds = 3;
constexpr const char* kCase = "word_0016";  // 512 x 512 x 200

using Clock = std::chrono::steady_clock;
double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// A CT that shrinks as little as one does: values by organ, noise of 32 HU over them.
Volume noisyCt(const LabelMap& labels) {
  const std::vector<Label> organs = labels.toDense();
  std::vector<std::int16_t> hu(organs.size());
  std::uint32_t random = 1;
  for (std::size_t i = 0; i < hu.size(); ++i) {
    random = random * 1664525U + 1013904223U;
    hu[i] = static_cast<std::int16_t>(40 + 5 * organs[i] + static_cast<int>(random >> 27));
  }
  return Volume(labels.size(), std::move(hu));
}

void makeCase(const std::filesystem::path& folder) {
  for (const char* part : {"imagesTr", "scribblesTr", "labelsTr"}) std::filesystem::create_directories(folder / part);
  const std::string name = std::string(kCase) + ".nii.gz";
  const LabelImage dense = readLabelFile(referenceData("word_labels/" + name));
  writeVolumeFile(folder / "imagesTr" / name, noisyCt(dense.labels), dense.geometry, "export_bench");
  writeLabelFile(folder / "labelsTr" / name, dense.labels, dense.geometry);
  writeLabelFile(folder / "scribblesTr" / name, generateScribbles(dense.labels, dense.geometry, {}), dense.geometry);
  ScribbleFile file{kCase, {}, {}, {}};
  file.rasterOrigin = StrokeOrigin::Generated;
  writeFileSafely(folder / "scribblesTr" / (std::string(kCase) + ".json"), toJson(file, OrganTable::named("word")));
}

/// Median; what the last round wrote stays.
double exportSeconds(const std::filesystem::path& cases, const std::filesystem::path& out, ScribbleFormat format) {
  std::vector<double> times;
  for (int round = 0; round < kRounds; ++round) {
    std::filesystem::remove_all(out);
    NoProgress quiet;
    const auto start = Clock::now();
    exportScribbles({cases, out, {format}, OrganTable::named("word")}, quiet);
    times.push_back(secondsSince(start));
  }
  std::ranges::sort(times);
  return times[kRounds / 2];
}

bool equals(const std::filesystem::path& a, const std::filesystem::path& b) {
  const LabelImage first = readLabelFile(a), second = readLabelFile(b);
  return sameGrid(first.geometry, second.geometry) && first.labels == second.labels;
}

/// @return the peer's seconds, below 0 when its labels differ
double peerSeconds(const std::filesystem::path& cases, const std::filesystem::path& ours,
                   const std::filesystem::path& out) {
  const auto lines = runPeer("export_peer.py", {cases.string(), out.string(), kCase});
  const std::string name = std::string(kCase) + ".nii.gz";
  const auto dataset = ours / "nnUNet_raw" / "Dataset501_WORDScribble";
  const bool areEqual = lines.size() == 1 && equals(dataset / "labelsTr" / name, out / "labelsTr" / name) &&
                        equals(dataset / "labelsTr_dense" / name, out / "labelsTr_dense" / name);
  return areEqual ? std::stod(lines.front()) : -1;
}

int run() {
  if (!haveReferenceData() || !peerHas("nibabel")) return std::puts("needs RECONTOUR_DATA and nibabel"), kNotAvailable;
  const TemporaryFolder folder;
  makeCase(folder / "cases");
  const double nnUNet = exportSeconds(folder / "cases", folder / "nnunet", ScribbleFormat::NnUNet);
  const double peer = peerSeconds(folder / "cases", folder / "nnunet", folder / "peer");
  if (peer < 0) return std::puts("nnunet: labels differ from the peer's"), 1;
  std::printf("nnunet: %.2f s (limit %.1f s); nibabel %.2f s, without origins, hashes and manifest\n", nnUNet,
              kNnUNetLimitSeconds, peer);
  for (const ScribbleFormat format : scribbleFormatsNamed("all")) {
    if (format == ScribbleFormat::NnUNet) continue;
    const double seconds = exportSeconds(folder / "cases", folder / "other", format);
    std::printf("%s: %.2f s\n", scribbleFormatName(format), seconds);
  }
  return nnUNet <= kNnUNetLimitSeconds ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main() { return recontour::bench::run(); }
