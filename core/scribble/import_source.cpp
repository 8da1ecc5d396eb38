// Recognises the layouts by what lies in them.
#include "core/scribble/import_source.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/io/file_ending.h"
#include "core/scribble/scribble_generator.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLayoutAdvice = "the layouts are those of docs/formats/scribbles.md";

std::map<Label, Label> meaningBy(const OrganTable& organs, Label unlabelled) {
  std::map<Label, Label> meaning = {{Label{0}, Label{0}}};
  for (const Organ& organ : organs.organs()) meaning[organ.label] = organ.label;
  meaning[unlabelled] = kUnlabelled;
  return meaning;
}

/// What PyMIC and WSL4MIS give to voxels without a stroke.
Label oneMoreThanTheLast(const OrganTable& organs) {
  const Label last = std::ranges::max(organs.organs(), {}, &Organ::label).label;
  if (last >= kUnlabelled)
    throw Error("the organ table " + organs.name() + " has no number left for voxels without a stroke");
  return static_cast<Label>(last + 1);
}

/// A dataset names its organs, so their numbers may be others than the table's.
std::map<Label, Label> meaningByDataset(const fs::path& file, const OrganTable& organs) {
  std::map<Label, Label> meaning;
  const Json dataset = readJsonFile(file);
  try {
    for (const auto& [name, number] : dataset.at("labels").items()) {
      if (!number.is_number()) throw Error(file, "gives '" + name + "' several numbers", "strokes have one an organ");
      const auto value = static_cast<Label>(wholeNumber(number, 0, kUnlabelled));
      const Organ* organ = organs.find(std::string_view(name));
      if ((name == "background") != (value == 0))
        throw Error(file, "gives '" + name + "' the number " + std::to_string(value), "0 is background alone");
      const bool isOrgan = name != "background" && name != "ignore";
      if (isOrgan && organ == nullptr)
        throw Error(file, "names '" + name + "', which the organ table lacks", "name the table by --organs");
      meaning[value] = isOrgan ? organ->label : name == "ignore" ? kUnlabelled : Label{0};
    }
  } catch (const Json::exception& error) {
    throw Error(file, std::string("names no labels: ") + error.what(), kLayoutAdvice);
  }
  const auto isIgnored = [](const auto& entry) { return entry.second == kUnlabelled; };
  if (std::ranges::none_of(meaning, isIgnored))
    throw Error(file, "has no label 'ignore': its labels are dense, no strokes");
  return meaning;
}

/// Files of one folder that differ by what follows the case's name: "_scribble", "_gt" or "_lab"; the image has none.
std::vector<ScribbleFiles> casesBySuffix(const fs::path& folder, const std::map<std::string, fs::path>& images) {
  constexpr std::string_view kSuffix = "_scribble";
  const auto volumes = volumesIn(folder);
  std::vector<ScribbleFiles> cases;
  for (const auto& [name, file] : volumes) {
    if (!name.ends_with(kSuffix)) continue;
    const std::string base = name.substr(0, name.size() - kSuffix.size());
    const auto image = images.find(base);
    if (image == images.end()) continue;
    cases.push_back({base, image->second, file});
    for (const char* suffix : {"_gt", "_lab"}) {
      if (const auto dense = volumes.find(base + suffix); dense != volumes.end()) cases.back().dense = dense->second;
    }
  }
  return cases;
}

/// Gives cases the names that they had before WSL4MIS wanted patients' numbers.
void rename(std::vector<ScribbleFiles>& cases, const fs::path& file) {
  if (!fs::exists(file)) return;
  std::istringstream lines(readWholeFile(file));
  std::map<std::string, std::string> names;
  for (std::string line; std::getline(lines, line);) {
    const auto comma = line.find(',');
    if (comma != std::string::npos) names[line.substr(0, comma)] = line.substr(comma + 1);
  }
  std::set<std::string> taken;
  for (ScribbleFiles& one : cases) {
    if (names.contains(one.name)) one.name = names[one.name];
    const bool isFileName = !one.name.empty() && one.name[0] != '.' && fs::path(one.name).filename() == one.name;
    if (!isFileName || !taken.insert(one.name).second)
      throw Error(file, "gives a case the name '" + one.name + "'", "names are those of files, each for one case");
  }
}

ImportSource nnUNet(const fs::path& folder, const OrganTable& organs) {
  return {"nnU-Net", folder, scribbleCasesIn(folder / "imagesTr", folder / "labelsTr", folder / "labelsTr_dense"),
          meaningByDataset(folder / "dataset.json", organs)};
}
ImportSource pyMic(const fs::path& folder, const OrganTable& organs) {
  const auto root = folder / "preprocess";
  return {"PyMIC", folder, scribbleCasesIn(root / "img", root / "scribble", root / "label"),
          meaningBy(organs, oneMoreThanTheLast(organs))};
}
ImportSource wsl4Mis(const fs::path& folder, const OrganTable& organs) {
  const auto raw = folder / "ACDC_training";
  ImportSource source{"WSL4MIS", folder, casesBySuffix(raw, volumesIn(raw)),
                      meaningBy(organs, oneMoreThanTheLast(organs))};
  rename(source.cases, folder / "names.csv");
  return source;
}
ImportSource word(const fs::path& folder, const OrganTable& organs) {
  return {"WORD", folder, scribbleCasesIn(folder / "imagesTr", folder / "scribblesTr", folder / "labelsTr"),
          meaningBy(organs, kUnlabelled)};
}
ImportSource monai(const fs::path& folder, const OrganTable& organs) {
  ImportSource source = word(folder, organs);
  source.layout = "MONAI";
  return source;
}

struct Layout {
  const char* sign;  ///< what tells it; the first that is there does
  ImportSource (*read)(const fs::path&, const OrganTable&);
};
constexpr std::array<Layout, 5> kLayouts = {{{"dataset.json", nnUNet},
                                             {"datalist.json", monai},
                                             {"preprocess/scribble", pyMic},
                                             {"ACDC_training", wsl4Mis},
                                             {"scribblesTr", word}}};

const Layout* layoutOf(const fs::path& folder) {
  const auto found =
      std::ranges::find_if(kLayouts, [&](const Layout& layout) { return fs::exists(folder / layout.sign); });
  return found == kLayouts.end() ? nullptr : &*found;
}

/// The folder itself, or those of layouts in it: an export holds several, nnUNet_raw a folder for each dataset.
std::vector<fs::path> layoutFolders(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(folder, "is no folder", "name one by --from");
  if (layoutOf(folder) != nullptr) return {folder};
  std::set<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_directory()) continue;
    if (layoutOf(entry.path()) != nullptr) found.insert(entry.path());
    if (entry.path().filename() != "nnUNet_raw") continue;
    for (const auto& dataset : fs::directory_iterator(entry.path())) {
      if (layoutOf(dataset.path()) != nullptr) found.insert(dataset.path());
    }
  }
  return {found.begin(), found.end()};
}

/// Maps in a folder by themselves, as WORD's generator writes them or as they lie in scribblesTr.
ImportSource plainMaps(const ScribbleImport& wanted) {
  const auto beside = parentOf(wanted.from);
  auto images = volumesIn(wanted.images.empty() ? beside / "imagesTr" : wanted.images);
  if (wanted.images.empty() && images.empty()) images = volumesIn(wanted.from);
  ImportSource source{"WORD's maps", wanted.from, casesBySuffix(wanted.from, images),
                      meaningBy(wanted.organs, kUnlabelled)};
  const bool imagesAreApart = !wanted.images.empty() || fs::is_directory(beside / "imagesTr");
  if (source.cases.empty() && imagesAreApart)
    source.cases =
        scribbleCasesIn(wanted.images.empty() ? beside / "imagesTr" : wanted.images, wanted.from, beside / "labelsTr");
  if (!source.cases.empty()) return source;
  const auto isArrays = [](const auto& entry) { return hasEnding(entry.path(), ".h5"); };
  if (std::any_of(fs::directory_iterator(wanted.from), {}, isArrays))
    throw Error(wanted.from, "holds HDF5 arrays, which do not tell where in the patient they lie",
                "import the .nii.gz files that they were made of");
  if (volumesIn(wanted.from).empty()) throw Error(wanted.from, "has no layout of strokes that is known", kLayoutAdvice);
  throw Error(wanted.from, "holds maps without their images", "name the folder of these by --images");
}

}  // namespace

fs::path parentOf(const fs::path& folder) {
  const auto normal = fs::absolute(folder).lexically_normal();
  return (normal.has_filename() ? normal : normal.parent_path()).parent_path();
}

ImportSource importSource(const ScribbleImport& wanted) {
  const auto folders = layoutFolders(wanted.from);
  if (folders.size() > 1) {
    std::string names;
    for (const fs::path& folder : folders) names += (names.empty() ? "" : ", ") + folder.filename().string();
    throw Error(wanted.from, "holds several layouts: " + names, "name one of them by --from");
  }
  ImportSource source =
      folders.empty() ? plainMaps(wanted) : layoutOf(folders.front())->read(folders.front(), wanted.organs);
  if (source.cases.empty())
    throw Error(source.folder, "has no case with an image and strokes in " + source.layout + "'s layout",
                kLayoutAdvice);
  return source;
}

}  // namespace recontour
