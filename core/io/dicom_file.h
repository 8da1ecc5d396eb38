#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recontour {

/// Group and element of a DICOM attribute, 0xggggeeee.
using DicomTag = std::uint32_t;

/// The elements of a DICOM file, walked without trusting it: every length is checked against the bytes there are.
/// (Debian's GDCM is built with assertions, so a damaged header given to it would end the program.)
class DicomFile {
 public:
  /// @param bytes  the file or its beginning; never throws on damaged content
  explicit DicomFile(std::string bytes);

  bool isDicom() const { return isDicom_; }
  /// False when the header is damaged, cut off, or has no pixels.
  bool reachedPixels() const { return reachedPixels_; }
  const std::string& transferSyntax() const { return transferSyntax_; }
  bool bigEndian() const { return bigEndian_; }
  /// Pixels are compressed fragments: pixels() then holds the items up to and with the sequence delimiter.
  bool encapsulated() const { return encapsulated_; }
  /// Stored pixel bytes that are really there, see pixelBytesDeclared().
  std::string_view pixels() const { return std::string_view(bytes_).substr(pixelStart_, pixelBytes_); }
  /// False when the pixel data ends before its own length or delimiter.
  bool pixelsWhole() const { return pixelsWhole_; }

  /// Value of a top-level element before the pixels without padding; empty when it is missing.
  std::string text(DicomTag tag) const;
  /// Finite numbers of a decimal or integer string "a\b\c"; empty when one of them is none.
  std::vector<double> numbers(DicomTag tag) const;
  std::optional<double> number(DicomTag tag) const;
  /// An unsigned short (US); -1 when it is missing or not two bytes long.
  int shortValue(DicomTag tag) const;

 private:
  std::size_t readMeta(std::size_t at);
  void inflateDataset(std::size_t at);
  void readDataset(std::size_t at, bool explicitVr);
  std::string bytes_;
  std::map<DicomTag, std::string> values_;
  std::string transferSyntax_;
  std::size_t pixelStart_ = 0, pixelBytes_ = 0;
  bool isDicom_ = false, reachedPixels_ = false, pixelsWhole_ = false, bigEndian_ = false, encapsulated_ = false;
};

/// True for bytes that start like a DICOM file, with or without preamble.
bool looksLikeDicom(std::string_view bytes);

}  // namespace recontour
