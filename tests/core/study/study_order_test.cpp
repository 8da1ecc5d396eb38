#include "core/study/study_order.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace recontour {
namespace {

StudyProtocol protocolOf(const std::string& preset, int cases, int readers) {
  StudyProtocol protocol = studyPreset(preset);
  protocol.id = "order";
  protocol.design.seed = 7;
  for (int i = 1; i <= cases; ++i) {
    StudyCase one;
    one.id = "C" + std::to_string(i);
    one.patientGroup = "P" + std::to_string(i);
    protocol.cases.push_back(one);
  }
  for (int i = 1; i <= readers; ++i) protocol.readers.emplace_back().id = "R" + std::to_string(i);
  return protocol;
}

std::vector<StudyTask> ofReader(const std::vector<StudyTask>& order, const std::string& reader) {
  std::vector<StudyTask> tasks;
  std::ranges::copy_if(order, std::back_inserter(tasks), [&](const StudyTask& task) { return task.reader == reader; });
  return tasks;
}

/// "C3 C1 C2", with the arm behind each where there are several: "C3A".
std::string told(const std::vector<StudyTask>& tasks, bool withArm = false) {
  std::string text;
  for (const StudyTask& task : tasks) text += (text.empty() ? "" : " ") + task.caseId + (withArm ? task.arm : "");
  return text;
}

/// The arms of a case in the order in which a reader has it, e.g. "AB".
std::string armsOf(const std::vector<StudyTask>& tasks, const std::string& caseId) {
  std::string arms;
  for (const StudyTask& task : tasks)
    if (task.caseId == caseId) arms += task.arm;
  return arms;
}

TEST(StudyOrder, IsTheSameOnEveryMachineForASeed) {
  const auto order = makeOrder(protocolOf("word-fig3", 6, 2));
  EXPECT_EQ(told(ofReader(order, "R1")), "C5 C2 C6 C4 C3 C1");
  EXPECT_EQ(told(ofReader(order, "R2")), "C1 C6 C2 C3 C4 C5");
  EXPECT_EQ(order.front().id, "Tcc7b7404ec79");
  const auto crossed = makeOrder(protocolOf("crossover", 4, 2));
  EXPECT_EQ(told(ofReader(crossed, "R1"), true), "C1A C3B C4B C2A C1B C3A C4A C2B");
}

TEST(StudyOrder, ChangesWithTheSeed) {
  auto protocol = protocolOf("word-fig3", 20, 1);
  const auto first = told(makeOrder(protocol));
  protocol.design.seed = 8;
  EXPECT_NE(told(makeOrder(protocol)), first);
}

TEST(StudyOrder, GivesEveryReaderEveryCaseOnceInAnOrderOfHisOwn) {
  const auto order = makeOrder(protocolOf("word-fig3", 20, 3));
  ASSERT_EQ(order.size(), 60U);
  std::set<std::string> orders;
  for (const char* reader : {"R1", "R2", "R3"}) {
    const auto tasks = ofReader(order, reader);
    std::set<std::string> cases;
    for (const StudyTask& task : tasks) cases.insert(task.caseId);
    EXPECT_EQ(cases.size(), 20U);
    EXPECT_EQ(tasks.size(), 20U);
    for (std::size_t i = 0; i < tasks.size(); ++i) EXPECT_EQ(tasks[i].position, static_cast<int>(i) + 1);
    orders.insert(told(tasks));
  }
  EXPECT_EQ(orders.size(), 3U);
}

TEST(StudyOrder, BalancesTheArmsOfACrossoverByReaderAndByCase) {
  const auto order = makeOrder(protocolOf("crossover", 8, 4));
  std::map<std::string, int> byReader, byCase;
  for (const char* reader : {"R1", "R2", "R3", "R4"}) {
    const auto tasks = ofReader(order, reader);
    for (int i = 1; i <= 8; ++i) {
      const std::string caseId = "C" + std::to_string(i), arms = armsOf(tasks, caseId);
      EXPECT_TRUE(arms == "AB" || arms == "BA") << arms;
      byReader[reader] += arms == "AB";
      byCase[caseId] += arms == "AB";
    }
  }
  for (const auto& [reader, count] : byReader) EXPECT_EQ(count, 4) << reader;
  for (const auto& [caseId, count] : byCase) EXPECT_EQ(count, 2) << caseId;
}

TEST(StudyOrder, PutsTheSecondReadingOfACaseIntoTheSecondPeriod) {
  const auto tasks = makeOrder(protocolOf("crossover", 6, 1));
  for (const StudyTask& task : tasks) EXPECT_EQ(task.period, task.position <= 6 ? 1 : 2);
}

TEST(StudyOrder, LetsEachArmOfAWilliamsSquarePrecedeEachOtherEquallyOften) {
  for (const int arms : {2, 3, 4, 5, 6}) {
    std::map<std::pair<int, int>, int> neighbours;
    std::map<std::pair<int, std::size_t>, int> places;
    for (const auto& row : williamsSquare(arms)) {
      for (std::size_t i = 1; i < row.size(); ++i) ++neighbours[{row[i - 1], row[i]}];
      for (std::size_t i = 0; i < row.size(); ++i) ++places[{row[i], i}];
    }
    const int squares = arms % 2 == 0 ? 1 : 2;
    EXPECT_EQ(neighbours.size(), static_cast<std::size_t>(arms * (arms - 1)));
    for (const auto& [pair, count] : neighbours) EXPECT_EQ(count, squares) << arms << " arms";
    EXPECT_EQ(places.size(), static_cast<std::size_t>(arms * arms));
    for (const auto& [place, count] : places) EXPECT_EQ(count, squares) << arms << " arms";
  }
}

TEST(StudyOrder, ReadsASubsetFromNothingTooHalfOfItFirst) {
  auto protocol = protocolOf("word-fig3-plus", 20, 2);
  protocol.design.scratchCases = 6;
  const auto order = makeOrder(protocol);
  std::map<std::string, std::string> first, second;
  for (int i = 1; i <= 20; ++i) {
    const std::string caseId = "C" + std::to_string(i);
    first[caseId] = armsOf(ofReader(order, "R1"), caseId);
    second[caseId] = armsOf(ofReader(order, "R2"), caseId);
  }
  EXPECT_EQ(std::ranges::count(first, "A", &std::pair<const std::string, std::string>::second), 14);
  EXPECT_EQ(std::ranges::count(first, "AB", &std::pair<const std::string, std::string>::second), 3);
  EXPECT_EQ(std::ranges::count(first, "BA", &std::pair<const std::string, std::string>::second), 3);
  for (const auto& [caseId, arms] : first)  // turned round from reader to reader
    EXPECT_EQ(second[caseId], std::string(arms.rbegin(), arms.rend()));
}

TEST(StudyOrder, PartsCasesOfOnePatient) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    auto protocol = protocolOf("word-fig3", 6, 1);
    protocol.design.seed = seed;
    for (StudyCase& one : protocol.cases) one.patientGroup = one.id <= "C3" ? "twice" + one.id : "same";  // C4 C5 C6
    const auto tasks = makeOrder(protocol);
    for (std::size_t i = 1; i < tasks.size(); ++i)
      EXPECT_FALSE(tasks[i].caseId > "C3" && tasks[i - 1].caseId > "C3") << "seed " << seed << ": " << told(tasks);
  }
}

TEST(StudyOrder, PartsTheTwoReadingsOfACaseWherePeriodsMeet) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    auto protocol = protocolOf("crossover", 3, 1);
    protocol.design.seed = seed;
    const auto tasks = makeOrder(protocol);
    for (std::size_t i = 1; i < tasks.size(); ++i) EXPECT_NE(tasks[i].caseId, tasks[i - 1].caseId) << "seed " << seed;
  }
}

TEST(StudyOrder, BeginsWithPractice) {
  auto protocol = protocolOf("crossover", 5, 2);
  protocol.cases[1].practice = protocol.cases[3].practice = true;
  const auto tasks = ofReader(makeOrder(protocol), "R2");
  ASSERT_EQ(tasks.size(), 2U + 2 * 3);
  for (const StudyTask& task : tasks) EXPECT_EQ(task.practice, task.position <= 2);
  EXPECT_EQ(tasks[0].caseId, "C2");
  EXPECT_EQ(tasks[1].caseId, "C4");
}

TEST(StudyOrder, RepeatsCasesInTheSameArmInALastPeriod) {
  auto protocol = protocolOf("word-fig3", 10, 2);
  protocol.design.repeatedCases = 3;
  for (const char* reader : {"R1", "R2"}) {
    const auto tasks = ofReader(makeOrder(protocol), reader);
    ASSERT_EQ(tasks.size(), 13U);
    for (const StudyTask& task : tasks) {
      EXPECT_EQ(task.repeat, task.position > 10 ? 1 : 0);
      EXPECT_EQ(task.period, task.position > 10 ? 2 : 1);
      EXPECT_EQ(task.arm, "A");
    }
  }
}

TEST(StudyOrder, HandsWhatOneAnnotatedToTheNext) {
  const auto order = makeOrder(protocolOf("annotate-check", 6, 3));
  std::map<std::string, std::string> annotator, checker;
  for (const StudyTask& task : order) (task.arm == "A" ? annotator : checker)[task.caseId] = task.reader;
  EXPECT_EQ(order.size(), 12U);
  EXPECT_EQ(annotator.size(), 6U);
  EXPECT_EQ(checker.size(), 6U);
  for (const auto& [caseId, reader] : annotator) EXPECT_NE(reader, checker[caseId]);
}

TEST(StudyOrder, NamesTasksSoThatNothingIsToldAndAllDiffer) {
  auto protocol = protocolOf("crossover", 40, 6);
  std::set<std::string> ids;
  for (const StudyTask& task : makeOrder(protocol)) {
    EXPECT_EQ(task.id.size(), 13U);
    EXPECT_EQ(task.id.find_first_not_of("0123456789abcdef", 1), std::string::npos);
    ids.insert(task.id);
  }
  EXPECT_EQ(ids.size(), 480U);
  // A reader knows seed, cases and arms of studies like his own; a sealed reference's hash he cannot guess.
  protocol.cases[0].truthSha256 = std::string(64, 'a');
  for (const StudyTask& task : makeOrder(protocol)) EXPECT_FALSE(ids.contains(task.id));
}

TEST(StudyOrder, MarksReadingsWhoseStartHasAPlantedError) {
  auto protocol = protocolOf("crossover", 2, 1);
  PlantedError error;
  error.caseId = "C2";
  error.arm = "A";
  protocol.planted.push_back(error);
  for (const StudyTask& task : makeOrder(protocol)) EXPECT_EQ(task.planted, task.caseId == "C2" && task.arm == "A");
}

TEST(StudyOrder, DrawsCasesBySeedAndOneOfAPatientWhereAsked) {
  auto protocol = protocolOf("word-fig3", 10, 1);
  const auto drawn = drawCases(protocol, 4, 3, false);
  EXPECT_EQ(drawn.size(), 4U);
  EXPECT_TRUE(std::ranges::is_sorted(drawn));
  EXPECT_EQ(drawCases(protocol, 4, 3, false), drawn);
  for (StudyCase& one : protocol.cases) one.patientGroup = one.id < "C4" ? one.id : "same";  // C1 C10 C2 C3 differ
  EXPECT_EQ(drawCases(protocol, 5, 3, true).size(), 5U);
  EXPECT_ANY_THROW(drawCases(protocol, 6, 3, true));
  EXPECT_ANY_THROW(drawCases(protocol, 11, 3, false));
}

}  // namespace
}  // namespace recontour
