#include "tests/core/statistics/simulated_study.h"

#include <cmath>

#include "core/statistics/distributions.h"

namespace recontour {
namespace {

std::vector<double> deviates(int count, PortableRandom& random) {
  std::vector<double> values(static_cast<std::size_t>(count));
  for (double& value : values) value = normalDeviate(random);
  return values;
}

/// Positive, mean 1, with a long tail.
double tail(PortableRandom& random) { return std::exp(0.6 * normalDeviate(random) - 0.18); }

/// Reader by reader, of one case.
void addCase(SimulatedStudy& study, int caseNumber, PortableRandom& random) {
  const StudyModel& model = study.model;
  const double difficulty = normalDeviate(random), caseNeed = normalDeviate(random);
  const std::vector<double> organNeed = deviates(model.organs, random);
  for (int reader = 0; reader < model.readers; ++reader) {
    for (int organ = 0; organ < model.organs; ++organ) {
      const double wish = normalQuantile(model.editRate(organ)) + 0.6 * difficulty + 0.8 * normalDeviate(random);
      const double need = 0.5 * caseNeed + 0.6 * organNeed[static_cast<std::size_t>(organ)] +
                          std::sqrt(1 - 0.25 - 0.36) * normalDeviate(random);
      const double change = model.size(organ) * (model.effect + need) * tail(random);
      study.changes[study.place(reader, caseNumber, organ)] = wish > 0 ? change : 0;
    }
  }
}

}  // namespace

double StudyModel::editRate(int organ) const { return 0.15 + 0.6 * organ / (organs - 1); }

double StudyModel::size(int organ) const { return 0.005 + 0.003 * organ; }

double StudyModel::trueChange(int organ) const { return editRate(organ) * size(organ) * effect; }

std::size_t SimulatedStudy::place(int reader, int caseNumber, int organ) const {
  const auto size = [](int number) { return static_cast<std::size_t>(number); };
  return (size(reader) * size(model.cases) + size(caseNumber)) * size(model.organs) + size(organ);
}

std::vector<double> SimulatedStudy::ofOrgan(int reader, int organ) const {
  std::vector<double> values;
  for (int number = 0; number < model.cases; ++number) values.push_back(change(reader, number, organ));
  return values;
}

std::vector<double> SimulatedStudy::ofOrganOverReaders(int organ) const {
  std::vector<double> means;
  for (int number = 0; number < model.cases; ++number) {
    double sum = 0;
    for (int reader = 0; reader < model.readers; ++reader) sum += change(reader, number, organ);
    means.push_back(sum / model.readers);
  }
  return means;
}

std::vector<double> SimulatedStudy::ofCases() const {
  std::vector<double> means(static_cast<std::size_t>(model.cases), 0.0);
  for (int organ = 0; organ < model.organs; ++organ) {
    const std::vector<double> ofOrgan = ofOrganOverReaders(organ);
    for (std::size_t number = 0; number < means.size(); ++number) means[number] += ofOrgan[number] / model.organs;
  }
  return means;
}

SimulatedStudy simulate(const StudyModel& model, std::uint64_t seed) {
  PortableRandom random(seed);
  SimulatedStudy study{model, {}};
  study.changes.resize(study.place(model.readers, 0, 0));
  for (int number = 0; number < model.cases; ++number) addCase(study, number, random);
  return study;
}

}  // namespace recontour
