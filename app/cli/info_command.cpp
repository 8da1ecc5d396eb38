#include <algorithm>
#include <cstdio>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/base/json.h"
#include "core/io/open_case.h"

namespace recontour::cli {
namespace {

struct Options {
  std::string input, series;
  bool json = false;
};

struct HuRange {
  int lowest, highest;
};

HuRange huRange(const Volume& volume) {
  const auto [lowest, highest] = std::minmax_element(volume.voxels().begin(), volume.voxels().end());
  return {*lowest, *highest};
}

void printJson(const Case& opened) {
  const Geometry& g = opened.geometry;
  const HuRange hu = huRange(opened.volume);
  OrderedJson json;
  json["size"] = {g.size.x, g.size.y, g.size.z};
  json["spacing_mm"] = {g.spacing.x, g.spacing.y, g.spacing.z};
  json["origin_mm"] = {g.origin.x, g.origin.y, g.origin.z};
  json["direction"] = g.direction;
  json["orientation"] = orientationCode(g);
  json["modality"] = opened.modality;
  json["hu_min"] = hu.lowest;
  json["hu_max"] = hu.highest;
  json["warnings"] = opened.warnings;
  // A warning may quote a series' name in any character set.
  std::printf("%s\n", json.dump(2, ' ', false, OrderedJson::error_handler_t::replace).c_str());
}

void printTable(const Case& opened) {
  const Geometry& g = opened.geometry;
  const HuRange hu = huRange(opened.volume);
  std::printf("%s%s\n", opened.name.c_str(), opened.synthetic ? " (synthetic)" : "");
  std::printf("  file         %s\n", opened.source.c_str());
  std::printf("  modality     %s\n", opened.modality.c_str());
  std::printf("  size         %d x %d x %d voxels\n", g.size.x, g.size.y, g.size.z);
  std::printf("  spacing      %.6g x %.6g x %.6g mm\n", g.spacing.x, g.spacing.y, g.spacing.z);
  std::printf("  extent       %.1f x %.1f x %.1f mm\n", g.size.x * g.spacing.x, g.size.y * g.spacing.y,
              g.size.z * g.spacing.z);
  std::printf("  origin       %.6g, %.6g, %.6g mm (LPS)\n", g.origin.x, g.origin.y, g.origin.z);
  const double oblique = obliquityDegrees(g);
  std::printf("  orientation  %s", orientationCode(g).c_str());
  std::printf(oblique > 0.005 ? ", oblique by %.2f degrees\n" : "\n", oblique);
  std::printf("  range        %d to %d HU\n", hu.lowest, hu.highest);
  for (const std::string& warning : opened.warnings) std::printf("  warning      %s\n", warning.c_str());
}

void runInfo(const Options& options) {
  Case opened;
  {
    ConsoleProgress console(caseName(options.input));  // its bar is gone before the first line of output
    ForwardedProgress progress(console);
    opened = openCase(options.input, progress, interruption(), {options.series, LeaningGrid::Refused});
  }
  options.json ? printJson(opened) : printTable(opened);
}

}  // namespace

void addInfoCommand(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("info", "Size, spacing (mm), orientation and HU range of a CT");
  command
      ->add_option("CASE", options->input,
                   "a .nii, .nii.gz, .hdr, .nrrd or .nhdr, a DICOM file or folder, or a .zip of one")
      ->required();
  command->add_option("--series", options->series, "which CT series, where there are several: its number, UID or name");
  command->add_flag("--json", options->json, "print one JSON document (lengths in mm, world axes LPS)");
  command->callback([options] { runInfo(*options); });
}

}  // namespace recontour::cli
