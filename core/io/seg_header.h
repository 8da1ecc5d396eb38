#pragma once
#include <vector>

#include "core/io/dicom_dataset.h"
#include "core/structures/segment_set.h"

namespace recontour {

/// One frame of a SEG: where its pixels lie and whose they are.
struct SegFrame {
  Point3 positionMm;               ///< centre of the first pixel, LPS
  Point3 columnStepMm, rowStepMm;  ///< from a pixel to the next in its row, in its column
  double thicknessMm = 0;          ///< Slice Thickness; 0 when unknown
  double betweenMm = 0;            ///< Spacing Between Slices; 0 when unknown or no distance
  int segment = 0;                 ///< segment number; 0 in label maps, whose pixels are segment numbers
};

enum class SegType { Binary, Fractional, LabelMap };

/// What a SEG says but for its pixels.
struct SegHeader {
  SegmentSet about;  ///< without grid, its segments without voxels
  SegType type = SegType::Binary;
  int columns = 0, rows = 0;
  int bitsAllocated = 1;         ///< 1, 8 or 16
  double largestFraction = 1;    ///< Maximum Fractional Value, of fractional ones
  std::vector<SegFrame> frames;  ///< in the file's order
  std::size_t framePixels() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows); }
};

/// Reads what a SEG (Segmentation or Label Map Segmentation Storage) says of its frames and segments.
/// Source: DICOM PS3.3 C.8.20.2, C.7.6.16.2 (functional groups). @throws Error naming the file
SegHeader readSegHeader(DicomDataset& data);

}  // namespace recontour
