#include "core/base/error.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace recontour {
namespace {

/// Names and values from files may hold line ends and other controls.
std::string onOneLine(std::string text) {
  for (char& character : text) {
    if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) character = ' ';
  }
  return text;
}

std::string line(const std::filesystem::path& file, const std::string& cause, const std::string& advice) {
  std::string text = file.string() + ": " + cause;
  if (!advice.empty()) text += "; " + advice;
  return text;
}

}  // namespace

Error::Error(const std::string& cause, ErrorKind kind) : std::runtime_error(onOneLine(cause)), kind_(kind) {}

Error::Error(const std::filesystem::path& file, const std::string& cause, const std::string& advice, ErrorKind kind)
    : std::runtime_error(onOneLine(line(file, cause, advice))), kind_(kind) {}

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

std::string oneLine(std::string text, std::size_t longest) {
  text.resize(std::min(text.size(), longest));
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
  return text;
}

}  // namespace recontour
