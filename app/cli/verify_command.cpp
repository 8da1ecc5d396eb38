#include <cstdio>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/metrics/metric_table.h"
#include "core/session/kept_head.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "core/study/study_verify.h"

namespace recontour::cli {
namespace {

namespace fs = std::filesystem;

std::vector<Receipt> receiptsIn(const std::string& file) {
  if (file.empty()) return {};
  if (!fs::exists(file)) throw Error(file, "does not exist", "give the receipts.csv that a reader keeps");
  return readReceipts(file);
}

SessionLogContent intactLog(const fs::path& log) {
  SessionLogContent content;
  try {
    content = readSessionLog(log);
    if (!content.damage) replayWhole(content.events);
  } catch (const Error& error) {
    if (!fs::exists(log)) throw;
    throw Error(error.what(), ErrorKind::CheckFailed);
  }
  if (content.damage) throw Error(log, *content.damage, "the events before it are intact", ErrorKind::CheckFailed);
  return content;
}

/// The study's task that a session is of; empty outside of studies.
std::string taskOf(const std::vector<Event>& events) {
  std::string task;
  for (const Event& event : events)
    if (event.type == "study") task = parseJson(event.header, "event").value("task", "");
  return task;
}

void requireHead(const fs::path& log, const SessionLogContent& content, const ChainHead& head, const char* keptIn) {
  const std::string wrong = compareWithHead(content.hashes, head);
  if (!wrong.empty())
    throw Error(log, "by the head that " + std::string(keptIn) + " keeps, it " + wrong, {}, ErrorKind::CheckFailed);
}

/// @return what kept a head that the log has
std::vector<std::string> comparedHeads(const fs::path& log, const SessionLogContent& content,
                                       const std::vector<Receipt>& receipts) {
  std::vector<std::string> heads;
  if (const auto head = headInResult(log.parent_path())) {
    requireHead(log, content, *head, "result.json");
    heads.push_back("result.json (event " + std::to_string(head->sequence) + ")");
  }
  const std::string task = taskOf(content.events);
  for (const Receipt& receipt : receipts) {
    if (receipt.task != task) continue;
    requireHead(log, content, {receipt.sequence, receipt.hash}, "a receipt");
    heads.push_back("a receipt (event " + std::to_string(receipt.sequence) + ")");
  }
  return heads;
}

std::string joined(const std::vector<std::string>& words, const char* between = ", ") {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

void verifySession(const std::string& session, const std::vector<Receipt>& receipts) {
  const auto log = sessionLogPath(session);
  const SessionLogContent content = intactLog(log);
  const auto heads = comparedHeads(log, content, receipts);
  std::printf("%s: %zu events, hash chain, counts and geometry hold\nlast hash %s\n", log.c_str(),
              content.events.size(), toHex(content.lastHash).c_str());
  if (heads.empty())
    std::puts("no head was kept elsewhere: a tail cut at an event's end, or a chain built anew, would not be seen");
  else
    std::printf("compared with the head in %s\n", joined(heads).c_str());
}

void printReading(const VerifiedReading& reading) {
  const std::string found = reading.problems.empty() ? "holds" : joined(reading.problems, "; ");
  const std::string heads = reading.heads.empty() ? "no head" : joined(reading.heads, " and ");
  std::printf("%s,%s,%s,%zu,%s,%s\n", reading.task.c_str(), reading.reader.c_str(), reading.caseId.c_str(),
              reading.events, heads.c_str(), csvText(found).c_str());
}

void verifyWholeStudy(const std::string& folder, const std::vector<Receipt>& receipts, bool given) {
  const SystemClock clock;
  const auto study = CoordinatorStudy::open(folder, clock);
  const StudyVerification found = verifyStudy(study, receipts);
  std::puts("task,reader,case,events,compared with,found");
  for (const VerifiedReading& reading : found.readings) printReading(reading);
  if (const std::string problem = found.firstProblem(); !problem.empty())
    throw Error(folder, problem, {}, ErrorKind::CheckFailed);
  std::printf("%s: %zu readings hold; files are as frozen (%s)\n", folder.c_str(), found.readings.size(),
              study.freezeHash().empty() ? "a draft" : study.freezeHash().c_str());
  if (given)
    std::printf("%d of %zu receipts fit\n", found.receipts, receipts.size());
  else
    std::puts(
        "compared with the coordinator's store alone: who can change the store could build a chain anew; give "
        "--receipts");
}

void verify(const std::string& what, const std::string& receiptFile) {
  const auto receipts = receiptsIn(receiptFile);
  if (fs::exists(fs::path(what) / "study.json"))
    verifyWholeStudy(what, receipts, !receiptFile.empty());
  else
    verifySession(what, receipts);
}

}  // namespace

void addVerifyCommand(CLI::App& app) {
  auto* command = app.add_subcommand(
      "verify", "Check hash chains, counts and geometry of a session or a whole study; exit 1 when broken");
  auto what = std::make_shared<std::string>(), receipts = std::make_shared<std::string>();
  command->add_option("SESSION", *what, "Session folder, its session.rclog, or the folder of a study")->required();
  command->add_option("--receipts", *receipts, "receipts.csv that a reader keeps: finds a chain that was built anew");
  command->callback([=] { verify(*what, *receipts); });
}

}  // namespace recontour::cli
