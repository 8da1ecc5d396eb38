// How often tests and intervals err on simulated studies whose truth is known. The figures are printed; what they mean
// is in docs/development/statistics.md.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "core/statistics/bootstrap.h"
#include "core/statistics/descriptive.h"
#include "core/statistics/holm.h"
#include "core/statistics/proportion.h"
#include "core/statistics/t_estimate.h"
#include "core/statistics/wilcoxon.h"
#include "tests/core/statistics/simulated_study.h"

namespace recontour {
namespace {

constexpr int kStudies = 1000;
constexpr int kReplicates = 1000;
constexpr double kAlpha = 0.05;
constexpr double kEffect = 0.8;
constexpr int kOneOrgan = 7;  // edited in 43 % of cases

using OrganValues = std::function<std::vector<double>(int organ)>;

/// Counts how often something happened and says so.
struct Rate {
  int happened = 0, of = 0;
  void add(bool happens) {
    happened += happens ? 1 : 0;
    ++of;
  }
  double value() const { return happened / static_cast<double>(of); }
};

double report(const std::string& name, double value) {
  testing::Test::RecordProperty(name, std::to_string(value));
  std::printf("%-50s %.4f\n", name.c_str(), value);
  return value;
}

std::vector<std::optional<double>> pValues(int organs, const OrganValues& values) {
  std::vector<std::optional<double>> p;
  for (int organ = 0; organ < organs; ++organ) p.push_back(wilcoxonSignedRank(values(organ)).p());
  return p;
}

int countAtMostAlpha(const std::vector<std::optional<double>>& p) {
  return static_cast<int>(std::count_if(p.begin(), p.end(), [](const auto& value) { return *value <= kAlpha; }));
}

template <class Visit>
void forEachStudy(double effect, std::uint64_t firstSeed, const Visit& visit) {
  for (std::uint64_t seed = firstSeed; seed < firstSeed + kStudies; ++seed)
    visit(simulate(StudyModel{.effect = effect}, seed));
}

double share(const std::vector<double>& values) {
  const auto edited = std::count_if(values.begin(), values.end(), [](double value) { return value != 0; });
  return static_cast<double>(edited) / static_cast<double>(values.size());
}

/// Coverage of the intervals of a mean over cases.
struct MeanCoverage {
  Rate percentile, bca, reported, student;
  int withoutBca = 0;

  void add(const std::vector<double>& ofCases, double truth, std::uint64_t seed) {
    const auto mean = [&](std::span<const int> cases) {
      double sum = 0;
      for (const int number : cases) sum += ofCases[static_cast<std::size_t>(number)];
      return sum / static_cast<double>(cases.size());
    };
    const auto result =
        bootstrapByCase(static_cast<int>(ofCases.size()), mean, {.replicates = kReplicates, .seed = seed});
    percentile.add(result.percentile.contains(truth));
    reported.add(result.interval().contains(truth));
    if (result.bca) bca.add(result.bca->contains(truth));
    withoutBca += result.bca ? 0 : 1;
    student.add(pairedT(ofCases)->interval.contains(truth));
  }

  void print(const std::string& of) const {
    report(of + ": percentile", percentile.value());
    report(of + ": BCa", bca.value());
    report(of + ": paired t", student.value());
    std::printf("%-50s %d of %d\n", (of + ": no BCa interval").c_str(), withoutBca, percentile.of);
  }
};

TEST(Calibration, HolmKeepsTheFamilyWiseErrorOfSixteenOrgans) {
  Rate perReader, withoutHolm, overReaders;
  forEachStudy(0, 1, [&](const SimulatedStudy& study) {
    const int organs = study.model.organs;
    for (int reader = 0; reader < study.model.readers; ++reader) {
      const auto p = pValues(organs, [&](int organ) { return study.ofOrgan(reader, organ); });
      withoutHolm.add(countAtMostAlpha(p) > 0);
      perReader.add(countAtMostAlpha(holmAdjusted(p)) > 0);
    }
    const auto p = pValues(organs, [&](int organ) { return study.ofOrganOverReaders(organ); });
    overReaders.add(countAtMostAlpha(holmAdjusted(p)) > 0);
  });
  report("false finding, each reader, no adjustment", withoutHolm.value());
  EXPECT_LE(report("false finding, each reader, Holm", perReader.value()), 0.06);
  EXPECT_LE(report("false finding, mean of readers, Holm", overReaders.value()), 0.06);
  EXPECT_GT(withoutHolm.value(), 0.2) << "the simulation is too tame to show anything";
}

TEST(Calibration, OneWilcoxonTestErrsAtItsLevelAtMost) {
  Rate oneReader, overReaders;
  forEachStudy(0, 1, [&](const SimulatedStudy& study) {
    for (int organ = 0; organ < study.model.organs; ++organ) {
      oneReader.add(wilcoxonSignedRank(study.ofOrgan(0, organ)).p() <= kAlpha);
      overReaders.add(wilcoxonSignedRank(study.ofOrganOverReaders(organ)).p() <= kAlpha);
    }
  });
  EXPECT_LE(report("false finding, one organ, one reader", oneReader.value()), 0.055);
  EXPECT_LE(report("false finding, one organ, mean of readers", overReaders.value()), 0.055);
}

TEST(Calibration, EffectsAreFound) {
  int found = 0, tests = 0;
  forEachStudy(kEffect, 5001, [&](const SimulatedStudy& study) {
    const auto p = pValues(study.model.organs, [&](int organ) { return study.ofOrganOverReaders(organ); });
    found += countAtMostAlpha(holmAdjusted(p));
    tests += study.model.organs;
  });
  EXPECT_GT(report("power, mean of readers, Holm", found / static_cast<double>(tests)), 0.3);
}

TEST(Calibration, BootstrapIntervalsCoverTheMeanChange) {
  MeanCoverage all, organ;
  double truth = 0;
  const StudyModel model{.effect = kEffect};
  for (int number = 0; number < model.organs; ++number) truth += model.trueChange(number) / model.organs;
  std::uint64_t seed = 1;
  forEachStudy(kEffect, 5001, [&](const SimulatedStudy& study) {
    all.add(study.ofCases(), truth, seed);
    organ.add(study.ofOrgan(0, kOneOrgan), model.trueChange(kOneOrgan), seed++);
  });
  all.print("mean change");
  organ.print("mean change, one organ and reader");
  // Twenty cases are few, and most changes of one organ are zero: that the intervals fall short is on the page.
  EXPECT_GE(std::min(all.percentile.value(), all.bca.value()), 0.91);
  EXPECT_GE(std::min(organ.percentile.value(), organ.bca.value()), 0.86);
  EXPECT_LE(std::max({all.percentile.value(), all.bca.value(), organ.percentile.value(), organ.bca.value()}), 0.97);
  EXPECT_LE(organ.withoutBca, kStudies / 100);
}

/// The part of organs that reader 0 edited, a value a case.
std::vector<double> editedParts(const SimulatedStudy& study) {
  std::vector<double> parts;
  for (int number = 0; number < study.model.cases; ++number) {
    int edited = 0;
    for (int organ = 0; organ < study.model.organs; ++organ) edited += study.change(0, number, organ) != 0 ? 1 : 0;
    parts.push_back(edited / static_cast<double>(study.model.organs));
  }
  return parts;
}

bool wilsonCovers(double part, int trials, double rate) {
  return wilsonInterval(static_cast<int>(std::lround(part * trials)), trials)->contains(rate);
}

TEST(Calibration, WilsonIntervalsCoverTheRateOfEdits) {
  Rate oneOrgan, pooled, byCase;
  const StudyModel model{};
  const double rateOfAll = (model.editRate(0) + model.editRate(model.organs - 1)) / 2;
  forEachStudy(0, 1, [&](const SimulatedStudy& study) {
    for (int organ = 0; organ < model.organs; ++organ)
      oneOrgan.add(wilsonCovers(share(study.ofOrgan(0, organ)), model.cases, model.editRate(organ)));
    const std::vector<double> parts = editedParts(study);
    pooled.add(wilsonCovers(meanOf(parts), model.cases * model.organs, rateOfAll));
    byCase.add(pairedT(parts)->interval.contains(rateOfAll));
  });
  EXPECT_GE(report("rate of edits, one organ: Wilson", oneOrgan.value()), 0.93);
  EXPECT_LT(report("rate of edits, organs pooled: Wilson", pooled.value()), 0.9) << "organs are not independent here";
  EXPECT_GE(report("rate of edits, organs by case: t", byCase.value()), 0.92);
}

/// Of every rate, weighing each count by its chance.
TEST(Calibration, WilsonIntervalsCoverEveryRateOnAverage) {
  constexpr int kTrials = 20;
  double sum = 0, least = 1;
  constexpr int kFirst = 5, kLast = 95;
  for (int percent = kFirst; percent <= kLast; ++percent) {
    const double rate = percent / 100.0;
    double coverage = 0, chance = std::pow(1 - rate, kTrials);  // of no success
    for (int successes = 0; successes <= kTrials; ++successes) {
      if (wilsonInterval(successes, kTrials)->contains(rate)) coverage += chance;
      chance *= (kTrials - successes) / (successes + 1.0) * rate / (1 - rate);
    }
    sum += coverage;
    least = std::min(least, coverage);
  }
  EXPECT_GE(report("Wilson, 20 trials, mean over rates", sum / (kLast - kFirst + 1)), 0.93);
  EXPECT_GE(report("Wilson, 20 trials, least of all rates", least), 0.88);
}

}  // namespace
}  // namespace recontour
