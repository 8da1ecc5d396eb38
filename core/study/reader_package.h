#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/study/study_protocol.h"

namespace recontour {

/// A task as its reader gets it: nothing tells which case, arm or model it is of.
struct PackagedTask {
  std::string id;
  std::string image, imageHash;           ///< file in the package
  std::string start, startSha256;         ///< empty where it is drawn from nothing
  int caseNumber = 0, patientNumber = 0;  ///< equal where a case or patient comes again
  bool practice = false;
  std::vector<std::string> tools, cues;  ///< see StudyArm
  int reopened = 0;                      ///< accepts that do not count, since he was let go on with it
};

/// What a reader works from: an unpacked package, and what he has done so far (docs/formats/study.md).
struct ReaderPackage {
  std::filesystem::path folder;
  std::string study, title, freezeHash, reader, pinSalt, pinHash;
  std::string organTable, organTableHash;
  std::vector<std::string> organs;
  std::map<std::string, std::string> guidelines;
  std::vector<StudyRating> ratings;
  std::int64_t washoutMs = 0, samePatientMs = 0;
  bool simulated = false;
  std::vector<PackagedTask> tasks;  ///< in the reader's order

  std::filesystem::path imageOf(const PackagedTask& task) const { return folder / task.image; }
  std::optional<std::filesystem::path> startOf(const PackagedTask& task) const;
  std::filesystem::path sessionOf(const PackagedTask& task) const { return folder / "sessions" / task.id; }
  bool pinIsRight(const std::string& pin) const;  ///< also where none was set
};

/// What a reader keeps of an accepted case; with it, a log that was built anew can be told from his.
struct Receipt {
  std::string task;
  std::uint64_t sequence = 0;  ///< of the event that `hash` is of
  std::string hash;
  std::int64_t wallMs = 0;
};
std::vector<Receipt> readReceipts(const std::filesystem::path& file);  ///< none where there is no file
void addReceipt(const std::filesystem::path& file, const Receipt& receipt);

/// How far a reader is.
struct ReaderProgress {
  enum class State { Waiting, Open, Accepted };
  std::vector<State> states;             ///< by task
  std::vector<std::int64_t> acceptedMs;  ///< of the last accept, also where it was reopened, since 1970-01-01 UTC; or 0
  int accepted() const;
};
ReaderProgress progressOf(const ReaderPackage& package);

/// The task that comes next.
struct NextTask {
  std::optional<int> task;                  ///< its number in the package
  std::optional<std::int64_t> notBeforeMs;  ///< none may be opened before: washout, or cases of one patient
};
NextTask nextTask(const ReaderPackage& package, const ReaderProgress& progress, std::int64_t nowWallMs);

/// Reads an unpacked package. @throws Error
ReaderPackage readPackage(const std::filesystem::path& folder);
std::string toJson(const ReaderPackage& package);
/// Unpacks a package below `studies` unless it is there; a newer one of the same study and reader takes its place, and
/// readings stay. @return its folder. @throws Error
std::filesystem::path unpackPackage(const std::filesystem::path& zip, const std::filesystem::path& studies);

/// PBKDF2 of a PIN; it keeps a colleague from reading under another's name by mistake, no more.
std::string hashOfPin(const std::string& salt, const std::string& pin);

}  // namespace recontour
