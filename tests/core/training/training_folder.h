#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/io/label_file.h"

namespace recontour {

/// A folder of tiny cases as WORD lays them out: 4 x 3 x 2 voxels of 1 x 2 x 3 mm.
class TrainingTestFolder : public testing::Test {
 protected:
  TrainingTestFolder()
      : folder_(std::filesystem::temp_directory_path() / ("training_test-" + std::to_string(::getpid()))),
        cases_(folder_ / "cases") {
    std::filesystem::remove_all(folder_);
    for (const char* part : {"imagesTr", "scribblesTr", "labelsTr"}) std::filesystem::create_directories(cases_ / part);
  }
  ~TrainingTestFolder() override { std::filesystem::remove_all(folder_); }

  static Geometry grid() {
    Geometry geometry;
    geometry.size = {4, 3, 2};
    geometry.spacing = {1, 2, 3};
    return geometry;
  }
  /// Labels with the first voxels as given and `rest` elsewhere.
  static LabelMap map(std::initializer_list<Label> first, Label rest) {
    std::vector<Label> labels(first);
    labels.resize(24, rest);
    return LabelMap::fromDense({4, 3, 2}, labels);
  }
  std::filesystem::path file(const char* part, const std::string& name) const {
    return cases_ / part / (name + ".nii.gz");
  }
  void addImage(const std::string& name, std::int16_t hu = 40) const {
    writeVolumeFile(file("imagesTr", name), Volume({4, 3, 2}, std::vector<std::int16_t>(24, hu)), grid(), "test");
  }
  /// A stroke in the background, one in the liver (1), one in the stomach (5).
  void addStrokes(const std::string& name) const { addStrokes(name, map({0, 1, 5}, 255)); }
  void addStrokes(const std::string& name, const LabelMap& strokes) const {
    writeLabelFile(file("scribblesTr", name), strokes, grid());
  }
  void addDense(const std::string& name) const { addDense(name, map({1, 5}, 0)); }
  void addDense(const std::string& name, const LabelMap& dense) const {
    writeLabelFile(file("labelsTr", name), dense, grid());
  }
  void addCase(const std::string& name) const {
    addImage(name);
    addStrokes(name);
    addDense(name);
  }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }

  std::filesystem::path folder_, cases_;
};

/// The error of what must fail, in one line.
template <class Action>
Error errorOf(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    return error;
  }
  ADD_FAILURE() << "no error";
  return Error("");
}

template <class Action>
void expectError(const Action& action, const std::string& text, ErrorKind kind = ErrorKind::BadInput) {
  const Error error = errorOf(action);
  EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
  EXPECT_EQ(error.kind(), kind) << error.what();
}

}  // namespace recontour
