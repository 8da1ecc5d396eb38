#pragma once
#include <filesystem>

namespace recontour {

/// Remembers over a crash that the program was drawing: one byte of a file that is mapped into memory, so that setting
/// it costs nothing and the kernel keeps it whatever becomes of the program. Where the file cannot be used, or another
/// running program uses it, nothing is remembered. One thread sets it.
class CrashMarker {
 public:
  explicit CrashMarker(const std::filesystem::path& file);
  ~CrashMarker();
  CrashMarker(const CrashMarker&) = delete;
  CrashMarker& operator=(const CrashMarker&) = delete;
  bool wasSet() const { return wasSet_; }  ///< the last program that had it ended while it was set
  void set(bool drawing);

 private:
  int descriptor_ = -1;
  volatile unsigned char* byte_ = nullptr;
  bool wasSet_ = false;
};

}  // namespace recontour
