#include "core/anonymize/pixel_surplus.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include "core/io/dicom_items.h"

namespace recontour {
namespace {

constexpr double kBytesOfOffset = 4, kBytesOfLongOffset = 8;
constexpr int kBitsOfFloat = 32, kBitsOfDouble = 64;

int shortOf(DcmItem& items, const DcmTagKey& tag, Uint16 otherwise) {
  Uint16 value = otherwise;
  return items.findAndGetUint16(tag, value).good() ? value : otherwise;
}

double framesOf(DcmItem& items) { return std::max(0, wholeNumberOf(items, DCM_NumberOfFrames, 1)); }

/// As a double, which does not overflow whatever the header says, and is exact for what fits into a file.
double neededBytes(DcmItem& items, int bitsAllocated) {
  const double pixels = double(shortOf(items, DCM_Rows, 0)) * shortOf(items, DCM_Columns, 0) * framesOf(items);
  const double bytes = std::ceil(pixels * shortOf(items, DCM_SamplesPerPixel, 1) * bitsAllocated / 8);
  return 2 * std::ceil(bytes / 2);  // padded to an even number
}

bool isLonger(DcmItem& items, const DcmTagKey& tag, double bytes) {
  DcmElement* element = nullptr;
  return items.findAndGetElement(tag, element).good() && element->getLength() > bytes;
}

std::vector<DcmPixelItem*> fragmentsOf(DcmPixelSequence& sequence) {
  std::vector<DcmPixelItem*> fragments;
  for (DcmObject* next = sequence.nextInContainer(nullptr); next != nullptr; next = sequence.nextInContainer(next))
    if (auto* fragment = dynamic_cast<DcmPixelItem*>(next)) fragments.push_back(fragment);
  return fragments;
}

/// A frame of RLE is one fragment (PS3.5, A.4.2); those of the JPEG family end with a marker that is nowhere within.
bool endsFrame(DcmPixelItem& fragment, E_TransferSyntax syntax) {
  if (syntax == EXS_RLELossless) return true;
  Uint8* bytes = nullptr;
  if (fragment.getUint8Array(bytes).bad() || bytes == nullptr) return false;
  std::size_t length = fragment.getLength();
  while (length > 0 && bytes[length - 1] == 0) --length;  // padding
  return length >= 2 && bytes[length - 2] == 0xff && bytes[length - 1] == 0xd9;
}

std::optional<std::string> surplusFragments(DcmPixelSequence& sequence, E_TransferSyntax syntax, double frames) {
  const auto fragments = fragmentsOf(sequence);
  if (!fragments.empty() && fragments.front()->getLength() > kBytesOfOffset * frames)
    return "has more in its table of offsets than its frames need";
  double ended = 0;
  for (std::size_t i = 1; i < fragments.size(); ++i) {
    if (ended >= frames && fragments[i]->getLength() > 0) return "has something behind its last compressed frame";
    if (endsFrame(*fragments[i], syntax)) ++ended;
  }
  return {};
}

/// The compressed pixels; null where they are not compressed or missing.
DcmPixelSequence* compressedOf(DcmItem& items, E_TransferSyntax& syntax) {
  DcmElement* element = nullptr;
  if (items.findAndGetElement(DCM_PixelData, element).bad()) return nullptr;
  auto* const pixels = dynamic_cast<DcmPixelData*>(element);
  if (pixels == nullptr) return nullptr;
  const DcmRepresentationParameter* parameter = nullptr;
  DcmPixelSequence* sequence = nullptr;
  pixels->getOriginalRepresentationKey(syntax, parameter);
  return pixels->getEncapsulatedRepresentation(syntax, parameter, sequence).good() ? sequence : nullptr;
}

}  // namespace

std::optional<std::string> pixelSurplus(DicomDataset& dataset) {
  DcmItem& items = dataset.items();
  const double frames = framesOf(items);
  for (const DcmTagKey& table : {DCM_ExtendedOffsetTable, DCM_ExtendedOffsetTableLengths})
    if (isLonger(items, table, kBytesOfLongOffset * frames))
      return "has more in its table of offsets than its frames need";
  E_TransferSyntax syntax = EXS_Unknown;
  if (DcmPixelSequence* compressed = compressedOf(items, syntax)) return surplusFragments(*compressed, syntax, frames);
  const bool isSurplus = isLonger(items, DCM_PixelData, neededBytes(items, shortOf(items, DCM_BitsAllocated, 0))) ||
                         isLonger(items, DCM_FloatPixelData, neededBytes(items, kBitsOfFloat)) ||
                         isLonger(items, DCM_DoubleFloatPixelData, neededBytes(items, kBitsOfDouble));
  return isSurplus ? std::optional<std::string>("has bytes behind its pixels") : std::nullopt;
}

}  // namespace recontour
