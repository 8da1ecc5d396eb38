#include "ui/views/crash_marker.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

namespace recontour {

CrashMarker::CrashMarker(const std::filesystem::path& file) {
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0 || ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 || ::ftruncate(descriptor_, 1) != 0) return;
  void* mapped = ::mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  if (mapped == MAP_FAILED) return;
  byte_ = static_cast<volatile unsigned char*>(mapped);
  wasSet_ = *byte_ != 0;
  *byte_ = 0;
}

CrashMarker::~CrashMarker() {
  if (byte_ != nullptr) {
    *byte_ = 0;
    ::munmap(const_cast<unsigned char*>(byte_), 1);
  }
  if (descriptor_ >= 0) ::close(descriptor_);
}

void CrashMarker::set(bool drawing) {
  if (byte_ != nullptr) *byte_ = drawing ? 1 : 0;
}

}  // namespace recontour
