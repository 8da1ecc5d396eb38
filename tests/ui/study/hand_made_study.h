#pragma once
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QWidget>
#include <cstdlib>
#include <string>

#include "core/base/clock.h"
#include "core/base/portable_random.h"
#include "core/study/coordinator_study.h"
#include "core/study/study_import.h"
#include "core/study/study_order.h"
#include "tests/data/temporary_folder.h"

namespace recontour {

/// Stands still at noon of 1 December 2026 unless it is moved.
class StudyClock final : public Clock {
 public:
  std::int64_t monotonicMs() const override { return nowMs; }
  std::int64_t wallMs() const override { return nowMs; }
  std::int64_t nowMs = 1'796'126'400'000;
};

inline constexpr std::int64_t kHourMs = 3'600'000;

/// Sees to events until the condition holds. @return whether it did in time
template <typename Condition>
bool waitFor(Condition condition, int limitMs = 10'000) {
  QElapsedTimer timer;
  timer.start();
  while (!condition()) {
    if (timer.elapsed() > limitMs) return false;
    QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
  }
  return true;
}

/// A picture of a widget in the folder that RECONTOUR_PICTURES names, for people to look at.
inline void picture(QWidget& widget, const QString& name) {
  const char* folder = std::getenv("RECONTOUR_PICTURES");
  if (folder == nullptr) return;
  QElapsedTimer timer;
  timer.start();
  waitFor([&] { return timer.elapsed() > 60; });
  widget.grab().save(QString::fromLocal8Bit(folder) + QLatin1Char('/') + name + QStringLiteral(".png"));
}

/// WORD's study on paper: 20 cases, of which two are of one patient, and 3 readers; no image is there.
inline StudyProtocol wordProtocol(int cases = 20, int readers = 3) {
  const OrganTable organs = OrganTable::named("word");
  StudyProtocol protocol = studyPreset("word-fig3");
  protocol.id = "WORD-3";
  protocol.title = "Three oncologists revise 20 cases";
  protocol.design.samePatientDays = 14;
  protocol.organTableHash = organs.hash();
  for (const Organ& organ : organs.organs()) protocol.organs.push_back(organ.key);
  const char* const hospitals[] = {"Chengdu West", "Guangzhou South", "Shanghai North"};
  for (int number = 1; number <= cases; ++number) {
    StudyCase one;
    one.id = (number < 10 ? "C0" : "C") + std::to_string(number);
    one.name = "word_" + std::to_string(number);
    one.patientGroup = number == 14 ? "patient-C07" : "patient-" + one.id;
    protocol.cases.push_back(one);
  }
  for (int number = 1; number <= readers; ++number) {
    StudyReader reader;
    reader.id = "R" + std::to_string(number);
    reader.hospital = hospitals[(number - 1) % 3];
    reader.years = 1 + number % 3;
    protocol.readers.push_back(reader);
  }
  return protocol;
}

/// A study whose store says that it is frozen and partly read, without a file of a case.
class HandMadeStudy {
 public:
  explicit HandMadeStudy(StudyProtocol protocol = wordProtocol())
      : study(CoordinatorStudy::create(temporary.path() / "WORD-3", std::move(protocol), clock)) {}

  void freeze() {
    study.edit([](StudyProtocol& protocol) { protocol.order = makeOrder(protocol); });
    study.store().setTasks(study.protocol().order);
    study.store().setSetting("freeze_hash", protocolHash(study.protocol()));
    study.store().setSetting("stage", "frozen");
  }
  StudyTask taskOf(const std::string& reader, int position) const {
    for (const StudyTask& task : study.protocol().order)
      if (task.reader == reader && task.position == position) return task;
    return {};
  }
  /// The reader's reading number `position` as it was accepted.
  StudySession accepted(const std::string& reader, int position, double activeMin, std::int64_t agoMs) const {
    StudySession session;
    session.task = taskOf(reader, position);
    session.state = StudySession::State::Accepted;
    session.acceptedWallMs = clock.nowMs - agoMs;
    session.activeS = activeMin * 60;
    session.wallS = activeMin * 75;
    session.activeAtS = {activeMin * 52, activeMin * 60, activeMin * 64, activeMin * 66};
    session.organsEdited = 4;
    session.strokes = 31;
    return session;
  }
  void put(const StudySession& session) { study.store().putSession(session); }
  void putOpen(const std::string& reader, int position) {
    StudySession session;
    session.task = taskOf(reader, position);
    session.state = StudySession::State::Open;
    put(session);
  }
  /// Readings as in the middle of a study: 14, 7 and 20 are done, two were flagged, one is excluded.
  void readPartly() {
    readReader("R1", 14);
    readReader("R2", 7);
    readReader("R3", static_cast<int>(study.protocol().cases.size()));
    putOpen("R1", 15);
    putOpen("R2", 8);
    StudySession cut = accepted("R1", 7, 12.2, 90 * kHourMs);
    cut.interrupted = true;
    cut.flags.push_back({"interrupted", "power lost for 14 min at 3:20 active; resumed, nothing lost"});
    put(cut);
    StudySession side = accepted("R3", 12, 4.3, 60 * kHourMs);
    side.flags.push_back({"left_right", "Kidney left lies to the right of Kidney right"});
    put(side);
    StudySession excluded = accepted("R3", 3, 15, 200 * kHourMs);
    excluded.state = StudySession::State::Excluded;
    excluded.excludedReason = "the reader was called away";
    put(excluded);
  }
  void readReader(const std::string& reader, int count) {
    PortableRandom random(static_cast<std::uint64_t>(reader.back()) * 7919U);
    for (int position = 1; position <= count; ++position) {
      StudySession session =
          accepted(reader, position, 4 + random.between(0, 12), (count - position + 1) * 20 * kHourMs);
      session.organsEdited = 2 + static_cast<int>(random.between(0, 6));
      for (std::size_t organ = 0; organ < study.protocol().organs.size(); ++organ)
        session.organActiveS[study.protocol().organs[organ]] = session.activeS / static_cast<double>(2 + organ * organ);
      put(session);
    }
  }

  TemporaryFolder temporary;
  StudyClock clock;
  CoordinatorStudy study;
};

}  // namespace recontour
