#include <cstdio>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "core/scribble/scribble_import.h"

namespace recontour::cli {
namespace {

struct Options {
  std::string from, out, images, organs = "word";
  std::optional<int> background;
};

void importAll(const Options& options) {
  ScribbleImport wanted{options.from, options.out, OrganTable::named(options.organs), {}, options.images};
  if (options.background) wanted.background = static_cast<Label>(*options.background);
  NoProgress quiet;
  const ScribbleImportReport report = importScribbles(wanted, quiet);
  for (const std::string& warning : report.warnings) std::fprintf(stderr, "warning: %s\n", warning.c_str());
  std::printf("%s: %d cases from the layout of %s\n", options.out.c_str(), report.cases, report.layout.c_str());
}

}  // namespace

void addScribbleImportCommand(CLI::App& scribble) {
  auto options = std::make_shared<Options>();
  CLI::App* read = scribble.add_subcommand("import", "Make a folder of cases of strokes in a training code's layout");
  read->add_option("--from", options->from, "folder of nnU-Net, WORD, PyMIC, WSL4MIS or MONAI, or of maps as WORD's")
      ->required();
  read->add_option("--out", options->out, "folder of cases; what it lacks is made")->required();
  read->add_option("--organs", options->organs, "organ table: a name or a file")->capture_default_str();
  read->add_option("--background", options->background,
                   "value of background strokes in the maps, where it is not 0: 17 by WORD's released generator")
      ->check(CLI::Range(0, 254));
  read->add_option("--images", options->images, "folder of the images, where maps lie by themselves");
  read->callback([options] { importAll(*options); });
}

}  // namespace recontour::cli
