#include "core/anonymize/unusable_values.h"

#include <algorithm>
#include <array>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcitem.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include "core/anonymize/element_values.h"
#include "core/anonymize/plain_values.h"

namespace recontour {
namespace {

/// Groups of attributes that images, structures and segments consist of.
constexpr std::array<DicomTag, 5> kGroups = {0x0020, 0x0028, 0x0062, 0x3006, 0x5200};
/// Numbers as text that are wrong when one of them is missing: positions, orientations, spacings, contours, frames and
/// their offsets, grey values, and the numbers that ROIs are told by.
constexpr std::array<DicomTag, 15> kNumbers = {0x00180088, 0x00181164, 0x00182010, 0x00200032, 0x00200037,
                                               0x00280008, 0x00280030, 0x00281052, 0x00281053, 0x3004000c,
                                               0x30060022, 0x30060045, 0x30060046, 0x30060050, 0x30060084};

template <std::size_t N>
bool isOneOf(DicomTag tag, const std::array<DicomTag, N>& tags) {
  return std::ranges::find(tags, tag) != tags.end();
}

std::string nameOf(DcmElement& element) {
  DcmTag tag(element.getTag());
  return std::string(tag.getTagName()) + " " + tag.toString().c_str();
}

std::optional<std::string> problemOf(DcmElement& element, const Attribute& attribute) {
  if (attribute.isKnown && attribute.vr == "UN" && isOneOf(attribute.tag >> 16, kGroups))
    return nameOf(element) + " has the VR UN, so that what it holds cannot be told";
  if (!isOneOf(attribute.tag, kNumbers)) return {};
  if (attribute.hasItsVr && arePlain(attribute.vr, valueOf(element))) return {};
  return nameOf(element) + " holds something else than numbers";
}

std::optional<std::string> unusableIn(DcmItem& item, const AttributeRules& rules, bool isNested) {
  for (DcmElement* element : elementsOf(item)) {
    const Attribute attribute = attributeOf(*element, isNested);
    if (auto problem = problemOf(*element, attribute)) return problem;
    if (rules.of(attribute).treatment != Treatment::Walk) continue;
    auto& sequence = dynamic_cast<DcmSequenceOfItems&>(*element);
    for (DcmObject* next = sequence.nextInContainer(nullptr); next != nullptr; next = sequence.nextInContainer(next))
      if (auto problem = unusableIn(dynamic_cast<DcmItem&>(*next), rules, true)) return problem;
  }
  return {};
}

}  // namespace

std::optional<std::string> unusableValue(DcmItem& dataset, const AttributeRules& rules) {
  return unusableIn(dataset, rules, false);
}

}  // namespace recontour
