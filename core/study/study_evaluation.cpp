#include "core/study/study_evaluation.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/image/axis_map.h"
#include "core/io/image_file.h"
#include "core/io/label_file.h"
#include "core/metrics/compare.h"
#include "core/study/frozen_files.h"
#include "core/study/session_facts.h"
#include "core/study/study_import.h"
#include "core/study/study_readings.h"

namespace recontour {
namespace {

/// Figures of a reading follow from these; with the same key they need not be made again.
std::string keyOf(const StudySession& session, const StudyProtocol& protocol) {
  const StudyAnalysis& analysis = protocol.analysis;
  std::string text = "2|" + session.logHead + "|" + session.chainHead + "|" + analysis.metricProfile;
  for (const double limit : analysis.idleLimitsS) text += "|" + std::to_string(limit);
  text += "|" + std::to_string(analysis.primaryIdleLimitS);
  for (const auto& [organ, mm] : analysis.tolerancesMm) text += "|" + organ + "=" + std::to_string(mm);
  for (const std::string& organ : protocol.organs) text += "|" + organ;
  return sha256Hex(text);
}

/// What the store says of a reading, with what its log tells under the protocol as it is now.
StudySession refreshed(const StudySession& known, const StudySession& told) {
  StudySession session = told;
  session.task = known.task;
  session.state = known.state;
  session.acceptedWallMs = known.acceptedWallMs;
  session.chainHead = known.chainHead;
  session.excludedReason = known.excludedReason;
  return session;
}

CompareOptions optionsOf(const StudyProtocol& protocol, const OrganTable& organs, const Geometry& grid) {
  CompareOptions options;
  options.metrics = {.dsc = true, .hd95 = true, .hd100 = false, .assd = true, .nsd = true, .path = true};
  options.profile = profileNamed(protocol.analysis.metricProfile).value_or(Profile::Word);
  options.sliceAxis = AxisMap(grid).axes(Plane::Axial).sliceAxis;
  for (const auto& [key, mm] : protocol.analysis.tolerancesMm)
    if (const Organ* organ = organs.find(key)) options.tolerances[0].organs[organ->label] = mm;
  return options;
}

StudyMetrics metricsFrom(const OrganMetrics& figures) {
  StudyMetrics metrics;
  metrics.dsc = figures.dsc;
  metrics.hd95Mm = figures.hd95;
  metrics.assdMm = figures.assdMm;
  if (!figures.nsd.empty()) metrics.nsd = figures.nsd.front();
  if (figures.path) metrics.aplMm = figures.path->mm;
  metrics.volumeMl = figures.volumePredictionMl;
  metrics.empty = emptyName(figures.empty);
  return metrics;
}

class Evaluator {
 public:
  explicit Evaluator(CoordinatorStudy& study)
      : study_(study), protocol_(study.protocol()), organs_(organTableOf(protocol_)), files_(study) {
    for (const std::string& key : protocol_.organs)
      if (const Organ* organ = organs_.find(key)) labels_.push_back(organ->label);
  }

  void evaluate(const StudySession& session) {
    const StudyTask& task = session.task;
    SessionFacts facts = files_.factsOf(session, organs_);
    readCase(task.caseId);
    for (StudyRow& row : facts.rows) describe(row, session);
    rememberStart(task.caseId + session.startHash);
    for (const Label label : labels_)
      if (StudyRow* row = rowOf(facts.rows, label)) fill(*row, label, facts);
    for (StudyRow& row : facts.rows) row.missingReason = reasonOf(row);
    study_.store().together([&] {
      study_.store().putSession(refreshed(session, facts.session));
      study_.store().putRows(task.id, facts.rows);
    });
  }

 private:
  void readCase(const std::string& caseId) {
    if (caseId == caseId_) return;
    caseId_ = caseId;
    truth_.reset();
    grid_ = openImageFile(study_.imageOf(caseId))->header().geometry;
    if (protocol_.findCase(caseId)->truthSha256.empty()) return;
    truth_ = files_.truthOf(caseId);
    requireSameGrid(study_.truthOf(caseId), truth_->geometry, grid_);
  }

  void describe(StudyRow& row, const StudySession& session) const {
    const StudyTask& task = session.task;
    const StudyReader* reader = protocol_.findReader(task.reader);
    row.study = protocol_.id;
    row.site = reader->hospital;
    row.reader = task.reader;
    row.years = reader->years;
    row.caseId = task.caseId;
    row.patientGroup = protocol_.findCase(task.caseId)->patientGroup;
    row.arm = task.arm;
    row.period = task.period;
    row.position = task.position;
    row.repeat = task.repeat;
    row.practice = task.practice;
    row.planted = task.planted;
    row.startHash = session.startHash;
    row.finalHash = session.labelsHash;
    row.app = session.appVersion;
    row.model = protocol_.findArm(task.arm)->model;
  }

  StudyRow* rowOf(std::vector<StudyRow>& rows, Label label) const {
    const auto found = std::ranges::find(rows, organs_.find(label)->key, &StudyRow::organ);
    return found == rows.end() ? nullptr : &*found;
  }

  /// Readers of one case have their start in common.
  void rememberStart(const std::string& start) {
    if (start != start_) ofStart_.clear();
    start_ = start;
  }

  OrganMetrics compared(const LabelMap& truth, const LabelMap& drawn, Label label) const {
    const auto options = optionsOf(protocol_, organs_, grid_);
    return compare(truth, drawn, grid_.spacing, std::span(&label, 1), options).front();
  }
  StudyMetrics figures(const LabelMap& truth, const LabelMap& drawn, Label label) const {
    return metricsFrom(compared(truth, drawn, label));
  }

  /// `work` is what was drawn in the end against the start.
  void fill(StudyRow& row, Label label, const SessionFacts& facts) {
    const LabelMap &before = facts.before.of(label), &after = facts.after.of(label);
    const OrganMetrics work = compared(after, before, label);
    row.work = metricsFrom(work);
    row.startMl = work.volumePredictionMl;
    row.finalMl = work.volumeTruthMl;
    if (!truth_) return;
    const auto known = ofStart_.find(label);
    row.before = known != ofStart_.end() ? known->second : figures(truth_->labels, before, label);
    ofStart_[label] = *row.before;
    row.after = row.edited ? figures(truth_->labels, after, label) : *row.before;
  }

  std::string reasonOf(const StudyRow& row) const {
    if (row.organ == "review") return "time that belongs to no organ";
    if (!row.after) return "no reference";
    if (row.after->empty == "truth") return "organ not in the reference";
    if (row.after->empty == "both") return "organ neither in the reference nor drawn";
    if (row.after->empty == "prediction") return "organ not drawn";
    return row.before->empty == "none" ? "" : "organ not in the start";
  }

  CoordinatorStudy& study_;
  const StudyProtocol& protocol_;
  OrganTable organs_;
  FrozenFiles files_;
  std::vector<Label> labels_;
  std::string caseId_, start_;
  std::map<Label, StudyMetrics> ofStart_;  ///< of the start that was compared last
  Geometry grid_;
  std::optional<LabelImage> truth_;
};

}  // namespace

void evaluateStudy(CoordinatorStudy& study, ProgressSink& progress, std::stop_token stop) {
  if (study.stage() < StudyStage::Closed) study.requireStage(StudyStage::Closed);
  auto sessions = study.store().sessions();
  std::erase_if(sessions, [](const StudySession& one) { return one.state != StudySession::State::Accepted; });
  std::ranges::stable_sort(sessions, {}, [](const StudySession& one) { return one.task.caseId; });
  Evaluator evaluator(study);
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    const std::string name = "figures." + sessions[i].task.id, key = keyOf(sessions[i], study.protocol());
    progress.progress("compare", static_cast<int>(i), static_cast<int>(sessions.size()), -1);
    if (study.store().setting(name) == key) continue;
    evaluator.evaluate(sessions[i]);
    study.store().setSetting(name, key);
  }
}

StudyResults gatherResults(const CoordinatorStudy& study) {
  StudyResults results;
  results.protocol = study.protocol();
  results.freezeHash = study.freezeHash();
  results.state = stageName(study.stage());
  results.sessions = study.store().sessions();
  study.store().forEachRow([&](const StudyRow& row) { results.rows.push_back(row); });
  results.notes = study.store().notes();
  results.flags = patientFlags(study.protocol());
  if (study.stage() >= StudyStage::Closed) {
    results.agreement = agreementOf(study);
    results.foundErrors = foundErrorsOf(study);
    results.courses = coursesOf(study);
  }
  results.madeWallMs = study.clock().wallMs();
  if (study.stage() == StudyStage::Unblinded) return results;
  for (StudyRow& row : results.rows) row.model.clear();
  for (StudyArm& arm : results.protocol.arms) {
    arm.name = "arm " + arm.id;
    arm.model.clear();
    arm.modelHash.clear();
  }
  return results;
}

}  // namespace recontour
