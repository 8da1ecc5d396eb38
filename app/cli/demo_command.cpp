#include <array>
#include <cstdint>
#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/base/error.h"
#include "core/base/files_together.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/phantom/phantom.h"

namespace recontour::cli {
namespace {

namespace fs = std::filesystem;

struct DemoOptions {
  std::string folder;
  int cases = 1;
  std::uint64_t seed = 1;
  std::array<double, 3> spacing{3, 3, 3};
  std::string phase = "venous";
  bool json = false;
};

std::string caseName(int number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "demo_%04d", number);
  return text.data();
}

OrderedJson fileEntry(const fs::path& name, const fs::path& written) {
  return {{"file", name.string()}, {"sha256", sha256HexOfFile(written)}};
}

void stopIfAsked() {
  if (interruption().stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
}

OrderedJson makeCase(const DemoOptions& options, int number, FilesTogether& files) {
  const fs::path folder = options.folder;
  const std::string name = caseName(number);
  ConsoleProgress progress(name + " (" + std::to_string(number) + " of " + std::to_string(options.cases) + ")");
  PhantomOptions phantomOptions;
  phantomOptions.seed = options.seed + static_cast<std::uint64_t>(number - 1);
  phantomOptions.spacingMm = {options.spacing[0], options.spacing[1], options.spacing[2]};
  phantomOptions.phase = options.phase == "venous" ? ContrastPhase::Venous : ContrastPhase::NonContrast;
  const Phantom phantom = generatePhantom(phantomOptions, progress, interruption());

  const fs::path image = fs::path("imagesTr") / (name + ".nii.gz"), labels = fs::path("labelsTr") / (name + ".nii.gz");
  progress.progress("write", 0, 2, -1);
  const std::string description = "Recontour synthetic phantom, seed " + std::to_string(phantomOptions.seed);
  const fs::path imageAside = files.add(folder / image), labelsAside = files.add(folder / labels);
  writeVolumeFile(imageAside, phantom.volume, phantom.geometry, description);
  progress.progress("write", 1, 2, -1);
  stopIfAsked();
  writeLabelFile(labelsAside, phantom.labels, phantom.geometry);
  stopIfAsked();
  const Size3& size = phantom.geometry.size;
  return {{"name", name},
          {"seed", phantomOptions.seed},
          {"phase", options.phase},
          {"spacing_mm", options.spacing},
          {"size", {size.x, size.y, size.z}},
          {"image", fileEntry(image, imageAside)},
          {"labels", fileEntry(labels, labelsAside)}};
}

void runDemo(const DemoOptions& options) {
  const fs::path folder = options.folder;
  FilesTogether files;
  OrderedJson document{
      {"format", "recontour-synthetic"},
      {"version", 1},
      {"statement",
       "These CT volumes and labels are synthetic: computed from analytic shapes and random numbers, no patient was "
       "scanned. For demonstration and tests, not for evaluation of models or readers."},
      {"generator", "Recontour " RECONTOUR_VERSION},
      {"cases", OrderedJson::array()}};
  for (int number = 1; number <= options.cases; ++number) {
    document["cases"].push_back(makeCase(options, number, files));
  }
  files.write(folder / "synthetic.json", document.dump(2) + "\n");
  files.commit();
  if (options.json) {
    std::cout << document.dump(2) << "\n";
    return;
  }
  for (const auto& entry : document["cases"]) {
    std::cout << (folder / entry["image"]["file"].get<std::string>()).string() << "\n";
  }
}

}  // namespace

void addDemoCommand(CLI::App& app) {
  const auto options = std::make_shared<DemoOptions>();
  CLI::App* command = app.add_subcommand(
      "demo", "Makes synthetic abdominal CTs with labels of 16 organs: DIR/imagesTr, DIR/labelsTr, DIR/synthetic.json");
  command->add_option("DIR", options->folder, "Folder to fill; made when missing, files of the same name are replaced")
      ->required();
  command->add_option("--cases", options->cases, "Number of cases; their seeds count up")
      ->check(CLI::Range(1, 9999))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Seed of the first case; 0 is the mean patient")->capture_default_str();
  command->add_option("--spacing", options->spacing, "Voxel size X,Y,Z in mm")
      ->delimiter(',')
      ->check(CLI::Range(kMinPhantomSpacingMm, kMaxPhantomSpacingMm))
      ->capture_default_str();
  command->add_option("--phase", options->phase, "Contrast phase")
      ->check(CLI::IsMember({"venous", "none"}))
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print the content of synthetic.json instead of the images' paths");
  command->callback([options] { runDemo(*options); });
}

}  // namespace recontour::cli
