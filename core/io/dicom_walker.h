#pragma once
#include <cstdint>
#include <string_view>

namespace recontour {

/// Steps through the elements of a DICOM data set. After the first element that does not fit, `failed()` stays true.
/// Source: DICOM PS3.5, section 7.
class DicomWalker {
 public:
  static constexpr std::uint32_t kUndefined = 0xffffffff;
  static constexpr std::uint32_t kItem = 0xfffee000, kItemEnd = 0xfffee00d, kSequenceEnd = 0xfffee0dd;
  struct Element {
    std::uint32_t tag = 0;
    std::uint32_t length = 0;  ///< kUndefined for delimited sequences and fragments
    bool isUnknown = false;    ///< VR UN: a nested sequence in it is implicit
    bool isSequence = false;   ///< VR SQ
  };

  DicomWalker(std::string_view bytes, std::size_t at, bool explicitVr, bool bigEndian)
      : bytes_(bytes), at_(at), explicitVr_(explicitVr), bigEndian_(bigEndian) {}

  bool failed() const { return failed_; }
  bool atEnd() const { return at_ >= bytes_.size(); }
  std::size_t position() const { return at_; }
  /// Reads tag, VR and length; the position is then at the value.
  Element next();
  /// Passes over a value, nested sequences of undefined length included.
  void skipValue(const Element& element) { skip(element, 0); }
  /// Passes over compressed fragments up to their delimiter.
  void skipFragments();

 private:
  std::uint32_t read16();
  std::uint32_t read32();
  std::uint32_t readTag();
  void advance(std::size_t bytes);
  void skip(const Element& element, int depth);
  void skipItems(int depth);
  void skipItemElements(int depth);
  std::string_view bytes_;
  std::size_t at_;
  bool explicitVr_, bigEndian_;
  bool failed_ = false;
};

}  // namespace recontour
