#include "core/io/dicom_dataset.h"

#include <algorithm>
#include <array>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcmetinf.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dcwcache.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <dcmtk/oflog/oflog.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/dicom_file.h"
#include "core/io/dicom_items.h"
#include "core/io/dicom_nesting.h"

namespace recontour {
namespace {

constexpr std::size_t kLargestFile = std::size_t{512} << 20;
constexpr const char* kDeflated = "1.2.840.10008.1.2.1.99";
constexpr std::size_t kLongestUid = 64, kPreamble = 128;

/// What DCMTK would print, an Error says here.
void keepQuiet() {
  static const bool kQuiet = [] {
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    return true;
  }();
  static_cast<void>(kQuiet);
}

E_TransferSyntax writtenSyntax(DcmFileFormat& format) {
  const E_TransferSyntax read = format.getDataset()->getOriginalXfer();
  if (read == EXS_Unknown) return EXS_LittleEndianImplicit;
  return read == EXS_BigEndianExplicit || read == EXS_DeflatedLittleEndianExplicit ? EXS_LittleEndianExplicit : read;
}

}  // namespace

DicomDataset::DicomDataset() : format_(std::make_unique<DcmFileFormat>()) { keepQuiet(); }
DicomDataset::~DicomDataset() = default;
DicomDataset::DicomDataset(DicomDataset&&) noexcept = default;
DicomDataset& DicomDataset::operator=(DicomDataset&&) noexcept = default;

DcmItem& DicomDataset::items() { return *format_->getDataset(); }

std::string DicomDataset::mediaStorageClass() const {
  return textOf(*format_->getMetaInfo(), DCM_MediaStorageSOPClassUID);
}

void DicomDataset::forgetMetaInformation() { format_->getMetaInfo()->clear(); }

DicomDataset DicomDataset::read(const std::filesystem::path& file) {
  return parse(file, readWholeFile(file, kLargestFile));
}

DicomDataset DicomDataset::parse(const std::filesystem::path& name, std::string bytes) {
  constexpr const char* kAgain = "export it again";
  if (!looksLikeDicom(bytes)) throw Error(name, "is no DICOM file");
  const std::string syntax = DicomFile(bytes.substr(0, 1024)).transferSyntax();
  if (syntax == kDeflated) throw Error(name, "is deflated DICOM, which is not read", "export it uncompressed");
  // What it cannot tell DCMTK guesses, perhaps otherwise than nestingProblem() does.
  if (!syntax.empty() && DcmXfer(syntax.c_str()).getXfer() == EXS_Unknown)
    throw Error(name, "has the unknown transfer syntax " + oneLine(syntax, kLongestUid), kAgain);
  if (const auto problem = nestingProblem(bytes)) throw Error(name, *problem, kAgain);
  mendHeaderLength(bytes);
  DicomDataset read;
  read.file_ = name;
  DcmInputBufferStream stream;
  stream.setBuffer(bytes.data(), static_cast<offile_off_t>(bytes.size()));
  stream.setEos();
  read.format_->transferInit();
  const OFCondition status = read.format_->read(stream, EXS_Unknown, EGL_noChange);
  read.format_->transferEnd();
  if (status.bad()) throw Error(name, std::string("cannot be read: ") + oneLine(status.text()), kAgain);
  return read;
}

std::string DicomDataset::bytes(bool implicit) {
  std::vector<char> buffer(std::size_t{1} << 20);
  DcmOutputBufferStream stream(buffer.data(), static_cast<offile_off_t>(buffer.size()));
  DcmWriteCache cache;
  std::string written;
  const E_TransferSyntax syntax = implicit ? EXS_LittleEndianImplicit : writtenSyntax(*format_);
  format_->transferInit();
  OFCondition status = EC_StreamNotifyClient;
  while (status == EC_StreamNotifyClient) {
    status = format_->write(stream, syntax, EET_ExplicitLength, &cache, EGL_recalcGL, EPD_noChange);
    void* part = nullptr;
    offile_off_t length = 0;
    stream.flushBuffer(part, length);
    written.append(static_cast<const char*>(part), static_cast<std::size_t>(length));
  }
  format_->transferEnd();
  std::fill_n(written.begin(), std::min(written.size(), kPreamble), '\0');  // DCMTK would keep what was there
  if (status.bad()) throw Error(file_, std::string("cannot be written as DICOM: ") + oneLine(status.text()));
  return written;
}

/// The digits of the text's SHA-256 as one number, as many as there is room for.
std::string dicomUid(const std::string& root, const std::string& text) {
  Sha256 hash;
  hash.update(text);
  const Sha256Digest digest = hash.finish();
  std::array<std::uint8_t, 16> number{};
  std::copy_n(digest.begin(), number.size(), number.begin());
  std::string digits;
  while (std::any_of(number.begin(), number.end(), [](std::uint8_t byte) { return byte != 0; })) {
    unsigned rest = 0;
    for (std::uint8_t& byte : number) {  // long division by ten
      const unsigned value = rest * 256 + byte;
      byte = static_cast<std::uint8_t>(value / 10);
      rest = value % 10;
    }
    digits.insert(digits.begin(), static_cast<char>('0' + rest));
  }
  if (digits.empty()) digits = "0";
  if (root.size() + 2 > kLongestUid) throw Error("the UID root " + oneLine(root) + " leaves no room for a UID");
  return root + "." + digits.substr(0, kLongestUid - root.size() - 1);
}

}  // namespace recontour
