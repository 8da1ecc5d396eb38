#include "core/image/compositor.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr std::uint32_t kFill = 0x59590000;  // (255, 0, 0) at alpha 89, premultiplied
constexpr std::uint32_t kLine = 0xffff0000;

LabelPalette redPalette() {
  LabelPalette palette{};
  for (LabelStyle& style : palette) style.colour = {255, 0, 0};
  return palette;
}

/// A different colour for each label.
LabelPalette colourfulPalette() {
  LabelPalette palette{};
  for (std::size_t label = 0; label < 256; ++label)
    palette[label].colour = {static_cast<std::uint8_t>(10 + 40 * (label % 6)), 100, 200};
  return palette;
}

PixelTables scaledTables(int columns, int rows, double scale, double shift) {
  PixelTables tables;
  for (int x = 0; x < columns; ++x) tables.columns.push_back(static_cast<int>(std::floor((x + 0.5) / scale + shift)));
  for (int y = 0; y < rows; ++y) tables.rows.push_back(static_cast<int>(std::floor((y + 0.5) / scale + shift)));
  return tables;
}

Slice<Label> randomBlobs(int columns, int rows, unsigned seed) {
  std::mt19937 random(seed);
  Slice<Label> slice{columns, rows, std::vector<Label>(static_cast<std::size_t>(columns * rows))};
  for (int blob = 0; blob < 9; ++blob) {
    const int x = static_cast<int>(random() % unsigned(columns)), y = static_cast<int>(random() % unsigned(rows));
    const int radius = static_cast<int>(random() % 6);
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) {
        const bool inside = (c - x) * (c - x) + (r - y) * (r - y) <= radius * radius;
        if (inside) slice.pixels[static_cast<std::size_t>(r * columns + c)] = static_cast<Label>(blob % 4);
      }
    }
  }
  return slice;
}

/// The definition of the outline, pixel by pixel.
std::vector<std::uint32_t> composeByDefinition(const Slice<Label>& slice, const PixelTables& tables,
                                               const LabelPalette& palette, int thickness) {
  const int width = static_cast<int>(tables.columns.size()), height = static_cast<int>(tables.rows.size());
  const auto labelAt = [&](int x, int y) -> int {
    const int column = tables.columns[static_cast<std::size_t>(x)], row = tables.rows[static_cast<std::size_t>(y)];
    return column < 0 || row < 0 || column >= slice.columns || row >= slice.rows ? 0 : slice.at(column, row);
  };
  const auto isLine = [&](int x, int y) {
    for (int b = std::max(0, y - thickness); b <= std::min(height - 1, y + thickness); ++b) {
      for (int a = std::max(0, x - thickness); a <= std::min(width - 1, x + thickness); ++a) {
        if (labelAt(a, b) != labelAt(x, y)) return true;
      }
    }
    return false;
  };
  std::vector<std::uint32_t> pixels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto label = static_cast<std::size_t>(labelAt(x, y));
      const auto& colour = palette[label].colour;
      const unsigned alpha = isLine(x, y) ? 255 : palette[label].fillAlpha;
      const auto part = [&](std::size_t i) { return (colour[i] * alpha + 127) / 255; };
      pixels.push_back(label == 0 ? 0 : alpha << 24 | part(0) << 16 | part(1) << 8 | part(2));
    }
  }
  return pixels;
}

std::vector<std::uint32_t> composeAll(const Slice<Label>& slice, const PixelTables& tables, const LabelPalette& palette,
                                      int thickness) {
  std::vector<std::uint32_t> pixels(tables.columns.size() * tables.rows.size(), 0xdeadbeef);
  composeLabels(slice, tables, palette, {thickness, 0},
                {0, 0, static_cast<int>(tables.columns.size()), static_cast<int>(tables.rows.size())}, pixels);
  return pixels;
}

TEST(Compositor, WindowAndLevelFollowTheDicomFormula) {
  const GreyTable grey(WindowLevel{350, 50});
  EXPECT_EQ(grey(-32768), 0);
  EXPECT_EQ(grey(-125), 0);   // 50 - 0.5 - 349 / 2
  EXPECT_EQ(grey(-124), 1);   // 255 / 349 = 0.73
  EXPECT_EQ(grey(50), 128);   // (0.5 / 349 + 0.5) 255 = 127.9
  EXPECT_EQ(grey(224), 255);  // 50 - 0.5 + 349 / 2
  EXPECT_EQ(grey(32767), 255);
}

TEST(Compositor, OutlineIsDrawnInsideTheLabel) {
  const Slice<Label> slice{3, 3, {0, 0, 0, 0, 1, 0, 0, 0, 0}};
  const auto pixels = composeAll(slice, scaledTables(12, 12, 4, 0), redPalette(), 1);
  const auto at = [&](int x, int y) { return pixels[static_cast<std::size_t>(12 * y + x)]; };
  EXPECT_EQ(at(3, 5), 0U);  // background beside the organ stays clear
  EXPECT_EQ(at(4, 4), kLine);
  EXPECT_EQ(at(4, 6), kLine);
  EXPECT_EQ(at(5, 5), kFill);  // the organ covers 4..7
  EXPECT_EQ(at(6, 6), kFill);
  EXPECT_EQ(at(7, 6), kLine);
  EXPECT_EQ(at(8, 6), 0U);
}

TEST(Compositor, OutlineIsOnePixelAtEveryZoom) {
  const Slice<Label> slice{3, 1, {0, 1, 1}};
  for (const int zoom : {4, 9, 40}) {
    const auto pixels = composeAll(slice, scaledTables(3 * zoom, zoom, zoom, 0), redPalette(), 1);
    const auto row = static_cast<std::size_t>(zoom / 2) * 3 * static_cast<std::size_t>(zoom);
    EXPECT_EQ(pixels[row + static_cast<std::size_t>(zoom) - 1], 0U);
    EXPECT_EQ(pixels[row + static_cast<std::size_t>(zoom)], kLine);
    EXPECT_EQ(pixels[row + static_cast<std::size_t>(zoom) + 1], kFill);
    EXPECT_EQ(pixels[row + 3 * static_cast<std::size_t>(zoom) - 1], kFill) << "the window's border is no contour";
  }
}

TEST(Compositor, AgreesWithTheDefinitionAtAnyScaleAndShift) {
  for (unsigned seed = 0; seed < 6; ++seed) {
    const Slice<Label> slice = randomBlobs(23, 17, seed);
    for (const double scale : {0.6, 1.0, 1.7, 4.3}) {
      for (const int thickness : {1, 2, 3}) {
        const PixelTables tables = scaledTables(61, 47, scale, seed % 2 ? -3.2 : 4.1);
        ASSERT_EQ(composeAll(slice, tables, colourfulPalette(), thickness),
                  composeByDefinition(slice, tables, colourfulPalette(), thickness))
            << "seed " << seed << ", scale " << scale << ", thickness " << thickness;
      }
    }
  }
}

TEST(Compositor, DirtyPartEqualsTheWholeAndTouchesNothingElse) {
  const Slice<Label> slice = randomBlobs(23, 17, 11);
  const PixelTables tables = scaledTables(61, 47, 2.6, 0);
  const auto whole = composeAll(slice, tables, colourfulPalette(), 2);
  const PixelRect dirty{13, 9, 20, 17};
  std::vector<std::uint32_t> pixels(whole.size(), 7);
  composeLabels(slice, tables, colourfulPalette(), {2, 0}, dirty, pixels);
  for (int y = 0; y < 47; ++y) {
    for (int x = 0; x < 61; ++x) {
      const auto i = static_cast<std::size_t>(61 * y + x);
      const bool inside = x >= dirty.x && x < dirty.x + dirty.width && y >= dirty.y && y < dirty.y + dirty.height;
      ASSERT_EQ(pixels[i], inside ? whole[i] : 7U) << x << " " << y;
    }
  }
}

TEST(Compositor, DirtyPartOutsideThePictureIsCut) {
  const Slice<Label> slice{1, 1, {1}};
  std::vector<std::uint32_t> pixels(4, 7);
  composeLabels(slice, {{0, 0}, {0, 0}}, redPalette(), {1, 0}, {-5, -5, 6, 6}, pixels);
  EXPECT_EQ(pixels, (std::vector<std::uint32_t>{kFill, 7, 7, 7}));
  composeLabels(slice, {{0, 0}, {0, 0}}, redPalette(), {1, 0}, {5, 5, 6, 6}, pixels);
  EXPECT_EQ(pixels[3], 7U);
}

TEST(Compositor, HiddenLabelsAreNotDrawn) {
  LabelPalette palette = redPalette();
  palette[1].visible = false;
  const auto pixels = composeAll({2, 1, {1, 2}}, scaledTables(8, 4, 4, 0), palette, 1);
  EXPECT_EQ(pixels[8 + 1], 0U);
  EXPECT_EQ(pixels[8 + 4], kLine) << "a hidden neighbour still is a border";
  EXPECT_EQ(pixels[8 + 6], kFill);
}

TEST(Compositor, DashesLeaveGapsInTheOutline) {
  LabelPalette palette = redPalette();
  palette[1].fillAlpha = 0;
  std::vector<std::uint32_t> pixels(64);
  composeLabels({2, 1, {0, 1}}, scaledTables(16, 4, 8, 0), palette, {1, 2}, {0, 0, 16, 4}, pixels);
  EXPECT_EQ(pixels[8], kLine);        // (8 + 0) / 2 is even
  EXPECT_EQ(pixels[2 * 16 + 8], 0U);  // (8 + 2) / 2 is odd
}

TEST(Compositor, OutlineThicknessFollowsThePixelRatio) {
  EXPECT_EQ(outlineThickness(0.5), 1);
  EXPECT_EQ(outlineThickness(1), 2);
  EXPECT_EQ(outlineThickness(2), 3);
  EXPECT_EQ(outlineThickness(4), 3);
}

Geometry geometryOf(const std::array<double, 9>& direction) {
  return {.size = {7, 6, 5}, .spacing = {1, 2, 3}, .origin = {10, 20, 30}, .direction = direction};
}

TEST(Compositor, RefreshedSliceEqualsAFreshOneInEveryOrientation) {
  const std::array<double, 9> lps{1, 0, 0, 0, 1, 0, 0, 0, 1}, ras{-1, 0, 0, 0, -1, 0, 0, 0, 1},
      las{1, 0, 0, 0, -1, 0, 0, 0, 1}, turned{0, 0, -1, 1, 0, 0, 0, 1, 0};
  for (const auto& direction : {lps, ras, las, turned}) {
    const AxisMap axisMap(geometryOf(direction));
    LabelMap labels(axisMap.geometry().size);
    const std::vector<Label> row{1, 2, 3};
    for (const Plane plane : kPlanes) {
      const LabelMap before = labels;
      const int slice = axisMap.slices(plane) / 2;
      Slice<Label> pixels = extractSlice(before, axisMap, plane, slice);
      LabelMap after = before;
      for (int z = 1; z < 4; ++z) {
        for (int y = 2; y < 5; ++y) after.writeRow(y, z, 3, row);
      }
      const PixelRect changed = refreshSlice(pixels, after, axisMap, plane, slice, {{3, 2, 1}, {6, 5, 4}});
      EXPECT_EQ(pixels.pixels, extractSlice(after, axisMap, plane, slice).pixels) << planeName(plane);
      EXPECT_EQ(changed.width, 3);
      EXPECT_EQ(changed.height, 3);
    }
  }
}

TEST(Compositor, BoxBesideTheSliceChangesNothing) {
  const AxisMap axisMap(geometryOf({1, 0, 0, 0, 1, 0, 0, 0, 1}));
  const LabelMap labels(axisMap.geometry().size);
  Slice<Label> pixels = extractSlice(labels, axisMap, Plane::Axial, 0);
  EXPECT_TRUE(refreshSlice(pixels, labels, axisMap, Plane::Axial, 0, {{0, 0, 1}, {7, 6, 5}}).empty());
}

}  // namespace
}  // namespace recontour
