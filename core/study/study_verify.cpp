#include "core/study/study_verify.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/session/kept_head.h"
#include "core/study/reading_check.h"
#include "core/study/study_import.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;
using Problems = std::vector<std::string>;

void checkFile(const fs::path& file, const std::string& sha256, Problems& problems) {
  if (!fs::exists(file))
    problems.push_back(file.string() + ": is missing");
  else if (sha256HexOfFile(file) != sha256)
    problems.push_back(file.string() + ": is not the file that the protocol names");
}

void checkImage(const CoordinatorStudy& study, const StudyCase& one, Problems& problems) {
  const auto image = study.imageOf(one.id);
  try {
    if (openCase(image).imageHash != one.imageHash)
      problems.push_back(image.string() + ": is not the image that the protocol names");
  } catch (const Error& error) {
    problems.emplace_back(error.what());
  }
}

Problems filesOf(const CoordinatorStudy& study) {
  Problems problems;
  const StudyProtocol& protocol = study.protocol();
  for (const StudyCase& one : protocol.cases) {
    checkImage(study, one, problems);
    if (!one.truthSha256.empty()) checkFile(study.truthOf(one.id), one.truthSha256, problems);
  }
  for (const StudyStart& start : protocol.starts)
    checkFile(study.startOf(start.caseId, start.arm), start.sha256, problems);
  for (const PlantedError& error : protocol.planted)
    if (!error.maskSha256.empty()) checkFile(study.plantOf(error.caseId, error.arm), error.maskSha256, problems);
  return problems;
}

bool sameTask(const StudyTask& a, const StudyTask& b) {
  return a.id == b.id && a.reader == b.reader && a.caseId == b.caseId && a.arm == b.arm && a.position == b.position &&
         a.period == b.period && a.repeat == b.repeat && a.practice == b.practice && a.planted == b.planted;
}

/// The store's tasks are those that were frozen.
Problems tasksOf(const CoordinatorStudy& study, const std::vector<StudySession>& sessions) {
  Problems problems;
  for (const StudyTask& task : study.protocol().order) {
    const auto known = std::ranges::find(sessions, task.id, [](const StudySession& one) { return one.task.id; });
    if (known == sessions.end() || !sameTask(known->task, task))
      problems.push_back("task " + task.id + ": is not in the store as it was frozen");
  }
  if (sessions.size() != study.protocol().order.size())
    problems.emplace_back("the store has other tasks than were frozen");
  return problems;
}

class ReadingVerifier {
 public:
  ReadingVerifier(const CoordinatorStudy& study, std::span<const Receipt> receipts)
      : study_(study), receipts_(receipts), organs_(organTableOf(study.protocol())) {}

  /// @return the receipts that fit
  int verify(const StudySession& known, VerifiedReading& reading) const {
    try {
      const auto folder = study_.sessionOf(known.task);
      if (!fs::exists(folder / "session.rclog")) throw Error(folder, "has no session.rclog any more");
      const SessionFacts facts = readFacts(folder, study_.protocol(), organs_);
      reading.events = facts.hashes.size();
      compareWithStore(known, facts, reading);
      const int fitting = compareWithReceipts(facts, reading);
      requireReadingOf(study_, known.task, folder, facts);
      requireLabels(folder, facts);
      return fitting;
    } catch (const std::exception& error) {  // a log of any content
      reading.problems.emplace_back(error.what());
      return 0;
    }
  }

 private:
  static void compareWithStore(const StudySession& known, const SessionFacts& facts, VerifiedReading& reading) {
    const bool sameChain = known.logHead == facts.session.logHead && known.chainHead == facts.acceptHash;
    if (!sameChain)
      reading.problems.emplace_back("its log was cut, or built anew: its head is not the one that the store keeps");
    else if (known.labelsHash != facts.session.labelsHash || known.startHash != facts.session.startHash)
      reading.problems.emplace_back("the store keeps other labels than its log leads to");
    if (sameChain) reading.heads.emplace_back("store");
  }

  int compareWithReceipts(const SessionFacts& facts, VerifiedReading& reading) const {
    int fitting = 0;
    for (const Receipt& receipt : receipts_) {
      if (receipt.task != reading.task) continue;
      const std::string wrong = compareWithHead(facts.hashes, {receipt.sequence, receipt.hash});
      if (wrong.empty())
        ++fitting;
      else
        reading.problems.push_back("by the reader's receipt, its log " + wrong);
    }
    if (fitting > 0) reading.heads.emplace_back("receipt");
    return fitting;
  }

  static void requireLabels(const fs::path& folder, const SessionFacts& facts) {
    const auto file = folder / "revision.nii.gz";
    if (facts.accepted && labelMapHash(readLabelFile(file).labels) != facts.session.labelsHash)
      throw Error(file, "holds other labels than its log leads to");
  }

  const CoordinatorStudy& study_;
  std::span<const Receipt> receipts_;
  OrganTable organs_;
};

bool cameIn(const CoordinatorStudy& study, const StudySession& session) {
  return !session.logHead.empty() || session.state == StudySession::State::Accepted ||
         fs::exists(study.sessionOf(session.task));
}

/// Receipts of readings that are not here.
void checkLost(std::span<const Receipt> receipts, StudyVerification& found) {
  for (const Receipt& receipt : receipts)
    if (std::ranges::find(found.readings, receipt.task, &VerifiedReading::task) == found.readings.end())
      found.problems.push_back("task " + receipt.task +
                               ": there is a receipt, but no reading; merge the reader's return");
}

}  // namespace

std::string StudyVerification::firstProblem() const {
  if (!problems.empty()) return problems.front();
  for (const VerifiedReading& reading : readings)
    if (!reading.problems.empty())
      return "task " + reading.task + " of " + reading.reader + ": " + reading.problems.front();
  return {};
}

StudyVerification verifyStudy(const CoordinatorStudy& study, std::span<const Receipt> receipts) {
  StudyVerification found;
  const auto sessions = study.store().sessions();
  found.problems = filesOf(study);
  const auto tasks = tasksOf(study, sessions);
  found.problems.insert(found.problems.end(), tasks.begin(), tasks.end());
  const ReadingVerifier verifier(study, receipts);
  for (const StudySession& session : sessions) {
    if (!cameIn(study, session)) continue;
    VerifiedReading reading;
    reading.task = session.task.id;
    reading.reader = session.task.reader;
    reading.caseId = session.task.caseId;
    found.receipts += verifier.verify(session, reading);
    found.readings.push_back(std::move(reading));
  }
  checkLost(receipts, found);
  return found;
}

}  // namespace recontour
