#pragma once
// Private to core/anonymize: elements of DCMTK in our terms.
#include <string>
#include <vector>

#include "core/anonymize/attribute_rules.h"

class DcmElement;
class DcmItem;

namespace recontour {

std::vector<DcmElement*> elementsOf(DcmItem& item);
/// With the VR that the file gives it.
Attribute attributeOf(DcmElement& element, bool isNested);
/// All its values without padding at the end; empty where its VR is no text.
std::string valueOf(DcmElement& element);
/// Whether DCMTK has a dictionary; without one every attribute would be unknown.
bool haveDictionary();
/// Whether it is a sequence of codes, by its name in the dictionary.
bool isCodeSequence(DcmElement& element);
/// Sets a harmless value of its VR: a text, a number or a date; false where there is none.
bool setDummy(DcmElement& element);
inline constexpr const char* kDummyText = "ANON";

}  // namespace recontour
