#include "core/io/dicom_walker.h"

#include <algorithm>
#include <array>

namespace recontour {
namespace {

constexpr int kDeepestNesting = 32;
/// Those with two bytes of length; all others have four, those that are not invented yet too (PS3.5, 6.2 and 7.1.2).
constexpr std::array<std::string_view, 21> kShortVrs = {"AE", "AS", "AT", "CS", "DA", "DS", "DT",
                                                        "FL", "FD", "IS", "LO", "LT", "PN", "SH",
                                                        "SL", "SS", "ST", "TM", "UI", "UL", "US"};

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

void DicomWalker::advance(std::size_t bytes) {
  if (bytes > bytes_.size() - at_) {
    failed_ = true;
    at_ = bytes_.size();
  } else {
    at_ += bytes;
  }
}

std::uint32_t DicomWalker::read16() {
  const std::size_t at = at_;
  advance(2);
  if (failed_) return 0;
  const std::uint32_t first = static_cast<unsigned char>(bytes_[at]),
                      second = static_cast<unsigned char>(bytes_[at + 1]);
  return bigEndian_ ? first << 8 | second : second << 8 | first;
}

std::uint32_t DicomWalker::read32() {
  const std::uint32_t first = read16(), second = read16();
  return bigEndian_ ? first << 16 | second : second << 16 | first;
}

std::uint32_t DicomWalker::readTag() {
  const std::uint32_t group = read16();
  return group << 16 | read16();
}

DicomWalker::Element DicomWalker::next() {
  Element element;
  element.tag = readTag();
  if (!explicitVr_ || element.tag >> 16 == kItem >> 16) {  // items and delimiters have no VR
    element.length = read32();
    return element;
  }
  const std::string_view vr = bytes_.substr(at_, 2);
  advance(2);
  if (failed_ || !isUpper(vr[0]) || !isUpper(vr[1])) {
    failed_ = true;
    return element;
  }
  element.isUnknown = vr == "UN";
  element.isSequence = vr == "SQ";
  if (std::find(kShortVrs.begin(), kShortVrs.end(), vr) != kShortVrs.end()) {
    element.length = read16();
    return element;
  }
  advance(2);
  element.length = read32();
  return element;
}

void DicomWalker::skip(const Element& element, int depth) {
  if (element.length != kUndefined) return advance(element.length);
  const bool outer = explicitVr_;
  explicitVr_ = explicitVr_ && !element.isUnknown;
  skipItems(depth + 1);
  explicitVr_ = outer;
}

void DicomWalker::skipItems(int depth) {
  if (depth > kDeepestNesting) failed_ = true;
  while (!failed_) {
    const Element item = next();
    if (item.tag == kSequenceEnd) return;
    if (item.tag != kItem) {
      failed_ = true;
    } else if (item.length == kUndefined) {
      skipItemElements(depth);
    } else {
      advance(item.length);
    }
  }
}

void DicomWalker::skipItemElements(int depth) {
  while (!failed_) {
    const Element element = next();
    if (element.tag == kItemEnd) return;
    skip(element, depth);
  }
}

void DicomWalker::skipFragments() {
  while (!failed_) {
    const Element item = next();
    if (item.tag == kSequenceEnd) return;
    if (item.tag != kItem || item.length == kUndefined) failed_ = true;
    if (!failed_) advance(item.length);
  }
}

}  // namespace recontour
