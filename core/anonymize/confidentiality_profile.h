#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/dicom_file.h"

namespace recontour {

/// What the Basic Application Level Confidentiality Profile does with an attribute. Where the table leaves a choice,
/// the one is taken that keeps a data set valid whatever type the attribute has there: X/Z empties, X/D, Z/D and X/Z/D
/// put a dummy, X/Z/U* keeps a sequence and maps its UIDs. Source: DICOM PS3.15, E.1 and Table E.1-1a.
enum class BasicAction { Remove, Empty, Dummy, MapUid };

/// @param code  "X", "Z", "D", "U", "X/Z", "Z/D", "X/D", "X/Z/D" or "X/Z/U*". @throws Error for another
BasicAction basicActionOf(std::string_view code);

/// An attribute's row of Table E.1-1.
struct ProfileRow {
  std::string keyword;
  BasicAction basic = BasicAction::Remove;
  bool dates = false;        ///< the Modified Dates option keeps it, shifted
  bool descriptors = false;  ///< the Clean Descriptors option keeps it, cleaned
};

/// Table E.1-1, resources/dicom/basic_profile.json.
class ConfidentialityProfile {
 public:
  /// @throws Error
  static ConfidentialityProfile shipped();

  /// None for an attribute that the table does not name. Private attributes (odd groups) and repeating groups
  /// (50xx, 60xx) are found by their pattern.
  std::optional<ProfileRow> find(DicomTag tag) const;
  std::size_t rows() const { return rows_.size() + patterns_.size(); }

 private:
  struct Pattern {
    DicomTag mask, value;
    ProfileRow row;
  };
  void add(const std::string& tag, const ProfileRow& row);
  std::map<DicomTag, ProfileRow> rows_;
  std::vector<Pattern> patterns_;
};

}  // namespace recontour
