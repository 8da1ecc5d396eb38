#pragma once
// Private to core/io: codes and numbers in DCMTK's items.
#include <cstdint>
#include <string>
#include <vector>

#include "core/io/dicom_items.h"
#include "core/structures/segment_set.h"

namespace recontour {

/// The code in a code sequence's first item, its meaning in UTF-8; empty where there is none.
Code codeOf(DcmItem& item, const DcmTagKey& sequence, const std::string& characterSet);
/// Appends an item with the code to a code sequence. @throws Error
DcmItem& addCode(DcmItem& item, const DcmTagKey& sequence, const Code& code);

/// An unsigned short (US); -1 where it is missing.
int shortOf(DcmItem& item, const DcmTagKey& tag);
/// @throws Error when DCMTK refuses
void putShorts(DcmItem& item, const DcmTagKey& tag, const std::vector<std::uint16_t>& values);
/// Sets decimal numbers (DS), each as exact as 16 characters can be. @throws Error when DCMTK refuses
void putDecimals(DcmItem& item, const DcmTagKey& tag, const std::vector<double>& values);

/// A text as LO has it: one value of one line and at most 64 characters of UTF-8.
std::string longString(const std::string& text);

}  // namespace recontour
