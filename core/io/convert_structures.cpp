#include "core/io/convert_structures.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/file_ending.h"
#include "core/io/file_reader.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/io/rtstruct_file.h"
#include "core/io/seg_file.h"
#include "core/io/structure_job.h"
#include "core/structures/placed_structures.h"
#include "core/structures/roi_names.h"
#include "core/structures/rois_of_labels.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// Structures on a grid, whatever file they came from.
struct OnGrid {
  Case ct;  ///< of the grid; without voxels where it is the file's own
  OrganTable organs;
  LabelLayers labels;
  std::vector<std::string> notes;
};

Case caseOf(const StructureConversion& conversion, ProgressSink& progress, const std::stop_token& stop) {
  ForwardedProgress reading(progress);
  return openCase(conversion.ct, reading, stop);
}

/// The organ that a name or the user says; none with a note otherwise.
std::vector<std::optional<std::string>> keysOf(const StructureSet& set, const StructureConversion& conversion,
                                               std::vector<std::string>& notes) {
  std::vector<std::optional<std::string>> keys;
  const auto matches = matchRois(set, conversion.organs, shippedRoiSynonyms());
  for (std::size_t i = 0; i < set.rois.size(); ++i) {
    const std::string& name = set.rois[i].name;
    const auto told = conversion.roiKeys.find(name);
    keys.emplace_back();
    if (told != conversion.roiKeys.end()) {
      if (conversion.organs.find(told->second) == nullptr)
        throw Error("the organ table has no organ '" + oneLine(told->second) + "' for ROI " + name);
      keys.back() = told->second;
    } else if (matches[i].match == NameMatch::Exact) {
      keys.back() = matches[i].key;
    } else if (matches[i].match == NameMatch::Likely) {
      notes.push_back("ROI " + name + " is not mapped; if it is " + matches[i].key + ", say --roi \"" + name + "=" +
                      matches[i].key + "\"");
    } else {
      notes.push_back("ROI " + name + " is no organ of the table " + conversion.organs.name() + " and is left out");
    }
  }
  return keys;
}

/// Without the ROIs that nothing is known of.
struct Mapped {
  ReadStructures read;
  std::vector<std::optional<std::string>> keys;
};
Mapped onlyMapped(ReadStructures all, const std::vector<std::optional<std::string>>& keys) {
  Mapped mapped;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!keys[i]) continue;
    mapped.keys.push_back(keys[i]);
    mapped.read.set.rois.push_back(std::move(all.set.rois[i]));
    if (!all.voxels.empty()) mapped.read.voxels.push_back(std::move(all.voxels[i]));
  }
  mapped.read.set.warnings = std::move(all.set.warnings);
  return mapped;
}

/// A case of a file's own grid, without a CT.
Case caseOfGrid(const fs::path& file, const Geometry& grid) {
  Case made;
  made.name = caseName(file);
  made.geometry = grid;
  made.imageHash = sha256HexOfFile(file);  // nothing else tells it from other patients' files
  return made;
}

/// Gives the ROIs that are organs their labels.
void placeOn(OnGrid& result, ReadStructures read, const StructureConversion& conversion) {
  const std::string frame = result.ct.dicom ? result.ct.dicom->frameOfReferenceUid : "";
  const std::string name = conversion.source.string();
  if (!conversion.ct.empty()) {
    if (auto note = requireFrameOfReference(name, read.set, frame)) result.notes.push_back(*note);
    const std::string series = result.ct.dicom ? result.ct.dicom->seriesUid : "";
    if (auto note = otherSeriesNote(name, read.set, series)) result.notes.push_back(*note);
  }
  const auto keys = keysOf(read.set, conversion, result.notes);
  const auto mapped = onlyMapped(std::move(read), keys);
  if (mapped.keys.empty())
    throw Error(conversion.source, "none of its structures is an organ of the table", "map them by --roi");
  try {
    PlacedStructures placed =
        placeStructures(mapped.read.set, mapped.keys, result.ct.geometry, conversion.organs, {}, mapped.read.voxels);
    result.organs = std::move(placed.organs);
    result.labels = std::move(placed.labels);
    result.notes.insert(result.notes.end(), placed.notes.begin(), placed.notes.end());
  } catch (const Error& error) {
    throw Error(conversion.source, error.what());
  }
}

OnGrid readStructureSetOn(const StructureConversion& conversion, ProgressSink& progress, const std::stop_token& stop) {
  if (conversion.ct.empty())
    throw Error(conversion.source, "is a structure set, which has no voxels", "give the CT's grid with --ct");
  StructureSet set = readStructureSet(conversion.source);
  OnGrid result{caseOf(conversion, progress, stop), {}, {}, {}};
  placeOn(result, {"rtstruct", {}, std::move(set), {}}, conversion);
  return result;
}

OnGrid readSegmentationOn(const StructureConversion& conversion, ProgressSink& progress, const std::stop_token& stop) {
  OnGrid result{{}, {}, {}, {}};
  if (!conversion.ct.empty()) result.ct = caseOf(conversion, progress, stop);
  SegmentSet segments =
      readSegmentation(conversion.source, conversion.ct.empty() ? std::nullopt : std::optional(result.ct.geometry),
                       {conversion.fractionalThreshold});
  if (conversion.ct.empty()) result.ct = caseOfGrid(conversion.source, segments.grid);
  ReadStructures read{"seg", {}, structureSetOf(segments), {}};
  for (Segment& segment : segments.segments) read.voxels.push_back(std::move(segment.voxels));
  placeOn(result, std::move(read), conversion);
  return result;
}

OnGrid readLabelMapOn(const StructureConversion& conversion, ProgressSink& progress, const std::stop_token& stop) {
  LabelImage image = readLabelFile(conversion.source, conversion.values, conversion.organs);
  OnGrid result{{}, conversion.organs, {}, {}};
  if (!conversion.ct.empty()) {
    result.ct = caseOf(conversion, progress, stop);
    requireSameGrid(conversion.source, image.geometry, result.ct.geometry);
  } else {
    result.ct = caseOfGrid(conversion.source, image.geometry);
  }
  std::bitset<256> structures;
  for (const auto& [label, key] : conversion.organs.overlapping()) structures.set(label);
  result.labels = inLayers(image.labels, structures);
  return result;
}

std::string lossText(const OverlapLoss& loss, const OrganTable& organs) {
  const auto name = [&](Label label) {
    const Organ* organ = organs.find(label);
    return organ != nullptr ? organ->name : "label " + std::to_string(label);
  };
  std::array<char, 48> volume{};
  std::snprintf(volume.data(), volume.size(), "%.3f mL", loss.lostMl);
  return name(loss.lost) + " loses " + volume.data() + " to " + name(loss.kept);
}

void writeLabelMap(const StructureConversion& conversion, OnGrid& structures) {
  std::vector<Label> order;
  for (const Organ& organ : structures.organs.organs()) order.push_back(organ.label);
  const Flattened flat = flattened(structures.labels, order, conversion.onOverlap.value_or(OverlapWinner::First),
                                   structures.ct.geometry.voxelVolumeMm3());
  std::string losses;
  for (const OverlapLoss& loss : flat.losses)
    losses += (losses.empty() ? "" : ", ") + lossText(loss, structures.organs);
  if (!losses.empty() && !conversion.onOverlap)
    throw Error(conversion.source, "has structures that overlap, and a label map holds one a voxel: " + losses,
                "choose which wins with --on-overlap first, last or smallest");
  for (const OverlapLoss& loss : flat.losses) structures.notes.push_back(lossText(loss, structures.organs));
  writeLabelFile(conversion.target, flat.map, structures.ct.geometry);
}

/// What a structure set follows from besides its source, so that other contours have another UID.
std::string contentOf(const StructureConversion& conversion, const OnGrid& structures) {
  std::string content = " " + structures.organs.hash() + " " +
                        std::to_string(static_cast<int>(conversion.contours.edge)) +
                        std::to_string(static_cast<int>(conversion.contours.holes));
  for (const Label layer : structures.labels.numbers()) content += " " + labelMapHash(structures.labels.layer(layer));
  return content;
}

void writeStructureSet(const StructureConversion& conversion, const OnGrid& structures) {
  StructureSetJob job{structures.ct, {}, {}, {}, {}};
  job.facts.label = "Recontour";
  job.facts.description = "Contours of " + conversion.source.filename().string() + ". Not approved.";
  job.facts.seriesDescription = "Recontour contours";
  job.facts.date = conversion.date;
  job.facts.time = conversion.time;
  job.facts.uidRoot = conversion.uidRoot;
  job.facts.uidText = structures.ct.imageHash + " " + sha256HexOfFile(conversion.source) + conversion.date +
                      conversion.time + contentOf(conversion, structures);
  for (Roi& roi : roisOf(structures.labels, structures.organs, structures.ct.geometry, conversion.contours)) {
    RoiToWrite wanted;
    wanted.description = "from " + conversion.source.filename().string();
    wanted.roi = std::move(roi);
    job.rois.push_back(std::move(wanted));
  }
  if (job.rois.empty()) throw Error(conversion.source, "holds no structure");
  writeFileSafely(conversion.target, structureSetBytes(job));
}

void writeSegmentation(const StructureConversion& conversion, const OnGrid& structures) {
  SegToWrite seg;
  seg.ct = structures.ct;
  seg.labels = structures.labels;
  seg.organs = structures.organs;
  seg.contentDescription = "Structures of " + conversion.source.filename().string();
  seg.contentCreatorName = "Recontour";
  seg.seriesDescription = "Recontour segmentation";
  seg.date = conversion.date;
  seg.time = conversion.time;
  seg.uidRoot = conversion.uidRoot;
  writeFileSafely(conversion.target, segmentationJobBytes(seg));
}

OnGrid readOnGrid(const StructureConversion& conversion, ProgressSink& progress, const std::stop_token& stop) {
  const auto format = structureFormatOf(conversion.source);
  if (format == StructureFormat::StructureSet) return readStructureSetOn(conversion, progress, stop);
  if (format == StructureFormat::Segmentation) return readSegmentationOn(conversion, progress, stop);
  if (format) return readLabelMapOn(conversion, progress, stop);
  throw Error(conversion.source, "holds no structures", "give a label map, an RTSTRUCT or a SEG");
}

}  // namespace

std::optional<StructureFormat> structureFormatOf(const fs::path& file) {
  if (isNiftiName(file) || isNrrdName(file)) return StructureFormat::LabelMap;
  if (!fs::is_regular_file(file) || file.extension() == ".zip") return {};
  DicomDataset dataset = DicomDataset::read(file);
  if (isStructureSet(dataset)) return StructureFormat::StructureSet;
  return isSegmentation(dataset) ? std::optional(StructureFormat::Segmentation) : std::nullopt;
}

std::vector<std::string> convertStructures(const StructureConversion& conversion, ProgressSink& progress,
                                           std::stop_token stop) {
  std::error_code error;
  if (fs::equivalent(conversion.source, conversion.target, error))
    throw Error(conversion.target, "is the source itself", "give another name");
  OnGrid structures = readOnGrid(conversion, progress, stop);
  if (conversion.targetFormat == StructureFormat::LabelMap) writeLabelMap(conversion, structures);
  if (conversion.targetFormat == StructureFormat::StructureSet) writeStructureSet(conversion, structures);
  if (conversion.targetFormat == StructureFormat::Segmentation) writeSegmentation(conversion, structures);
  return std::move(structures.notes);
}

}  // namespace recontour
