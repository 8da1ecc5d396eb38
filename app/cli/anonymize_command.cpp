#include <cstdio>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/anonymize/anonymize_folder.h"
#include "core/base/json.h"

namespace recontour::cli {
namespace {

struct Options {
  std::string source, target, saltFile;
  bool json = false;
};

constexpr const char* kFooter =
    "After DICOM PS3.15's Basic Profile with cleaned descriptors and modified dates. Patient ID and name become a "
    "pseudonym, UIDs are replaced alike everywhere, dates move back by 1 to 10 years, the same number of days for all "
    "of a patient; times stay. Names of structures stay where they are TG-263 names or harmless words, else they "
    "become "
    "ROI_3 or Segment_3 by their number. Pixels are not looked at: files that say that names are burned in are left "
    "out, and so are screenshots, ultrasound and documents. No compliance is promised: look at what was written.";

AnonymizeReport run(const Options& options) {
  ConsoleProgress console("anonymize");  // its bar is gone before the first line of output
  AnonymizeJob job{options.source, options.target, {}};
  if (!options.saltFile.empty()) job.saltFile = options.saltFile;
  return anonymizeFolder(job, console, interruption());
}

void printJson(const AnonymizeReport& report) {
  const OrderedJson json = {{"files", report.files},
                            {"series", report.series},
                            {"patients", report.patients},
                            {"attributes_removed", report.attributes.removed},
                            {"attributes_replaced", report.attributes.replaced},
                            {"structures_renamed", report.attributes.structures},
                            {"refused", report.refused.size()},
                            {"skipped", report.skipped},
                            {"not_covered", report.notCovered.size()},
                            {"notices", report.notices.size()}};
  std::printf("%s\n", json.dump(2).c_str());
}

void printSummary(const AnonymizeReport& report) {
  const CleaningCounts& counts = report.attributes;
  std::printf(
      "%d files of %d series and %d patients written: %ld attributes removed, %ld replaced, %ld structures renamed; "
      "%zu files refused, %d skipped\n",
      report.files, report.series, report.patients, counts.removed, counts.replaced, counts.structures,
      report.refused.size(), report.skipped);
}

void runCommand(const Options& options) {
  const AnonymizeReport report = run(options);
  for (const auto& file : report.notCovered)
    printError(oneLine(file.string()) + ": is no DICOM and not covered; it was left out");
  for (const Error& notice : report.notices) printError(notice.what());
  Failures failures;
  for (const Error& error : report.refused) failures.add(error);
  if (report.files == 0) {
    failures.throwWorst();
    throw Error(options.source, "has no DICOM file", "give the folder of a DICOM export");
  }
  options.json ? printJson(report) : printSummary(report);
  failures.throwWorst();
}

}  // namespace

void addAnonymizeCommand(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("anonymize", "Write DICOM files without what tells the patient");
  command->footer(kFooter);
  command->add_option("DIR", options->source, "a folder with DICOM files, at any depth: CT, RTSTRUCT, SEG")->required();
  command->add_option("--out", options->target, "where files go, by hashes of their series; missing or empty")
      ->required()
      ->type_name("DIR");
  command
      ->add_option("--salt-file", options->saltFile,
                   "what pseudonyms follow from, at least 16 bytes; made where it is missing. Runs with the same one "
                   "agree. Keep it secret. Without: random, and kept nowhere")
      ->type_name("FILE");
  command->add_flag("--json", options->json, "print one JSON document");
  command->callback([options] { runCommand(*options); });
}

}  // namespace recontour::cli
