#include <cstdio>
#include <ctime>
#include <iomanip>
#include <sstream>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/image/organ_table.h"
#include "core/io/layer_files.h"
#include "core/metrics/metric_table.h"
#include "core/session/edit_times.h"
#include "core/session/hand_over.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"

namespace recontour::cli {
namespace {

constexpr const char* kSessionHelp = "Session folder or its session.rclog";

/// --at as an event number, or as a time: seconds since the first event, or an ISO date and time.
std::optional<std::uint64_t> eventAt(const std::vector<Event>& events, const std::string& at) {
  if (at.empty()) return {};
  const bool isNumber = at.find_first_not_of("0123456789") == std::string::npos;
  if (isNumber) return std::stoull(at);
  std::tm date = {};
  std::istringstream stream(at);
  stream >> std::get_time(&date, at.find('T') != std::string::npos ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d %H:%M:%S");
  if (stream.fail()) throw Error(at, "is neither an event number nor a time such as 2026-01-31T14:05:00");
  const std::int64_t untilMs = std::int64_t{timegm(&date)} * 1000 + 999;
  std::optional<std::uint64_t> last;
  for (const Event& event : events) {
    if (event.wallMs <= untilMs) last = event.sequence;
  }
  if (!last) throw Error(at, "lies before the session's first event");
  return last;
}

void replayCommand(const std::string& session, const std::string& out, const std::string& at) {
  const auto log = sessionLogPath(session);
  const auto content = readSessionLog(log);
  if (content.damage)
    std::fprintf(stderr, "%s: damaged (%s); replayed all before it\n", log.c_str(), content.damage->c_str());
  const ReplayedSession replayed = replay(log, eventAt(content.events, at));
  writeLayerFiles(out, replayed.labels, replayed.overlapping, replayed.geometry);
}

std::string seconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

struct TimesRow {
  std::string session, reader, caseName;
  const char* attribution;
  double idleLimitS;
};

void addRow(std::string& csv, const TimesRow& row, const std::string& organ, const TimeShare& share) {
  char limit[32];
  std::snprintf(limit, sizeof limit, "%g", row.idleLimitS);
  csv += csvText(row.session) + "," + csvText(row.reader) + "," + csvText(row.caseName) + "," + organ + "," +
         row.attribution + "," + limit;
  for (const double value :
       {share.wallS, share.activeS(), share.editS, share.inspectS, share.waitS, share.awayS, share.pausedS}) {
    csv += "," + seconds(value);
  }
  csv += "," + std::to_string(share.strokes) + "," + std::to_string(share.undos) + "\n";
}

std::string nameOf(const OrganTable& organs, Label label) {
  const Organ* organ = organs.find(label);
  return organ ? organ->key : std::to_string(label);
}

/// @param row  its session, reader and case
void addReader(std::string& csv, TimesRow row, const std::vector<TimedEvent>& events,
               const std::vector<double>& idleLimits, const OrganTable& organs) {
  for (const double idle : idleLimits) {
    for (const auto attribution : {Attribution::Selected, Attribution::LookBack}) {
      row.attribution = attribution == Attribution::Selected ? "selected" : "lookback";
      row.idleLimitS = idle;
      const EditTimes times = computeTimes(events, idle, attribution);
      addRow(csv, row, "total", times.total);
      for (const auto& [label, share] : times.organs) addRow(csv, row, nameOf(organs, label), share);
      addRow(csv, row, "review", times.review);
      if (times.interrupted) std::fprintf(stderr, "%s: interrupted\n", row.session.c_str());
    }
  }
}

void addSession(std::string& csv, const std::filesystem::path& session, const std::vector<double>& idleLimits,
                const OrganTable& organs) {
  const auto log = sessionLogPath(session);
  const auto content = readSessionLog(log);
  const auto replayed = replay(log);
  for (const auto& [reader, events] : timedEventsByReader(content.events))
    addReader(csv, {session.string(), reader, replayed.caseName, "", 0}, events, idleLimits, organs);
}

/// How long each had it, and what he changed of each organ.
void printStays(const std::vector<ReaderStay>& stays, const OrganTable& organs) {
  std::puts("stay,reader,active_s,edit_s,strokes,organ,voxels_before,voxels_after,added,removed,dsc");
  LabelLayers before(stays.empty() ? LabelMap() : LabelMap(stays.front().labels.size()));
  for (std::size_t i = 0; i < stays.size(); ++i) {
    const TimeShare& total = stays[i].times.total;
    const std::string head = std::to_string(i + 1) + "," + csvText(stays[i].reader) + ",";
    std::printf("%s%s,%s,%d,total,,,,,\n", head.c_str(), seconds(total.activeS()).c_str(), seconds(total.editS).c_str(),
                total.strokes);
    for (const OrganDifference& one : organDifferences(before, stays[i].labels))
      std::printf("%s,,,%s,%lld,%lld,%lld,%lld,%s\n", head.c_str(), nameOf(organs, one.organ).c_str(),
                  static_cast<long long>(one.voxelsBefore), static_cast<long long>(one.voxelsAfter),
                  static_cast<long long>(one.added), static_cast<long long>(one.removed), csvNumber(one.dsc).c_str());
    before = stays[i].labels;
  }
}

void printWords(const ReaderStay& stay, const OrganTable& organs) {
  for (const CaseComment& said : stay.comments)
    std::printf("comment by %s on %s, %s slice %d: %s\n", said.reader.c_str(), nameOf(organs, said.organ).c_str(),
                planeName(said.plane), said.slice + 1, said.text.c_str());
  if (stay.check)
    std::printf("%s by %s%s%s\n", stay.check->approved ? "approved" : "returned", stay.check->reader.c_str(),
                stay.check->text.empty() ? "" : ": ", stay.check->text.c_str());
}

void printShown(const SessionLogContent& content) {
  const auto shown = eventsThatShowContours(content.events);
  if (content.damage)
    std::printf("the log is damaged (%s): what was shown behind it is unknown\n", content.damage->c_str());
  else if (shown.empty())
    std::printf("no contours from elsewhere were shown: none of %zu events of an intact chain says so\n",
                content.events.size());
  for (const std::uint64_t event : shown)
    std::printf("event %llu showed contours from elsewhere\n", static_cast<unsigned long long>(event));
}

/// Who had the session, for how long, what he changed and said.
void handOverCommand(const std::string& session, const std::string& organs) {
  const OrganTable table = OrganTable::named(organs);
  const auto content = readSessionLog(sessionLogPath(session));
  const auto stays = readerStays(content.events);
  printStays(stays, table);
  for (const ReaderStay& stay : stays) printWords(stay, table);
  printShown(content);
}

void timesCommand(const std::vector<std::string>& sessions, const std::vector<double>& idleLimits,
                  const std::string& csvFile, const std::string& organs) {
  const OrganTable table = OrganTable::named(organs);
  std::string csv =
      "session,reader,case,organ,attribution,idle_limit_s,wall_s,active_s,edit_s,inspect_s,wait_s,away_s,paused_s,"
      "strokes,undos\n";
  for (const auto& session : sessions) addSession(csv, session, idleLimits, table);
  if (csvFile.empty()) {
    std::fputs(csv.c_str(), stdout);
  } else {
    writeFileSafely(csvFile, csv);
  }
}

}  // namespace

void addSessionCommands(CLI::App& app) {
  auto* replayApp = app.add_subcommand("replay", "Write the label map of a session as it was at an event or time");
  auto session = std::make_shared<std::string>(), out = std::make_shared<std::string>(),
       at = std::make_shared<std::string>();
  replayApp->add_option("SESSION", *session, kSessionHelp)->required();
  replayApp->add_option("--out", *out, "Label map to write (.nii, .nii.gz)")->required();
  replayApp->add_option("--at", *at, "Event number, or UTC time such as 2026-01-31T14:05:00; the end when missing");
  replayApp->callback([=] { replayCommand(*session, *out, *at); });

  auto* timesApp = app.add_subcommand("times", "Edit times of sessions, per organ, as CSV");
  auto sessions = std::make_shared<std::vector<std::string>>();
  auto idle = std::make_shared<std::vector<double>>(std::vector<double>{30});
  auto csv = std::make_shared<std::string>(), organs = std::make_shared<std::string>("word");
  timesApp->add_option("SESSION", *sessions, kSessionHelp)->required();
  timesApp->add_option("--idle", *idle, "Idle limits in seconds, separated by commas")
      ->delimiter(',')
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  timesApp->add_option("--csv", *csv, "File to write; standard output when missing");
  timesApp->add_option("--organs", *organs, "Organ table: a shipped name or a file")->capture_default_str();
  timesApp->callback([=] { timesCommand(*sessions, *idle, *csv, *organs); });

  auto* handOverApp = app.add_subcommand(
      "handover", "Who had a session, for how long, and what he changed and said: annotate and check");
  auto handed = std::make_shared<std::string>(), table = std::make_shared<std::string>("word");
  handOverApp->add_option("SESSION", *handed, kSessionHelp)->required();
  handOverApp->add_option("--organs", *table, "Organ table: a shipped name or a file")->capture_default_str();
  handOverApp->callback([=] { handOverCommand(*handed, *table); });
}

}  // namespace recontour::cli
