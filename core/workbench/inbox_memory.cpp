#include "core/workbench/inbox_memory.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/io/reader_messages.h"

namespace recontour {
namespace {

std::filesystem::path fileIn(const std::filesystem::path& sessions) { return sessions / "inbox.json"; }

}  // namespace

KnownFolders readInboxMemory(const std::filesystem::path& sessions) {
  KnownFolders folders;
  try {
    const Json document = readJsonFile(fileIn(sessions));
    for (const auto& [path, entry] : document.at("folders").items())
      folders[percentDecoded(path)] = {entry.at("stamp"), readSeries(entry.at("series")), entry.at("order")};
  } catch (const std::exception&) {
    return {};  // no cache yet, or one that is not to be used
  }
  return folders;
}

void writeInboxMemory(const std::filesystem::path& sessions, const KnownFolders& folders) {
  Json entries = Json::object();
  for (const auto& [path, folder] : folders)
    entries[percentEncoded(path)] = {
        {"stamp", folder.stamp}, {"series", seriesMessage(folder.series)}, {"order", folder.order}};
  const Json document = {{"format", "recontour-inbox"}, {"version", 1}, {"folders", std::move(entries)}};
  try {
    createPrivateFolder(sessions);
    writeFileSafely(fileIn(sessions), document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  } catch (const Error&) {  // a cache
  }
}

}  // namespace recontour
