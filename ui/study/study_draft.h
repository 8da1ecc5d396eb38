#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/study/coordinator_study.h"

namespace recontour {

/// A case before it is in a study.
struct DraftCase {
  std::filesystem::path image, reference;  ///< reference: may be empty
  bool practice = false;
  std::string patient;  ///< cases of one patient share it; empty: a patient of its own
  std::string name() const;
};

struct DraftReader {
  StudyReader reader;
  std::string pin;  ///< empty: none is asked for
};

/// Label maps by which the readers of an arm start: a folder with one of each case's name.
struct DraftStarts {
  std::string arm;
  std::filesystem::path folder;
};

/// All that a study is made from.
struct StudyDraft {
  std::filesystem::path folder;  ///< to be made
  StudyProtocol protocol;        ///< without cases, readers and start maps
  std::vector<DraftCase> cases;
  std::vector<DraftReader> readers;
  std::vector<DraftStarts> starts;
  std::optional<int> drawn;  ///< of the cases, by the protocol's seed
};

/// What can be told to be wrong without reading a file, one sentence each.
std::vector<std::string> problemsOf(const StudyDraft& draft);

/// The protocol as it will be, with names for its cases.
StudyProtocol protocolOf(const StudyDraft& draft);

/// Makes the study in a folder beside `draft.folder` and gives it its name once all is in it: a failure leaves
/// nothing. Blocks for seconds a case. @throws Error, Cancelled
void makeStudy(const StudyDraft& draft, const Clock& clock, ProgressSink& progress, const std::stop_token& stop);

/// Brings all of the cases in, or none. @throws Error
void importCases(CoordinatorStudy& study, std::span<const DraftCase> cases, ProgressSink& progress,
                 const std::stop_token& stop);
void importStarts(CoordinatorStudy& study, const DraftStarts& starts, ProgressSink& progress,
                  const std::stop_token& stop);
/// Adds a reader, or replaces one of the same name.
void addReader(CoordinatorStudy& study, const DraftReader& reader);

/// The cases in files and folders, each with the label map of its name in `references` where there is one. Reads
/// folders. @throws Error where a folder has none
std::vector<DraftCase> findCases(std::span<const std::filesystem::path> paths, const std::filesystem::path& references);
/// The label map of a case in a folder; empty when there is none.
std::filesystem::path labelFileFor(const std::filesystem::path& folder, const std::string& name);

/// Gives cases whose references look like one patient's the same patient. Reads the references.
/// @return one sentence a pair, e.g. "0019 and 0033 look like one patient"
std::vector<std::string> groupPatients(std::vector<DraftCase>& cases, ProgressSink& progress,
                                       const std::stop_token& stop);

}  // namespace recontour
