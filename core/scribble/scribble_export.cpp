#include "core/scribble/scribble_export.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/portable_random.h"
#include "core/base/safe_file.h"
#include "core/io/convert_file.h"
#include "core/io/file_ending.h"
#include "core/scribble/nifti_layouts.h"
#include "core/scribble/scribble_generator.h"
#include "core/scribble/scribble_manifest.h"

namespace recontour {
namespace {

constexpr int kFolds = 5;
constexpr const char* kManifest = "manifest.json";
constexpr const char* kGuide = "TRAIN.md";
constexpr const char* kStrokes = "scribbles";

struct Format {
  ScribbleFormat format;
  const char* name;
  const char* folder;
  std::unique_ptr<ScribbleLayout> (*make)(const std::filesystem::path&, const ExportPlan&);
};
constexpr std::array<Format, kScribbleFormats> kFormats = {{
    {ScribbleFormat::NnUNet, "nnunet", "nnUNet_raw", makeNnUNetLayout},
    {ScribbleFormat::Word, "word", "WORD", makeWordLayout},
    {ScribbleFormat::PyMic, "pymic", "PyMIC", makePyMicLayout},
    {ScribbleFormat::Wsl4Mis, "wsl4mis", "WSL4MIS", makeWsl4MisLayout},
    {ScribbleFormat::Monai, "monai", "MONAI", makeMonaiLayout},
}};
const Format& entryOf(ScribbleFormat format) { return kFormats[static_cast<std::size_t>(format)]; }

/// The code wants one more than the last organ for what has no stroke, and organs without a gap.
Label unlabelledOf(const OrganTable& organs) {
  std::set<int> labels;
  for (const Organ& organ : organs.organs()) labels.insert(organ.label);
  const int last = *labels.rbegin();
  if (static_cast<int>(labels.size()) != last || last >= kUnlabelled - 1)
    throw Error("the organ table " + organs.name() + " has labels with gaps, which nnU-Net and others refuse",
                "number its organs from 1 on");
  return static_cast<Label>(last + 1);
}

/// Patients in an order that is the same on every machine, dealt out to the folds.
void deal(ExportPlan& plan) {
  std::vector<std::string> patients;
  for (const PlannedCase& one : plan.cases) patients.push_back(one.patient);
  std::ranges::sort(patients);
  patients.erase(std::unique(patients.begin(), patients.end()), patients.end());
  PortableRandom random(plan.wanted.seed);
  for (std::size_t i = patients.size(); i > 1; --i)
    std::swap(patients[i - 1], patients[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
  plan.folds = std::min(kFolds, static_cast<int>(patients.size()));
  for (PlannedCase& one : plan.cases)
    one.fold = static_cast<int>(std::ranges::find(patients, one.patient) - patients.begin()) % plan.folds;
}

ExportPlan planOf(const ScribbleExport& wanted) {
  ExportPlan plan{wanted, {}, 1, unlabelledOf(wanted.organs)};
  for (ScribbleFiles& files : scribbleCasesIn(wanted.cases)) {
    const std::string patient = patientOf(files.name);
    plan.cases.push_back({std::move(files), patient, 0});
  }
  deal(plan);
  return plan;
}

constexpr std::size_t kKeptVoxels = std::size_t{256} << 20;

/// The cases with what is wrong with them. They stay in memory from the check on, the first of them, as far as
/// kKeptVoxels go: reading takes much of an export's time.
class CheckedCases {
 public:
  /// @throws Error when something is wrong and nobody forces it
  CheckedCases(const ExportPlan& plan, std::vector<std::string>& warnings) : plan_(plan), kept_(plan.cases.size()) {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      ScribbleCase one = read(i);
      problems_.push_back(scribbleProblems(one, plan.wanted.organs));
      for (const std::string& problem : problems_.back()) warnings.push_back(plan.cases[i].files.name + ": " + problem);
      keptVoxels_ += voxelCount(one.geometry.size);
      if (keptVoxels_ <= kKeptVoxels) kept_[i] = std::move(one);
    }
    if (warnings.empty() || plan.wanted.force) return;
    const std::string more = warnings.size() > 1 ? " (and " + std::to_string(warnings.size() - 1) + " more)" : "";
    throw Error(plan.wanted.cases, warnings.front() + more,
                "draw what is missing, or export all the same with --force");
  }
  /// A case, once.
  ScribbleCase take(std::size_t number) {
    if (!kept_[number]) return read(number);
    ScribbleCase one = std::move(*kept_[number]);
    kept_[number].reset();
    return one;
  }
  const std::vector<std::string>& problems(std::size_t number) const { return problems_[number]; }

 private:
  ScribbleCase read(std::size_t number) const {
    return readScribbleCase(plan_.cases[number].files, plan_.wanted.organs, plan_.wanted.include);
  }
  const ExportPlan& plan_;
  std::vector<std::optional<ScribbleCase>> kept_;
  std::vector<std::vector<std::string>> problems_;
  std::size_t keptVoxels_ = 0;
};

void refuseExisting(const ExportPlan& plan) {
  const ScribbleExport& wanted = plan.wanted;
  if (std::filesystem::exists(wanted.out / kManifest))
    throw Error(wanted.out, "holds an export already", "give another folder with --out");
  std::vector<std::string> names;
  if (std::ranges::any_of(plan.cases, [](const auto& one) { return one.files.strokes.has_value(); }))
    names.emplace_back(kStrokes);
  for (const ScribbleFormat format : wanted.formats) names.emplace_back(layoutFolder(format));
  for (const std::string& name : names) {
    if (std::filesystem::exists(wanted.out / name))
      throw Error(wanted.out / name, "is there already", "give another folder with --out");
  }
}

/// The vectors as they are; a copy, since their file may be written on.
void addStrokesFile(const ScribbleFiles& files, const std::filesystem::path& staging) {
  if (!files.strokes) return;
  writeFileSafely(madeFolder(staging / kStrokes) / (files.name + ".json"), readWholeFile(*files.strokes));
}

/// Into their place goes what was made.
void release(const Staging& staging, const ScribbleExport& wanted) {
  std::vector<std::string> names;
  for (const ScribbleFormat format : wanted.formats) names.emplace_back(layoutFolder(format));
  if (std::filesystem::exists(staging.folder() / kStrokes)) names.emplace_back(kStrokes);
  names.insert(names.end(), {kGuide, kManifest});
  staging.release(names);
}

}  // namespace

const char* scribbleFormatName(ScribbleFormat format) { return entryOf(format).name; }
const char* layoutFolder(ScribbleFormat format) { return entryOf(format).folder; }
int unlabelledIn(ScribbleFormat format, int next) {
  return format == ScribbleFormat::Word || format == ScribbleFormat::Monai ? kUnlabelled : next;
}
std::string datasetName(int id) {
  const std::string digits = std::to_string(id);
  return "Dataset" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits + "_WORDScribble";
}

std::vector<ScribbleFormat> scribbleFormatsNamed(const std::string& name) {
  std::vector<ScribbleFormat> formats;
  for (const Format& entry : kFormats) {
    if (name == "all" || name == entry.name) formats.push_back(entry.format);
  }
  if (formats.empty()) throw Error(name, "is no format of strokes", "use nnunet, word, pymic, wsl4mis, monai or all");
  return formats;
}

std::unique_ptr<ScribbleLayout> makeLayout(ScribbleFormat format, const std::filesystem::path& folder,
                                           const ExportPlan& plan) {
  return entryOf(format).make(madeFolder(folder), plan);
}

void placeImage(const std::filesystem::path& image, const std::filesystem::path& target) {
  if (!hasEnding(image, ".nii.gz")) {
    NoProgress quiet;
    convertFile(image, target, {}, quiet, {});
    return;
  }
  placeFile(image, target);
}

ScribbleExportReport exportScribbles(const ScribbleExport& wanted, ProgressSink& progress) {
  const ExportPlan plan = planOf(wanted);
  refuseExisting(plan);
  ScribbleExportReport report{{}, {}, static_cast<int>(plan.cases.size())};
  CheckedCases checked(plan, report.warnings);
  const Staging staging(wanted.out);
  std::vector<std::unique_ptr<ScribbleLayout>> layouts;
  for (const ScribbleFormat format : wanted.formats)
    layouts.push_back(makeLayout(format, staging.folder() / layoutFolder(format), plan));
  OrderedJson cases = OrderedJson::array();
  for (std::size_t i = 0; i < plan.cases.size(); ++i) {
    progress.progress("export", static_cast<int>(i), report.cases, -1);
    const ScribbleCase one = checked.take(i);
    for (const auto& layout : layouts) layout->add(plan.cases[i], one);
    addStrokesFile(plan.cases[i].files, staging.folder());
    cases.push_back(manifestCase(plan.cases[i], one, plan, checked.problems(i)));
  }
  for (const auto& layout : layouts) layout->finish();
  writeFileSafely(staging.folder() / kGuide, trainingGuide(plan));
  writeFileSafely(staging.folder() / kManifest, manifestText(plan, std::move(cases)));
  release(staging, wanted);
  for (const ScribbleFormat format : wanted.formats) report.folders.push_back(wanted.out / layoutFolder(format));
  return report;
}

}  // namespace recontour
