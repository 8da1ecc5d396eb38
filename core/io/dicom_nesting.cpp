#include "core/io/dicom_nesting.h"

#include <algorithm>

#include "core/io/dicom_walker.h"

namespace recontour {
namespace {

constexpr int kDeepest = 32;
constexpr int kMostElements = 8'000'000;  // and items; each takes some hundred bytes of memory
constexpr int kMostOutOfOrder = 1000;     // of a data set or item; DCMTK searches the place of each from the end
constexpr std::size_t kPreamble = 128;
constexpr std::uint32_t kPixelData = 0x7fe00010, kHeaderLength = 0x00020000, kTransferSyntax = 0x00020010;
constexpr std::string_view kImplicitLittle = "1.2.840.10008.1.2", kExplicitBig = "1.2.840.10008.1.2.2";

/// Public elements whose bytes may begin as an item does by chance: pixels, overlays, curves, waveforms, lookup tables.
bool isBulk(std::uint32_t tag) {
  const std::uint32_t group = tag >> 16, kind = group & 0xff00;
  return group == 0x7fe0 || group == 0x5400 || kind == 0x6000 || kind == 0x5000 || tag == 0x00283006 ||
         tag >> 8 == 0x002812 || tag == 0x00420011;
}

/// Goes through all that a parser may go into. What only looks like a sequence (it begins with an item, but nobody says
/// that it is one) may also be read as plain bytes; without a VR that is private or bulk.
class Nesting {
 public:
  Nesting(std::string_view bytes, bool bigEndian) : bytes_(bytes), bigEndian_(bigEndian) {}
  bool tooDeep() const { return tooDeep_; }
  bool tooMany() const { return count_ > kMostElements; }
  bool unordered() const { return unordered_; }

  /// Elements from `at` to `end`, or to the delimiter of an item. @return where they end; none where they do not fit
  std::optional<std::size_t> elements(std::size_t at, std::size_t end, bool explicitVr, bool delimited, int depth) {
    DicomWalker walker(bytes_.substr(0, end), at, explicitVr, bigEndian_);
    std::uint32_t last = 0;
    int outOfOrder = 0;
    while (!walker.atEnd()) {
      const DicomWalker::Element element = walker.next();
      outOfOrder += element.tag < last ? 1 : 0;
      last = element.tag;
      unordered_ = unordered_ || outOfOrder > kMostOutOfOrder;
      if (walker.failed() || unordered_ || ++count_ > kMostElements) return {};
      if (delimited && element.tag == DicomWalker::kItemEnd) return walker.position();
      const auto after = value(element, walker.position(), end, explicitVr && !element.isUnknown, depth);
      if (!after) return {};
      walker = DicomWalker(bytes_.substr(0, end), *after, explicitVr, bigEndian_);
    }
    return delimited ? std::nullopt : std::optional(end);
  }

 private:
  std::optional<std::size_t> value(const DicomWalker::Element& element, std::size_t at, std::size_t end,
                                   bool explicitVr, int depth) {
    const bool open = element.length == DicomWalker::kUndefined;
    if (open && element.tag == kPixelData) return fragments(at, end);
    if (open) return items(at, end, explicitVr, true, depth + 1);
    if (element.length > end - at) return {};
    const std::size_t after = at + element.length;
    if (element.length < 8 || !isItem(at)) return after;
    const bool isPlain = explicitVr ? !element.isSequence : (element.tag >> 16) % 2 != 0 || isBulk(element.tag);
    const bool fits = items(at, after, explicitVr, false, depth + 1).has_value();
    return tooDeep_ || unordered_ || tooMany() || !(fits || isPlain) ? std::nullopt : std::optional(after);
  }
  std::optional<std::size_t> items(std::size_t at, std::size_t end, bool explicitVr, bool delimited, int depth) {
    if (depth > kDeepest) tooDeep_ = true;
    while (!tooDeep_ && at < end) {
      DicomWalker walker(bytes_.substr(0, end), at, explicitVr, bigEndian_);
      const DicomWalker::Element item = walker.next();
      if (walker.failed() || ++count_ > kMostElements) return {};
      if (item.tag == DicomWalker::kSequenceEnd) return delimited ? walker.position() : end;  // some write both
      if (item.tag != DicomWalker::kItem) return {};
      const bool open = item.length == DicomWalker::kUndefined;
      if (!open && item.length > end - walker.position()) return {};
      const auto after =
          elements(walker.position(), open ? end : walker.position() + item.length, explicitVr, open, depth);
      if (!after) return {};
      at = *after;
    }
    return tooDeep_ || delimited ? std::nullopt : std::optional(end);
  }
  std::optional<std::size_t> fragments(std::size_t at, std::size_t end) const {
    DicomWalker walker(bytes_.substr(0, end), at, true, bigEndian_);
    walker.skipFragments();
    return walker.failed() ? std::nullopt : std::optional(walker.position());
  }
  bool isItem(std::size_t at) const {
    return DicomWalker(bytes_, at, true, bigEndian_).next().tag == DicomWalker::kItem;
  }

  std::string_view bytes_;
  bool bigEndian_;
  bool tooDeep_ = false, unordered_ = false;
  int count_ = 0;
};

/// The file's header: where the data set begins, and how it is written.
struct Start {
  std::size_t at = 0;
  std::string_view transferSyntax;
  bool saysItsEncoding = true;          ///< false: a header without a transfer syntax
  std::optional<std::size_t> lengthAt;  ///< where the header says how much of it follows, a UL
};

/// DCMTK takes a header with another VR as one without VRs, whose lengths are elsewhere.
bool isHeaderVr(std::string_view vr) {
  constexpr std::string_view kVrs[] = {"AE", "CS", "DA", "LO", "OB", "SH", "ST",
                                       "TM", "UI", "UL", "UN", "UR", "US", "UT"};
  return std::find(std::begin(kVrs), std::end(kVrs), vr) != std::end(kVrs);
}

std::optional<Start> startOf(std::string_view bytes) {
  Start start;
  const bool hasPreamble = bytes.size() >= kPreamble + 4 && bytes.substr(kPreamble, 4) == "DICM";
  if (!hasPreamble && bytes.starts_with('\0')) return {};  // big endian, which nothing says
  start.at = hasPreamble ? kPreamble + 4 : 0;
  DicomWalker walker(bytes, start.at, true, false);
  while (!walker.atEnd() && bytes.substr(walker.position(), 2) == std::string_view("\2\0", 2)) {
    if (!isHeaderVr(bytes.substr(std::min(bytes.size(), walker.position() + 4), 2))) return {};
    const DicomWalker::Element element = walker.next();
    const std::size_t value = walker.position();
    walker.skipValue(element);
    if (walker.failed() || element.length == DicomWalker::kUndefined) return {};
    if (element.tag == kHeaderLength) {
      if (start.lengthAt || bytes.substr(value - 4, 4) != std::string_view("UL\4\0", 4)) return {};
      start.lengthAt = value;
    }
    if (element.tag == kTransferSyntax) start.transferSyntax = bytes.substr(value, element.length);
  }
  while (!start.transferSyntax.empty() && (start.transferSyntax.back() == '\0' || start.transferSyntax.back() == ' '))
    start.transferSyntax.remove_suffix(1);
  start.at = walker.position();
  start.saysItsEncoding = !hasPreamble || !start.transferSyntax.empty();
  return start;
}

/// Without a transfer syntax: a VR is two capital letters, which a length never is.
bool looksExplicit(std::string_view bytes, std::size_t at) {
  const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return bytes.size() >= at + 6 && isUpper(bytes[at + 4]) && isUpper(bytes[at + 5]);
}

}  // namespace

std::optional<std::string> nestingProblem(std::string_view bytes) {
  const auto start = startOf(bytes);
  if (!start) return "has a damaged header";
  const bool explicitVr =
      start->transferSyntax.empty() ? looksExplicit(bytes, start->at) : start->transferSyntax != kImplicitLittle;
  Nesting nesting(bytes, start->transferSyntax == kExplicitBig);
  const bool fits = nesting.elements(start->at, bytes.size(), explicitVr, false, 0).has_value();
  if (nesting.tooDeep()) return "has more than " + std::to_string(kDeepest) + " sequences within one another";
  if (nesting.tooMany()) return "has more than " + std::to_string(kMostElements) + " elements";
  if (nesting.unordered()) return "has elements that do not follow one another by their tags";
  if (!fits) return "is cut off or damaged: an element is longer than the file";
  if (!start->saysItsEncoding) return "does not say its transfer syntax";
  return {};
}

void mendHeaderLength(std::string& bytes) {
  const auto start = startOf(bytes);
  if (!start || !start->lengthAt) return;
  const std::size_t rest = start->at - *start->lengthAt - 4;
  for (std::size_t byte = 0; byte < 4; ++byte) bytes[*start->lengthAt + byte] = static_cast<char>(rest >> (8 * byte));
}

}  // namespace recontour
