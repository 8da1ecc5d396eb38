#include "core/metrics/surface_cells.h"

#include <bit>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/metrics/padded_slice.h"

namespace recontour {
namespace {

/// Triangles of the codes 0..127; those of code 255 - c are c's. A triangle is the size of its normal along z, y, x in
/// eighths of a voxel's faces. The data follow _NEIGHBOUR_CODE_TO_NORMALS of google-deepmind/surface-distance,
/// Copyright 2018 Google Inc., Apache License 2.0 (docs/licences.md): other triangulations of the same corners have
/// other areas.
constexpr std::array<std::string_view, 128> kTriangles = {"",
                                                          "111",
                                                          "111",
                                                          "220/220",
                                                          "111",
                                                          "202/202",
                                                          "111/111",
                                                          "400/222/111",
                                                          "111",
                                                          "111/111",
                                                          "202/202",
                                                          "400/222/111",
                                                          "220/220",
                                                          "400/222/111",
                                                          "400/222/111",
                                                          "400/400",
                                                          "111",
                                                          "022/022",
                                                          "111/111",
                                                          "222/111/040",
                                                          "111/111",
                                                          "222/111/004",
                                                          "111/111/111",
                                                          "222/222/111/111",
                                                          "111/111",
                                                          "111/022/022",
                                                          "202/202/111",
                                                          "333/202/111/022",
                                                          "220/220/111",
                                                          "333/220/111/022",
                                                          "400/222/111/111",
                                                          "400/222/111",
                                                          "111",
                                                          "111/111",
                                                          "022/022",
                                                          "222/111/040",
                                                          "111/111",
                                                          "202/202/111",
                                                          "111/022/022",
                                                          "333/202/111/022",
                                                          "111/111",
                                                          "111/111/111",
                                                          "222/111/004",
                                                          "222/222/111/111",
                                                          "220/220/111",
                                                          "400/222/111/111",
                                                          "333/220/111/022",
                                                          "400/222/111",
                                                          "220/220",
                                                          "222/111/040",
                                                          "222/111/040",
                                                          "040/040",
                                                          "220/220/111",
                                                          "333/220/202/111",
                                                          "222/111/111/040",
                                                          "222/111/040",
                                                          "220/220/111",
                                                          "222/111/111/040",
                                                          "333/220/202/111",
                                                          "222/111/040",
                                                          "220/220/220/220",
                                                          "220/220/111",
                                                          "220/220/111",
                                                          "220/220",
                                                          "111",
                                                          "111/111",
                                                          "111/111",
                                                          "220/220/111",
                                                          "022/022",
                                                          "222/111/004",
                                                          "111/022/022",
                                                          "333/220/111/022",
                                                          "111/111",
                                                          "111/111/111",
                                                          "202/202/111",
                                                          "400/222/111/111",
                                                          "222/111/040",
                                                          "222/222/111/111",
                                                          "333/202/111/022",
                                                          "400/222/111",
                                                          "202/202",
                                                          "222/111/004",
                                                          "202/202/111",
                                                          "333/220/202/111",
                                                          "222/111/004",
                                                          "004/004",
                                                          "222/111/111/004",
                                                          "222/111/004",
                                                          "202/202/111",
                                                          "222/111/111/004",
                                                          "202/202/202/202",
                                                          "202/202/111",
                                                          "333/220/202/111",
                                                          "222/111/004",
                                                          "202/202/111",
                                                          "202/202",
                                                          "111/111",
                                                          "111/111/111",
                                                          "111/022/022",
                                                          "222/111/111/040",
                                                          "111/022/022",
                                                          "222/111/111/004",
                                                          "022/022/022/022",
                                                          "111/022/022",
                                                          "111/111/111",
                                                          "111/111/111/111",
                                                          "222/111/111/004",
                                                          "111/111/111",
                                                          "222/111/111/040",
                                                          "111/111/111",
                                                          "111/022/022",
                                                          "111/111",
                                                          "400/222/111",
                                                          "222/222/111/111",
                                                          "333/202/111/022",
                                                          "222/111/040",
                                                          "333/220/111/022",
                                                          "222/111/004",
                                                          "111/022/022",
                                                          "022/022",
                                                          "400/222/111/111",
                                                          "111/111/111",
                                                          "202/202/111",
                                                          "111/111",
                                                          "220/220/111",
                                                          "111/111",
                                                          "111/111",
                                                          "111"};

/// Four rows of two slices that meet in the cells of one row.
struct CellRows {
  std::array<const Label*, 4> rows;  ///< (y - 1, z - 1), (y, z - 1), (y - 1, z), (y, z)

  /// True when nothing changes at the cells x .. x + 7.
  bool uniform(int x) const {
    const std::uint64_t first = labelWord(rows[0] + x);
    for (const Label* row : rows) {
      if (labelWord(row + x) != first || labelWord(row + x - 1) != first) return false;
    }
    return true;
  }
  /// The labels at x in bytes 6, 4, 2, 0.
  std::uint64_t column(int x) const {
    const auto byte = [&](std::size_t row, int place) { return std::uint64_t{rows[row][x]} << (8 * place); };
    return byte(0, 6) | byte(1, 4) | byte(2, 2) | byte(3, 0);
  }
};

constexpr std::uint64_t kEveryByte = 0x0101010101010101;

/// One bit for each byte of `corners` that equals the label.
std::uint8_t codeOf(std::uint64_t corners, Label label) {
  constexpr std::uint64_t kLow = 0x7f * kEveryByte;
  const std::uint64_t other = corners ^ (label * kEveryByte);
  const std::uint64_t equal = ~(((other & kLow) + kLow) | other | kLow) >> 7;  // 1 in each byte that was zero
  return static_cast<std::uint8_t>(equal * 0x0102040810204080 >> 56);
}

/// @param corners  labels by the bit of surfaceAreas() in their byte's number
void addCell(std::uint64_t corners, const Index3& cell, const LabelSet& wanted, SurfaceCellLists& lists) {
  for (unsigned left = 0xff; left != 0;) {
    const int byte = std::countr_zero(left);
    const auto label = static_cast<Label>(corners >> (8 * byte));
    const std::uint8_t code = codeOf(corners, label);
    left &= ~static_cast<unsigned>(code);
    if (label == 0 || !wanted[label]) continue;
    lists[label].cells.push_back(cell);
    lists[label].codes.push_back(code);
  }
}

/// @param width   of the box; there is one more cell than voxels
void addRow(const CellRows& rows, int width, const Index3& start, const LabelSet& wanted, SurfaceCellLists& lists) {
  for (int x = 0; x <= width;) {
    if (x + kLabelWord <= width && rows.uniform(x)) {
      x += kLabelWord;
      continue;
    }
    std::uint64_t before = rows.column(x - 1);
    for (const int end = std::min(x + kLabelWord, width + 1); x < end; ++x) {
      const std::uint64_t here = rows.column(x), corners = here | before << 8;
      if (corners != (corners & 0xff) * kEveryByte) addCell(corners, {start.x + x, start.y, start.z}, wanted, lists);
      before = here;
    }
  }
}

}  // namespace

SurfaceCellLists surfaceCells(const LabelMap& map, const Box& box, const LabelSet& wanted) {
  SurfaceCellLists lists;
  if (box.empty()) return lists;
  const Size3 size = box.size();
  PaddedSlice below(size), here(size);
  for (int z = box.lower.z; z <= box.upper.z; ++z) {
    here.read(map, box, z);
    for (int y = 0; y <= size.y; ++y) {
      const CellRows rows{{below.row(y - 1), below.row(y), here.row(y - 1), here.row(y)}};
      addRow(rows, size.x, {box.lower.x, box.lower.y + y, z}, wanted, lists);
    }
    std::swap(below, here);
  }
  return lists;
}

std::array<double, 256> surfaceAreas(const Point3& spacingMm) {
  const double faceZ = spacingMm.x * spacingMm.y / 8, faceY = spacingMm.x * spacingMm.z / 8,
               faceX = spacingMm.y * spacingMm.z / 8;
  std::array<double, 256> areas{};
  for (std::size_t code = 0; code < kTriangles.size(); ++code) {
    const std::string_view triangles = kTriangles[code];
    for (std::size_t i = 0; i + 2 < triangles.size(); i += 4) {
      const double z = (triangles[i] - '0') * faceZ, y = (triangles[i + 1] - '0') * faceY,
                   x = (triangles[i + 2] - '0') * faceX;
      areas[code] += std::sqrt(z * z + y * y + x * x);
    }
    areas[255 - code] = areas[code];
  }
  return areas;
}

}  // namespace recontour
