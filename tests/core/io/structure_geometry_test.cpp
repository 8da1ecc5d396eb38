// Every way in which a structure set can place its contours, as phantoms with known voxels: placed exactly, placed with
// a note, or refused in one sentence. The test prints the table.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

#include <gtest/gtest.h>

#include "core/io/rtstruct_file.h"
#include "core/structures/placed_structures.h"
#include "tests/core/io/rtstruct_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

/// 10 x 8 x 5 voxels of 2 x 2 x 5 mm; centres at x = 2i - 9, y = 2j - 7, z = 5k + 100.
Geometry grid() { return {{10, 8, 5}, {2, 2, 5}, {-9, -7, 100}, {1, 0, 0, 0, 1, 0, 0, 0, 1}}; }

/// A rectangle between world coordinates.
std::string rectangle(double x0, double y0, double x1, double y1, double z) {
  char text[256];
  std::snprintf(text, sizeof text, "%g\\%g\\%g\\%g\\%g\\%g\\%g\\%g\\%g\\%g\\%g\\%g", x0, y0, z, x1, y0, z, x1, y1, z,
                x0, y1, z);
  return text;
}

/// 6 x 4 voxels: i = 2..7, j = 2..5.
std::string outline(double z = 110) { return rectangle(-6, -4, 6, 4, z); }
/// 2 x 2 of them: i = 4..5, j = 3..4.
std::string inner(double z = 110) { return rectangle(-2, -2, 2, 2, z); }
/// Both in one line, tied by a channel of no width from (-6, -2).
std::string keyhole(double z = 110) {
  const std::string d = std::to_string(z), s = "\\";
  std::string text;
  for (const char* point :
       {"-6\\-2", "-6\\-4", "6\\-4", "6\\4", "-6\\4", "-6\\-2", "-2\\-2", "-2\\2", "2\\2", "2\\-2", "-2\\-2"})
    text += (text.empty() ? "" : s) + point + s + d;
  return text;
}

using Roi = RtStructBytes::Roi;

struct Row {
  std::string name;
  std::vector<Roi> rois;
  std::vector<std::size_t> voxels = {};  ///< of each ROI
  std::vector<int> slices = {2};         ///< that they lie on
  std::string note = {};                 ///< part of one; empty: none is expected
  std::string refusal = {};              ///< part of the sentence; empty: it is placed
  std::string ctFrame = "1.2.840.99";
  Geometry truth = grid();
};

Geometry turned(double degrees) {
  Geometry g = grid();
  const double c = std::cos(degrees * 3.14159265358979 / 180), s = std::sin(degrees * 3.14159265358979 / 180);
  g.direction = {c, 0, s, 0, 1, 0, -s, 0, c};
  return g;
}

/// The outline on slice 2 of a grid, whatever its axes.
std::string outlineOf(const Geometry& g) {
  std::string text;
  for (const auto& [i, j] : {std::pair(1.5, 1.5), {7.5, 1.5}, {7.5, 5.5}, {1.5, 5.5}}) {
    const Point3 p = g.toWorld(Point3{i, j, 2});
    char point[96];
    std::snprintf(point, sizeof point, "%s%.6f\\%.6f\\%.6f", text.empty() ? "" : "\\", p.x, p.y, p.z);
    text += point;
  }
  return text;
}

std::vector<Row> rows() {
  Geometry flipped = grid();
  flipped.direction = {1, 0, 0, 0, -1, 0, 0, 0, 1};
  return {
      {"ROI as most vendors write it", {{1, "Liver", {outline()}}}, {24}},
      {"ROI without Contour Sequence", {{1, "Liver", {}}, {2, "Spleen", {outline()}}}, {0, 24}},
      {"ROI absent from ROI Contour Sequence",
       {{1, "Liver", {}, "CLOSED_PLANAR", false}, {2, "Spleen", {outline()}}},
       {0, 24}},
      {"contours without Contour Image Sequence", {{1, "Liver", {outline()}, "CLOSED_PLANAR", true, false}}, {24}},
      {"hole by keyhole", {{1, "Liver", {keyhole()}}}, {20}},
      {"hole by XOR", {{1, "Liver", {outline(), inner()}, "CLOSEDPLANAR_XOR"}}, {20}},
      {"hole by XOR, the inner one first", {{1, "Liver", {inner(), outline()}, "CLOSEDPLANAR_XOR"}}, {20}},
      {"inner contour of its own", {{1, "Liver", {outline(), inner()}}}, {20}, {2}, "taken as holes"},
      {"island in a hole by XOR",
       {{1, "Liver", {outline(), rectangle(-4, -4, 4, 4, 110), inner()}, "CLOSEDPLANAR_XOR"}},
       {12}},
      {"two parts on one slice", {{1, "Liver", {rectangle(-6, -4, -2, 4, 110), rectangle(2, -4, 6, 4, 110)}}}, {16}},
      {"points 0.4 mm off the plane", {{1, "Liver", {outline(110.4)}}}, {24}, {2}, "moved by up to 0.4 mm"},
      {"points half a slice off the plane", {{1, "Liver", {outline(112.4)}}}, {24}, {2}, "moved by up to 2.4 mm"},
      {"on the first slice", {{1, "Liver", {outline(100)}}}, {24}, {0}},
      {"on the last slice", {{1, "Liver", {outline(120)}}}, {24}, {4}},
      {"at the slab's edge, half a slice out", {{1, "Liver", {outline(122.5)}}}, {24}, {4}, "moved by up to 2.5 mm"},
      {"beyond the slab", {{1, "Liver", {outline(123)}}}, {}, {}, "", "beyond the CT's slices"},
      {"across slices",
       {{1, "Liver", {"-6\\-4\\103\\6\\-4\\103\\6\\4\\117\\-6\\4\\117"}}},
       {},
       {},
       "",
       "runs across slices"},
      {"one of two beyond the slab",
       {{1, "Liver", {outline(123)}}, {2, "Spleen", {outline()}}},
       {0, 24},
       {2},
       "Liver is not shown and stays as it is in the file"},
      {"planes finer than slices",
       {{1, "Liver", {outline(110), rectangle(-2, -2, 2, 2, 108), outline(112)}}},
       {24},
       {2},
       "lie between the CT's slices"},
      {"a slice left out", {{1, "Liver", {outline(100), outline(110)}}}, {48}, {0, 2}, "no contour on 1 slice"},
      {"duplicate names", {{1, "Liver", {outline()}}, {2, "Liver", {outline(100)}}}, {24, 24}, {0, 2}},
      {"partly outside of the pixels",
       {{1, "Liver", {rectangle(-30, -4, 6, 4, 110)}}},
       {},
       {},
       "",
       "leaves the CT's pictures"},
      {"axial grid, rows back to front",
       {{1, "Liver", {outlineOf(flipped)}}},
       {24},
       {2},
       "",
       "",
       "1.2.840.99",
       flipped},
      {"oblique grid, contours in its planes",
       {{1, "Liver", {outlineOf(turned(20))}}},
       {24},
       {2},
       "",
       "",
       "1.2.840.99",
       turned(20)},
      {"oblique contours on an axial grid", {{1, "Liver", {outlineOf(turned(40))}}}, {}, {}, "", "runs across slices"},
      {"another frame of reference",
       {{1, "Liver", {outline()}}},
       {},
       {},
       "",
       "another frame of reference",
       "1.2.840.98"},
      {"a CT without a frame of reference",
       {{1, "Liver", {outline()}}},
       {24},
       {2},
       "names no frame of reference",
       "",
       ""},
      {"points that are no numbers", {{1, "Liver", {"1\\2\\x"}}}, {}, {}, "", "holds something that is no number"},
      {"coordinates that are no triples", {{1, "Liver", {"1\\2\\3\\4"}}}, {}, {}, "", "not a multiple of three"},
      {"two ROIs of one number", {{1, "Liver", {}}, {1, "Spleen", {}}}, {}, {}, "", "two ROIs have the number 1"},
  };
}

struct Outcome {
  bool good = true;
  std::string sentence;
};

std::string join(const std::vector<std::string>& notes) {
  std::string all;
  for (const std::string& note : notes) all += (all.empty() ? "" : " | ") + note;
  return all;
}

/// Each ROI a structure of its own, so that names do not matter.
Outcome outcomeOf(const Row& row) {
  const TestFolder folder;
  RtStructBytes set{row.rois};
  const auto file = folder.write("set.dcm", set.bytes());
  Outcome outcome;
  try {
    StructureSet read = readStructureSet(file);
    std::vector<std::string> notes;
    if (const auto note = requireFrameOfReference(file.string(), read, row.ctFrame)) notes.push_back(*note);
    const PlacedStructures placed = placeStructures(read, std::vector<std::optional<std::string>>(read.rois.size()),
                                                    row.truth, OrganTable::named("word"));
    notes.insert(notes.end(), placed.notes.begin(), placed.notes.end());
    for (std::size_t i = 0; i < row.voxels.size(); ++i) {
      std::size_t count = 0;
      const auto there = std::ranges::find(placed.rois, read.rois[i].number, &PlacedRoi::number);
      if (there != placed.rois.end()) {
        for (int z = 0; z < row.truth.size.z; ++z) {
          const auto slice =
              placed.labels.of(there->label).copy({{0, 0, z}, {row.truth.size.x, row.truth.size.y, z + 1}});
          const auto here = std::size_t(std::ranges::count(slice.labels, there->label));
          count += here;
          if (here > 0 && std::ranges::find(row.slices, z) == row.slices.end()) outcome.good = false;
        }
      }
      if (count != row.voxels[i]) outcome.good = false;
    }
    outcome.sentence = join(notes);
    const bool noteAsStated =
        row.note.empty() ? outcome.sentence.empty() : outcome.sentence.find(row.note) != std::string::npos;
    outcome.good = outcome.good && row.refusal.empty() && noteAsStated;
  } catch (const Error& error) {
    outcome.sentence = error.what();
    outcome.good = !row.refusal.empty() && outcome.sentence.find(row.refusal) != std::string::npos;
  }
  return outcome;
}

TEST(StructureGeometry, EveryRowIsPlacedExactlyOrRefusedAsStated) {
  int good = 0, count = 0;
  for (const Row& row : rows()) {
    if (row.rois.empty()) continue;
    const Outcome outcome = outcomeOf(row);
    EXPECT_TRUE(outcome.good) << row.name << ": " << outcome.sentence;
    good += outcome.good ? 1 : 0;
    ++count;
    std::printf("%-42s %-8s %s\n", row.name.c_str(), row.refusal.empty() ? "placed" : "refused",
                outcome.sentence.c_str());
  }
  std::printf("%d of %d as stated\n", good, count);
}

}  // namespace
}  // namespace recontour
