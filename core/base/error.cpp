#include "core/base/error.h"

#include <cerrno>
#include <system_error>

namespace recontour {
namespace {

std::string line(const std::filesystem::path& file, const std::string& cause, const std::string& advice) {
  std::string text = file.string() + ": " + cause;
  if (!advice.empty()) text += "; " + advice;
  return text;
}

}  // namespace

Error::Error(const std::string& cause, ErrorKind kind) : std::runtime_error(cause), kind_(kind) {}

Error::Error(const std::filesystem::path& file, const std::string& cause, const std::string& advice, ErrorKind kind)
    : std::runtime_error(line(file, cause, advice)), kind_(kind) {}

int exitStatus(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::CheckFailed:
      return 1;
    case ErrorKind::BadInput:
      return 3;
    case ErrorKind::ModelFailed:
      return 4;
    case ErrorKind::Cancelled:
      return 5;
  }
  return 3;
}

std::string systemErrorText() { return std::generic_category().message(errno); }

}  // namespace recontour
