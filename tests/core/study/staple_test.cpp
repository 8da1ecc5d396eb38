#include "core/study/staple.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

using Votes = std::vector<std::uint8_t>;

const std::vector<Votes> kThreeReaders = {
    {1, 1, 1, 1, 0, 0, 0, 0, 0, 0}, {1, 1, 1, 0, 0, 0, 0, 0, 0, 1}, {1, 1, 0, 1, 1, 0, 0, 0, 0, 0}};

/// What Warfield's formulas come to, written down once more: expectation from p = q = .99999, prior = mean vote.
struct Expected {
  std::vector<double> p, q, w;
};

double weight(const std::vector<Votes>& votes, const Expected& at, std::size_t voxel, double prior) {
  double a = prior, b = 1 - prior;
  for (std::size_t j = 0; j < votes.size(); ++j) {
    a *= votes[j][voxel] ? at.p[j] : 1 - at.p[j];
    b *= votes[j][voxel] ? 1 - at.q[j] : at.q[j];
  }
  return a / (a + b);
}

Expected byFormula(const std::vector<Votes>& votes) {
  const std::size_t k = votes.size(), n = votes[0].size();
  Expected now{std::vector<double>(k, 0.99999), std::vector<double>(k, 0.99999), std::vector<double>(n)};
  double prior = 0;
  for (const Votes& one : votes)
    for (const auto vote : one) prior += vote / static_cast<double>(k * n);
  for (int round = 0; round < 200; ++round) {
    for (std::size_t i = 0; i < n; ++i) now.w[i] = weight(votes, now, i, prior);
    for (std::size_t j = 0; j < k; ++j) {
      double wd = 0, w = 0, vd = 0, v = 0;
      for (std::size_t i = 0; i < n; ++i) {
        wd += now.w[i] * votes[j][i];
        w += now.w[i];
        vd += (1 - now.w[i]) * (1 - votes[j][i]);
        v += 1 - now.w[i];
      }
      now.p[j] = wd / w;
      now.q[j] = vd / v;
    }
  }
  return now;
}

TEST(Staple, ThreeReadersOfTenVoxelsGiveTheGoldenFigures) {
  const Staple found = staple({10, 1, 1}, kThreeReaders);
  const double p[] = {1, 0.75, 0.75}, q[] = {1, 0.8333333, 0.8333333};
  for (std::size_t reader = 0; reader < 3; ++reader) {
    EXPECT_NEAR(found.sensitivity[reader], p[reader], 1e-6);
    EXPECT_NEAR(found.specificity[reader], q[reader], 1e-6);
  }
  for (std::size_t voxel = 0; voxel < 10; ++voxel) EXPECT_NEAR(found.weights[voxel], voxel < 4 ? 1 : 0, 1e-6) << voxel;
  EXPECT_GT(found.iterations, 1);
}

TEST(Staple, IsWhatTheFormulaComesTo) {
  const std::vector<Votes> votes = {{1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0},
                                    {0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0},
                                    {0, 0, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0},
                                    {1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0}};
  const Staple found = staple({4, 3, 1}, votes);
  const Expected expected = byFormula(votes);
  for (std::size_t reader = 0; reader < votes.size(); ++reader) {
    EXPECT_NEAR(found.sensitivity[reader], expected.p[reader], 1e-5) << reader;
    EXPECT_NEAR(found.specificity[reader], expected.q[reader], 1e-5) << reader;
  }
  for (std::size_t voxel = 0; voxel < 12; ++voxel) EXPECT_NEAR(found.weights[voxel], expected.w[voxel], 1e-5) << voxel;
}

TEST(Staple, ReadersWhoAgreeAreRight) {
  const std::vector<Votes> votes = {{1, 1, 0}, {1, 1, 0}};
  const Staple found = staple({3, 1, 1}, votes);
  EXPECT_EQ(found.sensitivity, (std::vector<double>{1, 1}));
  EXPECT_EQ(found.specificity, (std::vector<double>{1, 1}));
  EXPECT_EQ(found.weights, (std::vector<double>{1, 1, 0}));
}

TEST(Staple, IsRefusedWithoutAnyVoteOrBackground) {
  EXPECT_THROW(staple({2, 1, 1}, {}), Error);
  EXPECT_THROW(staple({2, 1, 1}, std::vector<Votes>{{0, 0}, {0, 0}}), Error);
  EXPECT_THROW(staple({2, 1, 1}, std::vector<Votes>{{1, 1}, {1, 1}}), Error);
}

}  // namespace
}  // namespace recontour
