#pragma once
#include <set>
#include <string>
#include <string_view>

#include "core/io/dicom_file.h"

namespace recontour {

/// Which texts and bytes may stay, resources/dicom/harmless_texts.json: a list of what is allowed, since names cannot
/// be told from other words.
class HarmlessTexts {
 public:
  /// With the names of structures of TG-263 and of the default organ table. @throws Error
  static HarmlessTexts shipped();

  /// Whether every word is on the list, with at most one number of up to three digits.
  bool isHarmless(std::string_view text) const;
  /// The same, or a known structure's name: "Kidney_L", "GTV 1".
  bool isStructureName(std::string_view text) const;
  /// Whether an attribute of text, or of bytes, that the profile's table does not name may stay as it is.
  bool keepsText(DicomTag tag) const { return texts_.contains(tag); }
  bool keepsBytes(DicomTag tag) const { return bytes_.contains(tag); }
  /// Whether a coding scheme's designator stands for codes of a dictionary, not of a hospital.
  bool isPublicScheme(const std::string& designator) const { return schemes_.contains(designator); }

 private:
  void addStructureNames();
  bool areAllowed(std::string_view text, bool structures) const;
  std::set<std::string> words_, structureWords_, structureNames_, schemes_;
  std::set<DicomTag> texts_, bytes_;
};

}  // namespace recontour
