// Masks of the reference data there and back: pictures that break mask-to-contour programs, and real organs.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>

#include <gtest/gtest.h>
#include <itkImageFileReader.h>
#include <itkPNGImageIO.h>

#include "core/base/error.h"
#include "core/image/label_layers.h"
#include "core/io/inflating_file.h"
#include "core/io/label_file.h"
#include "core/structures/contour_raster.h"
#include "core/structures/contour_trace.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

constexpr ContourStyle kStyles[] = {{ContourEdge::SubVoxel, ContourHoles::Keyhole},
                                    {ContourEdge::SubVoxel, ContourHoles::Xor},
                                    {ContourEdge::VoxelEdge, ContourHoles::Keyhole},
                                    {ContourEdge::VoxelEdge, ContourHoles::Xor}};
constexpr double kLeastMl = 0.2, kNearPixels = 0.25;

Roi writtenRoi(const LabelMap& map, Label label, const Geometry& grid, const ContourStyle& style) {
  Roi roi;
  roi.contours = contoursOf(map, label, grid, style);
  roi.xorContours = style.holes == ContourHoles::Xor;
  for (Contour& contour : roi.contours)
    for (Point3& point : contour.pointsMm)
      for (int axis = 0; axis < 3; ++axis) point[axis] = std::round(point[axis] * 10000) / 10000;
  return roi;
}

/// In pixels, of a voxel's centre from the contours of its slice.
double distanceFromContours(const Roi& roi, const Geometry& grid, const Index3& voxel) {
  double nearest = 1e9;
  for (const Contour& contour : roi.contours) {
    if (nearestSlice(contour, grid) != voxel.z) continue;
    for (std::size_t i = 0; i < contour.pointsMm.size(); ++i) {
      const Point3 a = grid.toIndex(contour.pointsMm[i]),
                   b = grid.toIndex(contour.pointsMm[(i + 1) % contour.pointsMm.size()]);
      const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
      const double part = square > 0 ? std::clamp(((voxel.x - a.x) * dx + (voxel.y - a.y) * dy) / square, 0.0, 1.0) : 0;
      nearest = std::min(nearest, std::hypot(a.x + part * dx - voxel.x, a.y + part * dy - voxel.y));
    }
  }
  return nearest;
}

struct RoundTrip {
  std::size_t before = 0, after = 0, changed = 0, far = 0;
};

RoundTrip roundTrip(const LabelMap& map, Label label, const Geometry& grid, const ContourStyle& style) {
  const Roi roi = writtenRoi(map, label, grid, style);
  const RoiVoxels back = voxelsOf(roi, grid, label);
  EXPECT_TRUE(back.problems.empty());
  RoundTrip trip;
  forEachBrickOfEither(map, back.voxels, [&](const Box& box, const DenseBox& was, const DenseBox& is) {
    for (std::size_t i = 0; i < was.labels.size(); ++i) {
      const bool before = was.labels[i] == label, after = is.labels[i] == label;
      trip.before += before;
      trip.after += after;
      if (before == after) continue;
      ++trip.changed;
      const int n = static_cast<int>(i), width = was.size.x, height = was.size.y;
      const Index3 voxel{box.lower.x + n % width, box.lower.y + n / width % height, box.lower.z + n / width / height};
      trip.far += distanceFromContours(roi, grid, voxel) > kNearPixels;
    }
  });
  return trip;
}

void expectGood(const RoundTrip& trip, const ContourStyle& style, const std::string& what) {
  EXPECT_EQ(trip.far, 0U) << what;
  const double differs = std::abs(double(trip.after) - double(trip.before));
  EXPECT_LE(differs, std::max(3.0, 0.01 * double(trip.before))) << what;
  if (style.edge == ContourEdge::VoxelEdge) {
    EXPECT_EQ(trip.changed, 0U) << what;
  }
}

LabelMap pictureMask(const std::filesystem::path& file) {
  using Image = itk::Image<unsigned char, 2>;
  const auto reader = itk::ImageFileReader<Image>::New();
  reader->SetImageIO(itk::PNGImageIO::New());
  reader->SetFileName(file.string());
  reader->Update();
  const auto size = reader->GetOutput()->GetLargestPossibleRegion().GetSize();
  const unsigned char* pixels = reader->GetOutput()->GetBufferPointer();
  std::vector<Label> labels(size[0] * size[1]);
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = pixels[i] != 0;
  return LabelMap::fromDense({int(size[0]), int(size[1]), 1}, labels);
}

/// Masks of the same kinds as the pictures, drawn here: 48 x 40 pixels, by what is true of a pixel.
struct Shape {
  const char* name;
  std::function<bool(int x, int y)> inside;
};

bool inCircle(int x, int y, double radius) { return std::hypot(x - 23.5, y - 19.5) < radius; }

std::vector<Shape> shapes() {
  return {
      {"circle", [](int x, int y) { return inCircle(x, y, 17); }},
      {"small circle", [](int x, int y) { return inCircle(x, y, 1.6); }},
      {"concentric circles", [](int x, int y) { return inCircle(x, y, 18) && !inCircle(x, y, 11); }},
      {"concentric circles, island in the hole",
       [](int x, int y) { return (inCircle(x, y, 18) && !inCircle(x, y, 12)) || inCircle(x, y, 7); }},
      {"hole in the island in the hole",
       [](int x, int y) {
         return (inCircle(x, y, 18) && !inCircle(x, y, 12)) || (inCircle(x, y, 8) && !inCircle(x, y, 3));
       }},
      {"diamond", [](int x, int y) { return std::abs(x - 23) + std::abs(y - 19) < 15; }},
      {"triangle", [](int x, int y) { return y < 36 && 2 * std::abs(x - 23) < y; }},
      {"checkerboard", [](int x, int y) { return (x + y) % 2 == 0; }},
      {"checkerboard of 3 x 3", [](int x, int y) { return (x / 3 + y / 3) % 2 == 0; }},
      {"isolated pixel", [](int x, int y) { return x == 20 && y == 20; }},
      {"isolated pixels", [](int x, int y) { return x % 4 == 1 && y % 3 == 1; }},
      {"isolated pixels at the border", [](int x, int y) { return (x == 0 || x == 47) && (y == 0 || y == 39); }},
      {"line", [](int x, int y) { return y == 12 && x > 3 && x < 40; }},
      {"line of one pixel's width, slanted", [](int x, int y) { return x == y; }},
      {"whole slice", [](int, int) { return true; }},
      {"single pixel with a hole around it",
       [](int x, int y) { return inCircle(x, y, 12) && (std::max(std::abs(x - 23), std::abs(y - 19)) != 1); }},
      {"hole of one pixel", [](int x, int y) { return inCircle(x, y, 9) && !(x == 23 && y == 19); }},
      {"hole of three pixels", [](int x, int y) { return inCircle(x, y, 9) && !(y == 19 && x > 21 && x < 25); }},
      {"holes that touch by a corner",
       [](int x, int y) { return inCircle(x, y, 12) && !((x == 22 && y == 18) || (x == 23 && y == 19)); }},
      {"hole that touches the outside by a corner",
       [](int x, int y) {
         return x > 4 && y > 4 && x < 30 && y < 30 && !(x == 29 && y == 29) && !(x == 28 && y == 28);
       }},
      {"many holes", [](int x, int y) { return inCircle(x, y, 18) && !(x % 4 < 2 && y % 5 < 3); }},
      {"u shape", [](int x, int y) { return x > 5 && x < 40 && y > 5 && y < 34 && !(x > 15 && x < 30 && y < 25); }},
      {"u shape on its side",
       [](int x, int y) { return x > 5 && x < 40 && y > 5 && y < 34 && !(x > 15 && y > 12 && y < 26); }},
      {"zigzag hole", [](int x, int y) { return inCircle(x, y, 19) && std::abs(y - 19 - std::abs(x % 8 - 4)) > 1; }},
      {"two parts with holes",
       [](int x, int y) {
         return (std::hypot(x - 11, y - 19) < 10 && std::hypot(x - 11, y - 19) > 4) ||
                (std::hypot(x - 35, y - 19) < 10 && std::hypot(x - 33, y - 21) > 4);
       }},
      {"four parts", [](int x, int y) { return x % 24 > 4 && x % 24 < 20 && y % 20 > 3 && y % 20 < 16; }},
      {"thin part between thick ones",
       [](int x, int y) { return (x < 14 && y > 10 && y < 30) || (x > 33 && y > 10 && y < 30) || y == 20; }},
  };
}

void comesBack(const LabelMap& map, const std::string& name) {
  const Geometry grid{map.size(), {0.977, 0.703, 3}, {-211.3, 55.1, 12.5}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  std::printf("%-44s", name.c_str());
  for (const ContourStyle& style : kStyles) {
    const RoundTrip trip = roundTrip(map, 1, grid, style);
    expectGood(trip, style, name);
    std::printf(" %zu/%zu", trip.changed, trip.before);
  }
  std::printf("\n");
}

TEST(RoundTrip, EveryShapeComesBackInEveryStyle) {
  std::printf("voxels changed of all: sub-voxel with keyhole and XOR, voxel edge with both\n");
  for (const Shape& shape : shapes()) {
    std::vector<Label> labels;
    for (int y = 0; y < 40; ++y)
      for (int x = 0; x < 48; ++x) labels.push_back(shape.inside(x, y) ? 1 : 0);
    comesBack(LabelMap::fromDense({48, 40, 1}, labels), shape.name);
  }
}

/// Where only a pointer of Git LFS is there instead of a picture, that is what is said of it.
TEST(RoundTripData, EveryPictureComesBackOrIsToldToBeAPointer) {
  REQUIRE_REFERENCE_DATA();
  int pictures = 0, pointers = 0;
  for (const auto& entry : std::filesystem::directory_iterator(referenceData("contour_masks/MaskToContourTestData"))) {
    ASSERT_EQ(entry.path().extension(), ".png") << entry.path();
    ++pictures;
    try {
      refuseGitLfsPointer(entry.path());
      comesBack(pictureMask(entry.path()), entry.path().filename().string());
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("Git LFS"), std::string::npos) << error.what();
      ++pointers;
    }
  }
  std::printf("%d pictures, of which %d are pointers of Git LFS without their content\n", pictures, pointers);
  EXPECT_GE(pictures, 30);
}

TEST(RoundTripData, AllOrgansOfThreeWordMapsComeBack) {
  REQUIRE_REFERENCE_DATA();
  const auto files = wordMaps();
  for (const std::size_t number : {std::size_t{0}, files.size() / 2, files.size() - 1}) {
    const LabelImage image = readLabelFile(files[number]);
    const auto counts = labelCounts(image.labels);
    const auto start = std::chrono::steady_clock::now();
    std::size_t changed = 0, voxels = 0;
    int organs = 0;
    for (int label = 1; label <= 16; ++label) {
      const auto organ = static_cast<Label>(label);
      if (double(counts[organ]) * image.geometry.voxelVolumeMm3() / 1000 < kLeastMl) continue;
      const LabelMap alone = onlyLabels(image.labels, std::bitset<256>().set(organ));
      for (const ContourStyle& style : {kStyles[0], kStyles[2]}) {
        const RoundTrip trip = roundTrip(alone, organ, image.geometry, style);
        expectGood(trip, style, files[number].filename().string() + " " + std::to_string(label));
        changed += trip.changed;
        voxels += trip.before;
      }
      ++organs;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("%s: %d organs, both edges, %zu of %zu voxels changed, %.1f s\n",
                files[number].filename().string().c_str(), organs, changed, voxels, took.count());
    EXPECT_EQ(organs, 16);
  }
}

}  // namespace
}  // namespace recontour
