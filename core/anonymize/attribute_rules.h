#pragma once
#include <optional>
#include <string_view>

#include "core/anonymize/confidentiality_profile.h"
#include "core/anonymize/harmless_texts.h"

namespace recontour {

/// What is done with an attribute.
enum class Treatment {
  Keep,
  Remove,
  Empty,
  Dummy,
  MapUids,          ///< all of them
  MapInstanceUids,  ///< but for those that the standard names
  KeepUids,         ///< of classes, transfer syntaxes and coding schemes, where they are UIDs
  Walk,             ///< a sequence: its items are treated
  ShiftDates,       ///< as DA; from here to KeepNames the value decides, and `otherwise` is done where it does not fit
  ShiftDateTimes,   ///< as DT
  KeepTimes,        ///< TM
  KeepPlain,        ///< where the value is what its VR says: CS, AS, DS, IS; texts without controls
  KeepHarmless,     ///< a text, where every word is on the list
  KeepNames,        ///< the same, or a structure's name
  NameStructure,    ///< a structure's name stays, else "ROI_3" or "Segment_3" by its number
  Patient           ///< Patient ID and name: the pseudonym
};

struct Rule {
  Treatment treatment = Treatment::Remove;
  Treatment otherwise = Treatment::Remove;
};

/// An attribute as a file has it.
struct Attribute {
  DicomTag tag = 0;
  std::string_view vr;        ///< two letters, of the file
  bool isKnown = false;       ///< by DCMTK's dictionary
  bool isPersonName = false;  ///< by the dictionary or the file
  bool isNested = false;      ///< in an item of a sequence
  bool hasItsVr = true;       ///< one that the dictionary allows it
};

/// The rules of the Basic Profile with Clean Descriptors and Modified Dates, and beyond it, since the profile only says
/// what must go: attributes that are unknown go, and so do bytes that are no pixels; texts stay where they are harmless
/// or named as what describes a device or a code.
class AttributeRules {
 public:
  /// @throws Error
  static AttributeRules shipped() { return {ConfidentialityProfile::shipped(), HarmlessTexts::shipped()}; }
  AttributeRules(ConfidentialityProfile profile, HarmlessTexts texts)
      : profile_(std::move(profile)), texts_(std::move(texts)) {}

  /// An attribute of another VR than its own does not stay, since its value would be judged by what it claims to be.
  Rule of(const Attribute& attribute) const;
  const HarmlessTexts& texts() const { return texts_; }

 private:
  std::optional<Rule> special(const Attribute& attribute) const;
  Rule listed(const Attribute& attribute, const ProfileRow& row) const;
  Rule unlisted(const Attribute& attribute) const;
  ConfidentialityProfile profile_;
  HarmlessTexts texts_;
};

}  // namespace recontour
