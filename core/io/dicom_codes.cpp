#include "core/io/dicom_codes.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr std::size_t kLongestDecimal = 16, kLongString = 64;

std::string decimalString(double value) {
  std::array<char, 40> text{};
  for (int digits = 15; digits > 0; --digits) {
    const int length = std::snprintf(text.data(), text.size(), "%.*g", digits, value);
    if (static_cast<std::size_t>(length) <= kLongestDecimal) break;
  }
  return text.data();
}

}  // namespace

Code codeOf(DcmItem& item, const DcmTagKey& sequence, const std::string& characterSet) {
  DcmItem* code = firstItemOf(item, sequence);
  if (code == nullptr) return {};
  return {textOf(*code, DCM_CodeValue), textOf(*code, DCM_CodingSchemeDesignator),
          readableTextOf(*code, DCM_CodeMeaning, characterSet)};
}

DcmItem& addCode(DcmItem& item, const DcmTagKey& sequence, const Code& code) {
  DcmItem& added = addItem(item, sequence);
  putText(added, DCM_CodeValue, code.value);
  putText(added, DCM_CodingSchemeDesignator, code.scheme);
  putText(added, DCM_CodeMeaning, code.meaning);
  return added;
}

int shortOf(DcmItem& item, const DcmTagKey& tag) {
  Uint16 value = 0;
  return item.findAndGetUint16(tag, value).good() ? value : -1;
}

void putShorts(DcmItem& item, const DcmTagKey& tag, const std::vector<std::uint16_t>& values) {
  if (item.putAndInsertUint16Array(tag, values.data(), static_cast<unsigned long>(values.size())).bad())
    throw Error(std::string("DICOM element ") + tag.toString().c_str() + " cannot be set");
}

void putDecimals(DcmItem& item, const DcmTagKey& tag, const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "" : "\\") + decimalString(value);
  putText(item, tag, text);
}

std::string longString(const std::string& text) {
  std::string line = oneLine(text, 4 * kLongString);
  std::ranges::replace(line, '\\', '/');
  std::size_t characters = 0, end = 0;
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(line[at]) & 0xc0U) == 0x80U; };
  for (; end < line.size(); ++end) {
    if (!continues(end) && ++characters > kLongString) break;
  }
  return line.substr(0, end);
}

}  // namespace recontour
