#include "core/session/log_recovery.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/spare_folders.h"
#include "core/session/log_file.h"
#include "core/session/log_record.h"
#include "core/session/spare_log.h"

namespace recontour {
namespace {

/// A log's own bytes and what its continuations add, before anything on disk is touched.
struct Findings {
  RecoveredLog log;
  std::string valid;                           ///< bytes of the log that are
  std::string tail;                            ///< and those behind them
  std::string added;                           ///< records that it lacks
  std::vector<std::filesystem::path> used;     ///< continuations that have nothing more to give
  std::vector<std::string> damagedRests = {};  ///< what lay behind their last valid event
  std::size_t firstUsed = SIZE_MAX;            ///< number of their first event
};

std::string bytesOf(const std::filesystem::path& log) {
  std::error_code ignored;
  if (std::filesystem::is_symlink(log, ignored))
    throw Error(log, "is a link", "put the log itself there, or move the session folder away");
  return std::filesystem::exists(log, ignored) ? logBytes(log) : std::string();
}

/// Length of the records that the log has, too. None where they are others, so that it is no continuation of this log.
std::optional<std::size_t> knownPart(std::string_view bytes, std::uint64_t first, const SessionLogContent& log) {
  if (first > log.events.size()) return {};
  std::string_view rest = bytes;
  std::string why;
  Sha256Digest previous = first > 0 ? log.hashes[first - 1] : Sha256Digest{};
  for (std::size_t sequence = first; sequence < log.events.size() && !rest.empty(); ++sequence) {
    const auto record = decodeRecord(rest, previous, why);
    if (!record || record->hash != log.hashes[sequence]) return {};
    previous = record->hash;
    rest.remove_prefix(record->bytes);
  }
  return bytes.size() - rest.size();
}

/// Most are of other sessions.
void leave(const SpareFile& rest, Findings& findings) {
  if (rest.named) findings.log.notes.push_back(rest.file.string() + " does not continue this session; it was left.");
}

void takeRest(const SpareFile& rest, Findings& findings) {
  SessionLogContent& content = findings.log.content;
  const std::string bytes = readWholeFile(rest.file);
  auto known = rest.named || !content.events.empty() ? knownPart(bytes, rest.first, content) : std::nullopt;
  if (!known) return leave(rest, findings);
  const std::string_view more = std::string_view(bytes).substr(*known);
  const std::size_t taken = takeRecords(more, content);
  if (taken == 0 && *known == 0 && !bytes.empty()) return leave(rest, findings);
  if (taken < more.size()) findings.damagedRests.emplace_back(more.substr(taken));
  findings.added += more.substr(0, taken);
  findings.used.push_back(rest.file);
  findings.firstUsed = std::min<std::size_t>(findings.firstUsed, rest.first);
  if (taken > 0) findings.log.fromElsewhere = true;
}

Findings lookAt(const std::filesystem::path& log, const std::vector<std::filesystem::path>& elsewhere) {
  Findings findings;
  const std::string bytes = bytesOf(log);
  SessionLogContent& content = findings.log.content;
  content.fileBytes = bytes.size();
  findings.valid = bytes.substr(0, takeRecords(bytes, content));
  findings.tail = bytes.substr(findings.valid.size());
  findings.log.inLog = content.events.size();
  const auto ownDamage = content.damage;
  for (const SpareFile& rest : spareFilesFor(log, elsewhere)) {
    try {
      takeRest(rest, findings);
    } catch (const Error& error) {
      findings.log.notes.emplace_back(error.what());
    }
  }
  const bool torn = findings.added.starts_with(findings.tail);  // a write that failed, of what is there elsewhere
  content.damage = torn ? std::nullopt : ownDamage;
  if (torn) findings.tail.clear();
  findings.log.damage = content.damage.value_or(findings.damagedRests.empty() ? "" : "a continuation of it ends early");
  return findings;
}

bool holds(const std::filesystem::path& file, std::string_view bytes) {
  std::error_code code;
  return std::filesystem::file_size(file, code) == bytes.size() && !code && readWholeFile(file) == bytes;
}

/// In the log's folder or, where that takes nothing, in another one. A copy that an earlier attempt left is enough.
std::filesystem::path setAside(const std::filesystem::path& log, std::string_view bytes,
                               std::vector<std::filesystem::path> folders) {
  folders.insert(folders.begin(), log.parent_path());
  std::string why;
  for (const auto& folder : folders) {
    try {
      if (folder != log.parent_path()) createPrivateFolder(folder);
      if (folder != log.parent_path() && !isPrivateFolder(folder)) continue;
      for (int number = 1;; ++number) {
        const auto target = folder / (log.filename().string() + ".damaged-" + std::to_string(number));
        if (std::filesystem::exists(target) && !holds(target, bytes)) continue;
        writeFileSafely(target, bytes);  // also where it is there: an earlier attempt may not have got it to the disk
        if (!holds(target, bytes)) throw Error(target, "does not hold what was written to it");
        return target;
      }
    } catch (const std::exception& error) {
      if (why.empty()) why = error.what();
    }
  }
  throw Error(log, "is damaged, and the damaged part cannot be set aside (" + why + ")", "free space on its disk");
}

void setAsideDamage(const std::filesystem::path& log, const std::vector<std::filesystem::path>& elsewhere,
                    Findings& findings) {
  if (!findings.tail.empty()) findings.log.setAside = setAside(log, findings.tail, elsewhere);
  for (const std::string& bytes : findings.damagedRests) {
    const auto file = setAside(log, bytes, elsewhere);
    if (!findings.log.setAside) findings.log.setAside = file;
  }
}

/// A program that ended while its disk failed may have left bytes that the machine's memory has and the disk has not,
/// and that no later flush would write. The same bytes in the same place change nothing else.
void writeAgain(const std::filesystem::path& log, std::string_view valid, std::size_t from) {
  const int descriptor = ::open(log.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) throw Error(log, "cannot be written: " + systemErrorText());
  bool done = true;
  while (done && from < valid.size()) {
    const ssize_t written = ::pwrite(descriptor, valid.data() + from, valid.size() - from, static_cast<off_t>(from));
    if (written > 0) from += static_cast<std::size_t>(written);
    done = written > 0 || errno == EINTR;
  }
  done = done && ::fdatasync(descriptor) == 0;
  ::close(descriptor);
  if (!done) throw Error(log, "cannot be written: " + systemErrorText());
}

/// The bytes of the log that are not certain to be on its disk begin here.
std::size_t firstUncertain(const Findings& findings) {
  constexpr std::size_t kLast = std::size_t{4} << 20;
  const SessionLogContent& content = findings.log.content;
  const std::size_t size = findings.valid.size();
  if (findings.log.inLog == 0) return size;
  const bool closed = content.events[findings.log.inLog - 1].type == "close";
  const std::size_t last = closed || size < kLast ? (closed ? size : 0) : size - kLast;
  if (findings.firstUsed > findings.log.inLog) return last;
  return std::min<std::size_t>(last, findings.firstUsed == 0 ? 0 : content.ends[findings.firstUsed - 1]);
}

/// @return false where its disk does not take it; then the continuations stay
bool bringIntoOrder(const std::filesystem::path& log, const Findings& findings) {
  try {
    const std::size_t uncertain = firstUncertain(findings);
    if (uncertain < findings.valid.size()) writeAgain(log, findings.valid, uncertain);
    const bool isWhole = findings.log.content.fileBytes == findings.valid.size() && findings.added.empty();
    if (!isWhole) LogFile(log, findings.valid.size()).append(findings.added);
    return true;
  } catch (const Error&) {
    return false;
  }
}

void removeUsed(const std::vector<std::filesystem::path>& files) {
  for (const auto& file : files) {
    ::unlink(file.c_str());
    flushFolder(file.parent_path());
  }
}

}  // namespace

RecoveredLog readWithRests(const std::filesystem::path& log, const std::vector<std::filesystem::path>& elsewhere) {
  Findings findings = lookAt(log, elsewhere);
  requireSessionLog(log, findings.log.content);
  return std::move(findings.log);
}

RecoveredLog recoverLog(const std::filesystem::path& log, const std::vector<std::filesystem::path>& elsewhere,
                        const std::function<void(const SessionLogContent&)>& check) {
  Findings findings = lookAt(log, elsewhere);
  RecoveredLog& found = findings.log;
  if (!found.content.events.empty()) {
    requireSessionLog(log, found.content);
    check(found.content);
  }
  setAsideDamage(log, elsewhere, findings);
  if (bringIntoOrder(log, findings)) {
    found.inLog = found.content.events.size();
    removeUsed(findings.used);
  }
  return std::move(found);
}

}  // namespace recontour
