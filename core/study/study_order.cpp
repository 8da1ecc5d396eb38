#include "core/study/study_order.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/portable_random.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

/// A stream for one purpose, so that a change of one leaves the others as they are.
PortableRandom streamOf(std::uint64_t seed, const std::string& purpose) {
  const std::string digits = sha256Hex(std::to_string(seed) + "|" + purpose).substr(0, 16);
  return PortableRandom(std::stoull(digits, nullptr, 16));
}

std::vector<int> numbersOf(const StudyProtocol& protocol, bool practice) {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < protocol.cases.size(); ++i)
    if (protocol.cases[i].practice == practice) numbers.push_back(static_cast<int>(i));
  return numbers;
}

/// A case in an arm, before it has a place in a reader's order.
struct Reading {
  int number = 0, arm = 0, period = 1, repeat = 0;
};

/// The readings of one reader by preset. @param place  of the reader among the readers
class Plan {
 public:
  Plan(const StudyProtocol& protocol, int place)
      : protocol_(protocol), place_(place), counted_(numbersOf(protocol, false)) {}

  std::vector<Reading> readings() const {
    const std::string& preset = protocol_.design.preset;
    std::vector<Reading> all = preset == "crossover"        ? crossed(counted_)
                               : preset == "word-fig3-plus" ? withScratch()
                               : preset == "annotate-check" ? handedOver()
                                                            : inFirstArm(counted_);
    addRepeats(all);
    return all;
  }

 private:
  static std::vector<Reading> inFirstArm(const std::vector<int>& numbers) {
    std::vector<Reading> readings;
    for (const int number : numbers) readings.push_back({number});
    return readings;
  }

  std::vector<Reading> crossed(const std::vector<int>& numbers) const {
    const auto square = williamsSquare(static_cast<int>(protocol_.arms.size()));
    auto random = streamOf(protocol_.design.seed, "arms");
    const auto mixed = shuffled(numbers, random);
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < mixed.size(); ++i) {
      const auto& row = square[(i + static_cast<std::size_t>(place_)) % square.size()];
      for (std::size_t period = 0; period < row.size(); ++period)
        readings.push_back({mixed[i], row[period], static_cast<int>(period) + 1});
    }
    return readings;
  }

  std::vector<Reading> withScratch() const {
    auto subset = drawCases(protocol_, protocol_.design.scratchCases, protocol_.design.seed, true);
    auto readings = crossed(subset);
    for (const int number : counted_)
      if (std::ranges::find(subset, number) == subset.end()) readings.push_back({number});
    return readings;
  }

  std::vector<Reading> handedOver() const {
    auto random = streamOf(protocol_.design.seed, "annotators");
    const auto mixed = shuffled(counted_, random);
    const auto readers = protocol_.readers.size();
    const auto place = static_cast<std::size_t>(place_);
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < mixed.size(); ++i) {
      if (i % readers == place) readings.push_back({mixed[i], 0, 1});
      if ((i + 1) % readers == place) readings.push_back({mixed[i], 1, 2});
    }
    return readings;
  }

  void addRepeats(std::vector<Reading>& readings) const {
    if (protocol_.design.repeatedCases == 0) return;
    const auto again = drawCases(protocol_, protocol_.design.repeatedCases, protocol_.design.seed + 1, true);
    int last = 1;
    for (const Reading& one : readings) last = std::max(last, one.period);
    std::vector<Reading> repeats;
    for (const Reading& one : readings)
      if (one.arm == 0 && std::ranges::find(again, one.number) != again.end())
        repeats.push_back({one.number, one.arm, last + 1, 1});
    readings.insert(readings.end(), repeats.begin(), repeats.end());
  }

  const StudyProtocol& protocol_;
  int place_;
  std::vector<int> counted_;
};

/// Keeps cases of one patient from following each other, where others of their period can lie between them.
class Parting {
 public:
  Parting(std::vector<Reading>& readings, const StudyProtocol& protocol) : readings_(readings), protocol_(protocol) {}

  void part() {
    for (std::size_t i = 1; i < readings_.size(); ++i)
      if (alike(i - 1, readings_[i]) && !bringForward(i)) putBack(i);
  }

 private:
  std::string patientOf(const Reading& reading) const {
    const StudyCase& one = protocol_.cases[static_cast<std::size_t>(reading.number)];
    return one.patientGroup.empty() ? "case " + one.id : one.patientGroup;
  }
  bool alike(std::size_t place, const Reading& reading) const {
    return place < readings_.size() && patientOf(readings_[place]) == patientOf(reading);
  }

  /// Another one of the period takes its place.
  bool bringForward(std::size_t i) {
    for (std::size_t j = i + 1; j < readings_.size() && readings_[j].period == readings_[i].period; ++j) {
      if (alike(i - 1, readings_[j])) continue;
      std::swap(readings_[i], readings_[j]);
      return true;
    }
    return false;
  }

  /// It goes between two that were placed already.
  void putBack(std::size_t i) {
    const Reading reading = readings_[i];
    for (std::size_t k = i; k-- > 0 && readings_[k].period == reading.period;) {
      const bool free = !alike(k, reading) && (k == 0 || !alike(k - 1, reading));
      if (!free) continue;
      const auto first = readings_.begin();
      std::rotate(first + static_cast<std::ptrdiff_t>(k), first + static_cast<std::ptrdiff_t>(i),
                  first + static_cast<std::ptrdiff_t>(i) + 1);
      return;
    }
  }

  std::vector<Reading>& readings_;
  const StudyProtocol& protocol_;
};

/// What nobody but the coordinator knows; without it, a reader could work out which case and arm a task's name stands
/// for by trying them all.
std::string secretOf(const StudyProtocol& protocol) {
  std::string text = protocol.id + "|" + protocol.createdUtc + "|" + std::to_string(protocol.design.seed);
  for (const StudyCase& one : protocol.cases) text += "|" + one.name + "|" + one.truthSha256;
  for (const StudyStart& start : protocol.starts) text += "|" + start.sha256;
  return sha256Hex(text);
}

bool isPlanted(const StudyProtocol& protocol, const StudyTask& task) {
  return std::ranges::any_of(protocol.planted, [&](const PlantedError& error) {
    return error.caseId == task.caseId && error.arm == task.arm;
  });
}

class Order {
 public:
  Order(const StudyProtocol& protocol, const std::string& reader)
      : protocol_(protocol), reader_(reader), secret_(secretOf(protocol)) {}

  void add(const Reading& reading, bool practice) {
    StudyTask task;
    task.reader = reader_;
    task.caseId = protocol_.cases[static_cast<std::size_t>(reading.number)].id;
    task.arm = protocol_.arms[static_cast<std::size_t>(reading.arm)].id;
    task.position = static_cast<int>(tasks_.size()) + 1;
    task.period = reading.period;
    task.repeat = reading.repeat;
    task.practice = practice;
    task.planted = isPlanted(protocol_, task);
    task.id = idOf(task);
    tasks_.push_back(std::move(task));
  }
  std::vector<StudyTask> take() { return std::move(tasks_); }

 private:
  std::string idOf(const StudyTask& task) const {
    const std::string what = task.reader + "|" + task.caseId + "|" + task.arm + "|" + std::to_string(task.repeat);
    return "T" + sha256Hex(secret_ + "|" + what).substr(0, 12);
  }
  const StudyProtocol& protocol_;
  std::string reader_, secret_;
  std::vector<StudyTask> tasks_;
};

std::vector<StudyTask> orderOf(const StudyProtocol& protocol, int place) {
  const std::string& reader = protocol.readers[static_cast<std::size_t>(place)].id;
  auto random = streamOf(protocol.design.seed, "order of " + reader);
  auto readings = shuffled(Plan(protocol, place).readings(), random);
  std::ranges::stable_sort(readings, {}, &Reading::period);
  Parting(readings, protocol).part();
  Order order(protocol, reader);
  for (const int number : numbersOf(protocol, true)) order.add({number}, true);
  for (const Reading& reading : readings) order.add(reading, false);
  return order.take();
}

}  // namespace

std::vector<StudyTask> makeOrder(const StudyProtocol& protocol) {
  std::vector<StudyTask> all;
  for (std::size_t place = 0; place < protocol.readers.size(); ++place) {
    const auto order = orderOf(protocol, static_cast<int>(place));
    all.insert(all.end(), order.begin(), order.end());
  }
  return all;
}

std::vector<int> drawCases(const StudyProtocol& protocol, int count, std::uint64_t seed, bool onePerPatient) {
  auto random = streamOf(seed, "drawn cases");
  std::vector<int> drawn;
  std::set<std::string> patients;
  for (const int number : shuffled(numbersOf(protocol, false), random)) {
    const std::string& patient = protocol.cases[static_cast<std::size_t>(number)].patientGroup;
    if (static_cast<int>(drawn.size()) == count) break;
    if (onePerPatient && !patient.empty() && !patients.insert(patient).second) continue;
    drawn.push_back(number);
  }
  if (static_cast<int>(drawn.size()) < count)
    throw Error("of " + std::to_string(count) + " cases only " + std::to_string(drawn.size()) +
                (onePerPatient ? ", one a patient," : "") + " are there");
  std::ranges::sort(drawn);
  return drawn;
}

std::vector<std::vector<int>> williamsSquare(int arms) {
  std::vector<int> first;  // 0, 1, n-1, 2, n-2, ...
  for (int i = 0; i < arms; ++i) first.push_back(i % 2 == 1 ? (i + 1) / 2 : (arms - i / 2) % arms);
  std::vector<std::vector<int>> rows;
  for (int shift = 0; shift < arms; ++shift) {
    rows.emplace_back();
    for (const int arm : first) rows.back().push_back((arm + shift) % arms);
  }
  if (arms % 2 == 0) return rows;
  for (int shift = 0; shift < arms; ++shift)
    rows.emplace_back(rows[static_cast<std::size_t>(shift)].rbegin(), rows[static_cast<std::size_t>(shift)].rend());
  return rows;
}

}  // namespace recontour
