#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

#include "core/image/label_map.h"
#include "core/image/organ_table.h"
#include "core/image/slice.h"

namespace recontour {

/// Which CT numbers a picture shows from black to white.
struct WindowLevel {
  double widthHu = 350;  ///< >= 1
  double levelHu = 50;   ///< middle grey
  friend bool operator==(const WindowLevel&, const WindowLevel&) = default;
};
inline constexpr WindowLevel kAbdomenWindow{350, 50};

/// Grey value 0..255 of every CT number. Source: DICOM PS3.3 C.11.2.1.2.1, the linear VOI function.
class GreyTable {
 public:
  explicit GreyTable(const WindowLevel& window);
  std::uint8_t operator()(std::int16_t hu) const { return values_[static_cast<std::uint16_t>(hu)]; }

 private:
  std::array<std::uint8_t, 65536> values_;
};
/// A slice in grey: opaque pixels 0xffRRGGBB, as many as the slice has.
void composeGrey(const Slice<std::int16_t>& slice, const GreyTable& table, std::span<std::uint32_t> pixels);

/// How one label is drawn.
struct LabelStyle {
  std::array<std::uint8_t, 3> colour{180, 180, 180};  ///< sRGB
  bool visible = true;
  std::uint8_t fillAlpha = 89;  ///< 0..255; 35 % by default
  bool outline = true;
  friend bool operator==(const LabelStyle&, const LabelStyle&) = default;
};
using LabelPalette = std::array<LabelStyle, 256>;  ///< entry 0, the background, is never drawn

/// Display colours of a table's organs; what lies over others is filled with a third as much. Labels that it lacks are
/// grey, so that nothing in a map goes unseen.
/// @param hidden       labels not to draw
/// @param fillOpacity  0..1
LabelPalette organPalette(const OrganTable& organs, const std::bitset<256>& hidden = {}, double fillOpacity = 0.35);

/// A rectangle of pixels; empty when width or height is not positive.
struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;
  bool empty() const { return width <= 0 || height <= 0; }
  friend bool operator==(const PixelRect&, const PixelRect&) = default;
};

/// Which slice pixel each device pixel shows: the slice column of device column x and the slice row of device row y;
/// values outside the slice (such as -1) show background. Ascending.
struct PixelTables {
  std::vector<int> columns, rows;
};

struct OutlineStyle {
  int thickness = 2;  ///< device pixels, >= 1
  int dash = 0;       ///< length of dashes and of the gaps between them in device pixels; 0 is a full line
};
/// Device pixels of a 1.5 px line at a screen's pixel ratio, 1..3.
int outlineThickness(double devicePixelRatio);

/// Draws labels at device resolution: fill, and inside each label an outline that is equally thin at every zoom. A
/// pixel is outline when a pixel at most `thickness` columns and rows away shows another label.
/// @param dirty   the part to draw; the rest of `argb` stays as it is
/// @param argb    columns.size() x rows.size() premultiplied ARGB32 pixels, row by row
void composeLabels(const Slice<Label>& slice, const PixelTables& tables, const LabelPalette& palette,
                   const OutlineStyle& outline, const PixelRect& dirty, std::span<std::uint32_t> argb);

/// Takes the labels of `changed` that lie on slice number `slice` over into `pixels`, which shows that slice.
/// @return the slice pixels that were read again, empty when the box misses the slice
PixelRect refreshSlice(Slice<Label>& pixels, const LabelMap& labels, const AxisMap& axisMap, Plane plane, int slice,
                       const Box& changed);

}  // namespace recontour
