#include "models/training/patch_scanner.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/training/sample_abdomen.h"

namespace recontour {
namespace {

using enum Tissue;

constexpr PhaseChances kPhase[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

struct Moments {
  double mean = 0, deviation = 0;
};

template <typename Values>
Moments momentsOf(const Values& values) {
  Moments m;
  for (const auto value : values) m.mean += static_cast<double>(value) / static_cast<double>(values.size());
  for (const auto value : values) m.deviation += std::pow(static_cast<double>(value) - m.mean, 2);
  m.deviation = std::sqrt(m.deviation / static_cast<double>(values.size()));
  return m;
}

/// HU of the middle of a block of one tissue.
double blockHu(Tissue tissue, const ScanSettings& settings) {
  const Size3 size{16, 16, 12};
  return momentsOf(scan(size, std::vector<Tissue>(voxelCount(size), tissue), settings)).mean;
}

/// Mean over many patients of a tissue's HU in a phase.
double usualHu(Tissue tissue, int phase) {
  std::vector<double> hu;
  for (std::uint64_t key = 0; key < 300; ++key)
    hu.push_back(static_cast<double>(drawScan(key, kPhase[phase]).meanHu[static_cast<std::size_t>(tissue)]));
  return momentsOf(hu).mean;
}

ScanSettings plainScan() {
  ScanSettings settings = drawScan(1, kPhase[0]);
  for (std::size_t i = 0; i < kTissueCount; ++i)
    settings.meanHu[i] = static_cast<float>(appearance(static_cast<Tissue>(i)).meanHu[0]);
  settings.textureHu.fill(0);
  settings.noiseHu = 0;
  settings.grainVoxels = 0;
  settings.sliceMm = 3;
  return settings;
}

TEST(PatchScanner, TissuesHaveTextbookHuInEveryPhase) {
  struct Row {
    Tissue tissue;
    std::array<double, 3> low, high;  // none, venous, late
  };
  const Row rows[] = {{Liver, {45, 95, 65}, {65, 120, 95}},
                      {Spleen, {40, 105, 95}, {55, 130, 125}},
                      {KidneyCortex, {25, 150, 140}, {40, 200, 190}},
                      {Pancreas, {30, 80, 60}, {50, 110, 95}},
                      {Artery, {35, 130, 100}, {50, 170, 140}},
                      {Muscle, {45, 50, 50}, {60, 70, 70}},
                      {VisceralFat, {-115, -115, -115}, {-90, -90, -90}},
                      {Bile, {0, 0, 0}, {20, 20, 20}},
                      {Urine, {-5, -5, -5}, {20, 20, 20}},
                      {Lung, {-900, -900, -900}, {-750, -750, -750}},
                      {Air, {-1001, -1001, -1001}, {-999, -999, -999}}};
  for (const Row& row : rows) {
    for (int phase = 0; phase < 3; ++phase) {
      const double hu = usualHu(row.tissue, phase);
      EXPECT_GE(hu, row.low[static_cast<std::size_t>(phase)]) << appearance(row.tissue).name << " in phase " << phase;
      EXPECT_LE(hu, row.high[static_cast<std::size_t>(phase)]) << appearance(row.tissue).name << " in phase " << phase;
    }
  }
}

TEST(PatchScanner, ABlockOfATissueHasItsMean) {
  for (std::uint64_t key = 0; key < 6; ++key) {
    const ScanSettings settings = drawScan(key, kPhase[1]);
    EXPECT_NEAR(blockHu(Liver, settings), static_cast<double>(settings.meanHu[static_cast<std::size_t>(Liver)]), 3);
    EXPECT_NEAR(blockHu(Air, settings), -1000, 3);
  }
}

TEST(PatchScanner, NoiseHasItsDeviationWithAndWithoutGrain) {
  const Size3 size{60, 60, 20};
  const std::vector<Tissue> tissues(voxelCount(size), Bile);
  ScanSettings settings = plainScan();
  settings.noiseHu = 20;
  for (const double grain : {0.0, 0.6, 1.1}) {
    settings.grainVoxels = grain;
    EXPECT_NEAR(momentsOf(scan(size, tissues, settings)).deviation, 20, 1.5) << grain;
  }
}

TEST(PatchScanner, ThickSlicesAverageWhatTheyHold) {
  // One slice of muscle (52 HU) of 3 mm in bile (9 HU): a slice of 5 mm around it holds three fifths of it at most.
  const Size3 size{8, 8, 20};
  std::vector<Tissue> tissues(voxelCount(size), Bile);
  for (std::size_t i = 0; i < 64; ++i) tissues[10 * 64 + i] = Muscle;
  ScanSettings settings = plainScan();
  settings.sliceMm = 5;
  for (const double phase : {0.0, 0.3, 0.7}) {
    settings.slicePhase = phase;
    const std::vector<float> hu = scan(size, tissues, settings);
    double sum = 0;
    for (int z = 0; z < size.z; ++z) {
      const double value = static_cast<double>(hu[static_cast<std::size_t>(z) * 64 + 27]);
      EXPECT_GE(value, 9 - 1e-3);
      EXPECT_LE(value, 9 + 0.6 * 43 + 1e-3);
      sum += value - 9;
    }
    EXPECT_NEAR(sum, 43, 15);  // interpolation keeps about all of it
  }
}

TEST(PatchScanner, PatientsDiffer) {
  std::vector<double> liver, fat, noise;
  int thick = 0;
  for (std::uint64_t key = 0; key < 400; ++key) {
    const ScanSettings settings = drawScan(key, {0.42, 0.43, 0.15});
    liver.push_back(static_cast<double>(settings.meanHu[static_cast<std::size_t>(Liver)]));
    noise.push_back(settings.noiseHu);
    thick += settings.sliceMm > 3 ? 1 : 0;
    EXPECT_EQ(settings.meanHu[0], -1000);
  }
  EXPECT_GT(momentsOf(liver).deviation, 20);
  EXPECT_GE(*std::min_element(noise.begin(), noise.end()), 3);
  EXPECT_LE(*std::max_element(noise.begin(), noise.end()), 28);
  EXPECT_NEAR(thick / 400.0, 0.4, 0.1);
}

TEST(PatchScanner, FatBetweenTheOrgansOfAPatientIsDark) {
  const TissueMap map = makeTissueMap(SampleAbdomen::whole().map(), 2);
  ScanSettings settings = drawScan(11, kPhase[1]);
  settings.sliceMm = 3;
  settings.blurVoxels = 0.35;
  const std::vector<float> hu = scan(map.size, map.tissue, settings);
  std::vector<float> fat, outside;
  for (int z = 1; z + 1 < map.size.z; ++z) {
    for (int y = 1; y + 1 < map.size.y; ++y) {
      for (int x = 1; x + 1 < map.size.x; ++x) {
        const std::size_t at = map.offset(x, y, z);
        const auto deepIn = [&](Tissue tissue) {
          for (const std::size_t other : {at, map.offset(x - 1, y, z), map.offset(x + 1, y, z), map.offset(x, y - 1, z),
                                          map.offset(x, y + 1, z), map.offset(x, y, z - 1), map.offset(x, y, z + 1)})
            if (map.tissue[other] != tissue) return false;
          return true;
        };
        if (deepIn(VisceralFat)) fat.push_back(hu[at]);
        if (deepIn(Air)) outside.push_back(hu[at]);
      }
    }
  }
  ASSERT_GT(fat.size(), 500U);
  EXPECT_NEAR(momentsOf(fat).mean, -105, 20);
  EXPECT_NEAR(momentsOf(outside).mean, -1000, 3);
}

}  // namespace
}  // namespace recontour
