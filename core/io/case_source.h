#pragma once
#include <filesystem>
#include <memory>

#include "core/base/error.h"
#include "core/io/open_case.h"

namespace recontour {

/// Opens cases without blocking its caller. Exchangeable: today a thread, later the reader process.
class CaseSource {
 public:
  /// Receives what happens to one request, on a thread of the source; each request ends with exactly one of `opened`
  /// and `failed`, unless it was cancelled.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void progress(std::string_view stage, int done, int total) = 0;
    virtual void firstSlice(const FirstSlice& slice) = 0;
    virtual void opened(Case opened) = 0;
    virtual void failed(const Error& error) = 0;
  };
  virtual ~CaseSource() = default;
  /// Starts to open `path`; a request still running is cancelled first and its listener hears nothing more.
  virtual void open(const std::filesystem::path& path, std::shared_ptr<Listener> listener) = 0;
  virtual void cancel() = 0;
};

/// Opens files on a background thread of this process.
std::unique_ptr<CaseSource> makeThreadCaseSource();

}  // namespace recontour
