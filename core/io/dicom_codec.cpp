#include "core/io/dicom_codec.h"

#include <sstream>

#include <gdcmImageReader.h>
#include <gdcmTrace.h>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr const char* kCtStorage = "1.2.840.10008.5.1.4.1.1.2";

/// Writes an explicit little-endian data set.
class DatasetWriter {
 public:
  void put16(unsigned value) {
    bytes_ += static_cast<char>(value & 0xff);
    bytes_ += static_cast<char>(value >> 8 & 0xff);
  }
  void putText(DicomTag tag, const char* vr, std::string value) {
    if (value.size() % 2 != 0) value += std::string(vr) == "UI" ? '\0' : ' ';
    putStart(tag, vr);
    put16(unsigned(value.size()));
    bytes_ += value;
  }
  void putShort(DicomTag tag, int value) {
    putStart(tag, "US");
    put16(2);
    put16(unsigned(value));
  }
  void putStart(DicomTag tag, const char* vr) {
    put16(tag >> 16);
    put16(tag & 0xffff);
    bytes_ += vr;
  }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

std::string cleanFile(const DicomFile& file, const PixelLayout& layout) {
  DatasetWriter meta;
  meta.putText(0x00020002, "UI", kCtStorage);
  meta.putText(0x00020003, "UI", "2.25.1");
  meta.putText(0x00020010, "UI", file.transferSyntax());
  DatasetWriter data;
  data.bytes() = std::string(128, '\0') + "DICM";
  data.putStart(0x00020000, "UL");
  data.put16(4);
  data.put16(unsigned(meta.bytes().size()));
  data.put16(0);
  data.bytes() += meta.bytes();
  data.putText(0x00080016, "UI", kCtStorage);
  data.putText(0x00080018, "UI", "2.25.1");
  data.putText(0x00080060, "CS", "CT");
  data.putShort(0x00280002, 1);
  data.putText(0x00280004, "CS", "MONOCHROME2");
  data.putShort(0x00280010, layout.rows);
  data.putShort(0x00280011, layout.columns);
  data.putShort(0x00280100, layout.bitsAllocated);
  data.putShort(0x00280101, layout.bitsStored);
  data.putShort(0x00280102, layout.highBit);
  data.putShort(0x00280103, layout.isSigned ? 1 : 0);
  data.putStart(0x7fe00010, "OB");
  data.bytes() += std::string("\0\0\xff\xff\xff\xff", 6);
  data.bytes() += file.pixels();
  return std::move(data.bytes());
}

std::vector<char> decode(const std::filesystem::path& name, const std::string& cause, std::string dicom,
                         PixelLayout& layout) {
  std::istringstream stream(std::move(dicom));
  gdcm::ImageReader reader;
  reader.SetStream(stream);
  if (!reader.Read()) throw Error(name, cause);
  const gdcm::Image& image = reader.GetImage();
  const gdcm::PixelFormat& format = image.GetPixelFormat();
  if (image.GetDimension(0) != unsigned(layout.columns) || image.GetDimension(1) != unsigned(layout.rows) ||
      format.GetSamplesPerPixel() != 1) {
    throw Error(name, "its compressed picture has another size than its header says");
  }
  layout.bitsAllocated = format.GetBitsAllocated();
  layout.bitsStored = format.GetBitsStored();
  layout.highBit = format.GetHighBit();
  layout.isSigned = format.GetPixelRepresentation() != 0;
  std::vector<char> stored(image.GetBufferLength());
  if (stored.empty() || !image.GetBuffer(stored.data())) throw Error(name, cause);
  return stored;
}

}  // namespace

std::vector<char> decodeFragments(const std::filesystem::path& name, const DicomFile& file, PixelLayout& layout) {
  gdcm::Trace::DebugOff();  // the library's messages are not for the user's terminal
  gdcm::Trace::WarningOff();
  gdcm::Trace::ErrorOff();
  const std::string cause = "its pixels cannot be decoded (transfer syntax " + file.transferSyntax() + ")";
  try {
    return decode(name, cause, cleanFile(file, layout), layout);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {  // GDCM
    throw Error(name, cause + ": " + error.what());
  }
}

}  // namespace recontour
