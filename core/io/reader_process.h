#pragma once
#include <chrono>
#include <filesystem>
#include <memory>

#include "core/io/file_reader.h"

namespace recontour {

/// How recontour-reader is run.
struct ReaderSettings {
  std::filesystem::path program;              ///< default: recontour-reader beside the running program
  std::filesystem::path jobs;                 ///< parent of job folders; default: cacheFolder() / "jobs"
  std::chrono::milliseconds watchdog{60000};  ///< longest time without progress
  bool sandbox = true;                        ///< run it under bubblewrap where that works

  /// With the defaults above filled in.
  static ReaderSettings standard();
};

/// Opens each file in a recontour-reader process of its own, without network, with a memory limit, unable to write
/// anywhere but into its job folder; a crash or hang of a reader library is an Error here. One process waits ahead, so
/// that nothing waits for its start.
std::shared_ptr<FileReader> makeReaderProcess(ReaderSettings settings = ReaderSettings::standard());

}  // namespace recontour
