#pragma once
#include <string>
#include <vector>

namespace recontour {

/// A structure's name by AAPM TG-263, with codes for what is written to DICOM.
struct Tg263Name {
  std::string name;      ///< "Kidney_L"
  std::string meaning;   ///< "Kidney left"
  std::string snomed;    ///< SNOMED CT code of the type
  std::string modifier;  ///< SNOMED CT code of the side; empty where there is none
};

inline constexpr const char* kSnomedLeft = "7771000";
inline constexpr const char* kSnomedRight = "24028007";
inline constexpr const char* kSnomedBoth = "51440002";

/// What such a code means, as DICOM says it: "Left"; empty for others.
std::string sideMeaning(const std::string& modifier);

/// The shipped list, resources/organs/tg263.json, by name. @throws Error
std::vector<Tg263Name> tg263Names();

}  // namespace recontour
