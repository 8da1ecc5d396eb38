#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/base/error.h"
#include "core/base/files_together.h"
#include "core/base/safe_file.h"
#include "core/image/organ_table.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/metrics/metric_table.h"
#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_cost.h"
#include "core/scribble/scribble_export.h"
#include "core/scribble/scribble_generator.h"
#include "core/session/edit_times.h"
#include "core/session/session_log_reader.h"

namespace recontour::cli {
namespace {

struct Options {
  std::string labels, out, style = "word", slices = "all", scribbles, scribbleSession, denseSession, organs = "word";
  std::string cases, format = "nnunet";
  std::vector<std::string> include;
  int datasetId = 501;
  bool force = false;
  std::uint64_t seed = 2022;
};

constexpr int kDecimals = 4;

std::string percent(std::optional<double> ratio) {
  if (!ratio) return "-";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f %%", kDecimals, 100 * *ratio);
  return text.data();
}

std::vector<std::filesystem::path> labelFiles(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {path};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".nii") || name.ends_with(".nii.gz") || name.ends_with(".nrrd")) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  if (files.empty()) throw Error(path, "holds no label map", "name a .nii, .nii.gz or .nrrd, or a folder of such");
  return files;
}

ScribbleSettings settingsOf(const Options& options) {
  ScribbleSettings settings{ScribbleStyle::Word, sliceChoiceNamed(options.slices), options.seed};
  if (options.style == "interior-border") settings.style = ScribbleStyle::InteriorBorder;
  return settings;
}

/// Where the voxels beside it come from; strokes that somebody drew are not written over.
void writeOrigin(FilesTogether& files, const std::filesystem::path& map, const OrganTable& organs) {
  const std::string name = caseNameWithoutChannel(map);
  const auto target = map.parent_path() / (name + ".json");
  if (std::filesystem::exists(target) && !scribbleFileFrom(readWholeFile(target), target).strokes.empty())
    throw Error(target, "holds strokes that somebody drew", "give another folder with --out");
  ScribbleFile file{name, {}, {}, {}};
  file.rasterOrigin = StrokeOrigin::Generated;
  files.write(target, toJson(file, organs));
}

void generate(const Options& options) {
  const OrganTable organs = OrganTable::named(options.organs);
  const ScribbleSettings settings = settingsOf(options);
  const auto files = labelFiles(options.labels);
  FilesTogether written;
  std::string told;
  for (const auto& file : files) {
    const auto target = std::filesystem::path(options.out) / file.filename();
    if (std::filesystem::exists(target) && std::filesystem::equivalent(target, file))
      throw Error(target, "would be written over by its own strokes", "give another folder with --out");
    const LabelImage dense = readLabelFile(file);
    const LabelMap scribbles = generateScribbles(dense.labels, dense.geometry, settings);
    const ScribbleCost cost = scribbleCost(scribbles, dense.labels, dense.geometry);
    writeOrigin(written, target, organs);
    writeLabelFile(written.add(target), scribbles, dense.geometry);
    told += target.string() + ": fg_ratio " + percent(cost.foregroundRatio()) + ", total_ratio " +
            percent(cost.totalRatio()) + ", " + std::to_string(cost.organs.size()) + " organs, background strokes of " +
            std::to_string(cost.backgroundVoxels) + " voxels\n";
  }
  written.commit();
  std::fputs(told.c_str(), stdout);
}

double activeSeconds(const std::string& session) {
  const auto content = readSessionLog(sessionLogPath(session));
  constexpr double kIdleLimitS = 30;
  return computeTimes(timedEvents(content.events), kIdleLimitS, Attribution::Selected).total.activeS();
}

/// A table of their own: minutes are no voxels.
void printTimes(const Options& options) {
  std::optional<double> scribble, dense, ratio;
  constexpr double kSecondsOfMinute = 60;
  if (!options.scribbleSession.empty()) scribble = activeSeconds(options.scribbleSession) / kSecondsOfMinute;
  if (!options.denseSession.empty()) dense = activeSeconds(options.denseSession) / kSecondsOfMinute;
  if (!scribble && !dense) return;
  if (scribble && dense && *dense > 0) ratio = *scribble / *dense;
  std::printf("\nminutes_scribble,minutes_dense,time_ratio\n%s,%s,%s\n", csvNumber(scribble).c_str(),
              csvNumber(dense).c_str(), csvNumber(ratio).c_str());
}

void cost(const Options& options) {
  const OrganTable organs = OrganTable::named(options.organs);
  const LabelImage scribbles = readLabelFile(options.scribbles), dense = readLabelFile(options.labels);
  requireBackgroundIsZero(scribbles.labels, options.scribbles, organs);
  if (!sameGrid(scribbles.geometry, dense.geometry))
    throw Error(options.scribbles, "lies on another grid than " + options.labels,
                "bring it there with convert --ct " + options.labels);
  const ScribbleCost cost = scribbleCost(scribbles.labels, dense.labels, dense.geometry);
  std::puts("organ,label,voxels_drawn,voxels_dense,fg_ratio,slice_ratio");
  for (const OrganCost& organ : cost.organs) {
    const Organ* entry = organs.find(organ.organ);
    std::printf("%s,%d,%lld,%lld,%s,%s\n", entry ? entry->key.c_str() : "", organ.organ,
                static_cast<long long>(organ.drawnVoxels), static_cast<long long>(organ.denseVoxels),
                csvNumber(organ.foregroundRatio()).c_str(), csvNumber(organ.sliceRatio()).c_str());
  }
  std::printf("total,,%lld,,%s,\n", static_cast<long long>(cost.labelledVoxels),
              csvNumber(cost.foregroundRatio()).c_str());
  std::printf("\ntotal_ratio\n%s\n", csvNumber(cost.totalRatio()).c_str());
  printTimes(options);
}

void exportAll(const Options& options) {
  ScribbleExport wanted{options.cases,
                        options.out,
                        scribbleFormatsNamed(options.format),
                        OrganTable::named(options.organs),
                        options.datasetId,
                        options.force,
                        options.seed,
                        {}};
  for (const std::string& name : options.include) wanted.include.push_back(*strokeOriginNamed(name));
  NoProgress quiet;
  const ScribbleExportReport report = exportScribbles(wanted, quiet);
  for (const std::string& warning : report.warnings) std::fprintf(stderr, "warning: %s\n", warning.c_str());
  for (const auto& folder : report.folders) std::printf("%s: %d cases\n", folder.c_str(), report.cases);
}

}  // namespace

void addScribbleCommands(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* scribble = app.add_subcommand("scribble", "Strokes for weakly supervised training")->require_subcommand(1);
  CLI::App* make = scribble->add_subcommand("generate", "Draw strokes into dense labels, as a simulated annotator");
  make->add_option("--labels", options->labels, "a label map or a folder of them")->required();
  make->add_option("--out", options->out,
                   "folder; maps keep their names: 0 background, organs, 255 unlabelled; a strokes file beside each")
      ->required();
  make->add_option("--style", options->style, "word, or interior-border")
      ->check(CLI::IsMember({"word", "interior-border"}))
      ->capture_default_str();
  make->add_option("--slices", options->slices, "all, every=N, per-organ=K or suggested: axial slices with strokes")
      ->capture_default_str();
  make->add_option("--seed", options->seed, "equal seeds give equal strokes")->capture_default_str();
  make->add_option("--organs", options->organs, "organ table: a name or a file")->capture_default_str();
  make->callback([options] { generate(*options); });
  CLI::App* price = scribble->add_subcommand("cost", "What strokes take beside dense labels, organ by organ");
  price->add_option("--scribbles", options->scribbles, "label map of strokes")->required();
  price->add_option("--labels", options->labels, "dense label map")->required();
  price->add_option("--scribble-session", options->scribbleSession, "session in which they were drawn");
  price->add_option("--dense-session", options->denseSession, "session in which the dense labels were drawn");
  price->add_option("--organs", options->organs, "organ table: a name or a file")->capture_default_str();
  price->callback([options] { cost(*options); });
  CLI::App* write = scribble->add_subcommand("export", "Write strokes as training code reads them");
  write->add_option("--cases", options->cases, "folder with imagesTr, scribblesTr and, where there are, labelsTr")
      ->required();
  write->add_option("--out", options->out, "folder to write; what it lacks is made")->required();
  write->add_option("--format", options->format, "nnunet, word, pymic, wsl4mis, monai or all")->capture_default_str();
  write->add_option("--dataset-id", options->datasetId, "of nnU-Net")->check(CLI::Range(1, 999))->capture_default_str();
  write->add_flag("--force", options->force, "export even where strokes are missing; the manifest warns then");
  write->add_option("--include", options->include, "grown, model: strokes that are no annotation, and else left out")
      ->delimiter(',')
      ->check(CLI::IsMember({"grown", "model"}));
  write->add_option("--seed", options->seed, "of the folds")->capture_default_str();
  write->add_option("--organs", options->organs, "organ table: a name or a file")->capture_default_str();
  write->callback([options] { exportAll(*options); });
  addScribbleImportCommand(*scribble);
}

}  // namespace recontour::cli
