// What Accept writes as DICOM.
#include <algorithm>

#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

constexpr const char* kStructureSet = "revision.rtstruct.dcm";
constexpr const char* kSegmentation = "revision.seg.dcm";

bool isFile(const std::filesystem::path& file, const std::string& sha256) {
  std::error_code missing;
  return std::filesystem::is_regular_file(file, missing) && sha256HexOfFile(file) == sha256;
}

/// A name in the outbox that tells nothing of the patient, and that no other revision has.
std::string outboxName(const WrittenRevision::Layer& file) {
  return (file.file == kStructureSet ? "RS." : "SEG.") + file.sha256.substr(0, 32) + ".dcm";
}

/// Under a hidden name first: whoever polls the outbox sees the whole file or none.
void writeToOutbox(const std::filesystem::path& outbox, const std::string& name, const std::string& bytes) {
  try {
    writeFileForOthers(outbox / name, bytes);
  } catch (const Error& error) {
    throw Error(outbox, std::string("the outbox did not take the case (") + error.what() + ")",
                "mend the outbox or choose another, and accept again; the session has all");
  }
}

WrittenRevision::Layer write(const std::filesystem::path& folder, const char* name, const std::string& bytes) {
  writeFileSafely(folder / name, bytes);
  return {name, sha256Hex(bytes)};
}

/// Array z as the view across it counts slices.
std::vector<int> shownNumbers(std::vector<int> slices, const AxisMap& axisMap) {
  for (const Plane plane : kPlanes) {
    if (axisMap.axes(plane).sliceAxis != 2 || !axisMap.axes(plane).sliceFlipped) continue;
    for (int& slice : slices) slice = axisMap.slices(plane) - 1 - slice;
    std::reverse(slices.begin(), slices.end());
  }
  return slices;
}

}  // namespace

void Workbench::setExports(const ExportOptions& exports) { state_->options.exports = exports; }

bool Workbench::writesDicom() const {
  const State& s = *state_;
  if (!s.session || s.options.studyTask) return false;
  return s.options.exports.structureSet || s.options.exports.segmentation || s.session->revisedStructures();
}

std::optional<StructureExport> Workbench::State::structureExport() const {
  if (!owner.writesDicom()) return {};
  const auto revised = session->revisedStructures();
  const bool fromSet = revised && revised->source.kind == "rtstruct", fromSeg = revised && !fromSet;
  StructureExport revision;
  revision.ct = *opened;
  revision.ct.volume = {};
  revision.organs = organs;
  revision.labels = session->layers();
  for (const Organ& organ : organs.organs()) revision.edited[organ.label] = session->edits(organ.label) > 0;
  revision.starts = session->starts();
  revision.fromSegmentation = fromSeg;
  if (fromSet) revision.source = revised->source;
  if (fromSet) revision.sourceLabels = revised->labels;
  revision.reader = session->reader();
  const DicomTime now = dicomTime(clock.wallMs());
  revision.date = now.date;
  revision.time = now.time;
  revision.uidRoot = options.exports.uidRoot;
  revision.style = options.exports.contours;
  revision.approval = options.exports.approval;
  return revision;
}

std::filesystem::path Workbench::State::copyOfStructures(const std::filesystem::path& folder,
                                                         const std::string& sha256) {
  return folder / ("structures-" + sha256.substr(0, 16) + ".dcm");
}

std::filesystem::path Workbench::State::predecessorOf(const StructureExport& revision,
                                                      const std::filesystem::path& folder) {
  const std::string& sha256 = revision.source->sha256;
  const auto copy = copyOfStructures(folder, sha256);
  if (isFile(copy, sha256)) return copy;
  for (const auto& file : revision.ct.structures)
    if (isFile(file, sha256)) return file;
  throw Error(revision.source->name,
              "the structure set that these contours came from is gone or was changed, so that it cannot be revised",
              "put it back and accept again");
}

std::vector<WrittenRevision::Layer> Workbench::State::writeExports(StructureExport revision,
                                                                   const ExportOptions& exports,
                                                                   const std::filesystem::path& folder,
                                                                   FileReader& files) {
  std::vector<WrittenRevision::Layer> written;
  if (revision.source) revision.predecessor = predecessorOf(revision, folder);
  const StructureSetJob job = structureSetJobOf(revision);
  const bool hasStructures = revision.source || !job.rois.empty();
  if (hasStructures && (revision.source || exports.structureSet))
    written.push_back(write(folder, kStructureSet, files.makeStructureSet(job, {})));
  if (hasStructures && (revision.fromSegmentation || exports.segmentation))
    written.push_back(write(folder, kSegmentation, files.makeSegmentation(segmentationOf(revision), {})));
  return written;
}

void Workbench::State::sendToOutbox(const std::filesystem::path& folder, const std::filesystem::path& outbox,
                                    const std::vector<WrittenRevision::Layer>& files) {
  for (const WrittenRevision::Layer& file : files) {
    const std::string bytes = readWholeFile(folder / file.file);
    if (sha256Hex(bytes) != file.sha256) throw Error(folder / file.file, "is not what was accepted", "accept again");
    writeToOutbox(outbox, outboxName(file), bytes);
  }
}

std::vector<Workbench::OrganSlices> Workbench::slicesBeforeAccept() const {
  const State& s = *state_;
  std::vector<OrganSlices> found;
  if (!s.session) return found;
  auto changed = changedSlices(s.session->beforeLayers(), s.session->layers());
  for (const OrganStatus& one : s.organStatus) {
    const std::set<int>& ofOrgan = changed[one.organ];
    OrganSlices slices{one.organ, shownNumbers({ofOrgan.begin(), ofOrgan.end()}, s.axisMap), {}};
    if (!one.box.empty()) slices.notSeen = shownNumbers(s.session->slicesNotSeen(one.box, s.axisMap), s.axisMap);
    if (!slices.changed.empty() || !slices.notSeen.empty()) found.push_back(std::move(slices));
  }
  return found;
}

}  // namespace recontour
