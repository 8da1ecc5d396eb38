#pragma once
#include <filesystem>
#include <memory>

#include "core/base/error.h"
#include "core/io/file_reader.h"

namespace recontour {

/// Opens cases without blocking its caller.
class CaseSource {
 public:
  /// Receives what happens to one request, on a thread of the source; each request ends with exactly one of `opened`,
  /// `several` and `failed`, unless it was cancelled.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void progress(std::string_view stage, int done, int total) = 0;
    virtual void firstSlice(const FirstSlice& slice) = 0;
    virtual void opened(Case opened) = 0;
    /// There are several CTs and none was asked for: open again with one of their numbers, from 1 on.
    virtual void several(const std::vector<CtSeries>& series) = 0;
    virtual void failed(const Error& error) = 0;
  };
  virtual ~CaseSource() = default;
  /// Starts to open `path`; a request still running is cancelled first and its listener hears nothing more.
  /// @param series  of DICOM, see openCase()
  virtual void open(const std::filesystem::path& path, const std::string& series,
                    std::shared_ptr<Listener> listener) = 0;
  virtual void cancel() = 0;
};

/// Has a reader open files, on a background thread.
std::unique_ptr<CaseSource> makeThreadCaseSource(std::shared_ptr<FileReader> reader = makeLocalReader());

}  // namespace recontour
