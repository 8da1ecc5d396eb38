#include "core/study/reader_package.h"

#include <algorithm>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files_together.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/secret_hash.h"
#include "core/io/archive.h"
#include "core/study/protocol_json.h"

namespace recontour {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PackagedTask, id, image, imageHash, start, startSha256, caseNumber, patientNumber,
                                   practice, tools, cues, reopened)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReaderPackage, study, title, freezeHash, reader, pinSalt, pinHash, organTable,
                                   organTableHash, organs, guidelines, ratings, washoutMs, samePatientMs, simulated,
                                   tasks)

namespace {

constexpr int kPackageVersion = 1;
constexpr const char* kPackageFile = "package.json";

ReaderPackage packageFrom(const std::string& text, const std::filesystem::path& source) {
  const Json json = parseJson(text, source);
  requireFormat(json, "package", kPackageVersion, source);
  try {
    return json.get<ReaderPackage>();
  } catch (const Json::exception& error) {
    throw Error(source, std::string("is no complete package: ") + error.what(), "have it sent again");
  }
}

/// Of one folder, not of several within each other, and not too long for the disk.
bool isFolderName(const std::string& name) {
  return staysInside(name) && name.find('/') == std::string::npos && name.size() <= 200;
}

void requireInside(const ReaderPackage& package, const std::filesystem::path& source) {
  for (const PackagedTask& task : package.tasks)
    for (const std::string& name : {"sessions/" + task.id, task.image, task.start.empty() ? task.image : task.start})
      if (!staysInside(name)) throw Error(source, "names a file outside of it: " + name, "do not use this package");
  for (const PackagedTask& task : package.tasks)
    if (!isFolderName(task.id) || !task.image.starts_with("images/") ||
        (!task.start.empty() && !task.start.starts_with("starts/")))
      throw Error(source, "names a file in a wrong place", "do not use this package");
}

/// Images and start maps of a newer package go over those of an older one; nothing else does, so that no package can
/// touch what was read.
void bringIn(const ReaderPackage& package, const std::filesystem::path& fresh, const std::filesystem::path& folder) {
  std::set<std::string> files;
  for (const PackagedTask& task : package.tasks) {
    files.insert(task.image);
    if (!task.start.empty()) files.insert(task.start);
  }
  FilesTogether together;
  for (const std::string& file : files) together.adopt(fresh / file, folder / file);
  together.adopt(fresh / kPackageFile, folder / kPackageFile);  // last: it names the others
  together.commit();
}

/// The very package is unpacked already, each file of the size that it has in the archive.
bool isThere(const ReaderPackage& package, const std::filesystem::path& zip, const std::filesystem::path& folder) {
  const auto file = folder / kPackageFile;
  if (!std::filesystem::exists(file) || readWholeFile(file) != toJson(package)) return false;
  return std::ranges::all_of(archiveSizes(zip), [&](const auto& entry) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(folder / entry.first, error);
    return !error && bytes == entry.second;
  });
}

/// When the other readings of a case or patient let it be opened.
std::int64_t allowedFrom(const ReaderPackage& package, const ReaderProgress& progress, const PackagedTask& task) {
  std::int64_t from = 0;
  for (std::size_t i = 0; i < package.tasks.size(); ++i) {
    const PackagedTask& other = package.tasks[i];
    if (progress.acceptedMs[i] == 0 || other.id == task.id) continue;
    if (other.caseNumber == task.caseNumber)
      from = std::max(from, progress.acceptedMs[i] + package.washoutMs);
    else if (other.patientNumber == task.patientNumber)
      from = std::max(from, progress.acceptedMs[i] + package.samePatientMs);
  }
  return from;
}

}  // namespace

std::optional<std::filesystem::path> ReaderPackage::startOf(const PackagedTask& task) const {
  return task.start.empty() ? std::nullopt : std::optional(folder / task.start);
}

bool ReaderPackage::pinIsRight(const std::string& pin) const {
  return pinHash.empty() || hashOfPin(pinSalt, pin) == pinHash;
}

std::string hashOfPin(const std::string& salt, const std::string& pin) { return stretchedSha256Hex(salt, pin); }

std::string toJson(const ReaderPackage& package) {
  Json json = package;
  json["format"] = "recontour-package";
  json["version"] = kPackageVersion;
  return json.dump(1) + "\n";
}

ReaderPackage readPackage(const std::filesystem::path& folder) {
  const auto file = folder / kPackageFile;
  ReaderPackage package = packageFrom(readWholeFile(file), file);
  requireInside(package, file);
  package.folder = folder;
  return package;
}

std::filesystem::path unpackPackage(const std::filesystem::path& zip, const std::filesystem::path& studies) {
  const ReaderPackage package = packageFrom(readFromArchive(zip, kPackageFile), zip);
  requireInside(package, zip);
  const std::string name = package.study + "-" + package.reader + "-" + package.freezeHash.substr(0, 8);
  if (!isFolderName(name)) throw Error(zip, "names a study " + name.substr(0, 100));
  auto folder = studies / name;
  if (isThere(package, zip, folder)) return folder;
  const auto fresh = studies / (name + ".unpacking");
  std::error_code ignored;
  std::filesystem::remove_all(fresh, ignored);
  extractArchive(zip, fresh);
  bringIn(package, fresh, folder);
  std::filesystem::remove_all(fresh, ignored);
  return folder;
}

std::vector<Receipt> readReceipts(const std::filesystem::path& file) {
  std::vector<Receipt> receipts;
  if (!std::filesystem::exists(file)) return receipts;
  std::istringstream lines(readWholeFile(file));
  std::string line;
  std::getline(lines, line);  // heading
  while (std::getline(lines, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream fields(line);
    Receipt receipt;
    if (!(fields >> receipt.task >> receipt.sequence >> receipt.hash >> receipt.wallMs))
      throw Error(file, "is no list of receipts: " + line);
    receipts.push_back(receipt);
  }
  return receipts;
}

void addReceipt(const std::filesystem::path& file, const Receipt& receipt) {
  std::string text = std::filesystem::exists(file) ? readWholeFile(file) : "task,sequence,hash,wall_ms\n";
  text += receipt.task + "," + std::to_string(receipt.sequence) + "," + receipt.hash + "," +
          std::to_string(receipt.wallMs) + "\n";
  writeFileSafely(file, text);
}

int ReaderProgress::accepted() const { return static_cast<int>(std::ranges::count(states, State::Accepted)); }

ReaderProgress progressOf(const ReaderPackage& package) {
  const auto receipts = readReceipts(package.folder / "receipts.csv");
  ReaderProgress progress;
  for (const PackagedTask& task : package.tasks) {
    int count = 0;
    std::int64_t last = 0;
    for (const Receipt& receipt : receipts)
      if (receipt.task == task.id) ++count, last = receipt.wallMs;
    const bool accepted = count > task.reopened;
    const bool open = std::filesystem::exists(package.sessionOf(task) / "session.rclog");
    using State = ReaderProgress::State;
    progress.states.push_back(accepted ? State::Accepted : open ? State::Open : State::Waiting);
    progress.acceptedMs.push_back(last);
  }
  return progress;
}

NextTask nextTask(const ReaderPackage& package, const ReaderProgress& progress, std::int64_t nowWallMs) {
  NextTask next;
  for (std::size_t i = 0; i < package.tasks.size(); ++i) {
    if (progress.states[i] == ReaderProgress::State::Accepted) continue;
    const auto from = allowedFrom(package, progress, package.tasks[i]);
    if (from <= nowWallMs) return {static_cast<int>(i), {}};
    next.notBeforeMs = next.notBeforeMs ? std::min(*next.notBeforeMs, from) : from;
  }
  return next;
}

}  // namespace recontour
