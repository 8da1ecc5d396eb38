#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace recontour {

/// A CT of a study. What the coordinator calls it (`name`) and what is true of it never leave the coordinator.
struct StudyCase {
  std::string id;            ///< in the study, e.g. "C07"
  std::string name;          ///< of the file that it came from
  std::string imageHash;     ///< of core/image
  std::string truthSha256;   ///< of truth/ID.nii.gz; empty without a reference
  std::string patientGroup;  ///< cases of one patient share it, e.g. "P03"
  bool practice = false;     ///< outside of all figures
};

struct StudyReader {
  std::string id;        ///< pseudonym, also names folders: isReaderName()
  std::string hospital;  ///< may be empty
  double years = 0;      ///< of experience
  std::string pinSalt, pinHash;
};

/// What a reader works under: from which contours, with which tools, and what the window may show.
struct StudyArm {
  std::string id;                  ///< "A"; names files
  std::string name;                ///< for the report, e.g. "revises nnU-Net"
  bool fromNothing = false;        ///< no contours at the start
  std::string model, modelHash;    ///< behind its start maps; empty where they came as files without one
  bool checks = false;             ///< of annotate-check: starts from what the first arm's reader drew
  std::vector<std::string> tools;  ///< of studyToolNames()
  std::vector<std::string> cues;   ///< of studyCueNames(); all others are hidden
};

/// The one contour map that every reader of a case starts from in an arm.
struct StudyStart {
  std::string caseId, arm;
  std::string sha256;      ///< of starts/CASE_ARM.nii.gz
  std::string labelsHash;  ///< labelMapHash()
};

/// An error put into a start map, to see whether readers find it.
struct PlantedError {
  std::string caseId, arm;
  std::string kind;   ///< of plantedErrorNames()
  std::string organ;  ///< key
  double ml = 0;      ///< of voxels that it changed
  std::int64_t voxels = 0;
  std::uint64_t seed = 0;
  std::string maskSha256;  ///< of plants/CASE_ARM.nii.gz, where voxels of error number n (from 1) have label n
};

/// One case that one reader is to read once.
struct StudyTask {
  std::string id;  ///< tells nothing of case and arm, e.g. "T3f9a01c2"
  std::string reader, caseId, arm;
  int position = 0;  ///< in the reader's order, from 1
  int period = 1;    ///< of a crossover
  int repeat = 0;    ///< 1: the case is read again in the same arm
  bool practice = false, planted = false;
};

/// What is asked in a form, before a case is revised or after.
struct StudyRating {
  std::string id;                    ///< "acceptability"
  std::string question;              ///< as the reader sees it
  std::vector<std::string> answers;  ///< from the lowest score (1) up; empty: free text
  bool before = false, after = true;
  bool perOrgan = false;
};

/// How many cases of a word-fig3-plus study are read from nothing too, and so on; what the order is made from.
struct StudyDesign {
  std::string preset = "word-fig3";  ///< of studyPresetNames()
  std::uint64_t seed = 1;
  int scratchCases = 0;     ///< word-fig3-plus: cases that are read from nothing too
  int repeatedCases = 0;    ///< read again in the same arm, in the last period
  int washoutDays = 0;      ///< between two readings of one case
  int samePatientDays = 0;  ///< between two cases of one patient
};

/// The analysis as it was laid down before the first case was opened.
struct StudyAnalysis {
  std::array<double, 4> idleLimitsS{10, 30, 60, 120};
  double primaryIdleLimitS = 30;
  std::map<std::string, double> tolerancesMm;  ///< of the surface DSC, by organ key; others 3
  std::string metricProfile = "word";
  std::string primaryEndpoint = "dsc";  ///< change of it, or "active_s"
  double margin = 0.02;                 ///< of non-inferiority and equivalence, in the endpoint's unit
  std::string testFamily = "organs of one comparison";
  double alpha = 0.05;
  int bootstrapSamples = 10000;
};

/// A reader study: study.json (docs/formats/study.md). A draft until it is frozen.
struct StudyProtocol {
  std::string id, title;
  std::string createdUtc, appVersion;
  StudyDesign design;
  StudyAnalysis analysis;
  std::string organTable = "word", organTableHash;
  std::vector<std::string> organs;  ///< keys that are revised and counted
  std::vector<StudyCase> cases;
  std::vector<StudyReader> readers;
  std::vector<StudyArm> arms;
  std::vector<StudyRating> ratings;
  std::map<std::string, std::string> guidelines;  ///< text by organ key
  std::string ethicsId;
  bool simulated = false;  ///< readers are scripts; every page of a report says so
  // Made by freezing:
  std::vector<StudyStart> starts;
  std::vector<PlantedError> planted;
  std::vector<StudyTask> order;

  const StudyCase* findCase(const std::string& caseId) const;
  const StudyReader* findReader(const std::string& readerId) const;
  const StudyArm* findArm(const std::string& armId) const;
  const StudyStart* findStart(const std::string& caseId, const std::string& arm) const;
  const StudyTask* findTask(const std::string& taskId) const;
};

const std::vector<std::string>& studyPresetNames();  ///< "word-fig3", "word-fig3-plus", "crossover", "annotate-check"
const std::vector<std::string>& studyToolNames();    ///< "brush", "eraser", "lasso", ..., "operations"
/// "volumes", "state_dots", "flags", "uncertainty", "slider_marks", "timer"
const std::vector<std::string>& studyCueNames();

/// A draft by a preset, without cases and readers. @throws Error for another name, naming the presets
StudyProtocol studyPreset(const std::string& preset);

std::string toJson(const StudyProtocol& protocol);
/// @param source  named in messages. @throws Error for anything that is no protocol of a known version
StudyProtocol studyProtocolFrom(const std::string& json, const std::filesystem::path& source);
/// SHA-256 of the protocol's canonical JSON (members sorted, no spaces).
std::string protocolHash(const StudyProtocol& protocol);

/// What is wrong with it, one sentence each; empty when it can be frozen but for its start maps.
std::vector<std::string> problemsOf(const StudyProtocol& protocol);
/// Those of its analysis alone: limits, tolerances, names that are not known.
std::vector<std::string> analysisProblemsOf(const StudyProtocol& protocol);

/// Letters, digits, - and _, at most 64: it may name files.
bool isPlainName(const std::string& name);

}  // namespace recontour
