#include <cstdio>
#include <map>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/study_output.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/study/coordinator_study.h"
#include "core/study/reader_package.h"
#include "core/study/study_import.h"
#include "core/study/study_packages.h"

namespace recontour::cli {
namespace {

namespace fs = std::filesystem;

/// What any of the commands may be given; each takes its part.
struct Given {
  std::string study, preset = "word-fig3", id, title, who = "coordinator", reason, value, out, reader, file;
  std::string organs = "word", arm, caseId, kind, organ, other, hospital, pin, patient, model, modelHash, truth, starts;
  std::vector<std::string> cases;
  int count = 20;
  std::uint64_t seed = 1;
  double years = 0, ml = 5;
  bool practice = false, simulated = false, json = false;
};
using Shared = std::shared_ptr<Given>;

const SystemClock& systemClock() {
  static const SystemClock kClock;
  return kClock;
}

CoordinatorStudy opened(const Given& given) { return CoordinatorStudy::open(given.study, systemClock()); }

CLI::App* command(CLI::App& study, const Shared& given, const char* name, const char* text, void (*run)(const Given&)) {
  auto* made = study.add_subcommand(name, text);
  made->add_option("STUDY", given->study, "Folder of the study")->required();
  made->callback([given, run, draws = std::string(name) == "report"] {
    const StudyApplication application(draws);
    run(*given);
  });
  return made;
}

CLI::App* coordinated(CLI::App* made, const Shared& given) {
  made->add_option("--who", given->who, "Who does this")->capture_default_str();
  return made;
}

void create(const Given& given) {
  StudyProtocol draft = studyPreset(given.preset);
  if (!isPlainName(given.organs))
    throw Error(given.organs, "is a file; a study takes a shipped organ table by its name", "give --organs word");
  const OrganTable organs = OrganTable::named(given.organs);
  draft.id = given.id.empty() ? fs::path(given.study).filename().string() : given.id;
  draft.title = given.title.empty() ? draft.id : given.title;
  draft.design.seed = given.seed;
  draft.simulated = given.simulated;
  draft.organTable = given.organs;
  draft.organTableHash = organs.hash();
  for (const Organ& organ : organs.organs()) draft.organs.push_back(organ.key);
  CoordinatorStudy::create(given.study, draft, systemClock());
  std::printf("%s: a draft by %s; next: study import\n", given.study.c_str(), given.preset.c_str());
}

/// A file for a case: FILE itself, or DIR/NAME with any ending.
std::optional<fs::path> fileFor(const std::string& fileOrFolder, const std::string& name) {
  if (fileOrFolder.empty()) return {};
  if (fs::is_regular_file(fileOrFolder)) return fileOrFolder;
  for (const char* ending : {".nii.gz", ".nii", ".nrrd"})
    if (const auto file = fs::path(fileOrFolder) / (name + ending); fs::exists(file)) return file;
  throw Error(fileOrFolder, "has no label map for " + name);
}

void importOne(CoordinatorStudy& study, const Given& given, const fs::path& path) {
  const Case read = openCase(path);
  const std::string name = caseNameWithoutChannel(path);
  std::optional<LabelMap> truth;
  if (const auto file = fileFor(given.truth, name)) truth = readLabelFileOn(*file, read.geometry);
  const StudyImport import{given.cases.size() == 1 ? given.caseId : "", name, given.practice, given.patient};
  const std::string id = importCase(study, read, truth, import);
  std::printf("case %s: %s%s\n", id.c_str(), name.c_str(), truth ? ", with a reference" : "");
}

/// One file cannot be of several cases.
void requireFolder(const std::string& fileOrFolder, std::size_t cases, const char* advice) {
  if (cases > 1 && fs::is_regular_file(fileOrFolder))
    throw Error(fileOrFolder, "is one file for " + std::to_string(cases) + " cases", advice);
}

void importStarts(CoordinatorStudy& study, const Given& given) {
  const std::size_t cases = given.caseId.empty() ? study.protocol().cases.size() : 1;
  requireFolder(given.starts, cases, "say which with --case, or give a folder");
  for (const StudyCase& one : std::vector(study.protocol().cases)) {
    if (!given.caseId.empty() && one.id != given.caseId) continue;
    importStart(study, one.id, given.arm, readLabelFile(*fileFor(given.starts, one.name)));
    std::printf("case %s: start map of arm %s\n", one.id.c_str(), given.arm.c_str());
  }
  study.edit([&](StudyProtocol& protocol) {
    for (StudyArm& arm : protocol.arms) {
      if (arm.id != given.arm) continue;
      if (!given.model.empty()) arm.model = given.model;
      if (!given.modelHash.empty()) arm.modelHash = given.modelHash;
    }
  });
}

void importReader(CoordinatorStudy& study, const Given& given) {
  study.edit([&](StudyProtocol& protocol) {
    StudyReader reader;
    reader.id = given.reader;
    reader.hospital = given.hospital;
    reader.years = given.years;
    if (const StudyReader* known = protocol.findReader(given.reader)) {
      reader.pinSalt = known->pinSalt;
      reader.pinHash = known->pinHash;
    }
    std::erase_if(protocol.readers, [&](const StudyReader& one) { return one.id == given.reader; });
    protocol.readers.push_back(reader);
  });
  if (!given.pin.empty()) setPin(study, given.reader, given.pin);
  std::printf("reader %s\n", given.reader.c_str());
}

void import(const Given& given) {
  requireFolder(given.truth, given.cases.size(), "bring cases in one by one, or give a folder");
  auto study = opened(given);
  Failures failures;
  for (const std::string& path : given.cases) {
    try {
      importOne(study, given, path);
    } catch (const Error& error) {
      failures.add(error);
    }
  }
  if (!given.starts.empty()) importStarts(study, given);
  if (!given.reader.empty()) importReader(study, given);
  if (given.cases.empty() && given.starts.empty() && given.reader.empty())
    throw Error("nothing to bring in", "give --cases, --starts with --arm, or --reader");
  if (!given.cases.empty() && !given.truth.empty())
    for (const std::string& sentence : groupPatients(study)) std::printf("%s\n", sentence.c_str());
  failures.throwWorst();
}

void plantOne(const Given& given) {
  auto study = opened(given);
  const PlantedError made =
      plant(study, {given.caseId, given.arm, given.kind, given.organ, given.other, given.ml, given.seed});
  std::printf("case %s, arm %s: %s of %s, %.2f mL, %lld voxels\n", made.caseId.c_str(), made.arm.c_str(),
              made.kind.c_str(), made.organ.c_str(), made.ml, static_cast<long long>(made.voxels));
}

void freeze(const Given& given) {
  auto study = opened(given);
  study.freeze(given.who);
  std::printf("%s: frozen, %zu readings\nfreeze hash %s\n", given.study.c_str(), study.protocol().order.size(),
              study.freezeHash().c_str());
}

void pack(const Given& given) {
  const auto study = opened(given);
  packStudy(study, given.reader, given.out);
  std::printf("%s: package for %s\n", given.out.c_str(), given.reader.c_str());
}

/// A reader's folder, or his package where it was unpacked.
void giveBack(const Given& given) {
  const ReaderPackage package = readPackage(given.study);
  packReturn(package, given.out);
  const ReaderProgress progress = progressOf(package);
  std::printf("%s: return of %s, %d of %zu cases accepted\n", given.out.c_str(), package.reader.c_str(),
              progress.accepted(), package.tasks.size());
}

void merge(const Given& given) {
  auto study = opened(given);
  const MergeReport report = mergeReturn(study, given.file);
  std::printf("%s: %zu readings merged, %zu were there already\n", report.reader.c_str(), report.merged.size(),
              report.unchanged.size());
  if (report.refused.empty()) return;
  for (const auto& line : report.refused) std::fprintf(stderr, "refused: %s\n", line.c_str());
  throw Error(given.file, std::to_string(report.refused.size()) + " readings were refused", {}, ErrorKind::CheckFailed);
}

void addDraftCommands(CLI::App& study, const Shared& given) {
  auto* make = command(study, given, "create", "Make a draft by a preset", create);
  make->add_option("--preset", given->preset, "word-fig3, word-fig3-plus, crossover or annotate-check")
      ->capture_default_str();
  make->add_option("--id", given->id, "Short name; the folder's when missing");
  make->add_option("--title", given->title, "Title, which readers see");
  make->add_option("--organs", given->organs, "Name of a shipped organ table")->capture_default_str();
  make->add_option("--seed", given->seed, "Of the readers' orders")->capture_default_str();
  make->add_flag("--simulated", given->simulated, "Readers are scripts; every page of a report says so");
  auto* in = command(study, given, "import", "Bring in cases with references, start maps, readers", import);
  in->add_option("--cases", given->cases, "CTs, see recontour-cli info");
  in->add_option("--reference", given->truth, "Label map of the case, or a folder with one of the same name each");
  in->add_flag("--practice", given->practice, "These cases are for practice");
  in->add_option("--patient", given->patient, "Patient of these cases; else each has one of its own");
  in->add_option("--case", given->caseId, "Name of the single case in the study; else C01, C02, ...");
  auto* starts = in->add_option("--starts", given->starts, "Start map of --case, or a folder with one a case");
  auto* arm = in->add_option("--arm", given->arm, "Arm of the start maps");
  starts->needs(arm);
  in->add_option("--model", given->model, "Name of the model behind the start maps");
  in->add_option("--model-hash", given->modelHash, "SHA-256 of its weights");
  in->add_option("--reader", given->reader, "A reader to add or change");
  in->add_option("--hospital", given->hospital, "Of the reader");
  in->add_option("--years", given->years, "Of the reader's experience");
  in->add_option("--pin", given->pin, "That the reader's package asks for");
  auto* select = command(study, given, "select", "Keep some cases, drawn by a seed", [](const Given& g) {
    auto draft = opened(g);
    selectCases(draft, g.count, g.seed);
    for (const StudyCase& one : draft.protocol().cases) std::printf("%s,%s\n", one.id.c_str(), one.name.c_str());
  });
  select->add_option("--n", given->count, "Cases to keep besides practice")->capture_default_str();
  select->add_option("--seed", given->seed, "Of the drawing")->capture_default_str();
  auto* planted = command(study, given, "plant", "Put an error into a start map, to see who finds it", plantOne);
  planted->add_option("--case", given->caseId, "Case in the study")->required();
  planted->add_option("--arm", given->arm, "Arm of the start map")->required();
  planted->add_option("--kind", given->kind, "missing_part, swap, shift, spill, extra_island or organ_missing")
      ->required();
  planted->add_option("--organ", given->organ, "Key of the organ table")->required();
  planted->add_option("--other", given->other, "The other organ of a swap; else the opposite side or a neighbour");
  planted->add_option("--ml", given->ml, "About how large, mL")->capture_default_str()->check(CLI::PositiveNumber);
  planted->add_option("--seed", given->seed, "Where it lies")->capture_default_str();
  coordinated(command(study, given, "freeze", "Lay protocol and orders down; readers can begin", freeze), given);
}

void addReadingCommands(CLI::App& study, const Shared& given) {
  auto* packed = command(study, given, "pack", "Write what a reader works from", pack);
  packed->add_option("--reader", given->reader, "Whose")->required();
  packed->add_option("--out", given->out, "Package to write (.zip)")->required();
  auto* back = study.add_subcommand("return", "Write what a reader sends back");
  back->add_option("PACKAGE", given->study, "The reader's unpacked package")->required();
  back->add_option("--out", given->out, "Return to write (.zip)")->required();
  back->callback([given] { giveBack(*given); });
  auto* merged = command(study, given, "merge", "Take a reader's return in; again changes nothing", merge);
  merged->add_option("RETURN", given->file, "Return (.zip)")->required();
}

void addLifeCycle(CLI::App& study, const Shared& given) {
  auto* amended = coordinated(command(study, given, "amend", "Change the frozen protocol, which the report tells",
                                      [](const Given& g) { opened(g).amend(g.caseId, g.value, g.who, g.reason); }),
                              given);
  amended->add_option("--path", given->caseId, "Place in study.json, e.g. /analysis/margin")->required();
  amended->add_option("--value", given->value, "JSON, e.g. 0.03 or \"text\"")->required();
  amended->add_option("--reason", given->reason, "Why")->required();
  auto* excluded = coordinated(command(study, given, "exclude", "Leave a reading out of all figures",
                                       [](const Given& g) { opened(g).exclude(g.caseId, g.who, g.reason); }),
                               given);
  excluded->add_option("TASK", given->caseId, "Task, as study status lists it")->required();
  excluded->add_option("--reason", given->reason, "Why")->required();
  auto* reopened = coordinated(command(study, given, "reopen", "Let a reader go on with an accepted case",
                                       [](const Given& g) { opened(g).reopen(g.caseId, g.who, g.reason); }),
                               given);
  reopened->add_option("TASK", given->caseId, "Task, as study status lists it")->required();
  reopened->add_option("--reason", given->reason, "Why")->required();
  coordinated(command(study, given, "close", "No reading comes in any more; truth may be looked at",
                      [](const Given& g) { opened(g).close(g.who); }),
              given);
  coordinated(command(study, given, "unblind", "Name arms and models from now on; only after close",
                      [](const Given& g) { opened(g).unblind(g.who); }),
              given);
  auto* saved = command(study, given, "backup", "Copy the store and the protocol",
                        [](const Given& g) { opened(g).backup(g.out); });
  saved->add_option("--out", given->out, "New folder")->required();
  auto* shown = command(study, given, "status", "Who has read what, and what is to be looked at",
                        [](const Given& g) { printStatus(opened(g), g.json); });
  shown->add_flag("--json", given->json, "As one JSON document");
  auto* exported =
      command(study, given, "export", "Write tables: long.csv, DSC over time, ratings", [](const Given& g) {
        auto done = opened(g);
        exportTables(done, g.out);
      });
  exported->add_option("--out", given->out, "Folder to write into")->required();
  auto* reported = command(study, given, "report", "Write figures, tables and the report", [](const Given& g) {
    auto done = opened(g);
    writeReport(done, g.out);
  });
  reported->add_option("--out", given->out, "Folder to write into")->required();
}

}  // namespace

void addStudyCommands(CLI::App& app) {
  auto* study = app.add_subcommand("study", "Reader studies: from the protocol to figures and tables");
  study->require_subcommand(1);
  const auto given = std::make_shared<Given>();
  addDraftCommands(*study, given);
  addReadingCommands(*study, given);
  addLifeCycle(*study, given);
}

}  // namespace recontour::cli
