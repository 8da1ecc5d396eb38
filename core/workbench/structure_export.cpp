#include "core/workbench/structure_export.h"

#include <algorithm>

#include "core/structures/contour_raster.h"
#include "core/structures/rois_of_labels.h"

namespace recontour {
namespace {

constexpr std::size_t kHashShown = 12;

const StartSummary* modelOf(const StructureExport& revision) {
  const auto found =
      std::ranges::find(revision.starts.rbegin(), revision.starts.rend(), "prediction", &StartSummary::source);
  return found == revision.starts.rend() ? nullptr : &*found;
}

std::string modelText(const StartSummary& model) {
  return "research model " + model.name + " " + model.modelHash.substr(0, kHashShown);
}

/// AUTOMATIC as a model left it, MANUAL without a start, else SEMIAUTOMATIC: how a file's contours came about is
/// unknown.
std::string algorithmOf(const StructureExport& revision, Label organ) {
  if (revision.starts.empty()) return "MANUAL";
  return modelOf(revision) != nullptr && !revision.edited[organ] ? "AUTOMATIC" : "SEMIAUTOMATIC";
}

std::string descriptionOf(const StructureExport& revision, Label organ) {
  const StartSummary* model = modelOf(revision);
  const std::string by = "revised by " + revision.reader;
  if (model == nullptr) return revision.edited[organ] ? by : "";
  return modelText(*model) + (revision.edited[organ] ? ", " + by : "");
}

StructureSetFacts factsOf(const StructureExport& revision) {
  StructureSetFacts facts;
  facts.label = "Revision " + revision.reader;
  facts.seriesDescription = "Recontour revision by " + revision.reader;
  facts.description = "Revised by " + revision.reader + " with Recontour, research software.";
  if (const StartSummary* model = modelOf(revision))
    facts.description += " Contours by " + modelText(*model) + " (SHA-256 " + model->modelHash + ").";
  facts.description += revision.approval
                           ? " Approved by " + revision.approval->name + ", " + revision.approval->role + "."
                           : " Not approved.";
  facts.date = revision.date;
  facts.time = revision.time;
  facts.operatorName = revision.reader;
  facts.uidRoot = revision.uidRoot;
  facts.approval = revision.approval;
  std::string text = revision.ct.imageHash + revision.reader + revision.date + revision.time;
  for (const Label number : revision.labels.numbers()) text += labelMapHash(revision.labels.layer(number));
  facts.uidText = text;
  return facts;
}

const StructureOfLabel* roiOfLabel(const StructureExport& revision, Label label) {
  if (!revision.source || revision.predecessor.empty()) return nullptr;
  const auto found = std::ranges::find(revision.source->structures, label, &StructureOfLabel::label);
  return found == revision.source->structures.end() ? nullptr : &*found;
}

/// The contours of a structure that the predecessor has, in the slices that differ. @return none where none does
std::optional<RoiToWrite> revisedRoi(const StructureExport& revision, const Organ& organ, const StructureOfLabel& there,
                                     const std::set<int>& changed) {
  if (changed.empty()) return {};
  RoiToWrite wanted;
  wanted.slices = changed;
  wanted.isThere = true;
  wanted.roi.number = there.number;
  wanted.roi.name = there.name;
  wanted.roi.xorContours = there.xorContours;
  ContourStyle style = revision.style;
  style.holes = there.xorContours ? ContourHoles::Xor : ContourHoles::Keyhole;
  wanted.description = "revised by " + revision.reader;
  for (Contour& contour : contoursOf(revision.labels.of(organ.label), organ.label, revision.ct.geometry, style)) {
    const auto z = nearestSlice(contour, revision.ct.geometry);
    if (z && wanted.slices.contains(*z)) wanted.roi.contours.push_back(std::move(contour));
  }
  return wanted;
}

std::string versionOf(const StructureExport& revision) {
  const StartSummary* model = modelOf(revision);
  return model == nullptr ? "" : model->modelHash.substr(0, kHashShown);
}

}  // namespace

SegToWrite segmentationOf(const StructureExport& revision) {
  const StructureSetFacts facts = factsOf(revision);
  SegToWrite seg;
  seg.ct = revision.ct;
  seg.labels = revision.labels;
  seg.organs = revision.organs;
  const StartSummary* model = modelOf(revision);
  const std::string name = model == nullptr ? "Recontour" : "Research model " + model->name;
  for (const Organ& organ : revision.organs.organs()) {
    const std::string type = algorithmOf(revision, organ.label);
    seg.algorithms[organ.label] = {type, type == "MANUAL" ? "" : name, versionOf(revision)};
  }
  seg.contentLabel = "REVISION";
  seg.contentDescription = facts.description;
  seg.contentCreatorName = revision.reader;
  seg.seriesDescription = facts.seriesDescription;
  seg.date = revision.date;
  seg.time = revision.time;
  seg.uidRoot = revision.uidRoot;
  return seg;
}

std::map<Label, std::set<int>> changedSlices(const LabelLayers& before, const LabelLayers& after) {
  std::map<Label, std::set<int>> slices;
  for (const Label number : after.numbers()) {
    const LabelMap &was = before.layer(number), &is = after.layer(number);
    for (std::size_t brick = 0; brick < is.brickCount(); ++brick) {
      if (was.brick(brick) == is.brick(brick)) continue;
      const Box box = is.brickBox(brick);
      const DenseBox first = was.copy(box), second = is.copy(box);
      const std::size_t perSlice = voxelCount({first.size.x, first.size.y, 1});
      for (std::size_t i = 0; i < first.labels.size(); ++i) {
        if (first.labels[i] == second.labels[i]) continue;
        const int z = box.lower.z + static_cast<int>(i / perSlice);
        for (const Label label : {first.labels[i], second.labels[i]})
          if (label != 0 && after.layerOf(label) == number) slices[label].insert(z);
      }
    }
  }
  return slices;
}

StructureSetJob structureSetJobOf(const StructureExport& revision) {
  StructureSetJob job{revision.ct, revision.predecessor, {}, factsOf(revision), {}};
  if (revision.source && !revision.predecessor.empty()) job.predecessorSha256 = revision.source->sha256;
  std::map<Label, std::set<int>> changed;
  if (revision.sourceLabels) changed = changedSlices(*revision.sourceLabels, revision.labels);
  std::set<std::string> isNew;
  for (const Organ& organ : revision.organs.organs()) {
    const StructureOfLabel* there = roiOfLabel(revision, organ.label);
    if (there == nullptr) {
      isNew.insert(organ.key);
    } else if (auto wanted = revisedRoi(revision, organ, *there, changed[organ.label])) {
      job.rois.push_back(std::move(*wanted));
    }
  }
  for (const Organ& organ : revision.organs.organs()) {
    if (!isNew.contains(organ.key)) continue;
    auto rois = roisOf(revision.labels, OrganTable::made("one", {organ}), revision.ct.geometry, revision.style);
    if (rois.empty()) continue;
    rois.front().algorithm = algorithmOf(revision, organ.label);
    job.rois.push_back({std::move(rois.front()), false, {}, descriptionOf(revision, organ.label)});
  }
  return job;
}

}  // namespace recontour
