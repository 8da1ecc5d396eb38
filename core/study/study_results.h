#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/study/study_protocol.h"

namespace recontour {

/// Figures of one organ in one map against another; a figure that is not defined is empty.
struct StudyMetrics {
  std::optional<double> dsc, hd95Mm, assdMm, nsd, aplMm, volumeMl;
  std::string empty = "none";  ///< which map lacks the organ: "none", "truth", "prediction", "both"
};

/// One row of long.csv: an organ of a case as one reader left it (docs/formats/study-long-csv.md). The row of organ
/// "review" has the time that belongs to no organ, and no metrics.
struct StudyRow {
  std::string study, site, reader;
  double years = 0;
  std::string caseId, patientGroup, organ, arm;
  int period = 1, position = 0, repeat = 0;
  bool practice = false, planted = false, interrupted = false;
  std::string organState;  ///< verdictName() of the reader's statement, or "none"
  std::string startHash, finalHash, app, model;
  std::array<double, 4> activeS{};            ///< look-back, at the four idle limits of the protocol
  double editS = 0, inspectS = 0;             ///< look-back, at the primary idle limit
  std::optional<StudyMetrics> before, after;  ///< against the reference; none without one
  std::optional<StudyMetrics> work;           ///< what was drawn (as the truth) against the start
  std::int64_t voxelsAdded = 0, voxelsRemoved = 0;
  std::optional<double> startMl, finalMl;  ///< volumes; known without a reference too
  int strokes = 0, undos = 0;
  bool edited = false;  ///< the contour differs from its start
  bool seen = false;
  std::string missingReason;  ///< why figures are missing: "no reference", "organ absent in reference", ...
};

/// A quality flag or fact of one session that a coordinator should see.
struct StudyFlag {
  std::string kind;  ///< "interrupted", "never_seen", "left_right", "same_patient", "start_changed", ...
  std::string text;  ///< one sentence
};

/// What the coordinator's store knows of one reading.
struct StudySession {
  enum class State { Waiting, Open, Accepted, Excluded };
  StudyTask task;
  State state = State::Waiting;
  std::int64_t acceptedWallMs = 0;  ///< since 1970-01-01 UTC
  std::string chainHead;            ///< of the accept event
  std::string logHead;              ///< of the last event that has come in
  std::string labelsHash, startHash;
  double activeS = 0, wallS = 0;  ///< at the primary idle limit
  std::array<double, 4> activeAtS{};
  double ratingS = 0;
  int organsEdited = 0, strokes = 0, undos = 0;
  bool interrupted = false;
  std::map<std::string, double> organActiveS;  ///< look-back, by organ key and "review"
  std::map<std::string, std::string> ratings;  ///< "before.acceptability" or "after.acceptability.liver" -> answer
  std::vector<StudyFlag> flags;
  std::string environment;  ///< JSON text of what the reader's program recorded of its machine
  std::string appVersion;
  std::string excludedReason;
};

/// What the coordinator did: who, when, what, why.
struct StudyNote {
  std::int64_t wallMs = 0;
  std::string who, action, subject, reason;  ///< action: "freeze", "amend", "exclude", "reopen", "merge", ...
};

/// Error voxels that one reader corrected. Found: at least half of them.
struct FoundError {
  std::string reader, caseId, arm, kind, organ;
  std::int64_t voxels = 0, corrected = 0;
  bool found() const { return 2 * corrected >= voxels; }
};

/// DSC of two readers' contours of an organ of a case.
struct ReaderAgreement {
  std::string caseId, organ, arm;
  bool commonStart = true;                                      ///< both began from one map
  std::map<std::pair<std::string, std::string>, double> pairs;  ///< DSC by pair of readers
  std::optional<double> generalised;                            ///< intersection / union over all readers
  std::map<std::string, double> toMajority, toStaple;           ///< DSC by reader
  std::map<std::string, double> sensitivity, specificity;       ///< by reader, of STAPLE
  std::map<std::string, double> volumeMl;                       ///< by reader
};

/// DSC of an organ after an edit.
struct DscMoment {
  double activeS = 0;  ///< of the whole reading until then, at the primary idle limit
  double dsc = 0;
};

/// How the DSC of an organ went while one reader revised a case: the start first, then each change.
struct DscCourse {
  std::string reader, caseId, arm, organ;
  std::vector<DscMoment> moments;
};

/// All that a report is made from.
struct StudyResults {
  StudyProtocol protocol;
  std::string freezeHash;
  std::string state;                   ///< "frozen", "closed", "unblinded"
  std::vector<StudySession> sessions;  ///< one a task, in the order of the protocol
  std::vector<StudyRow> rows;
  std::vector<ReaderAgreement> agreement;
  std::vector<FoundError> foundErrors;
  std::vector<DscCourse> courses;  ///< of edited organs; without practice, planted cases and repeats
  std::vector<StudyFlag> flags;    ///< of the study: cases of one patient
  std::vector<StudyNote> notes;
  std::int64_t madeWallMs = 0;
};

}  // namespace recontour
