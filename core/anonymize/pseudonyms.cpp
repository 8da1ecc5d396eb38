#include "core/anonymize/pseudonyms.h"

#include "core/base/sha256.h"
#include "core/io/dicom_dataset.h"

namespace recontour {

/// The purpose keeps a patient's pseudonym from telling the days that the patient's dates are moved by.
std::string Pseudonyms::salted(const char* purpose, const std::string& text) const {
  return sha256Hex(sha256Hex(salt_ + '\0' + purpose) + text);
}

std::string Pseudonyms::uid(const std::string& uid) const { return dicomUid("2.25", salted("uid", uid)); }

std::string Pseudonyms::patient(const std::string& patientId) const {
  return "RC" + salted("patient", patientId).substr(0, 12);
}

std::string Pseudonyms::folder(const std::string& seriesUid) const { return salted("folder", seriesUid).substr(0, 12); }

int Pseudonyms::daysBack(const std::string& patient) const {
  constexpr int kLeast = 365, kMost = 3652;
  const auto number = std::stoul(salted("days", patient).substr(0, 8), nullptr, 16);
  return kLeast + static_cast<int>(number % (kMost - kLeast + 1));
}

}  // namespace recontour
