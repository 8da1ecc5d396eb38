// What goes to a reader.
#include "core/study/study_packages.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/files_together.h"
#include "core/base/safe_file.h"
#include "core/base/secret_hash.h"
#include "core/base/sha256.h"
#include "core/io/archive.h"

namespace recontour {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

/// Small numbers in the order of first sight: they tell that something comes again, and nothing else.
class Numbers {
 public:
  int of(const std::string& what) {
    return numbers_.try_emplace(what, static_cast<int>(numbers_.size()) + 1).first->second;
  }

 private:
  std::map<std::string, int> numbers_;
};

/// The annotator's task whose result a checking task starts from.
const StudyTask* annotatorsTask(const StudyProtocol& protocol, const StudyTask& task) {
  const auto found = std::ranges::find_if(protocol.order, [&](const StudyTask& other) {
    const StudyArm* arm = protocol.findArm(other.arm);
    return other.caseId == task.caseId && arm != nullptr && !arm->checks && !other.practice;
  });
  return found == protocol.order.end() ? nullptr : &*found;
}

/// A file that is there already need not be written again.
bool isSame(const std::filesystem::path& target, const std::filesystem::path& file) {
  namespace fs = std::filesystem;
  if (!fs::exists(target) || fs::file_size(target) != fs::file_size(file)) return false;
  return fs::equivalent(target, file) || sha256HexOfFile(target) == sha256HexOfFile(file);
}

class Packer {
 public:
  Packer(const CoordinatorStudy& study, const StudyReader& reader) : study_(study), protocol_(study.protocol()) {
    package_.study = protocol_.id;
    package_.title = protocol_.title;
    package_.freezeHash = study.freezeHash();
    package_.reader = reader.id;
    package_.pinSalt = reader.pinSalt;
    package_.pinHash = reader.pinHash;
    package_.organTable = protocol_.organTable;
    package_.organTableHash = protocol_.organTableHash;
    package_.organs = protocol_.organs;
    package_.guidelines = protocol_.guidelines;
    package_.ratings = protocol_.ratings;
    package_.washoutMs = protocol_.design.washoutDays * kDayMs;
    package_.samePatientMs = protocol_.design.samePatientDays * kDayMs;
    package_.simulated = protocol_.simulated;
  }

  void add(const StudyTask& task) {
    const StudyArm* arm = protocol_.findArm(task.arm);
    const StudyCase* one = protocol_.findCase(task.caseId);
    PackagedTask packed;
    packed.id = task.id;
    packed.caseNumber = cases_.of(task.caseId);  // also of a task that waits, so that numbers stay as they are
    packed.patientNumber = patients_.of(one->patientGroup.empty() ? "case " + task.caseId : one->patientGroup);
    if (arm->checks && !hasAnnotation(task)) return;
    packed.image = "images/" + std::to_string(packed.caseNumber) + ".nii.gz";
    packed.imageHash = one->imageHash;
    packed.practice = task.practice;
    packed.tools = arm->tools;
    packed.cues = arm->cues;
    packed.reopened = study_.acceptsUndone(task.id);
    addFile(packed.image, study_.imageOf(task.caseId));
    if (const auto start = startFileOf(study_, task)) {
      packed.start = "starts/" + task.id + ".nii.gz";
      packed.startSha256 = start->second;
      addFile(packed.start, start->first);
    }
    package_.tasks.push_back(std::move(packed));
  }

  std::vector<ArchiveEntry> entries() {
    entries_.push_back({"package.json", {}, toJson(package_)});
    return std::move(entries_);
  }

 private:
  bool hasAnnotation(const StudyTask& task) const {
    const StudyTask* before = annotatorsTask(protocol_, task);
    const auto session = before == nullptr ? std::nullopt : study_.store().session(before->id);
    return session && session->state == StudySession::State::Accepted;
  }
  void addFile(const std::string& name, const std::filesystem::path& file) {
    if (std::ranges::find(entries_, name, &ArchiveEntry::name) == entries_.end()) entries_.push_back({name, file});
  }

  const CoordinatorStudy& study_;
  const StudyProtocol& protocol_;
  ReaderPackage package_;
  Numbers cases_, patients_;
  std::vector<ArchiveEntry> entries_;
};

const StudyReader& readerOf(const CoordinatorStudy& study, const std::string& id) {
  const StudyReader* reader = study.protocol().findReader(id);
  if (reader == nullptr) throw Error(id, "is no reader of the study", "study status lists them");
  return *reader;
}

/// What a reader works from, package.json last.
std::vector<ArchiveEntry> entriesFor(const CoordinatorStudy& study, const std::string& reader) {
  study.requireStage(StudyStage::Frozen);
  Packer packer(study, readerOf(study, reader));
  for (const StudyTask& task : study.protocol().order)
    if (task.reader == reader) packer.add(task);
  return packer.entries();
}

/// Takes the place of what is there in one step.
void linkOrCopy(const std::filesystem::path& file, const std::filesystem::path& target) {
  FilesTogether files;
  const auto fresh = files.add(target);
  std::error_code error;
  std::filesystem::create_hard_link(file, fresh, error);
  if (error) std::filesystem::copy_file(file, fresh, error);
  if (error) throw Error(target, "cannot be made: " + error.message(), "free space and try again");
  files.commit();
}

}  // namespace

std::optional<std::pair<std::filesystem::path, std::string>> startFileOf(const CoordinatorStudy& study,
                                                                         const StudyTask& task) {
  const StudyArm* arm = study.protocol().findArm(task.arm);
  if (arm == nullptr || arm->fromNothing) return {};
  if (!arm->checks) {
    const StudyStart* start = study.protocol().findStart(task.caseId, task.arm);
    if (start == nullptr) throw Error(study.folder(), "case " + task.caseId + " has no start map in arm " + task.arm);
    const auto file = study.startOf(task.caseId, task.arm);
    if (sha256HexOfFile(file) != start->sha256)
      throw Error(file, "is not the start map that was frozen", "restore it from a backup", ErrorKind::CheckFailed);
    return std::pair{file, start->sha256};
  }
  const StudyTask* before = annotatorsTask(study.protocol(), task);
  if (before == nullptr) throw Error(study.folder(), "nobody annotates case " + task.caseId);
  const auto file = study.sessionOf(*before) / "revision.nii.gz";
  return std::pair{file, sha256HexOfFile(file)};
}

void packStudy(const CoordinatorStudy& study, const std::string& reader, const std::filesystem::path& zip) {
  writeArchive(zip, entriesFor(study, reader));
  study.note("coordinator", "pack", reader);
}

std::filesystem::path placePackage(const CoordinatorStudy& study, const std::string& reader,
                                   const std::filesystem::path& readers) {
  const auto folder = readers / reader;
  for (const ArchiveEntry& entry : entriesFor(study, reader)) {
    const auto target = folder / entry.name;
    createPrivateFolder(target.parent_path());
    if (entry.file.empty()) {
      writeFileSafely(target, entry.text);
    } else if (!isSame(target, entry.file)) {
      linkOrCopy(entry.file, target);
    }
  }
  return folder;
}

void setPin(CoordinatorStudy& study, const std::string& reader, const std::string& pin) {
  const std::string salt = randomSalt();
  readerOf(study, reader);
  study.edit([&](StudyProtocol& protocol) {
    for (StudyReader& one : protocol.readers)
      if (one.id == reader) one.pinSalt = salt, one.pinHash = pin.empty() ? "" : hashOfPin(salt, pin);
  });
}

}  // namespace recontour
