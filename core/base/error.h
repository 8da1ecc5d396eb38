#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>

namespace recontour {

/// What kind of failure it is; the command line's exit status follows from it (see `exitStatus`).
enum class ErrorKind { BadInput, ModelFailed, Cancelled, CheckFailed };

/// The one exception type of the project. Libraries' exceptions become an `Error` in the file that calls the library.
/// `what()` is one line: "FILE: cause; what to do" with the parts that are known.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& cause, ErrorKind kind = ErrorKind::BadInput);
  /// @param file    file or folder at fault
  /// @param cause   what is wrong, one clause without a full stop
  /// @param advice  what the user can do, may be empty
  Error(const std::filesystem::path& file, const std::string& cause, const std::string& advice = {},
        ErrorKind kind = ErrorKind::BadInput);
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

/// Exit status of the command line contract: 1 a check did not hold, 3 bad input, 4 a model or helper failed,
/// 5 cancelled.
int exitStatus(ErrorKind kind);

/// Text from elsewhere as it may be shown in one line and on a terminal: without control characters, at most
/// `longest` bytes.
std::string oneLine(std::string text, std::size_t longest = 1000);

/// Text of the C library for `errno` right now.
std::string systemErrorText();

}  // namespace recontour
