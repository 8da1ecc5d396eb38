#include "core/structures/placed_structures.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <set>

#include "core/base/error.h"
#include "core/image/label_values.h"
#include "core/structures/contour_raster.h"

namespace recontour {
namespace {

constexpr std::array<std::array<std::uint8_t, 3>, 8> kColours = {{{255, 120, 60},
                                                                  {255, 60, 130},
                                                                  {120, 255, 60},
                                                                  {60, 220, 255},
                                                                  {190, 110, 255},
                                                                  {255, 225, 90},
                                                                  {90, 160, 255},
                                                                  {255, 170, 210}}};

std::string slugOf(const std::string& name) {
  std::string slug;
  for (const char c : name) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (letter) slug += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!letter && !slug.empty() && slug.back() != '_') slug += '_';
  }
  return slug.empty() ? "structure" : slug;
}

/// Labels and keys for structures that a table lacks.
class Extension {
 public:
  explicit Extension(const OrganTable& base) : base_(base), organs_(base.organs()) {
    for (const Organ& organ : organs_) keys_.insert(organ.key);
  }
  Organ& organ(const std::string& key) { return *std::ranges::find(organs_, key, &Organ::key); }

  /// @return nothing when all 255 labels are taken
  std::optional<Label> freeLabel() const {
    int label = 1;
    for (const Organ& organ : organs_) label = std::max(label, organ.label + 1);
    return label > 255 ? std::nullopt : std::optional(static_cast<Label>(label));
  }
  void add(const Roi& roi, Label label) {
    Organ added;
    added.label = label;
    added.name = roi.name.empty() ? "ROI " + std::to_string(roi.number) : roi.name;
    added.key = freeKey("roi_" + slugOf(roi.name));
    added.colour = added.displayColour = roi.colour.value_or(kColours[label % kColours.size()]);
    added.snomed = roi.snomed;
    added.snomedMeaning = roi.snomedMeaning;
    added.modifier = roi.snomedModifier;
    added.overlaps = true;
    organs_.push_back(added);
  }
  OrganTable table() const {
    std::vector<std::string> continues = base_.continues();
    if (organs_.size() > base_.organs().size()) continues.push_back(base_.hash());
    return OrganTable::made(base_.name(), organs_, continues);
  }

 private:
  std::string freeKey(const std::string& wanted) {
    std::string key = wanted;
    for (int number = 2; !keys_.insert(key).second; ++number) key = wanted + "_" + std::to_string(number);
    return key;
  }
  const OrganTable& base_;
  std::vector<Organ> organs_;
  std::set<std::string> keys_;
};

/// Voxels that two maps of one grid both have.
std::size_t sharedVoxels(const LabelMap& a, const LabelMap& b) {
  std::size_t shared = 0;
  for (std::size_t number = 0; number < a.brickCount(); ++number) {
    const auto *first = a.brick(number).get(), *second = b.brick(number).get();
    if (first == nullptr || second == nullptr) continue;
    for (std::size_t i = 0; i < first->labels.size(); ++i)
      shared += first->labels[i] != 0 && second->labels[i] != 0 ? 1 : 0;
  }
  return shared;
}

/// Writes the voxels of `from` where `into` is still background.
void addWhereFree(const LabelMap& from, LabelMap& into) {
  for (std::size_t number = 0; number < from.brickCount(); ++number) {
    if (from.brick(number).get() == nullptr) continue;
    const Box box = from.brickBox(number);
    DenseBox mine = from.copy(box), there = into.copy(box);
    for (std::size_t i = 0; i < there.labels.size(); ++i)
      if (there.labels[i] == 0) there.labels[i] = mine.labels[i];
    into.write(box, there);
  }
}

std::string millilitres(double volumeMl) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f mL", volumeMl);
  return text.data();
}

/// Puts ROIs one after the other onto the grid.
class Placing {
 public:
  Placing(const StructureSet& set, const Geometry& grid, const OrganTable& base, const std::bitset<256>& fixed,
          const std::vector<LabelMap>& voxels)
      : set_(set), grid_(grid), voxels_(voxels), extension_(base), fixed_(fixed), organs_(grid.size) {}

  PlacedStructures all(const std::vector<std::optional<std::string>>& keys) {
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (keys[i] && std::ranges::count(keys, keys[i]) > 1)
        throw Error("more than one ROI is said to be " + *keys[i] + ", " + set_.rois[i].name + " among them");
    placed_.notes = set_.warnings;
    for (std::size_t i = 0; i < set_.rois.size(); ++i) place(i, keys.at(i));
    if (drawn_ > 0 && refused_ == drawn_) throw Error("none of its ROIs lies on this CT: " + firstProblem_);
    placed_.organs = extension_.table();
    placed_.labels = LabelLayers(std::move(organs_));
    std::bitset<256> structures;
    for (const auto& [label, key] : placed_.organs.overlapping()) structures.set(label);
    placed_.labels.setOverlapping(structures);
    for (auto& [label, map] : own_) placed_.labels.layer(label) = std::move(map);
    return std::move(placed_);
  }

 private:
  void place(std::size_t number, const std::optional<std::string>& key) {
    const Roi& roi = set_.rois[number];
    const auto label = key ? std::optional(extension_.organ(*key).label) : extension_.freeLabel();
    if (!label) throw Error("it has more structures than the 255 labels of a case");
    RoiVoxels found = voxels_.empty() ? voxelsOf(roi, grid_, *label) : givenVoxels(number, *label);
    const int drawn = roi.contours.empty() && found.box.empty() ? 0 : 1;
    drawn_ += drawn;
    for (const std::string& note : found.notes) placed_.notes.push_back(roi.name + ": " + note + ".");
    if (!roi.problem.empty()) found.problems = {roi.problem};
    if (!found.problems.empty()) {
      refused_ += drawn;
      return refuse(roi, found.problems);
    }
    if (key) return placeOrgan(roi, extension_.organ(*key), std::move(found.voxels));
    extension_.add(roi, *label);
    own_[*label] = std::move(found.voxels);
    placed_.rois.push_back({*label, roi.number, roi.name, roi.xorContours, false});
  }

  RoiVoxels givenVoxels(std::size_t number, Label label) const {
    SlotLabels labels{};
    labels[1] = label;
    RoiVoxels given{relabelled(voxels_.at(number), labels), {}, {}, {}};
    given.box = boundingBox(given.voxels, label);
    return given;
  }

  void refuse(const Roi& roi, const std::vector<std::string>& problems) {
    if (firstProblem_.empty()) firstProblem_ = roi.name + ": " + problems.front();
    placed_.notes.push_back(roi.name + " is not shown and stays as it is in the file: " + problems.front() +
                            (problems.size() > 1 ? ", and " + std::to_string(problems.size() - 1) + " more" : "") +
                            ".");
  }

  void placeOrgan(const Roi& roi, Organ& organ, LabelMap voxels) {
    placed_.rois.push_back({organ.label, roi.number, roi.name, roi.xorContours, true});
    const std::size_t shared = organ.overlaps ? 0 : sharedVoxels(organs_, voxels);
    if (shared > 0 && !fixed_[organ.label]) organ.overlaps = true;
    if (organ.overlaps) {
      own_[organ.label] = std::move(voxels);
      return;
    }
    if (shared > 0)
      placed_.notes.push_back(roi.name + " lacks the " +
                              millilitres(static_cast<double>(shared) * grid_.voxelVolumeMm3() / 1000) +
                              " that it shares with others, since it has been drawn already.");
    addWhereFree(voxels, organs_);
  }

  const StructureSet& set_;
  const Geometry& grid_;
  const std::vector<LabelMap>& voxels_;
  Extension extension_;
  std::bitset<256> fixed_;
  LabelMap organs_;
  std::map<Label, LabelMap> own_;
  PlacedStructures placed_;
  std::string firstProblem_;
  int drawn_ = 0, refused_ = 0;
};

}  // namespace

PlacedStructures placeStructures(const StructureSet& set, const std::vector<std::optional<std::string>>& keys,
                                 const Geometry& grid, const OrganTable& base, const std::bitset<256>& fixed,
                                 const std::vector<LabelMap>& voxels) {
  return Placing(set, grid, base, fixed, voxels).all(keys);
}

std::optional<std::string> requireFrameOfReference(const std::string& file, StructureSet& set,
                                                   const std::string& ctFrameUid) {
  const auto frameOf = [&](const Roi& roi) {
    return roi.frameOfReferenceUid.empty() ? set.frameOfReferenceUid : roi.frameOfReferenceUid;
  };
  bool unknown = ctFrameUid.empty();
  std::size_t fits = 0;
  std::string other;
  for (Roi& roi : set.rois) {
    const std::string frame = frameOf(roi);
    unknown = unknown || frame.empty();
    if (ctFrameUid.empty() || frame.empty() || frame == ctFrameUid) {
      ++fits;
      continue;
    }
    other = frame;
    roi.problem = "it was drawn in another frame of reference (" + oneLine(frame) + ")";
  }
  if (!set.rois.empty() && fits == 0)
    throw Error(
        file,
        "was drawn in another frame of reference (" + oneLine(other) + ") than the CT's (" + oneLine(ctFrameUid) + ")",
        "open the CT that it was drawn on");
  if (!unknown) return {};
  return "It cannot be known whether " + file +
         " was drawn on this CT: " + (ctFrameUid.empty() ? "the CT" : "the file") + " names no frame of reference.";
}

std::optional<std::string> otherSeriesNote(const std::string& file, const StructureSet& set,
                                           const std::string& ctSeriesUid) {
  const auto& drawnOn = set.referencedSeries;
  if (ctSeriesUid.empty() || drawnOn.empty() || std::ranges::find(drawnOn, ctSeriesUid) != drawnOn.end()) return {};
  return file + " was drawn on another series than this CT; it may be another phase or reconstruction.";
}

}  // namespace recontour
