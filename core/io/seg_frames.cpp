#include "core/io/seg_frames.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/io/dicom_codes.h"

namespace recontour {
namespace {

const Code kSegmentationDone{"113076", "DCM", "Segmentation"};
const Code kSourceImage{"121322", "DCM", "Source image for image processing operation"};

std::vector<double> numbers(const Point3& p) { return {p.x, p.y, p.z}; }

/// Bits one after the other, the lowest of a byte first; frames follow without a gap.
class PackedBits {
 public:
  void startFrame(std::size_t pixels) {
    first_ = count_;
    count_ += pixels;
    bytes_.resize((count_ + 7) / 8);
  }
  void set(std::size_t pixel) {
    const std::size_t bit = first_ + pixel;
    bytes_[bit / 8] = static_cast<std::uint8_t>(bytes_[bit / 8] | 1U << (bit % 8));
  }
  std::vector<std::uint8_t>& evenBytes() {
    if (bytes_.size() % 2 != 0) bytes_.push_back(0);
    return bytes_;
  }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t first_ = 0, count_ = 0;
};

void putShared(DcmItem& written, const Geometry& grid) {
  DcmItem& shared = addItem(written, DCM_SharedFunctionalGroupsSequence);
  DcmItem& measures = addItem(shared, DCM_PixelMeasuresSequence);
  putDecimals(measures, DCM_SliceThickness, {grid.spacing.z});
  putDecimals(measures, DCM_SpacingBetweenSlices, {grid.spacing.z});
  putDecimals(measures, DCM_PixelSpacing, {grid.spacing.y, grid.spacing.x});
  std::vector<double> cosines = numbers(grid.axisDirection(0));
  std::ranges::copy(numbers(grid.axisDirection(1)), std::back_inserter(cosines));
  putDecimals(addItem(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient, cosines);
}

void putDimensions(DcmItem& written, const std::string& uid) {
  struct Dimension {
    DcmTagKey pointer, group;
    const char* label;
  };
  putText(addItem(written, DCM_DimensionOrganizationSequence), DCM_DimensionOrganizationUID, uid);
  for (const Dimension& dimension :
       {Dimension{DCM_ReferencedSegmentNumber, DCM_SegmentIdentificationSequence, "ReferencedSegmentNumber"},
        Dimension{DCM_ImagePositionPatient, DCM_PlanePositionSequence, "ImagePositionPatient"}}) {
    DcmItem& index = addItem(written, DCM_DimensionIndexSequence);
    putText(index, DCM_DimensionOrganizationUID, uid);
    index.putAndInsertTagKey(DCM_DimensionIndexPointer, dimension.pointer);
    index.putAndInsertTagKey(DCM_FunctionalGroupPointer, dimension.group);
    putText(index, DCM_DimensionDescriptionLabel, dimension.label);
  }
}

void putSource(DcmItem& frame, const DicomReference& ct, std::size_t slice) {
  DcmItem& derivation = addItem(frame, DCM_DerivationImageSequence);
  addCode(derivation, DCM_DerivationCodeSequence, kSegmentationDone);
  DcmItem& source = addItem(derivation, DCM_SourceImageSequence);
  putText(source, DCM_ReferencedSOPClassUID, ct.sopClassUid);
  putText(source, DCM_ReferencedSOPInstanceUID, ct.sopInstanceUids[slice]);
  addCode(source, DCM_PurposeOfReferenceCodeSequence, kSourceImage);
  putText(source, DCM_SpatialLocationsPreserved, "YES");
}

void putFrame(DcmItem& frame, const Case& ct, int segment, int z) {
  DcmItem& content = addItem(frame, DCM_FrameContentSequence);
  const Uint32 index[] = {static_cast<Uint32>(segment), static_cast<Uint32>(z + 1)};
  content.putAndInsertUint32Array(DCM_DimensionIndexValues, index, 2);
  putDecimals(addItem(frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient,
              numbers(ct.geometry.toWorld(Index3{0, 0, z})));
  putShorts(addItem(frame, DCM_SegmentIdentificationSequence), DCM_ReferencedSegmentNumber,
            {static_cast<std::uint16_t>(segment)});
  if (hasReferences(ct)) putSource(frame, *ct.dicom, static_cast<std::size_t>(z));
}

bool hasLabel(const DenseBox& slice, Label label) {
  return std::ranges::find(slice.labels, label) != slice.labels.end();
}

void packSlice(PackedBits& bits, const DenseBox& slice, const Index3& lower, Label label, int columns) {
  for (int y = 0; y < slice.size.y; ++y) {
    for (int x = 0; x < slice.size.x; ++x) {
      const auto at =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(slice.size.x) + static_cast<std::size_t>(x);
      if (slice.labels[at] != label) continue;
      bits.set(static_cast<std::size_t>(lower.y + y) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(lower.x + x));
    }
  }
}

}  // namespace

bool hasReferences(const Case& ct) {
  if (!ct.dicom || ct.dicom->sopClassUid.empty() || ct.dicom->seriesUid.empty()) return false;
  const auto& uids = ct.dicom->sopInstanceUids;
  return uids.size() == static_cast<std::size_t>(ct.geometry.size.z) && std::ranges::none_of(uids, &std::string::empty);
}

int putFrames(DcmItem& written, const Case& ct, const std::vector<SegStructure>& structures,
              const std::string& dimensionUid) {
  putDimensions(written, dimensionUid);
  putShared(written, ct.geometry);
  PackedBits bits;
  int frames = 0;
  const Size3& size = ct.geometry.size;
  for (const SegStructure& structure : structures) {
    Box box = boundingBox(structure.map, structure.label);
    for (int z = box.lower.z, end = box.upper.z; z < end; ++z) {
      box.lower.z = z;
      box.upper.z = z + 1;
      const DenseBox slice = structure.map.copy(box);
      if (!hasLabel(slice, structure.label)) continue;
      putFrame(addItem(written, DCM_PerFrameFunctionalGroupsSequence), ct, structure.number, z);
      bits.startFrame(voxelCount({size.x, size.y, 1}));
      packSlice(bits, slice, box.lower, structure.label, size.x);
      ++frames;
    }
  }
  putText(written, DCM_NumberOfFrames, std::to_string(frames));
  const auto& bytes = bits.evenBytes();
  if (written.putAndInsertUint8Array(DCM_PixelData, bytes.data(), static_cast<unsigned long>(bytes.size())).bad())
    throw Error("the pixels of a segmentation cannot be written");
  return frames;
}

}  // namespace recontour
