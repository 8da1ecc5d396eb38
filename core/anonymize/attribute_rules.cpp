#include "core/anonymize/attribute_rules.h"

#include <algorithm>
#include <array>

namespace recontour {
namespace {

constexpr DicomTag kPatientName = 0x00100010, kPatientId = 0x00100020;
constexpr DicomTag kRoiName = 0x30060026, kSegmentLabel = 0x00620005;
/// ROI and segment descriptions, labels of observations and structure sets, which mostly repeat a structure's name.
constexpr std::array<DicomTag, 7> kOfStructures = {0x00620006, 0x30060002, 0x30060004, 0x30060006,
                                                   0x30060028, 0x30060085, 0x30060088};
/// UIDs that say what kind a thing is, not which one, private ones too: SOP classes, coding schemes and their contexts,
/// transfer syntaxes.
constexpr std::array<DicomTag, 16> kKindUids = {0x00080016, 0x0008001a, 0x0008001b, 0x00080062, 0x0008010c, 0x00080117,
                                                0x00080118, 0x00081150, 0x00081151, 0x0008115a, 0x00083002, 0x00340003,
                                                0x04000010, 0x04000510, 0x30100052, 0x30100053};
constexpr DicomTag kPatientGroup = 0x0010, kPixelGroup = 0x7fe0;

template <std::size_t N>
bool isOneOf(std::string_view vr, const std::array<std::string_view, N>& vrs) {
  return std::ranges::find(vrs, vr) != vrs.end();
}
constexpr std::array<std::string_view, 8> kTexts = {"LO", "SH", "ST", "LT", "UT", "UC", "UR", "AE"};
constexpr std::array<std::string_view, 2> kPlain = {"CS", "AS"};
constexpr std::array<std::string_view, 13> kNumbers = {"US", "SS", "UL", "SL", "UV", "SV", "FL",
                                                       "FD", "AT", "OF", "OD", "OL", "OV"};

constexpr std::array<std::string_view, 7> kBytes = {"OB", "OW", "US", "SS", "OV", "OF", "OD"};

DicomTag groupOf(DicomTag tag) { return tag >> 16; }

/// Groups that go as a whole: lengths of groups, which no longer hold, commands, directories, curves and overlays.
bool goesAsGroup(DicomTag tag) {
  const DicomTag group = groupOf(tag);
  return (tag & 0xffff) == 0 || group < 8 || (group & 0xff00) == 0x5000 || (group & 0xff00) == 0x6000;
}

Treatment harmlessIn(DicomTag tag) {
  const bool isOfStructure = std::ranges::find(kOfStructures, tag) != kOfStructures.end();
  return isOfStructure ? Treatment::KeepNames : Treatment::KeepHarmless;
}

Treatment uidsIn(DicomTag tag) {
  const bool isOfKind = std::ranges::find(kKindUids, tag) != kKindUids.end();
  return isOfKind ? Treatment::KeepUids : Treatment::MapInstanceUids;
}

Treatment treatmentOf(BasicAction action, std::string_view vr) {
  switch (action) {
    case BasicAction::Remove:
      return Treatment::Remove;
    case BasicAction::Empty:
      return Treatment::Empty;
    case BasicAction::Dummy:
      return vr == "UI" ? Treatment::MapUids : Treatment::Dummy;
    case BasicAction::MapUid:
      return vr == "SQ" ? Treatment::Walk : vr == "UI" ? Treatment::MapUids : Treatment::Remove;
  }
  return Treatment::Remove;
}

bool leavesValue(Treatment treatment) {
  return treatment != Treatment::Remove && treatment != Treatment::Empty && treatment != Treatment::Dummy;
}

std::optional<Treatment> asDate(std::string_view vr) {
  if (vr == "DA") return Treatment::ShiftDates;
  if (vr == "DT") return Treatment::ShiftDateTimes;
  if (vr == "TM") return Treatment::KeepTimes;
  return {};
}

}  // namespace

Rule AttributeRules::of(const Attribute& attribute) const {
  if (goesAsGroup(attribute.tag) || attribute.vr == "UN") return {Treatment::Remove};
  if (const auto rule = special(attribute)) return *rule;
  const auto row = profile_.find(attribute.tag);
  if (!row && !attribute.isKnown) return {Treatment::Remove};
  const Rule rule = row ? listed(attribute, *row) : unlisted(attribute);
  return attribute.hasItsVr || !leavesValue(rule.treatment) ? rule : Rule{Treatment::Remove};
}

std::optional<Rule> AttributeRules::special(const Attribute& attribute) const {
  const bool isText = isOneOf(attribute.vr, kTexts) || attribute.vr == "PN";
  if (attribute.tag == kPatientName || attribute.tag == kPatientId)
    return Rule{isText ? Treatment::Patient : Treatment::Remove};
  if (attribute.tag == kRoiName || attribute.tag == kSegmentLabel)
    return Rule{isText ? Treatment::NameStructure : Treatment::Remove};
  return {};
}

Rule AttributeRules::listed(const Attribute& attribute, const ProfileRow& row) const {
  const Treatment basic = treatmentOf(row.basic, attribute.vr);
  if (const auto date = asDate(attribute.vr); date && row.dates) return {*date, basic};
  if (row.descriptors && isOneOf(attribute.vr, kTexts)) return {harmlessIn(attribute.tag), basic};
  return {basic};
}

Rule AttributeRules::unlisted(const Attribute& attribute) const {
  const auto [tag, vr] = std::pair(attribute.tag, attribute.vr);
  if (groupOf(tag) == kPatientGroup) return {Treatment::Remove};
  if (attribute.isPersonName) return {Treatment::Dummy};
  if (attribute.isNested && groupOf(tag) == kPixelGroup) return {Treatment::Remove};  // a small picture of another
  if (texts_.keepsBytes(tag)) return {isOneOf(vr, kBytes) ? Treatment::Keep : Treatment::Remove};
  if (vr == "SQ") return {Treatment::Walk};
  if (vr == "UI") return {uidsIn(tag)};
  if (const auto date = asDate(vr)) return {*date, Treatment::Empty};
  if (vr == "DS" || vr == "IS") return {Treatment::KeepPlain, Treatment::Empty};  // a dummy would be a false number
  if (isOneOf(vr, kPlain)) return {Treatment::KeepPlain, Treatment::Dummy};
  if (isOneOf(vr, kTexts)) return {texts_.keepsText(tag) ? Treatment::KeepPlain : harmlessIn(tag), Treatment::Dummy};
  return {isOneOf(vr, kNumbers) ? Treatment::Keep : Treatment::Remove};
}

}  // namespace recontour
