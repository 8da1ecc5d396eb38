#include "core/study/session_facts.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/image/axis_map.h"
#include "core/session/edit_times.h"
#include "core/session/hand_over.h"
#include "core/session/replay.h"

namespace recontour {
namespace {

void readStudyEvent(const Json& header, SessionFacts& facts) {
  facts.taskId = header.value("task", "");
  facts.freezeHash = header.value("freeze_hash", "");
  facts.startSha256 = header.value("start_sha256", "");
  facts.session.environment = header.contains("environment") ? header.at("environment").dump() : "";
}

/// The first answer before revising counts, since a reader who is asked again has seen more; afterwards the last.
void readRating(const Json& header, StudySession& session) {
  const std::string when = header.value("when", "after");
  for (const auto& [question, answer] : header.at("answers").items()) {
    const std::string name = when + "." + question;
    if (when != "before" || !session.ratings.contains(name)) session.ratings[name] = answer.get<std::string>();
  }
}

bool goesOn(const std::string& type) {
  return type == "begin" || type == "edit" || type == "undo" || type == "redo" || type == "start" || type == "scribble";
}

/// What single events say. An accept counts until the reader goes on.
void readEvents(const std::filesystem::path& log, const SessionLogContent& content, SessionFacts& facts) {
  for (std::size_t i = 0; i < content.events.size(); ++i) {
    const Event& event = content.events[i];
    const Json header = parseJson(event.header, log);
    if (event.type == "first") facts.session.appVersion = header.value("app_version", "");
    if (event.type == "study") readStudyEvent(header, facts);
    if (event.type == "rating") readRating(header, facts.session);
    if (event.type == "start") facts.startFiles.push_back(header.value("sha256", ""));
    if (goesOn(event.type)) facts.accepted = false;
    if (event.type != "accept") continue;
    facts.accepted = true;
    facts.acceptSequence = event.sequence;
    facts.acceptedWallMs = event.wallMs;
    facts.acceptHash = toHex(content.hashes[i]);
    facts.revisionSha256 = header.value("revision_sha256", "");
  }
}

void add(TimeShare& sum, const TimeShare& more) {
  for (double TimeShare::*part : {&TimeShare::wallS, &TimeShare::editS, &TimeShare::inspectS, &TimeShare::waitS,
                                  &TimeShare::awayS, &TimeShare::pausedS})
    sum.*part += more.*part;
  sum.strokes += more.strokes;
  sum.undos += more.undos;
}

/// @param organ  0: review, with the organs that are not in the study
TimeShare shareOf(const EditTimes& times, Label organ, const std::set<Label>& inStudy) {
  TimeShare share;
  if (organ == 0) share = times.review;
  for (const auto& [label, one] : times.organs)
    if (organ == 0 ? !inStudy.contains(label) : label == organ) add(share, one);
  return share;
}

/// x of the centre of mass in LPS, mm.
std::optional<double> centreX(const LabelMap& labels, const Geometry& geometry, Label organ) {
  const Box box = boundingBox(labels, organ);
  if (box.empty()) return {};
  const DenseBox dense = labels.copy(box);
  double sum = 0, count = 0;
  std::size_t i = 0;
  for (int z = box.lower.z; z < box.upper.z; ++z)
    for (int y = box.lower.y; y < box.upper.y; ++y)
      for (int x = box.lower.x; x < box.upper.x; ++x, ++i) {
        if (dense.labels[i] != organ) continue;
        sum += geometry.toWorld(Index3{x, y, z}).x;
        ++count;
      }
  return sum / count;
}

/// Pairs whose left one lies further to the right.
void flagSides(const ReplayedSession& replayed, const OrganTable& organs, std::vector<StudyFlag>& flags) {
  constexpr std::string_view kLeft = "_left";
  for (const Organ& left : organs.organs()) {
    if (!left.key.ends_with(kLeft)) continue;
    const std::string stem = left.key.substr(0, left.key.size() - kLeft.size());
    const Organ* right = organs.find(stem + "_right");
    if (right == nullptr) continue;
    const auto leftX = centreX(replayed.labels.of(left.label), replayed.geometry, left.label);
    const auto rightX = centreX(replayed.labels.of(right->label), replayed.geometry, right->label);
    if (leftX && rightX && *leftX < *rightX)
      flags.push_back({"left_right", left.name + " lies to the right of " + right->name});
  }
}

class Reader {
 public:
  Reader(const StudyProtocol& protocol, const OrganTable& organs, const SessionLogContent& content,
         const ReplayedSession& replayed)
      : protocol_(protocol), organs_(organs), replayed_(replayed), events_(timedEvents(content.events)) {
    for (const std::string& key : protocol.organs)
      if (const Organ* organ = organs.find(key)) inStudy_.insert(organ->label);
    for (const double limit : protocol.analysis.idleLimitsS)
      times_.push_back(computeTimes(events_, limit, Attribution::LookBack));
    primary_ = computeTimes(events_, protocol.analysis.primaryIdleLimitS, Attribution::LookBack);
  }

  void fill(SessionFacts& facts) {
    StudySession& session = facts.session;
    session.activeS = primary_.total.activeS();
    session.wallS = primary_.total.wallS;
    for (std::size_t i = 0; i < times_.size(); ++i) session.activeAtS[i] = times_[i].total.activeS();
    session.ratingS = primary_.formS;
    session.strokes = primary_.total.strokes;
    session.undos = primary_.total.undos;
    session.interrupted = primary_.interrupted;
    if (session.interrupted) session.flags.push_back({"interrupted", "the reading was interrupted"});
    const auto differences = organDifferences(facts.before, facts.after);
    std::string notSeen;
    for (const std::string& key : protocol_.organs)
      if (const Organ* organ = organs_.find(key)) facts.rows.push_back(organRow(*organ, differences, facts, notSeen));
    if (!notSeen.empty()) session.flags.push_back({"never_seen", "not looked at whole: " + notSeen});
    facts.rows.push_back(timesRow(0, "review"));
    for (const StudyRow& row : facts.rows) {
      session.organsEdited += row.edited;
      session.organActiveS[row.organ] = shareOf(primary_, labelOf(row.organ), inStudy_).activeS();
    }
    flagSides(replayed_, organs_, session.flags);
  }

 private:
  Label labelOf(const std::string& key) const {
    const Organ* organ = organs_.find(key);
    return organ == nullptr ? Label{0} : organ->label;
  }

  StudyRow timesRow(Label label, const std::string& key) const {
    StudyRow row;
    row.organ = key;
    row.organState = "none";
    for (std::size_t i = 0; i < times_.size(); ++i) row.activeS[i] = shareOf(times_[i], label, inStudy_).activeS();
    const TimeShare share = shareOf(primary_, label, inStudy_);
    row.editS = share.editS;
    row.inspectS = share.inspectS;
    row.strokes = share.strokes;
    row.undos = share.undos;
    row.interrupted = primary_.interrupted;
    return row;
  }

  /// @param notSeen  gets the organ's name where it was drawn but not looked at whole
  StudyRow organRow(const Organ& organ, const std::vector<OrganDifference>& differences, const SessionFacts& facts,
                    std::string& notSeen) const {
    StudyRow row = timesRow(organ.label, organ.key);
    row.organState = verdictName(replayed_.review.statement(organ.label).verdict);
    const auto change = std::ranges::find(differences, organ.label, &OrganDifference::organ);
    if (change != differences.end()) {
      row.voxelsAdded = change->added;
      row.voxelsRemoved = change->removed;
      row.edited = change->added > 0 || change->removed > 0;
    }
    const Box box = boundingBox(facts.after.of(organ.label), organ.label);
    row.seen = replayed_.review.lookedThrough(box, AxisMap(replayed_.geometry));
    if (!row.seen && !box.empty()) notSeen += (notSeen.empty() ? "" : ", ") + organ.name;
    return row;
  }

  const StudyProtocol& protocol_;
  const OrganTable& organs_;
  const ReplayedSession& replayed_;
  std::vector<TimedEvent> events_;
  std::vector<EditTimes> times_;
  EditTimes primary_;
  std::set<Label> inStudy_;
};

}  // namespace

SessionFacts readFacts(const std::filesystem::path& sessionFolder, const StudyProtocol& protocol,
                       const OrganTable& organs) {
  const auto log = sessionLogPath(sessionFolder);
  const SessionLogContent content = readSessionLog(log);
  if (content.damage)
    throw Error(log, "its hash chain is broken: " + *content.damage, "have it sent again", ErrorKind::CheckFailed);
  const ReplayedSession replayed = replayWhole(content.events);
  SessionFacts facts;
  facts.hashes = content.hashes;
  facts.imageHash = replayed.imageHash;
  facts.shown = eventsThatShowContours(content.events);
  for (const ReplayedStart& start : replayed.starts) facts.startLabels.push_back(labelMapHash(start.labels));
  facts.before = beforeLabels(replayed);
  facts.after = replayed.labels;
  facts.strokes = replayed.scribbles.strokes();
  facts.geometry = replayed.geometry;
  readEvents(log, content, facts);
  Reader(protocol, organs, content, replayed).fill(facts);
  facts.session.chainHead = facts.acceptHash;
  facts.session.logHead = toHex(content.lastHash);
  facts.session.labelsHash = labelMapHash(facts.after.organs());
  facts.session.startHash = labelMapHash(facts.before.organs());
  return facts;
}

}  // namespace recontour
