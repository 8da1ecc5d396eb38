#include "core/scribble/training_case.h"

#include <vector>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/io/file_ending.h"
#include "core/io/image_file.h"
#include "core/io/label_file.h"
#include "core/scribble/staging.h"

namespace recontour {
namespace {

void moveTo(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code failed;
  std::filesystem::rename(from, to, failed);
  if (failed) throw Error(to, "cannot be written: " + failed.message(), "choose another folder");
}

/// The same voxels on disk already; a link costs nothing and cannot differ.
bool linked(const Case& opened, const std::filesystem::path& target) {
  if (!hasEnding(opened.source, ".nii.gz")) return false;
  std::error_code failed;
  std::filesystem::create_hard_link(opened.source, target, failed);
  return !failed;
}

/// Files that are written aside and come to their places together; what remains of them goes.
class FilesAside {
 public:
  ~FilesAside() {
    std::error_code ignored;
    for (const auto& [aside, place] : files_) std::filesystem::remove(aside, ignored);
  }
  /// @return where to write it
  std::filesystem::path add(const std::filesystem::path& folder, const std::string& name) {
    files_.emplace_back(madeFolder(folder) / (".partial-" + name), folder / name);
    std::filesystem::remove(files_.back().first);
    return files_.back().first;
  }
  void putInPlace() const {
    for (const auto& [aside, place] : files_) moveTo(aside, place);
  }

 private:
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> files_;
};

}  // namespace

std::string putTrainingCase(const TrainingCase& one, const std::filesystem::path& cases, const OrganTable& organs) {
  const std::string name = one.opened.name + ".nii.gz";
  FilesAside files;
  if (const auto image = files.add(cases / "imagesTr", name); !linked(one.opened, image))
    writeVolumeFile(image, one.opened.volume, one.opened.geometry, one.opened.name);
  writeLabelFile(files.add(cases / "scribblesTr", name), one.scribbles, one.opened.geometry);
  writeFileSafely(files.add(cases / "scribblesTr", one.opened.name + ".json"), toJson(one.strokes, organs));
  if (one.dense) writeLabelFile(files.add(cases / "labelsTr", name), *one.dense, one.opened.geometry);
  files.putInPlace();
  return one.opened.name;
}

}  // namespace recontour
