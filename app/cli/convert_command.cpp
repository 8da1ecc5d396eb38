#include <cstdio>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/io/convert_file.h"

namespace recontour::cli {
namespace {

struct Options {
  std::string source, target, grid;
};

void run(const Options& options) {
  if (!options.grid.empty())
    throw CLI::ValidationError("--ct", "is for structure sets, which this version does not read");
  std::vector<std::string> notes;
  {
    ConsoleProgress progress(options.source);  // its bar is gone before the first line of output
    notes = convertFile(options.source, options.target, progress, interruption());
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
  command->add_option("--ct", options->grid, "grid for structure sets (a later version)");
  command->callback([options] { run(*options); });
}

}  // namespace recontour::cli
