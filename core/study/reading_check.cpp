#include "core/study/reading_check.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/study/study_packages.h"

namespace recontour {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& folder, const char* cause, const char* advice) {
  throw Error(folder, cause, advice, ErrorKind::CheckFailed);
}

/// labelMapHash() of the contours that all readers of the task start from.
std::string frozenLabels(const CoordinatorStudy& study, const StudyTask& task, const std::filesystem::path& start) {
  const StudyStart* frozen = study.protocol().findStart(task.caseId, task.arm);
  return frozen != nullptr ? frozen->labelsHash : labelMapHash(readLabelFile(start).labels);
}

void requireStart(const CoordinatorStudy& study, const StudyTask& task, const std::filesystem::path& folder,
                  const SessionFacts& facts) {
  const auto start = startFileOf(study, task);
  const std::string file = start ? start->second : "";
  const auto isFrozen = [&](const std::string& sha256) { return sha256 == file; };
  if (!isFrozen(facts.startSha256) || !std::ranges::all_of(facts.startFiles, isFrozen))
    refuse(folder, "begins from other contours than those that were frozen", "do not use this file");
  if (!start && !facts.shown.empty())
    refuse(folder, "was to be drawn from nothing, but shows contours", "exclude the reading");
  if (!start) return;
  if (facts.accepted && facts.startFiles.empty())
    refuse(folder, "was to begin from contours, but is accepted without any", "exclude the reading");
  const std::string labels = frozenLabels(study, task, start->first);
  if (std::ranges::any_of(facts.startLabels, [&](const std::string& found) { return found != labels; }))
    refuse(folder, "holds other contours at its start than the file that it names", "do not use this file");
}

void requireRevision(const std::filesystem::path& folder, const SessionFacts& facts) {
  if (facts.accepted && facts.revisionSha256.empty())
    refuse(folder, "is accepted, but does not say which file was", "do not use this file");
  if (facts.revisionSha256.empty()) return;
  const auto file = folder / "revision.nii.gz";
  if (!std::filesystem::exists(file)) refuse(folder, "is accepted, but has no revision.nii.gz", "have it sent again");
  if (sha256HexOfFile(file) != facts.revisionSha256)
    refuse(file, "is not the file that was accepted", "have it sent again");
}

}  // namespace

void requireReadingOf(const CoordinatorStudy& study, const StudyTask& task, const std::filesystem::path& folder,
                      const SessionFacts& facts) {
  if (facts.taskId != task.id) refuse(folder, "is the reading of another task", "do not use this file");
  if (facts.freezeHash != study.freezeHash())
    refuse(folder, "was read under another protocol", "pack the study anew for this reader");
  if (facts.imageHash != study.protocol().findCase(task.caseId)->imageHash)
    refuse(folder, "is of another image", "do not use this file");
  requireStart(study, task, folder, facts);
  requireRevision(folder, facts);
}

}  // namespace recontour
