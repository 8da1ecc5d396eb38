#include <chrono>
#include <cstdio>
#include <optional>
#include <set>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model_options.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/process_memory.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"

namespace recontour::cli {
namespace {

namespace fs = std::filesystem;

struct PredictOptions {
  std::vector<std::string> inputs;
  ModelOptions model;
  std::string out;
  std::string organs = "word", device = "auto", precision = "fp32";
  std::string series, shard;
  int threads = 0;
  bool json = false, list = false;
};

struct CheckOptions {
  ModelOptions model;
  std::string organs = "word", device = "cpu";
  bool json = false;
};

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

bool namesLabelFile(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".nii") || name.ends_with(".nii.gz") || name.ends_with(".nrrd");
}

/// The cases that the arguments mean: a folder that is no case itself stands for those in it, by name.
std::vector<fs::path> casesOf(const std::vector<std::string>& inputs) {
  std::vector<fs::path> cases;
  for (const fs::path input : inputs) {
    if (!fs::is_directory(input) || looksLikeCase(input)) {
      cases.push_back(input);
      continue;
    }
    const auto children = casesIn(input);
    cases.insert(cases.end(), children.begin(), children.end());
  }
  return cases;
}

fs::path outputFor(const PredictOptions& options, const fs::path& input, std::set<fs::path>& taken) {
  const fs::path out = options.out;
  const fs::path file = namesLabelFile(out) ? out : out / (caseName(input) + ".nii.gz");
  std::error_code ignored;
  if (fs::equivalent(file, input, ignored)) throw Error(file, "is the case itself", "choose another --out");
  const fs::path parent = fs::absolute(file).parent_path();
  if (namesLabelFile(out) && !fs::is_directory(parent)) throw Error(parent, "is no folder", "choose another --out");
  if (!taken.insert(file).second) {
    throw Error(input, "another case of this run has the name " + caseName(input), "predict it with another --out");
  }
  return file;
}

void makeFolder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) throw Error(folder, "cannot be made: " + failed.message(), "choose another --out");
}

Json reportOf(const fs::path& input, const fs::path& out, const PredictionResult& result) {
  return {
      {"case", input.string()},
      {"out", out.string()},
      {"model", {{"name", result.modelName}, {"sha256", result.modelHash}, {"manifest_sha256", result.manifestHash}}},
      {"sandboxed", result.sandboxed},
      {"device", result.device},
      {"precision", result.precision},
      {"fallback", result.fallback},
      {"tiles", result.tiles},
      {"seconds", result.seconds},
      {"peak_memory_bytes", result.peakMemoryBytes},
      {"peak_memory_bytes_cli", ownPeakMemoryBytes()},
      {"warnings", result.warnings}};
}

Json predictOne(const PredictOptions& options, const fs::path& input, const fs::path& out, Predictor& predictor,
                const ModelPermission& permission) {
  ConsoleProgress console(caseName(input));
  ForwardedProgress opening(console);
  const Stopwatch loading;
  const Case opened = openCase(input, opening, interruption(), {options.series, LeaningGrid::Refused});
  const double loadSeconds = loading.seconds();
  PredictionRequest request;
  request.volume = opened.volume;
  request.geometry = opened.geometry;
  request.modelFolder = options.model.folder;
  request.manifestHash = permission.manifestHash;
  request.allowUnsandboxed = permission.allowUnsandboxed;
  request.device = options.device;
  request.precision = options.precision;
  request.threads = options.threads;
  request.organTable = options.organs;
  PredictionResult result = predictor.predict(request, console, interruption());
  const Stopwatch writing;
  if (!namesLabelFile(options.out)) makeFolder(options.out);
  writeLabelFile(out, result.labels, opened.geometry);
  result.seconds["load"] += loadSeconds;
  result.seconds["write"] += writing.seconds();
  result.warnings.insert(result.warnings.begin(), opened.warnings.begin(), opened.warnings.end());
  return reportOf(input, out, result);
}

void printReport(const Json& report) {
  double total = 0;
  for (const auto& [stage, seconds] : report["seconds"].items()) total += seconds.get<double>();
  std::printf("%s: %s on %s, %s, %d tiles, %.1f s, %.2f GB\n", report["out"].get<std::string>().c_str(),
              report["model"]["name"].get<std::string>().c_str(), report["device"].get<std::string>().c_str(),
              report["precision"].get<std::string>().c_str(), report["tiles"].get<int>(), total,
              report["peak_memory_bytes"].get<double>() / 1e9);
  std::fflush(stdout);
  const auto note = [&](const std::string& text) {
    std::fprintf(stderr, "%s: %s\n", report["case"].get<std::string>().c_str(), text.c_str());
  };
  if (!report["fallback"].get<std::string>().empty()) note(report["fallback"]);
  for (const Json& warning : report["warnings"]) note(warning);
}

/// "2/8": of eight machines the second; every eighth case from the second on. All machines list the same cases.
std::vector<fs::path> shardOf(const std::vector<fs::path>& cases, const std::string& shard) {
  if (shard.empty()) return cases;
  std::size_t number = 0, machines = 0;
  char rest = 0;
  if (std::sscanf(shard.c_str(), "%zu/%zu%c", &number, &machines, &rest) != 2 || number < 1 || number > machines)
    throw CLI::ValidationError("--shard", "'" + shard + "' is not I/N with 1 <= I <= N");
  std::vector<fs::path> ours;
  for (std::size_t i = number - 1; i < cases.size(); i += machines) ours.push_back(cases[i]);
  return ours;
}

void predict(const PredictOptions& options) {
  const std::vector<fs::path> all = casesOf(options.inputs), cases = shardOf(all, options.shard);
  if (options.list) {
    for (const auto& path : cases) std::printf("%s\n", path.c_str());
    return;
  }
  if (all.size() > 1 && namesLabelFile(options.out))
    throw CLI::ValidationError("--out", "must be a folder for several cases");
  WorkerPredictor predictor(workerSettings(options.model));
  ModelUse use = useOf(options.model, predictor);
  Failures failures;
  std::set<fs::path> taken;
  Json reports = Json::array();
  for (const fs::path& input : cases) {
    try {
      reports.push_back(predictOne(options, input, outputFor(options, input, taken), predictor, use.permission));
      rememberProved(options.model, use);
      if (!options.json) printReport(reports.back());
    } catch (const Error& error) {
      failures.add(error);
      reports.push_back({{"case", input.string()}, {"error", error.what()}});
      if (error.kind() == ErrorKind::Cancelled) break;
    }
  }
  const bool single = options.inputs.size() == 1 && all.size() == 1;
  if (single) failures.throwWorst();
  if (options.json) std::printf("%s\n", (single ? reports[0] : Json{{"cases", reports}}).dump(2).c_str());
  failures.throwWorst();
}

void check(const CheckOptions& options) {
  WorkerPredictor predictor(workerSettings(options.model));
  const ModelReport report = predictor.check(options.model.folder, options.device, options.organs, interruption(),
                                             useOf(options.model, predictor).permission);
  const Json json = {{"model", options.model.folder},
                     {"name", report.name},
                     {"sha256", report.hash},
                     {"manifest_sha256", report.manifestHash},
                     {"sandboxed", report.sandboxed},
                     {"organs", report.organs},
                     {"unmapped", report.unmapped},
                     {"device", report.device},
                     {"fallback", report.fallback},
                     {"window", {report.window.x, report.window.y, report.window.z}},
                     {"peak_memory_bytes", report.peakMemoryBytes}};
  if (options.json) {
    std::printf("%s\n", json.dump(2).c_str());
    return;
  }
  std::printf("%s: %s, SHA-256 %s\n", options.model.folder.c_str(), report.name.c_str(), report.hash.c_str());
  std::printf("%zu organs of the table:", report.organs.size());
  for (const auto& organ : report.organs) std::printf(" %s", organ.c_str());
  std::printf("\n");
  if (!report.unmapped.empty()) std::printf("%zu labels are left out\n", report.unmapped.size());
  std::printf("ran on %d x %d x %d zeros on %s\n", report.window.x, report.window.y, report.window.z,
              report.device.c_str());
}

void addDeviceOption(CLI::App& command, std::string& device) {
  command.add_option("--device", device, "auto, cpu, cuda or cuda:N")->capture_default_str();
}

void addPredict(CLI::App& app) {
  const auto options = std::make_shared<PredictOptions>();
  CLI::App* command = app.add_subcommand("predict", "Label the organs of CTs with a model");
  command->add_option("CASE", options->inputs, "CT: .nii, .nii.gz, DICOM folder or .zip, or a folder of these")
      ->required();
  const auto model = command->add_option("--model", options->model.folder, "model folder with recontour.json");
  const auto out = command->add_option("--out", options->out,
                                       "label map (.nii, .nii.gz, .nrrd), or a folder to write NAME.nii.gz in");
  command->add_option("--organs", options->organs, "organ table by name or file")->capture_default_str();
  addDeviceOption(*command, options->device);
  addModelOptions(*command, options->model);
  command->add_option("--threads", options->threads, "threads, 0 for all cores")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  command->add_option("--precision", options->precision, "fp32, or bf16 where model and processor allow it")
      ->check(CLI::IsMember({"fp32", "bf16"}))
      ->capture_default_str();
  command->add_flag("--json", options->json, "print the report as one JSON document (seconds, bytes)");
  command->add_option("--series", options->series,
                      "which CT series of DICOM, where there are several: number, UID or name");
  command->add_option("--shard", options->shard,
                      "I/N: only every Nth case, from the Ith on, for N machines at one folder");
  command->add_flag("--list", options->list, "print the cases that the arguments mean, and do nothing");
  command->callback([options, model, out] {
    if (!options->list && model->empty()) throw CLI::RequiredError("--model");
    if (!options->list && out->empty()) throw CLI::RequiredError("--out");
    predict(*options);
  });
}

void addModelCheck(CLI::App& app) {
  const auto options = std::make_shared<CheckOptions>();
  CLI::App* group = app.add_subcommand("model", "Work with model folders");
  group->require_subcommand(1);
  CLI::App* command = group->add_subcommand("check", "Check a model folder: manifest, SHA-256, labels, a run on zeros");
  command->add_option("DIR", options->model.folder, "model folder with recontour.json")->required();
  command->add_option("--organs", options->organs, "organ table by name or file")->capture_default_str();
  addDeviceOption(*command, options->device);
  addModelOptions(*command, options->model);
  command->add_flag("--json", options->json, "print the findings as one JSON document");
  command->callback([options] { check(*options); });
}

}  // namespace

void addPredictCommands(CLI::App& app) {
  addPredict(app);
  addModelCheck(app);
}

}  // namespace recontour::cli
