#include <cstdio>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/io/convert_file.h"

namespace recontour::cli {
namespace {

struct Options {
  std::string source, target, grid, values, organs = "word";
  bool straighten = false;
  LeaningGrid leaning() const { return straighten ? LeaningGrid::Allowed : LeaningGrid::Refused; }
};

LabelConversion conversionOf(const Options& options) {
  LabelConversion conversion{OrganTable::named(options.organs), {}, options.grid, options.leaning()};
  if (!options.values.empty()) conversion.values = LabelValueTable::named(options.values);
  return conversion;
}

void run(const Options& options) {
  std::vector<std::string> notes;
  {
    ConsoleProgress progress(options.source);  // its bar is gone before the first line of output
    const bool labels = !options.grid.empty() || !options.values.empty();
    notes = labels ? convertLabels(options.source, options.target, conversionOf(options), progress, interruption())
                   : convertFile(options.source, options.target, {{}, options.leaning()}, progress, interruption());
  }
  for (const std::string& note : notes) printError(options.source + ": " + note);
}

}  // namespace

void addConvertCommand(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("convert", "Write a CT or label map in another format: .nii, .nii.gz, .nrrd");
  command->add_option("IN", options->source, "a .nii, .nii.gz, .hdr, .nrrd or .nhdr, a DICOM folder, or a .zip of one")
      ->required();
  command->add_option("OUT", options->target, "a .nii, .nii.gz or .nrrd")->required();
  command
      ->add_option(
          "--map", options->values,
          "IN is a label map; what its values mean: amos, btcv, tcia, totalsegmentator, totalsegmentator-v1, or "
          "a table file")
      ->type_name("TABLE");
  command
      ->add_option("--ct", options->grid,
                   "IN is a label map; bring it to the grid of this CT or label map, and tell what that loses")
      ->type_name("CASE");
  command->add_flag("--straighten", options->straighten,
                    "bring sheared axes or gantry tilt to right angles, and tell what that changes; for a label map "
                    "with --map, which takes each voxel from the nearest one");
  command->add_option("--organs", options->organs, "organ table of OUT: a name or a file")->capture_default_str();
  command->callback([options] { run(*options); });
}

}  // namespace recontour::cli
