#pragma once
// For core/io and core/anonymize: what DCMTK's items say, in our terms.
#include <string>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>
#include <dcmtk/dcmdata/dcsequen.h>

namespace recontour {

/// The items of a sequence, in their order; none where it is missing.
std::vector<DcmItem*> itemsOf(DcmItem& item, const DcmTagKey& sequence);
/// The first of them; null where there is none.
DcmItem* firstItemOf(DcmItem& item, const DcmTagKey& sequence);

/// Text of an element without padding, as it is in the file; empty where it is missing. All values of several.
std::string textOf(DcmItem& item, const DcmTagKey& tag);
/// The same without what cannot be shown, by the character set of the data set, in UTF-8.
std::string readableTextOf(DcmItem& item, const DcmTagKey& tag, const std::string& characterSet);
/// A whole number (IS); `otherwise` where it is missing or none.
int wholeNumberOf(DcmItem& item, const DcmTagKey& tag, int otherwise);
/// Decimal numbers (DS) "a\b\c", parsed without the file's own say on how many there are.
/// @return none of them when one is no finite number
std::vector<double> decimalsOf(DcmItem& item, const DcmTagKey& tag);

/// Sets a text, or removes the element where the text is empty. @throws Error when DCMTK refuses
void putText(DcmItem& item, const DcmTagKey& tag, const std::string& text);
/// The same, leaving an empty element where the text is empty (type 2).
void putTextOrEmpty(DcmItem& item, const DcmTagKey& tag, const std::string& text);
/// A new item at the end of a sequence, which is made where it is missing. @throws Error
DcmItem& addItem(DcmItem& item, const DcmTagKey& sequence);
/// A code sequence with one SNOMED CT code. @throws Error
DcmItem& addSnomedCode(DcmItem& item, const DcmTagKey& sequence, const std::string& code, const std::string& meaning);

}  // namespace recontour
