#include "models/training/patch_scanner.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "models/training/box_filters.h"
#include "models/training/random_field.h"

namespace recontour {
namespace {

constexpr double kTextureVoxels = 2.3;

std::size_t index(Tissue tissue) { return static_cast<std::size_t>(tissue); }

ContrastPhase drawPhase(PortableRandom& random, const PhaseChances& chances) {
  const double at = random.uniform() * (chances[0] + chances[1] + chances[2]);
  if (at < chances[0]) return ContrastPhase::None;
  return at < chances[0] + chances[1] ? ContrastPhase::Venous : ContrastPhase::Late;
}

void drawMeans(ScanSettings& scan, PortableRandom& random) {
  const double strength = std::clamp(1 + 0.15 * normal(random), 0.6, 1.5);
  const double texture = random.between(0.6, 1.4);
  const bool wild = chance(random, 0.12);
  for (std::size_t i = 0; i < kTissueCount; ++i) {
    const TissueAppearance& look = appearance(static_cast<Tissue>(i));
    const double plain = look.meanHu[0], enhanced = look.meanHu[static_cast<std::size_t>(scan.phase)];
    const double shift = look.spreadHu * normal(random), wildShift = 25 * normal(random);
    double mean = plain + strength * (enhanced - plain) + shift;
    if (wild && !look.keepsToItself) mean += wildShift;
    scan.meanHu[i] = static_cast<float>(mean);
    scan.textureHu[i] = static_cast<float>(look.textureHu * texture);
  }
  if (chance(random, 0.1)) scan.meanHu[index(Tissue::Liver)] -= static_cast<float>(random.between(15, 60));  // fatty
}

/// Deviates of SD 1 for the voxels of a volume, correlated in-plane when the grain is above 0.
std::vector<float> noiseOf(const Size3& size, const ScanSettings& settings) {
  const std::uint64_t key = purposeKey(settings.key, "noise");
  std::vector<float> noise(voxelCount(size));
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = normalAt(key, i);
  if (settings.grainVoxels <= 0) return noise;
  const std::vector<float> weights = gaussianKernel(settings.grainVoxels);
  filterX(noise, size, weights);
  filterY(noise, size, weights);
  float squares = 0;
  for (const float weight : weights) squares += weight * weight;
  for (float& value : noise) value /= squares;  // the square root of it for each axis
  return noise;
}

std::vector<float> huOf(const Size3& size, const std::vector<Tissue>& tissues, const ScanSettings& settings) {
  const SmoothField field(purposeKey(settings.key, "texture"), kTextureVoxels, size);
  const auto width = static_cast<std::size_t>(size.x);
  std::vector<float> hu(tissues.size()), texture(width);
  std::size_t at = 0;
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      field.fillRow(y, z, texture);
      for (std::size_t x = 0; x < width; ++x, ++at) {
        const std::size_t tissue = index(tissues[at]);
        hu[at] = settings.meanHu[tissue] + settings.textureHu[tissue] * texture[x];
      }
    }
  }
  return hu;
}

std::vector<float> inScannersRange(std::vector<float> image) {
  for (float& hu : image) hu = std::clamp(hu, -1024.0f, 3071.0f);
  return image;
}

}  // namespace

ScanSettings drawScan(std::uint64_t key, const PhaseChances& chances) {
  PortableRandom random(purposeKey(key, "scan"));
  ScanSettings scan;
  scan.key = key;
  scan.phase = drawPhase(random, chances);
  drawMeans(scan, random);
  scan.blurVoxels = random.between(0.35, 1.0);
  scan.noiseHu = 3 * std::pow(28.0 / 3.0, random.uniform());
  const double grain = random.between(0.5, 1.1);
  if (chance(random, 0.45)) scan.grainVoxels = grain;
  if (chance(random, 0.4)) scan.sliceMm = 5;
  scan.slicePhase = random.uniform();
  return scan;
}

std::vector<float> scan(const Size3& size, const std::vector<Tissue>& tissues, const ScanSettings& settings) {
  std::vector<float> hu = huOf(size, tissues, settings);
  const std::vector<float> blur = gaussianKernel(settings.blurVoxels);
  filterX(hu, size, blur);
  filterY(hu, size, blur);
  const bool thick = settings.sliceMm > kSynthesisMm;
  if (!thick) filterZ(hu, size, blur);
  const std::vector<float> noise = noiseOf(size, settings);
  const auto deviation = static_cast<float>(settings.noiseHu);
  if (!thick) {
    for (std::size_t i = 0; i < hu.size(); ++i) hu[i] += deviation * noise[i];
    return inScannersRange(std::move(hu));
  }
  const SliceStack stack(size, settings.sliceMm / kSynthesisMm, settings.slicePhase);
  std::vector<float> slices = stack.averaged(hu);
  for (std::size_t i = 0; i < slices.size(); ++i) slices[i] += deviation * noise[i];
  return inScannersRange(stack.interpolated(slices));
}

}  // namespace recontour
