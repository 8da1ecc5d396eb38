#include "core/io/seg_pixels.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcxfer.h>

#include "core/base/error.h"
#include "core/io/run_lengths.h"

namespace recontour {
namespace {

constexpr const char* kAgain = "export it again";

E_TransferSyntax syntaxOf(DicomDataset& data) { return dynamic_cast<DcmDataset&>(data.items()).getOriginalXfer(); }

DcmPixelData& pixelDataOf(DicomDataset& data) {
  DcmElement* element = nullptr;
  if (data.items().findAndGetElement(DCM_PixelData, element).good()) {
    if (auto* pixels = dynamic_cast<DcmPixelData*>(element)) return *pixels;
  }
  throw Error(data.file(), "has no pixels", kAgain);
}

std::string tooShort(std::size_t has, std::size_t needs) {
  return "has " + std::to_string(has) + " bytes of pixels where its frames need " + std::to_string(needs);
}

}  // namespace

SegPixels::SegPixels(DicomDataset& data, const SegHeader& header)
    : data_(data),
      framePixels_(header.framePixels()),
      frameCount_(header.frames.size()),
      bitsAllocated_(static_cast<std::size_t>(header.bitsAllocated)) {
  if (DcmXfer(syntaxOf(data)).isEncapsulated()) {
    findFragments(data.file());
    return;
  }
  DcmPixelData& pixels = pixelDataOf(data);
  Uint8* bytes = nullptr;
  const bool has = pixels.getUint8Array(bytes).good() && bytes != nullptr;
  const std::size_t needs = (frameCount_ * framePixels_ * bitsAllocated_ + 7) / 8;
  const std::size_t present = has ? pixels.getLength() : 0;
  if (present < needs) throw Error(data.file(), tooShort(present, needs), kAgain);
  bytes_ = {bytes, needs};
}

void SegPixels::findFragments(const std::filesystem::path& file) {
  const E_TransferSyntax syntax = syntaxOf(data_);
  if (syntax != EXS_RLELossless)
    throw Error(file, std::string("is compressed as ") + DcmXfer(syntax).getXferName() + ", which is not read in a SEG",
                "export it uncompressed");
  DcmPixelSequence* all = nullptr;
  if (pixelDataOf(data_).getEncapsulatedRepresentation(syntax, nullptr, all).bad() || all == nullptr)
    throw Error(file, "has no compressed pixels", kAgain);
  for (DcmObject* next = all->nextInContainer(nullptr); next != nullptr; next = all->nextInContainer(next))
    if (auto* item = dynamic_cast<DcmPixelItem*>(next)) fragments_.push_back(item);
  if (!fragments_.empty()) fragments_.erase(fragments_.begin());  // a table of offsets
  if (fragments_.size() < frameCount_)
    throw Error(file, "has " + std::to_string(frameCount_) + " frames and compressed pixels of fewer", kAgain);
}

std::span<const std::uint8_t> SegPixels::fragment(std::size_t number) const {
  Uint8* bytes = nullptr;
  if (fragments_[number]->getUint8Array(bytes).bad() || bytes == nullptr) return {};
  return {bytes, fragments_[number]->getLength()};
}

void SegPixels::readBits(std::span<const std::uint8_t> bytes, std::size_t firstBit) {
  for (std::size_t i = 0; i < framePixels_; ++i) {
    const std::size_t bit = firstBit + i;
    const unsigned byte = bytes[bit / 8];
    if (byte == 0 && bit % 8 == 0 && i + 8 <= framePixels_) {  // most of a frame is empty
      std::fill_n(values_.begin() + std::ptrdiff_t(i), 8, std::uint16_t{0});
      i += 7;
      continue;
    }
    values_[i] = static_cast<std::uint16_t>(byte >> (bit % 8) & 1U);
  }
}

std::span<const std::uint16_t> SegPixels::frame(std::size_t number) {
  std::vector<std::uint8_t> unpacked;
  std::span<const std::uint8_t> bytes = bytes_;
  std::size_t first = number * framePixels_;  // pixel in `bytes`
  if (!fragments_.empty()) {
    const std::size_t planes = bitsAllocated_ == 16 ? 2 : 1;
    const std::size_t planeBytes = bitsAllocated_ == 1 ? (framePixels_ + 7) / 8 : framePixels_;
    unpacked = unpackedRunLengths(fragment(number), planes, planeBytes);
    if (unpacked.empty())
      throw Error(data_.file(), "has damaged compressed pixels in its frame " + std::to_string(number + 1), kAgain);
    bytes = unpacked;
    first = 0;
  }
  values_.resize(framePixels_);
  if (bitsAllocated_ == 1) {
    readBits(bytes, first);
    return values_;
  }
  // RLE keeps the high bytes apart and before the low ones; uncompressed values are little endian.
  const bool wide = bitsAllocated_ == 16, apart = !fragments_.empty();
  for (std::size_t i = 0; i < framePixels_; ++i) {
    const std::size_t at = first + i;
    const std::size_t low = !wide ? at : apart ? framePixels_ + i : 2 * at;
    const unsigned high = !wide ? 0U : bytes[apart ? i : low + 1];
    values_[i] = static_cast<std::uint16_t>(high << 8 | bytes[low]);
  }
  return values_;
}

}  // namespace recontour
