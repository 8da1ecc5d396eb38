#include "core/io/dicom_items.h"

#include <charconv>
#include <cmath>
#include <optional>

#include <dcmtk/dcmdata/dcchrstr.h>
#include <dcmtk/dcmdata/dcspchrs.h>

#include "core/base/error.h"

namespace recontour {
namespace {

std::string trimmed(std::string text) {
  const auto isPadding = [](char c) { return c == ' ' || c == '\0'; };
  while (!text.empty() && isPadding(text.back())) text.pop_back();
  std::size_t start = 0;
  while (start < text.size() && isPadding(text[start])) ++start;
  return text.substr(start);
}

void require(const OFCondition& status, const DcmTagKey& tag) {
  if (status.good()) return;
  throw Error(std::string("DICOM element ") + tag.toString().c_str() + " cannot be set: " + oneLine(status.text()));
}

bool isAscii(const std::string& text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) > 126 || static_cast<unsigned char>(c) < 32) return false;
  return true;
}

std::optional<std::string> toUtf8(const std::string& text, const std::string& characterSet) {
  DcmSpecificCharacterSet converter;
  OFString result;
  if (converter.selectCharacterSet(characterSet.c_str(), "ISO_IR 192").bad()) return {};
  if (converter.convertString(OFString(text.data(), text.size()), result, "\\^=").bad()) return {};
  return std::string(result.c_str(), result.length());
}

/// Texts of more than 64 kB have the VR UN where VRs are explicit (PS3.5 6.2.2), which DCMTK takes for bytes.
std::optional<std::string> bytesOfUnknown(DcmItem& item, const DcmTagKey& tag) {
  DcmElement* element = nullptr;
  Uint8* bytes = nullptr;
  if (item.findAndGetElement(tag, element).bad() || element->getVR() != EVR_UN) return {};
  if (element->getUint8Array(bytes).bad() || bytes == nullptr) return std::string();
  return std::string(reinterpret_cast<const char*>(bytes), element->getLength());
}

std::optional<double> decimal(std::string_view part) {
  while (!part.empty() && (part.front() == ' ' || part.front() == '+')) part.remove_prefix(1);
  while (!part.empty() && (part.back() == ' ' || part.back() == '\0')) part.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
  if (error != std::errc() || end != part.data() + part.size() || !std::isfinite(value)) return {};
  return value;
}

}  // namespace

std::vector<DcmItem*> itemsOf(DcmItem& item, const DcmTagKey& sequence) {
  std::vector<DcmItem*> items;
  DcmSequenceOfItems* found = nullptr;
  if (item.findAndGetSequence(sequence, found).bad() || found == nullptr) return items;
  for (DcmObject* next = found->nextInContainer(nullptr); next != nullptr; next = found->nextInContainer(next))
    if (auto* one = dynamic_cast<DcmItem*>(next)) items.push_back(one);
  return items;
}

DcmItem* firstItemOf(DcmItem& item, const DcmTagKey& sequence) {
  const auto items = itemsOf(item, sequence);
  return items.empty() ? nullptr : items.front();
}

std::string textOf(DcmItem& item, const DcmTagKey& tag) {
  if (auto unknown = bytesOfUnknown(item, tag)) return trimmed(std::move(*unknown));
  const char* whole = nullptr;  // at once: value by value takes the square of their number
  Uint32 length = 0;
  if (item.findAndGetString(tag, whole, length).good()) return whole == nullptr ? "" : trimmed({whole, length});
  OFString text;
  if (item.findAndGetOFStringArray(tag, text).bad()) return {};
  return trimmed(std::string(text.c_str(), text.length()));
}

std::string readableTextOf(DcmItem& item, const DcmTagKey& tag, const std::string& characterSet) {
  std::string text = textOf(item, tag);
  if (!isAscii(text)) text = toUtf8(text, characterSet).value_or(text);
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 32 || c == 127) c = ' ';
  return oneLine(text);
}

int wholeNumberOf(DcmItem& item, const DcmTagKey& tag, int otherwise) {
  const std::string text = textOf(item, tag);
  const char* const start = text.data() + (text.starts_with('+') ? 1 : 0);
  int value = 0;
  const auto [end, error] = std::from_chars(start, text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

std::vector<double> decimalsOf(DcmItem& item, const DcmTagKey& tag) {
  const std::string text = textOf(item, tag);
  std::vector<double> values;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find('\\', at), text.size());
    const auto value = decimal(std::string_view(text).substr(at, next - at));
    if (!value) return {};
    values.push_back(*value);
    at = next + 1;
  }
  return values;
}

void putText(DcmItem& item, const DcmTagKey& tag, const std::string& text) {
  if (text.empty()) {
    item.findAndDeleteElement(tag);
    return;
  }
  require(item.putAndInsertOFStringArray(tag, OFString(text.data(), text.size())), tag);
}

void putTextOrEmpty(DcmItem& item, const DcmTagKey& tag, const std::string& text) {
  if (!text.empty()) return putText(item, tag, text);
  require(item.insertEmptyElement(tag, OFTrue), tag);
}

DcmItem& addItem(DcmItem& item, const DcmTagKey& sequence) {
  DcmItem* added = nullptr;
  require(item.findOrCreateSequenceItem(sequence, added, -2), sequence);  // -2: at the end
  return *added;
}

DcmItem& addSnomedCode(DcmItem& item, const DcmTagKey& sequence, const std::string& code, const std::string& meaning) {
  DcmItem& added = addItem(item, sequence);
  putText(added, DCM_CodeValue, code);
  putText(added, DCM_CodingSchemeDesignator, "SCT");
  putText(added, DCM_CodeMeaning, meaning);
  return added;
}

}  // namespace recontour
