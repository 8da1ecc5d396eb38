// A patient invented around a label map, and one CT of it: what a training from label maps scores its held-back cases
// with.
//
// usage: synthetic_case LABELS.nii.gz CT.nii.gz ORGANS.nii.gz none|venous|late
#include <algorithm>
#include <cstdio>
#include <string>

#include "core/base/error.h"
#include "core/io/label_file.h"
#include "models/training/patch_scanner.h"
#include "models/training/random_field.h"
#include "models/training/synthesis_source.h"

namespace recontour {
namespace {

PhaseChances chancesOf(const std::string& phase) {
  if (phase == "none") return {1, 0, 0};
  if (phase == "venous") return {0, 1, 0};
  if (phase == "late") return {0, 0, 1};
  throw Error("the phase '" + phase + "' is not known; give none, venous or late");
}

Volume scanOf(const TissueMap& patient, std::uint64_t key, const PhaseChances& phase) {
  std::vector<std::int16_t> voxels;
  for (const float hu : scan(patient.size, patient.tissue, drawScan(key, phase)))
    voxels.push_back(static_cast<std::int16_t>(std::clamp(hu, -1024.0f, 3071.0f)));
  return {patient.size, std::move(voxels)};
}

void make(const std::filesystem::path& labels, const std::filesystem::path& ct, const std::filesystem::path& organs,
          const std::string& phase) {
  const LabelImage map = readLabelFile(labels);
  const std::string name = labels.filename().string();
  const std::uint64_t key = purposeKey(0, name.substr(0, name.find('.')));  // as synthetic_cases.cpp has it
  const TissueMap patient = makeTissueMap(onSynthesisGrid(map.labels, map.geometry), key);
  Geometry grid;
  grid.size = patient.size;
  grid.spacing = {kSynthesisMm, kSynthesisMm, kSynthesisMm};
  writeVolumeFile(ct, scanOf(patient, key, chancesOf(phase)), grid, "synthetic CT");
  writeLabelFile(organs, LabelMap::fromDense(patient.size, patient.labels), grid);
}

}  // namespace
}  // namespace recontour

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: synthetic_case LABELS.nii.gz CT.nii.gz ORGANS.nii.gz none|venous|late\n");
    return 2;
  }
  try {
    recontour::make(argv[1], argv[2], argv[3], argv[4]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "synthetic_case: %s\n", error.what());
    return 3;
  }
}
