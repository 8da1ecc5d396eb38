#include "core/image/compositor.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

namespace recontour {
namespace {

std::uint32_t premultiplied(const std::array<std::uint8_t, 3>& colour, unsigned alpha) {
  const auto part = [&](std::size_t i) { return (colour[i] * alpha + 127) / 255; };
  return alpha << 24 | part(0) << 16 | part(1) << 8 | part(2);
}

/// Colours as they are written.
struct Ink {
  std::array<std::uint32_t, 256> fill{}, line{};
  explicit Ink(const LabelPalette& palette) {
    for (std::size_t label = 1; label < palette.size(); ++label) {
      const LabelStyle& style = palette[label];
      if (!style.visible) continue;
      fill[label] = premultiplied(style.colour, style.fillAlpha);
      line[label] = style.outline ? premultiplied(style.colour, 255) : fill[label];
    }
  }
};

/// Draws device rows. A row is cut into runs of one label over pixels whose column shows that label within reach above
/// and below; such a run is outline at its ends and fill between them, all other pixels are outline.
class RowPainter {
 public:
  RowPainter(const Slice<Label>& slice, const PixelTables& tables, const LabelPalette& palette,
             const OutlineStyle& outline, const PixelRect& dirty)
      : slice_(slice), tables_(tables), ink_(palette), outline_(outline), dirty_(dirty) {
    deviceColumns_ = static_cast<int>(tables.columns.size());
    background_.resize(static_cast<std::size_t>(slice.columns));
    label_.resize(static_cast<std::size_t>(slice.columns) + 2);
    mixed_.resize(label_.size());
    for (int place = 0; place <= slice.columns + 2; ++place) starts_.push_back(firstDeviceColumn(place - 1));
    starts_.front() = 0;
    starts_.back() = deviceColumns_;
    firstPlace_ = placeAt(std::max(0, dirty.x - outline.thickness));
    lastPlace_ = placeAt(std::min(deviceColumns_, dirty.x + dirty.width + outline.thickness) - 1);
  }

  /// True when row y shows the same as row y - 1.
  bool repeats(int y) const {
    if (outline_.dash != 0 || y <= dirty_.y || sliceRow(y) != sliceRow(y - 1)) return false;
    // The rows within reach of both are the same but for the one that has left and the one that has come.
    return sliceRow(firstNear(y)) == sliceRow(firstNear(y - 1)) && sliceRow(lastNear(y)) == sliceRow(lastNear(y - 1));
  }

  void paint(int y, std::uint32_t* row) {
    readColumns(y);
    for (std::size_t place = firstPlace_; place <= lastPlace_;) {
      const Label label = label_[place];
      const bool mixed = mixed_[place] != 0;
      const auto goesOn = [&](std::size_t at) { return label_[at] == label && (mixed_[at] != 0) == mixed; };
      std::size_t end = mixed ? place + 1 : endOfEights(place + 1, label);
      while (end <= lastPlace_ && (goesOn(end) || !shown(end))) ++end;
      if (shown(place)) paintRun(starts_[place], starts_[end], label, mixed, y, row);
      place = shown(place) ? end : place + 1;
    }
  }

 private:
  int sliceRow(int y) const {
    const int row = tables_.rows[static_cast<std::size_t>(y)];
    return row >= 0 && row < slice_.rows ? row : -1;
  }
  int firstNear(int y) const { return std::max(0, y - outline_.thickness); }
  int lastNear(int y) const { return std::min(static_cast<int>(tables_.rows.size()) - 1, y + outline_.thickness); }
  const Label* labelsOf(int row) const {
    if (row < 0) return background_.data();
    return slice_.pixels.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(slice_.columns);
  }

  /// First device column that shows slice column `column` or one right of it.
  int firstDeviceColumn(int column) const {
    return static_cast<int>(std::ranges::lower_bound(tables_.columns, column) - tables_.columns.begin());
  }
  /// From a place on in steps of eight, while all of them are of the label and not mixed; most of a picture is.
  std::size_t endOfEights(std::size_t place, Label label) const {
    const std::uint64_t wanted = 0x0101010101010101U * std::uint64_t{label};
    while (place + 8 <= lastPlace_ && eightOf(label_, place) == wanted && eightOf(mixed_, place) == 0) place += 8;
    return place;
  }
  static std::uint64_t eightOf(const std::vector<Label>& labels, std::size_t place) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, &labels[place], sizeof eight);
    return eight;
  }
  bool shown(std::size_t place) const { return starts_[place] < starts_[place + 1]; }
  /// Place of the slice column that device column x shows.
  std::size_t placeAt(int x) const {
    return static_cast<std::size_t>(std::clamp(tables_.columns[static_cast<std::size_t>(x)], -1, slice_.columns) + 1);
  }

  /// For each slice column: its label in row y, and whether it is mixed.
  void readColumns(int y) {
    const Label* centre = labelsOf(sliceRow(y));
    const std::size_t from = std::max<std::size_t>(firstPlace_, 1), to = std::min(lastPlace_, background_.size());
    if (from > to) return;
    const std::size_t count = to - from + 1;
    std::memcpy(&label_[from], centre + from - 1, count);
    std::memset(&mixed_[from], 0, count);
    const Label* previous = centre;
    for (int near = firstNear(y); near <= lastNear(y); ++near) {
      const Label* other = labelsOf(sliceRow(near));
      if (std::exchange(previous, other) == other) continue;
      if (other == centre || std::memcmp(other + from - 1, centre + from - 1, count) == 0) continue;
      for (std::size_t place = from; place <= to; ++place) {
        mixed_[place] = static_cast<Label>(mixed_[place] | (other[place - 1] ^ centre[place - 1]));
      }
    }
  }

  void paintRun(int begin, int end, Label label, bool mixed, int y, std::uint32_t* row) const {
    if (mixed) return line(begin, end, y, label, row);
    const int left = begin > 0 ? std::min(end, begin + outline_.thickness) : begin;
    const int right = end < deviceColumns_ ? std::max(left, end - outline_.thickness) : end;
    line(begin, left, y, label, row);
    fill(left, right, ink_.fill[label], row);
    line(right, end, y, label, row);
  }
  void fill(int begin, int end, std::uint32_t colour, std::uint32_t* row) const {
    begin = std::max(begin, dirty_.x);
    end = std::min(end, dirty_.x + dirty_.width);
    if (begin < end) std::fill(row + begin, row + end, colour);
  }
  void line(int begin, int end, int y, Label label, std::uint32_t* row) const {
    if (outline_.dash == 0) return fill(begin, end, ink_.line[label], row);
    for (int x = begin; x < end; ++x) {
      const bool on = ((x + y) / outline_.dash) % 2 == 0;
      fill(x, x + 1, on ? ink_.line[label] : ink_.fill[label], row);
    }
  }

  const Slice<Label>& slice_;
  const PixelTables& tables_;
  Ink ink_;
  OutlineStyle outline_;
  PixelRect dirty_;
  int deviceColumns_ = 0;
  std::vector<Label> background_;  ///< a row outside the slice
  // By place: 0 is left of the slice, 1 its first column, the last right of it.
  std::vector<Label> label_;
  std::vector<Label> mixed_;  ///< not 0: a row within reach shows another label
  std::vector<int> starts_;   ///< first device column; one entry more
  std::size_t firstPlace_ = 0, lastPlace_ = 0;
};

std::size_t pixelIndex(int column, int row, int columns) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
}

std::size_t voxelIndex(const Index3& at, const Size3& size) {
  return pixelIndex(at.x, at.y, size.x) + static_cast<std::size_t>(at.z) * voxelCount({size.x, size.y, 1});
}

Box sliceBox(const LabelMap& labels, const AxisMap& axisMap, Plane plane, int slice) {
  const int axis = axisMap.axes(plane).sliceAxis;
  Box box{{0, 0, 0}, labels.size()};
  box.lower[axis] = axisMap.voxelAt(plane, 0, 0, slice)[axis];
  box.upper[axis] = box.lower[axis] + 1;
  return box;
}

PixelRect clip(const PixelRect& rect, int width, int height) {
  const int x = std::clamp(rect.x, 0, width), y = std::clamp(rect.y, 0, height);
  return {x, y, std::clamp(rect.x + rect.width, 0, width) - x, std::clamp(rect.y + rect.height, 0, height) - y};
}

}  // namespace

GreyTable::GreyTable(const WindowLevel& window) {
  const double width = std::max(1.0, window.widthHu);
  const double low = window.levelHu - 0.5 - (width - 1) / 2;
  const double scale = 255.0 / std::max(1e-6, width - 1);
  for (int hu = -32768; hu <= 32767; ++hu) {
    const double grey = std::clamp((hu - low) * scale, 0.0, 255.0);
    values_[static_cast<std::uint16_t>(hu)] = static_cast<std::uint8_t>(grey + 0.5);
  }
}

void composeGrey(const Slice<std::int16_t>& slice, const GreyTable& table, std::span<std::uint32_t> pixels) {
  assert(pixels.size() == slice.pixels.size());
  std::ranges::transform(slice.pixels, pixels.begin(),
                         [&](std::int16_t hu) { return 0xff000000U | table(hu) * 0x010101U; });
}

LabelPalette organPalette(const OrganTable& organs, const std::bitset<256>& hidden, double fillOpacity) {
  LabelPalette palette{};
  for (std::size_t label = 0; label < palette.size(); ++label) {
    palette[label].visible = label != 0 && !hidden[label];
    palette[label].fillAlpha = static_cast<std::uint8_t>(std::lround(255 * std::clamp(fillOpacity, 0.0, 1.0)));
  }
  for (const Organ& organ : organs.organs()) {
    LabelStyle& style = palette[organ.label];
    style.colour = organ.displayColour;
    if (organ.overlaps) style.fillAlpha = static_cast<std::uint8_t>(style.fillAlpha / 3);
  }
  return palette;
}

int outlineThickness(double devicePixelRatio) {
  return std::clamp(static_cast<int>(std::lround(1.5 * devicePixelRatio)), 1, 3);
}

void composeLabels(const Slice<Label>& slice, const PixelTables& tables, const LabelPalette& palette,
                   const OutlineStyle& outline, const PixelRect& dirty, std::span<std::uint32_t> argb) {
  const std::size_t width = tables.columns.size();
  assert(argb.size() == width * tables.rows.size());
  const PixelRect part = clip(dirty, static_cast<int>(width), static_cast<int>(tables.rows.size()));
  if (part.empty()) return;
  RowPainter painter(slice, tables, palette, outline, part);
  for (int y = part.y; y < part.y + part.height; ++y) {
    std::uint32_t* row = argb.data() + static_cast<std::size_t>(y) * width;
    if (painter.repeats(y)) {
      std::copy_n(row - width + part.x, part.width, row + part.x);
    } else {
      painter.paint(y, row);
    }
  }
}

PixelRect refreshSlice(Slice<Label>& pixels, const LabelMap& labels, const AxisMap& axisMap, Plane plane, int slice,
                       const Box& changed) {
  const PlaneAxes& axes = axisMap.axes(plane);
  const Box part =
      intersect(intersect(changed, Box{{0, 0, 0}, labels.size()}), sliceBox(labels, axisMap, plane, slice));
  if (part.empty()) return {};
  const Size3 size = part.size();
  const PixelRect rect{axes.columnFlipped ? pixels.columns - part.upper[axes.columnAxis] : part.lower[axes.columnAxis],
                       axes.rowFlipped ? pixels.rows - part.upper[axes.rowAxis] : part.lower[axes.rowAxis],
                       size[axes.columnAxis], size[axes.rowAxis]};
  const DenseBox dense = labels.copy(part);
  for (int row = rect.y; row < rect.y + rect.height; ++row) {
    for (int column = rect.x; column < rect.x + rect.width; ++column) {
      const Index3 voxel = axisMap.voxelAt(plane, column, row, slice);
      const Index3 at{voxel.x - part.lower.x, voxel.y - part.lower.y, voxel.z - part.lower.z};
      pixels.pixels[pixelIndex(column, row, pixels.columns)] = dense.labels[voxelIndex(at, size)];
    }
  }
  return rect;
}

}  // namespace recontour
