#include "core/anonymize/element_values.h"

#include <array>
#include <map>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcelem.h>
#include <dcmtk/dcmdata/dcitem.h>

namespace recontour {
namespace {

struct DictionaryEntry {
  bool isKnown = false;
  DcmEVR vr = EVR_UNKNOWN;
};

DictionaryEntry dictionaryEntry(const DcmTagKey& tag) {
  const DcmDataDictionary& dictionary = dcmDataDict.rdlock();
  const DcmDictEntry* entry = dictionary.findEntry(tag, nullptr);
  const DictionaryEntry found{entry != nullptr, entry != nullptr ? entry->getEVR() : EVR_UNKNOWN};
  dcmDataDict.rdunlock();
  return found;
}

/// Some attributes have the choice between VRs, for which the dictionary has names of its own.
bool allows(DcmEVR entry, std::string_view vr) {
  const bool isWord = vr == "US" || vr == "SS", isBytes = vr == "OB" || vr == "OW";
  switch (entry) {
    case EVR_xs:
    case EVR_US:
    case EVR_SS:
      return isWord;
    case EVR_lt:
    case EVR_OW:
      return isWord || isBytes;
    case EVR_ox:
    case EVR_px:
    case EVR_OB:
      return isBytes;
    default:
      return vr == DcmVR(entry).getValidVRName();
  }
}

DicomTag tagOf(const DcmElement& element) {
  return static_cast<DicomTag>(element.getTag().getGroup()) << 16 | element.getTag().getElement();
}

}  // namespace

std::vector<DcmElement*> elementsOf(DcmItem& item) {
  std::vector<DcmElement*> elements;
  for (DcmObject* next = item.nextInContainer(nullptr); next != nullptr; next = item.nextInContainer(next))
    elements.push_back(static_cast<DcmElement*>(next));  // an item holds nothing else
  return elements;
}

Attribute attributeOf(DcmElement& element, bool isNested) {
  const DictionaryEntry entry = dictionaryEntry(element.getTag());
  const bool isPixels = element.ident() == EVR_PixelData;  // a class of DCMTK's, not a VR
  const char* const vr = (isPixels ? element.getTag().getVR() : DcmVR(element.ident())).getValidVRName();
  const bool isPersonName = entry.vr == EVR_PN || element.ident() == EVR_PN;
  return {tagOf(element), vr, entry.isKnown, isPersonName, isNested, allows(entry.vr, vr)};
}

std::string valueOf(DcmElement& element) {
  char* text = nullptr;
  Uint32 length = 0;
  if (element.getString(text, length).bad() || text == nullptr) return {};
  std::string value(text, length);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\0')) value.pop_back();
  return value;
}

bool haveDictionary() { return dictionaryEntry(DcmTagKey(0x0010, 0x0010)).vr == EVR_PN; }

bool isCodeSequence(DcmElement& element) {
  return std::string(DcmTag(element.getTag()).getTagName()).ends_with("CodeSequence");
}

bool setDummy(DcmElement& element) {
  static const std::map<std::string_view, const char*> kValues = {
      {"DA", "20000101"}, {"DT", "20000101"}, {"TM", "000000"},   {"AS", "000Y"},     {"DS", "0"},
      {"IS", "0"},        {"US", "0"},        {"SS", "0"},        {"UL", "0"},        {"SL", "0"},
      {"FL", "0"},        {"FD", "0"},        {"PN", kDummyText}, {"LO", kDummyText}, {"SH", kDummyText},
      {"ST", kDummyText}, {"LT", kDummyText}, {"UT", kDummyText}, {"UC", kDummyText}, {"AE", kDummyText},
      {"CS", kDummyText}, {"UR", "urn:anon"}};
  static const std::array<Uint8, 2> kBytes{};
  const std::string_view vr = DcmVR(element.ident()).getValidVRName();
  if (vr == "OB") return element.putUint8Array(kBytes.data(), kBytes.size()).good();
  const auto value = kValues.find(vr);
  return value != kValues.end() && element.putString(value->second).good();
}

}  // namespace recontour
