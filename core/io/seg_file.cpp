#include "core/io/seg_file.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>

#include "core/base/error.h"
#include "core/io/dicom_dataset.h"
#include "core/io/seg_grid.h"
#include "core/io/seg_header.h"
#include "core/io/seg_pixels.h"

namespace recontour {
namespace {

constexpr std::size_t kMostMemory = std::size_t{2} << 30;  // of all segments' voxels

Index3 operator+(const Index3& a, const Index3& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
Index3 operator*(const Index3& a, int times) { return {a.x * times, a.y * times, a.z * times}; }

/// Box of a row of voxels.
Box boxOfRun(const Index3& first, const Index3& step, int count) {
  Box box{first, first};
  for (int axis = 0; axis < 3; ++axis) {
    const int last = first[axis] + step[axis] * (count - 1);
    box.lower[axis] = std::min(first[axis], last);
    box.upper[axis] = std::max(first[axis], last) + 1;
  }
  return box;
}

std::size_t bricksIn(const LabelMap& map, const Box& box) {
  std::size_t count = 0;
  map.forEachBrickIn(box, [&](const LabelMap::Brick&, const Box&) { ++count; });
  return count;
}

/// Puts frames' pixels into their segments' voxels.
class SegmentFiller {
 public:
  SegmentFiller(const std::filesystem::path& file, const SegHeader& header, SegmentSet& set, const SegOptions& options)
      : file_(file), header_(header) {
    for (Segment& segment : set.segments) {
      segment.voxels = LabelMap(set.grid.size);
      bytes_ += segment.voxels.brickCount() * sizeof(LabelMap::BrickPointer);
      checkMemory();
      maps_[segment.number] = &segment.voxels;
    }
    if (header.type == SegType::Fractional)
      least_ = std::max(1.0, std::ceil(std::clamp(options.fractionalThreshold, 0.0, 1.0) * header.largestFraction));
  }

  void fill(std::size_t frame, const FramePlace& place, std::span<const std::uint16_t> pixels) {
    checkFirst(frame, place);
    if (header_.type != SegType::LabelMap) return fillWhole(frame, place, pixels);
    for (int row = 0; row < header_.rows; ++row) {
      const auto columns = static_cast<std::size_t>(header_.columns);
      fillRow(frame, place, row, pixels.subspan(static_cast<std::size_t>(row) * columns, columns));
    }
  }

 private:
  void checkMemory() const {
    if (bytes_ > kMostMemory)
      throw Error(file_, "holds more segments and voxels than 2 GB of memory", "export fewer segments at a time");
  }
  void checkFirst(std::size_t frame, const FramePlace& place) {
    const int segment = header_.frames[frame].segment;
    const auto& [x, y, z] = place.first;
    if (seen_.insert({segment, x, y, z}).second) return;
    const std::string whose = segment == 0 ? "" : " of segment " + std::to_string(segment);
    throw Error(file_,
                "has two frames" + whose + " at one position (the second is frame " + std::to_string(frame + 1) + ")",
                "export it again");
  }
  /// The segment of a stored value; 0 is none.
  int segmentOf(std::size_t frame, std::uint16_t value) const {
    if (header_.type == SegType::LabelMap) return value;
    return double(value) >= least_ ? header_.frames[frame].segment : 0;
  }
  /// A frame of one segment at once, whatever its pixels are like.
  void fillWhole(std::size_t frame, const FramePlace& place, std::span<const std::uint16_t> pixels) {
    const Box box =
        unite(boxOfRun(place.first, place.columnStep, header_.columns),
              boxOfRun(place.first + place.rowStep * (header_.rows - 1), place.columnStep, header_.columns));
    LabelMap& map = *maps_.at(header_.frames[frame].segment);
    DenseBox dense = map.copy(box);
    const auto offset = [&](const Index3& at) {
      return (std::size_t(at.z - box.lower.z) * std::size_t(dense.size.y) + std::size_t(at.y - box.lower.y)) *
                 std::size_t(dense.size.x) +
             std::size_t(at.x - box.lower.x);
    };
    std::size_t pixel = 0;
    for (int row = 0; row < header_.rows; ++row)
      for (int column = 0; column < header_.columns; ++column)
        if (segmentOf(frame, pixels[pixel++]) != 0)
          dense.labels[offset(place.first + place.rowStep * row + place.columnStep * column)] = 1;
    const std::size_t before = bricksIn(map, box);
    map.write(box, dense);
    bytes_ += (bricksIn(map, box) - before) * sizeof(LabelMap::Brick);
    checkMemory();
  }
  void fillRow(std::size_t frame, const FramePlace& place, int row, std::span<const std::uint16_t> pixels) {
    const auto end = pixels.end();
    for (auto at = std::find_if(pixels.begin(), end, [](std::uint16_t v) { return v != 0; }); at != end;) {
      const int segment = segmentOf(frame, *at);
      const auto after = std::find_if(at, end, [&](std::uint16_t v) { return segmentOf(frame, v) != segment; });
      const auto column = static_cast<int>(at - pixels.begin());
      if (segment != 0) fillRun(frame, segment, place, {column, row, 0}, static_cast<int>(after - at));
      at = after;
    }
  }
  void fillRun(std::size_t frame, int segment, const FramePlace& place, const Index3& pixel, int count) {
    const auto map = maps_.find(segment);
    if (map == maps_.end()) {  // only label maps have values that nobody checked
      throw Error(file_,
                  "has in its frame " + std::to_string(frame + 1) + " segment " + std::to_string(segment) +
                      ", which it does not describe",
                  "export it again");
    }
    Index3 first = place.first;
    for (int axis = 0; axis < 3; ++axis)
      first[axis] += pixel.x * place.columnStep[axis] + pixel.y * place.rowStep[axis];
    const Box box = boxOfRun(first, place.columnStep, count);
    const std::size_t before = bricksIn(*map->second, box);
    map->second->write(box, {box.size(), std::vector<Label>(static_cast<std::size_t>(count), Label{1})});
    bytes_ += (bricksIn(*map->second, box) - before) * sizeof(LabelMap::Brick);
    checkMemory();
  }

  std::filesystem::path file_;
  const SegHeader& header_;
  double least_ = 1;  ///< stored value from which on a voxel is the segment's
  std::map<int, LabelMap*> maps_;
  std::set<std::tuple<int, int, int, int>> seen_;
  std::size_t bytes_ = 0;
};

void warnOfFractions(SegmentSet& set, double threshold) {
  if (!set.fractional) return;
  char text[160];
  std::snprintf(text, sizeof text, "The segmentation holds fractions; voxels of at least %.3g of the whole were taken.",
                threshold);
  set.warnings.emplace_back(text);
}

void warnOfEmpty(SegmentSet& set, const SegHeader& header) {
  if (header.type == SegType::LabelMap) return;
  std::string names;
  std::set<int> framed;
  for (const SegFrame& frame : header.frames) framed.insert(frame.segment);
  for (const Segment& segment : set.segments) {
    if (framed.contains(segment.number)) continue;
    names += (names.empty() ? "" : ", ") + (segment.label.empty() ? std::to_string(segment.number) : segment.label);
  }
  if (!names.empty()) set.warnings.push_back("Segments without a frame, which are empty: " + oneLine(names, 300) + ".");
}

SegmentSet segmentsOf(DicomDataset data, const std::optional<Geometry>& grid, const SegOptions& options) {
  SegHeader header = readSegHeader(data);
  SegPixels pixels(data, header);
  SegmentSet set = std::move(header.about);
  set.grid = grid ? *grid : gridOfFrames(data.file(), header, set.warnings);
  SegmentFiller filler(data.file(), header, set, options);
  for (std::size_t i = 0; i < header.frames.size(); ++i) {
    const FramePlace place = placeFrame(data.file(), header, i, set.grid, grid ? "the CT" : "the others");
    filler.fill(i, place, pixels.frame(i));
  }
  warnOfFractions(set, options.fractionalThreshold);
  warnOfEmpty(set, header);
  return set;
}

}  // namespace

SegmentSet readSegmentation(const std::filesystem::path& file, const std::optional<Geometry>& grid,
                            const SegOptions& options) {
  return segmentsOf(DicomDataset::read(file), grid, options);
}

SegmentSet parseSegmentation(const std::filesystem::path& name, const std::string& bytes,
                             const std::optional<Geometry>& grid, const SegOptions& options) {
  return segmentsOf(DicomDataset::parse(name, bytes), grid, options);
}

}  // namespace recontour
