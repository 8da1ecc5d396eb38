#include <cstdio>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/io/convert_file.h"
#include "core/io/convert_structures.h"

namespace recontour::cli {
namespace {

struct Options {
  std::string source, target, grid, values, organs = "word", format, onOverlap = "error", contours = "sub-voxel",
                                            holes = "keyhole", uidRoot = "2.25";
  std::vector<std::string> rois;
  double threshold = 0.5;
  bool straighten = false;
  LeaningGrid leaning() const { return straighten ? LeaningGrid::Allowed : LeaningGrid::Refused; }
};

LabelConversion conversionOf(const Options& options) {
  LabelConversion conversion{OrganTable::named(options.organs), {}, options.grid, options.leaning()};
  if (!options.values.empty()) conversion.values = LabelValueTable::named(options.values);
  return conversion;
}

/// What is written: by --to, else by the ending.
StructureFormat targetFormat(const Options& options) {
  const bool dicom = std::filesystem::path(options.target).extension() == ".dcm";
  if (options.format == "seg") return StructureFormat::Segmentation;
  return options.format == "rtstruct" || (options.format.empty() && dicom) ? StructureFormat::StructureSet
                                                                           : StructureFormat::LabelMap;
}

std::map<std::string, std::string> roiKeysOf(const Options& options) {
  std::map<std::string, std::string> keys;
  for (const std::string& one : options.rois) {
    const std::size_t at = one.rfind('=');
    if (at == std::string::npos || at == 0) throw Error("--roi " + oneLine(one) + " is not of the form NAME=ORGAN");
    keys[one.substr(0, at)] = one.substr(at + 1);
  }
  return keys;
}

std::optional<OverlapWinner> winnerOf(const Options& options) {
  if (options.onOverlap == "first") return OverlapWinner::First;
  if (options.onOverlap == "last") return OverlapWinner::Last;
  return options.onOverlap == "smallest" ? std::optional(OverlapWinner::Smallest) : std::nullopt;
}

StructureConversion structureConversionOf(const Options& options) {
  StructureConversion conversion;
  conversion.source = options.source;
  conversion.target = options.target;
  conversion.targetFormat = targetFormat(options);
  conversion.ct = options.grid;
  conversion.organs = OrganTable::named(options.organs);
  if (!options.values.empty()) conversion.values = LabelValueTable::named(options.values);
  conversion.roiKeys = roiKeysOf(options);
  conversion.onOverlap = winnerOf(options);
  conversion.fractionalThreshold = options.threshold;
  const DicomTime now = dicomTime(SystemClock().wallMs());
  conversion.date = now.date;
  conversion.time = now.time;
  conversion.contours.edge = options.contours == "voxel-edge" ? ContourEdge::VoxelEdge : ContourEdge::SubVoxel;
  conversion.contours.holes = options.holes == "xor" ? ContourHoles::Xor : ContourHoles::Keyhole;
  conversion.uidRoot = options.uidRoot;
  return conversion;
}

/// Label maps and CTs go by convertLabels() and convertFile(); whatever is DICOM on either side holds structures.
bool isOfStructures(const Options& options) {
  if (targetFormat(options) != StructureFormat::LabelMap) return true;
  const auto format = structureFormatOf(options.source);
  return format && format != StructureFormat::LabelMap;
}

std::vector<std::string> convert(const Options& options, ProgressSink& progress) {
  if (isOfStructures(options)) return convertStructures(structureConversionOf(options), progress, interruption());
  const bool labels = !options.grid.empty() || !options.values.empty();
  return labels ? convertLabels(options.source, options.target, conversionOf(options), progress, interruption())
                : convertFile(options.source, options.target, {{}, options.leaning()}, progress, interruption());
}

void run(const Options& options) {
  std::vector<std::string> notes;
  {
    ConsoleProgress progress(options.source);  // its bar is gone before the first line of output
    notes = convert(options, progress);
  }
  for (const std::string& note : notes) printError(options.source + ": " + note);
}

void addStructureOptions(CLI::App& command, Options& options) {
  command.add_option("--to", options.format, "what OUT is; by its ending, a .dcm is an RTSTRUCT")
      ->check(CLI::IsMember({"rtstruct", "seg", "labels"}));
  command
      .add_option("--on-overlap", options.onOverlap,
                  "where structures overlap and OUT holds one label a voxel: which one wins, by the order of the organ "
                  "table or by volume; error tells what each pair would lose")
      ->check(CLI::IsMember({"first", "last", "smallest", "error"}))
      ->capture_default_str();
  command
      .add_option("--roi", options.rois,
                  "which organ (key of the table) an ROI is that its name does not tell; may be "
                  "given several times")
      ->type_name("NAME=ORGAN");
  command
      .add_option("--fractional-threshold", options.threshold,
                  "of a fractional SEG: the part of a voxel, 0..1, from which on it counts")
      ->capture_default_str();
  command
      .add_option("--contours", options.contours, "of an RTSTRUCT: between voxels and smoothed, or along their edges")
      ->check(CLI::IsMember({"sub-voxel", "voxel-edge"}))
      ->capture_default_str();
  command.add_option("--holes", options.holes, "of an RTSTRUCT: tied to their outline, or contours of their own")
      ->check(CLI::IsMember({"keyhole", "xor"}))
      ->capture_default_str();
  command.add_option("--uid-root", options.uidRoot, "your institution's root for the UIDs of what is written as DICOM")
      ->capture_default_str();
}

}  // namespace

void addConvertCommand(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("convert", "Write a CT, or structures (label map, RTSTRUCT, DICOM SEG), in another format");
  command
      ->add_option("IN", options->source,
                   "a .nii, .nii.gz, .hdr, .nrrd or .nhdr, a DICOM folder, a .zip of one, or an RTSTRUCT or SEG file")
      ->required();
  command->add_option("OUT", options->target, "a .nii, .nii.gz, .nrrd or .dcm")->required();
  command
      ->add_option(
          "--map", options->values,
          "IN is a label map; what its values mean: amos, btcv, tcia, totalsegmentator, totalsegmentator-v1, or "
          "a table file")
      ->type_name("TABLE");
  command
      ->add_option("--ct", options->grid,
                   "IN holds structures; bring them to the grid of this CT or label map, and tell what that loses. An "
                   "RTSTRUCT needs one; what is written as DICOM refers to it")
      ->type_name("CASE");
  command->add_flag("--straighten", options->straighten,
                    "bring sheared axes or gantry tilt to right angles, and tell what that changes; for a label map "
                    "with --map, which takes each voxel from the nearest one");
  command->add_option("--organs", options->organs, "organ table of OUT: a name or a file")->capture_default_str();
  addStructureOptions(*command, *options);
  command->callback([options] { run(*options); });
}

}  // namespace recontour::cli
