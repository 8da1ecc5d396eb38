#include "core/scribble/training_case.h"

#include <algorithm>
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

/// Strokes that are there already must be those of this case, or an older state of them.
void requireOwn(const TrainingCase& one, const std::filesystem::path& cases) {
  const std::string name = one.opened.name + ".nii.gz";
  const auto lines = cases / "scribblesTr" / (one.opened.name + ".json");
  const char* advice = "choose another folder, or move that case away";
  const bool isTaken =
      std::filesystem::exists(cases / "scribblesTr" / name) || std::filesystem::exists(cases / "labelsTr" / name);
  if (!std::filesystem::exists(lines)) {
    if (isTaken)
      throw Error(cases / "scribblesTr" / name, "has a case of this name that was not put there from here", advice);
    return;
  }
  const ScribbleFile there = scribbleFileFrom(readWholeFile(lines), lines);
  if (there.imageHash != one.opened.imageHash) throw Error(lines, "belongs to another image of the same name", advice);
  for (const ScribbleStroke& stroke : there.strokes) {
    const auto isOfAuthor = [&](const ScribbleStroke& own) { return own.author == stroke.author; };
    if (std::ranges::none_of(one.strokes.strokes, isOfAuthor))
      throw Error(lines, "has strokes of " + stroke.author + ", which would be lost", "add them to this case first");
  }
}

}  // namespace

std::string putTrainingCase(const TrainingCase& one, const std::filesystem::path& cases, const OrganTable& organs) {
  const std::string name = one.opened.name + ".nii.gz";
  requireOwn(one, cases);
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
