#include "core/io/dicom_file.h"

#include <charconv>
#include <cmath>
#include <sstream>

#include <zlib.h>

#include "core/io/dicom_walker.h"

namespace recontour {
namespace {

constexpr std::size_t kPreamble = 128;
constexpr std::size_t kLongestKept = 1024;  // longer values are of no interest here
constexpr std::size_t kLargestInflated = std::size_t{256} << 20;
constexpr DicomTag kTransferSyntax = 0x00020010, kPixelData = 0x7fe00010;
constexpr std::string_view kImplicitLittle = "1.2.840.10008.1.2", kExplicitBig = "1.2.840.10008.1.2.2",
                           kDeflated = "1.2.840.10008.1.2.1.99";

bool isPadding(char c) { return c == ' ' || c == '\0'; }

std::string trimmed(std::string text) {
  while (!text.empty() && isPadding(text.back())) text.pop_back();
  std::size_t start = 0;
  while (start < text.size() && isPadding(text[start])) ++start;
  return text.substr(start);
}

bool hasPreamble(std::string_view bytes) {
  return bytes.size() >= kPreamble + 4 && bytes.substr(kPreamble, 4) == "DICM";
}

/// Without a transfer syntax: a VR is two capital letters, which a length never is.
bool looksExplicit(std::string_view bytes, std::size_t at) {
  if (bytes.size() < at + 6) return false;
  const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return isUpper(bytes[at + 4]) && isUpper(bytes[at + 5]);
}

std::optional<double> parseNumber(const std::string& part) {
  const std::size_t start = part.find_first_not_of(" +");
  if (start == std::string::npos) return std::nullopt;
  double value = 0;
  const char* const last = part.data() + part.size();
  const auto [end, error] = std::from_chars(part.data() + start, last, value);
  const bool rest = end != last && part.find_first_not_of(' ', std::size_t(end - part.data())) != std::string::npos;
  if (error != std::errc() || rest || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

DicomFile::DicomFile(std::string bytes) : bytes_(std::move(bytes)) {
  if (!looksLikeDicom(bytes_)) return;
  const std::size_t dataset = readMeta(hasPreamble(bytes_) ? kPreamble + 4 : 0);
  transferSyntax_ = text(kTransferSyntax);
  if (transferSyntax_ == kDeflated) {
    inflateDataset(dataset);
    readDataset(0, true);
  } else if (transferSyntax_.empty()) {
    bigEndian_ = bytes_.size() > dataset + 1 && bytes_[dataset] == 0 && bytes_[dataset + 1] != 0;
    readDataset(dataset, looksExplicit(bytes_, dataset));
  } else {
    bigEndian_ = transferSyntax_ == kExplicitBig;
    readDataset(dataset, transferSyntax_ != kImplicitLittle);
  }
}

/// Reads group 0002, always explicit little endian. @return where the data set starts
std::size_t DicomFile::readMeta(std::size_t at) {
  DicomWalker walker(bytes_, at, true, false);
  while (!walker.failed() && !walker.atEnd()) {
    if (bytes_.compare(walker.position(), 2, "\2\0", 2) != 0) break;
    const DicomWalker::Element element = walker.next();
    const std::size_t value = walker.position();
    walker.skipValue(element);
    if (!walker.failed() && element.length <= kLongestKept) values_[element.tag] = bytes_.substr(value, element.length);
  }
  return walker.position();
}

void DicomFile::inflateDataset(std::size_t at) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return bytes_.clear();
  std::vector<Bytef> in(bytes_.begin() + std::ptrdiff_t(at), bytes_.end()), out(1 << 16);
  stream.next_in = in.data();
  stream.avail_in = static_cast<uInt>(in.size());
  bytes_.clear();
  int status = Z_OK;
  while (status == Z_OK && bytes_.size() < kLargestInflated) {
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    status = inflate(&stream, Z_NO_FLUSH);
    bytes_.append(out.begin(), out.end() - stream.avail_out);
  }
  inflateEnd(&stream);
}

void DicomFile::readDataset(std::size_t at, bool explicitVr) {
  DicomWalker walker(bytes_, at, explicitVr, bigEndian_);
  while (!walker.failed() && !walker.atEnd()) {
    const DicomWalker::Element element = walker.next();
    const std::size_t value = walker.position();
    if (walker.failed()) return;
    if (element.tag == kPixelData) {
      reachedPixels_ = true;
      encapsulated_ = element.length == DicomWalker::kUndefined;
      encapsulated_ ? walker.skipFragments() : walker.skipValue(element);
      pixelsWhole_ = !walker.failed();
      pixelStart_ = value;
      pixelBytes_ = walker.position() - value;
      return;
    }
    walker.skipValue(element);
    if (walker.failed()) return;
    isDicom_ = true;
    if (element.length <= kLongestKept) values_[element.tag] = bytes_.substr(value, element.length);
  }
}

std::string DicomFile::text(DicomTag tag) const {
  const auto found = values_.find(tag);
  return found == values_.end() ? std::string() : trimmed(found->second);
}

std::vector<double> DicomFile::numbers(DicomTag tag) const {
  std::vector<double> result;
  std::istringstream parts(text(tag));
  for (std::string part; std::getline(parts, part, '\\');) {
    const std::optional<double> value = parseNumber(part);
    if (!value) return {};
    result.push_back(*value);
  }
  return result;
}

std::optional<double> DicomFile::number(DicomTag tag) const {
  const std::vector<double> values = numbers(tag);
  return values.size() == 1 ? std::optional(values[0]) : std::nullopt;
}

int DicomFile::shortValue(DicomTag tag) const {
  const auto found = values_.find(tag);
  if (found == values_.end() || found->second.size() != 2) return -1;
  const int first = static_cast<unsigned char>(found->second[0]), second = static_cast<unsigned char>(found->second[1]);
  return bigEndian_ ? first << 8 | second : second << 8 | first;
}

bool looksLikeDicom(std::string_view bytes) {
  if (hasPreamble(bytes)) return true;
  if (bytes.size() < 8) return false;
  // Without a preamble: the first group is 0002 or 0008, in either byte order.
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const bool little = (byte(0) == 2 || byte(0) == 8) && byte(1) == 0 && byte(3) == 0;
  const bool big = byte(0) == 0 && (byte(1) == 2 || byte(1) == 8) && byte(2) == 0;
  return little || big;
}

}  // namespace recontour
