#pragma once
#include <string>

namespace recontour {

/// What stands for identifiers: follows from a salt and the identifier alone, so that equal ones stay equal within and
/// between runs with the same salt, and cannot be told from it without the salt.
class Pseudonyms {
 public:
  explicit Pseudonyms(std::string salt) : salt_(std::move(salt)) {}

  /// "2.25." and 128 bits in decimal (DICOM PS3.5 B.2).
  std::string uid(const std::string& uid) const;
  /// "RC" and 12 hexadecimal digits, as Patient ID and name.
  std::string patient(const std::string& patientId) const;
  /// 12 hexadecimal digits, as a folder's name.
  std::string folder(const std::string& seriesUid) const;
  /// Days by which a patient's dates are moved back: 365 to 3652, one to ten years.
  int daysBack(const std::string& patient) const;

 private:
  std::string salted(const char* purpose, const std::string& text) const;
  std::string salt_;
};

}  // namespace recontour
