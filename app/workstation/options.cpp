#include "app/workstation/options.h"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "core/workbench/inbox_folders.h"
#include "core/workbench/work_list.h"

namespace recontour {
namespace {

constexpr int kWrongUsage = 2;

void addCaseOptions(CLI::App& app, StartOptions& options) {
  app.add_option("CASE", options.casePath,
                 "CT: .nii, .nii.gz, .hdr, .nrrd, .nhdr, a folder with DICOM files, or a .zip of one; or a folder of "
                 "these as work list");
  app.add_option("--prediction", options.prediction, "label map to start from")->type_name("FILE");
  app.add_option("--reference", options.reference, "label map to compare with")->type_name("FILE");
  app.add_option(
         "--map", options.labelValues,
         "what the values of these label maps mean: amos, btcv, tcia, totalsegmentator, totalsegmentator-v1, or "
         "a table file (docs/formats/label-values.md)")
      ->type_name("TABLE");
  app.add_option("--organs", options.organs, "organ table, by default the one of the settings or word")
      ->type_name("NAME|FILE");
  app.add_option("--series", options.series, "which CT series of several: its number, UID or description");
  app.add_flag("--show-reference", options.showReference,
               "show the reference and its DSC from the start, which is logged");
  app.add_option("--model", options.model, "model folder to run as soon as the case is open")->type_name("DIR");
  app.add_option("--device", options.device, "auto, cpu, cuda or cuda:N; by default what was chosen last");
  app.add_flag("--allow-unsandboxed", options.allowUnsandboxed,
               "where there is no sandbox, run models that are not shipped with all that you may do, which is logged");
  app.add_option("--reader", options.reader, "who revises")->type_name("ID")->capture_default_str();
  app.add_option(
         "--study", options.study,
         "package of a study (.zip), or the folder where it was unpacked: its reader goes on with the next case; a "
         "study's own folder: with --reader, who reads on this machine, without, its coordinator's page")
      ->type_name("FILE|PACKAGE")
      ->excludes("CASE");
  app.add_option("--inbox", options.inbox,
                 "watch this folder: CT series that are complete become the work list, and after Accept the next opens")
      ->type_name("DIR")
      ->excludes("CASE")
      ->excludes("--study");
  app.add_flag("--open-first", options.openFirst, "what comes into the inbox while no case is open opens by itself")
      ->needs("--inbox");
  app.add_option("--outbox", options.outbox, "Accept writes an RTSTRUCT, and a copy of it into this folder")
      ->type_name("DIR")
      ->excludes("--study");
  app.add_option("--sessions", options.sessions, "folder of the sessions, by default in the data folder")
      ->type_name("DIR");
  app.add_flag("--read-only", options.readOnly, "look only: writes no session");
  app.add_option("--scribbles", options.scribbles, "strokes to add in scribble mode, a scribbles.json")
      ->type_name("FILE");
  app.add_option("--train", options.train,
                 "show the training dialog on this folder of cases; with --screenshot it trains there for some epochs")
      ->type_name("CASES");
  app.add_flag("--from-nothing", options.fromNothing,
               "annotate without any contours from elsewhere: models, label maps and references are refused")
      ->excludes("--prediction")
      ->excludes("--reference")
      ->excludes("--model")
      ->excludes("--scribbles");
  app.add_flag("--demo", options.demo, "open the synthetic demo case and let the shipped model label it")
      ->excludes("--from-nothing");
}

void addWindowOptions(CLI::App& app, StartOptions& options, std::string& size) {
  app.add_flag("--no-3d", options.noThreeD, "without the 3D view");
  app.add_flag("--light", options.light, "the light theme, whatever was chosen last");
  app.add_flag("--reset-settings", options.resetSettings, "forget window size, brush and last cases");
  app.add_option("--screenshot", options.screenshot,
                 "write a picture of the window when all is shown (60 s at most), and end")
      ->type_name("PNG");
  app.add_option("--size", size, "window size in pixels at scale 1, e.g. 1920x1080")->type_name("WxH");
  app.add_option("--scale", options.scale, "size of everything, e.g. 2")->type_name("F")->check(CLI::Range(0.5, 4.0));
  app.add_option("--unattended", options.unattended, "do the whole demo without a person, results into DIR, and end")
      ->type_name("DIR");
  app.add_option("--replay", options.replay, "show a session again, changing nothing; CASE is found where it was")
      ->type_name("SESSION");
  app.add_option("--speed", options.speed, "of the replay, e.g. 4")->check(CLI::Range(0.1, 1000.0));
  app.add_option("--revision", options.revision, "strokes for --unattended, by default those of the demo")
      ->type_name("FILE");
}

bool readSize(const std::string& text, StartOptions& options) {
  char rest = 0;
  if (text.empty()) return true;
  const int found = std::sscanf(text.c_str(), "%5dx%5d%c", &options.width, &options.height, &rest);
  return found == 2 && options.width >= 640 && options.height >= 400;
}

int wrongUsage(const std::string& message) {
  std::fprintf(stderr, "recontour: %s; see recontour --help\n", message.c_str());
  return kWrongUsage;
}

}  // namespace

std::optional<int> readOptions(int argc, char** argv, StartOptions& options) {
  CLI::App app("Recontour: revise automatic organ contours on CT. Research software, not a medical device.",
               "recontour");
  app.set_version_flag("--version", RECONTOUR_VERSION);
  std::string size;
  addCaseOptions(app, options);
  addWindowOptions(app, options, size);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return wrongUsage(error.what());
  }
  options.readerGiven = app.count("--reader") > 0;
  if (!readSize(size, options)) return wrongUsage("--size wants WIDTHxHEIGHT, at least 640x400");
  if (options.demo && options.casePath) return wrongUsage("give either a CASE or --demo");
  if (options.replay && (options.demo || options.unattended || options.prediction || options.model))
    return wrongUsage("--replay shows what the session did; give it no start and no model");
  if (options.inbox && (options.demo || options.replay || options.unattended || options.readOnly))
    return wrongUsage("--inbox is for revising: it goes with none of --demo, --replay, --unattended and --read-only");
  if (options.inbox && options.outbox && isWithin(*options.outbox, *options.inbox))
    return wrongUsage("--outbox must lie elsewhere than in the inbox");
  if (!isReaderName(options.reader))
    return wrongUsage("--reader wants 1 to 64 letters, digits, '-', '_' and '.', with another than '.' first");
  if (options.study &&
      (options.readOnly || options.labelValues || options.organs || options.series || options.sessions ||
       options.device || options.demo || options.replay || options.unattended || options.prediction || options.model ||
       options.reference || options.scribbles || options.fromNothing))
    return wrongUsage("--study says itself what is read and from which contours");
  const bool hasCase = options.study || options.demo || options.casePath || options.replay || options.inbox;
  if ((options.screenshot || options.unattended) && !hasCase)
    return wrongUsage("--screenshot and --unattended want a case");
  return std::nullopt;
}

}  // namespace recontour
