#include "core/study/frozen_files.h"

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/session/session_log_reader.h"

namespace recontour {
namespace {

void requireHead(const std::filesystem::path& folder, const std::string& head, const StudySession& session) {
  if (head != session.logHead)
    throw Error(folder, "is not the reading that was merged", "restore it from a backup", ErrorKind::CheckFailed);
}

}  // namespace

void FrozenFiles::requireFrozen(const std::filesystem::path& file, const std::string& sha256) {
  if (!checked_.contains(file) && sha256HexOfFile(file) != sha256)
    throw Error(file, "is not the file that was frozen", "restore it from a backup", ErrorKind::CheckFailed);
  checked_.insert(file);
}

std::filesystem::path FrozenFiles::truthFileOf(const std::string& caseId) {
  auto file = study_.truthOf(caseId);
  requireFrozen(file, study_.protocol().findCase(caseId)->truthSha256);
  return file;
}

LabelImage FrozenFiles::truthOf(const std::string& caseId) { return readLabelFile(truthFileOf(caseId)); }

LabelImage FrozenFiles::plantOf(const PlantedError& error) {
  const auto file = study_.plantOf(error.caseId, error.arm);
  requireFrozen(file, error.maskSha256);
  return readLabelFile(file);
}

SessionFacts FrozenFiles::factsOf(const StudySession& session, const OrganTable& organs) const {
  const auto folder = study_.sessionOf(session.task);
  SessionFacts facts = readFacts(folder, study_.protocol(), organs);
  requireHead(folder, facts.session.logHead, session);
  return facts;
}

std::filesystem::path FrozenFiles::folderOf(const StudySession& session) const {
  auto folder = study_.sessionOf(session.task);
  requireHead(folder, toHex(readSessionLog(sessionLogPath(folder)).lastHash), session);
  return folder;
}

}  // namespace recontour
