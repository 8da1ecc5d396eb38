#include "core/scribble/training_case.h"

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/files_together.h"
#include "core/base/safe_file.h"
#include "core/io/file_ending.h"
#include "core/io/image_file.h"
#include "core/io/label_file.h"

namespace recontour {
namespace {

/// The same voxels on disk already; a link costs nothing and cannot differ.
bool linked(const Case& opened, const std::filesystem::path& target) {
  if (!hasEnding(opened.source, ".nii.gz")) return false;
  std::error_code failed;
  std::filesystem::create_hard_link(opened.source, target, failed);
  return !failed;
}

void requireNoStudy(const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder / "study.json"))
    throw Error(folder, "is a study's folder, which takes readings alone", "choose another folder that collects cases");
}

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
  requireNoStudy(cases);
  requireOwn(one, cases);
  FilesTogether files;
  if (const auto image = files.add(cases / "imagesTr" / name); !linked(one.opened, image))
    writeVolumeFile(image, one.opened.volume, one.opened.geometry, one.opened.name);
  writeLabelFile(files.add(cases / "scribblesTr" / name), one.scribbles, one.opened.geometry);
  files.write(cases / "scribblesTr" / (one.opened.name + ".json"), toJson(one.strokes, organs));
  if (one.dense) writeLabelFile(files.add(cases / "labelsTr" / name), *one.dense, one.opened.geometry);
  files.commit();
  return one.opened.name;
}

}  // namespace recontour
