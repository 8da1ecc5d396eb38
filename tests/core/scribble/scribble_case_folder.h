#pragma once
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_export.h"
#include "core/scribble/scribble_generator.h"
#include "core/strokes/scribble_raster.h"
#include "tests/data/temporary_folder.h"

namespace recontour {

inline constexpr Label kLiver = 1, kSpleen = 2;

/// Cases of 8 x 4 x 2 voxels of 1 x 1 x 3 mm: liver in x 0..3, spleen in x 4..5; a stroke through each and through the
/// background.
class ScribbleCaseFolder : public testing::Test {
 protected:
  ScribbleCaseFolder() {
    grid.size = {8, 4, 2};
    grid.spacing = {1, 1, 3};
    grid.origin = {-20, 10, 5};
    dense = LabelMap(grid.size);
    for (int z = 0; z < 2; ++z) {
      for (int y = 0; y < 4; ++y) dense.writeRow(y, z, 0, std::vector<Label>{1, 1, 1, 1, 2, 2});
    }
    strokes = LabelMap::fromDense(grid.size, std::vector<Label>(64, kUnlabelled));
    strokes.writeRow(1, 0, 1, std::vector<Label>{1, 1, kUnlabelled, 2, kUnlabelled, 0, 0});
    wanted = {folder / "cases", folder / "out", scribbleFormatsNamed("all"), twoOrgans(), 501, false, 2022, {}};
  }
  static OrganTable twoOrgans(Label second = kSpleen) {
    std::vector<Organ> organs(2);
    organs[0].label = kLiver;
    organs[0].key = "liver";
    organs[1].label = second;
    organs[1].key = "spleen";
    return OrganTable::made("two", organs);
  }
  void addCase(const std::string& name, const LabelMap& drawn, bool hasDense = true) {
    for (const char* part : {"imagesTr", "scribblesTr", "labelsTr"})
      std::filesystem::create_directories(wanted.cases / part);
    std::vector<std::int16_t> hu(64);
    for (std::size_t i = 0; i < hu.size(); ++i) hu[i] = static_cast<std::int16_t>(10 * i);
    writeVolumeFile(wanted.cases / "imagesTr" / (name + ".nii.gz"), Volume(grid.size, std::move(hu)), grid, "test");
    writeLabelFile(wanted.cases / "scribblesTr" / (name + ".nii.gz"), drawn, grid);
    if (hasDense) writeLabelFile(wanted.cases / "labelsTr" / (name + ".nii.gz"), dense, grid);
  }
  /// A thin line along x on row 1 of a slice, from one voxel's centre to another's.
  ScribbleStroke line(std::uint64_t id, Label label, double fromX, double toX, int slice = 0) const {
    ScribbleStroke stroke{.id = id, .label = label, .author = "R1", .slice = slice, .radiusMm = 0.4};
    for (const double x : {fromX, toX}) stroke.points.push_back({grid.toWorld(Point3{x, 1, double(slice)})});
    return stroke;
  }
  /// The same strokes that the map of the fixture has.
  std::vector<ScribbleStroke> lines() const {
    return {line(1, kLiver, 1, 2), line(2, kSpleen, 4, 4), line(3, 0, 6, 7)};
  }
  /// A case with vectors whose map is their raster. @return its strokes file
  std::filesystem::path addCase(const std::string& name, const ScribbleFile& file) {
    addCase(name, withBackgroundSwapped(rasterOf(file.strokes, grid)));
    const auto path = wanted.cases / "scribblesTr" / (name + ".json");
    writeFileSafely(path, toJson(file, wanted.organs));
    return path;
  }
  ScribbleExportReport run() {
    NoProgress quiet;
    return exportScribbles(wanted, quiet);
  }
  /// What an export that must fail says; nothing of it may be left.
  std::string refusal() {
    try {
      run();
      return "it was exported";
    } catch (const Error& error) {
      EXPECT_FALSE(std::filesystem::exists(wanted.out / "nnUNet_raw"));
      EXPECT_FALSE(std::filesystem::exists(wanted.out / ".recontour-partial"));
      return error.what();
    }
  }
  static bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
  LabelMap read(const std::string& file) { return readLabelFileOn(wanted.out / file, grid); }

  TemporaryFolder folder;
  Geometry grid;
  LabelMap dense, strokes;
  ScribbleExport wanted;
};

inline const std::string kDataset = "nnUNet_raw/Dataset501_WORDScribble/";

}  // namespace recontour
