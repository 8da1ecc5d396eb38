// WSL4MIS reads ACDC's names alone: its folds are patients' numbers in the code.
#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/scribble/hdf5_file.h"
#include "core/scribble/nifti_layouts.h"

namespace recontour {
namespace {

constexpr double kHighestQuantile = 0.99;

/// Clipped at the 0.99 quantile, then from 0 to 1 between least and largest, as acdc_data_processing.py does.
std::vector<float> normalised(std::span<const std::int16_t> hu) {
  std::vector<std::int16_t> sorted(hu.begin(), hu.end());
  const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(kHighestQuantile * double(sorted.size() - 1));
  std::nth_element(sorted.begin(), at, sorted.end());
  const double high = *at, low = std::ranges::min(hu), range = std::max(1.0, high - low);
  std::vector<float> values(hu.size());
  std::ranges::transform(hu, values.begin(),
                         [&](std::int16_t value) { return float((std::min<double>(value, high) - low) / range); });
  return values;
}

class Wsl4Mis final : public ScribbleLayout {
 public:
  Wsl4Mis(const std::filesystem::path& folder, const ExportPlan& plan)
      : plan_(plan),
        folder_(folder),
        raw_(madeFolder(folder / "ACDC_training")),
        slices_(madeFolder(folder / "ACDC_training_slices")),
        volumes_(madeFolder(folder / "ACDC_training_volumes")) {}

  void add(const PlannedCase& planned, const ScribbleCase& one) override {
    const std::string id = nextId(planned.patient);
    names_ += id + "," + planned.files.name + "\n";
    const LabelMap scribbles = withUnlabelled(one.scribbles, plan_.unlabelled);
    placeImage(planned.files.image, raw_ / (id + ".nii.gz"));
    writeLabelFile(raw_ / (id + "_scribble.nii.gz"), scribbles, one.geometry);
    writeLabelFile(raw_ / (id + "_origin.nii.gz"), one.origins, one.geometry);
    if (one.dense) writeLabelFile(raw_ / (id + "_gt.nii.gz"), *one.dense, one.geometry);
    writeArrays(id, normalised(openCase(planned.files.image).volume.voxels()), scribbles.toDense(),
                one.dense ? one.dense->toDense() : std::vector<Label>(voxelCount(one.geometry.size)),
                one.geometry.size);
  }
  void finish() override { writeFileSafely(folder_ / "names.csv", "id,case\n" + names_); }

 private:
  /// patient001_frame01: a number a patient, a frame each of its cases.
  std::string nextId(const std::string& patient) {
    const auto [entry, isNew] = patients_.try_emplace(patient, static_cast<int>(patients_.size()) + 1);
    std::array<char, 48> id{};
    std::snprintf(id.data(), id.size(), "patient%03d_frame%02d", entry->second, ++frames_[patient]);
    return id.data();
  }
  void writeArrays(const std::string& id, const std::vector<float>& image, const std::vector<Label>& scribbles,
                   const std::vector<Label>& dense, const Size3& size) {
    const auto x = static_cast<std::uint64_t>(size.x), y = static_cast<std::uint64_t>(size.y),
               z = static_cast<std::uint64_t>(size.z);
    write(volumes_ / (id + ".h5"), {z, y, x}, image, scribbles, dense);
    for (std::size_t slice = 0; slice < z; ++slice) {
      const std::size_t first = slice * x * y, count = x * y;
      write(slices_ / (id + "_slice_" + std::to_string(slice) + ".h5"), {y, x}, std::span(image).subspan(first, count),
            std::span(scribbles).subspan(first, count), std::span(dense).subspan(first, count));
    }
  }
  static void write(const std::filesystem::path& path, const std::vector<std::uint64_t>& size,
                    std::span<const float> image, std::span<const Label> scribbles, std::span<const Label> dense) {
    Hdf5File file(path);
    file.add("image", size, image);
    file.add("label", size, dense);
    file.add("scribble", size, scribbles);
    file.close();
  }
  const ExportPlan& plan_;
  std::filesystem::path folder_, raw_, slices_, volumes_;
  std::map<std::string, int> patients_, frames_;
  std::string names_;
};

}  // namespace

std::unique_ptr<ScribbleLayout> makeWsl4MisLayout(const std::filesystem::path& folder, const ExportPlan& plan) {
  return std::make_unique<Wsl4Mis>(folder, plan);
}

}  // namespace recontour
