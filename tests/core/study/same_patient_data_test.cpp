// Real label maps, two of which are of one patient.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <tuple>

#include <gtest/gtest.h>

#include "core/io/label_file.h"
#include "core/study/same_patient.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

using Clock = std::chrono::steady_clock;

/// Prints every pair, the most alike first. @return their similarities in this order
std::vector<double> printed(const std::vector<std::filesystem::path>& files,
                            const std::vector<PatientSignature>& cases) {
  std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
  for (std::size_t a = 0; a < cases.size(); ++a)
    for (std::size_t b = a + 1; b < cases.size(); ++b) pairs.emplace_back(similarity(cases[a], cases[b]), a, b);
  std::ranges::sort(pairs, std::greater());
  std::vector<double> values;
  for (const auto& [value, a, b] : pairs) {
    std::printf("%s %s %.3f\n", files[a].stem().stem().c_str(), files[b].stem().stem().c_str(), value);
    values.push_back(value);
  }
  return values;
}

TEST(SamePatientData, OnePairOfTwentyMapsIsFlagged) {
  REQUIRE_REFERENCE_DATA();
  const auto files = wordMaps();
  ASSERT_EQ(files.size(), 20U);
  const auto start = Clock::now();
  std::vector<PatientSignature> cases;
  for (const auto& file : files) {
    const LabelImage image = readLabelFile(file);
    cases.push_back(signatureOf(image.labels, image.geometry));
  }
  const auto pairs = samePatientPairs(cases);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const auto values = printed(files, cases);
  std::printf("%.1f s with reading; gap %.3f\n", seconds, values[0] - values[1]);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(files[static_cast<std::size_t>(pairs[0].first)].filename(), "word_0019.nii.gz");
  EXPECT_EQ(files[static_cast<std::size_t>(pairs[0].second)].filename(), "word_0033.nii.gz");
  EXPECT_GT(values[0], kSamePatientSimilarity + 0.08);
  EXPECT_LT(values[1], kSamePatientSimilarity - 0.08);
}

}  // namespace
}  // namespace recontour
