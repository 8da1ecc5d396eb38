// Structure sets to start from.
#include <algorithm>

#include "core/base/safe_file.h"
#include "core/structures/placed_structures.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

/// What a table has more than another, or in a layer of its own.
std::vector<Organ> addedOrgans(const OrganTable& table, const OrganTable& base) {
  std::vector<Organ> added;
  for (const Organ& organ : table.organs()) {
    const Organ* there = base.find(organ.label);
    if (there == nullptr || there->overlaps != organ.overlaps) added.push_back(organ);
  }
  return added;
}

StartMap startFrom(const StructureOffer& offer, PlacedStructures& placed) {
  StartMap start;
  start.labels = placed.labels.organs();
  start.over = placed.labels.overlapping();
  start.knows.emplace();
  for (const PlacedRoi& roi : placed.rois) start.knows->set(roi.label);
  start.labelsHash = labelMapHash(start.labels);
  start.source = StartSource::StructureSet;
  start.name = offer.file.filename().string();
  start.sha256 = offer.read->sha256;
  return start;
}

/// Structures that a file brought, not organs of the shipped table or the reader's own.
bool isOfFile(const Organ& organ) { return organ.key.starts_with("roi_"); }

bool isFree(const RoiKeys& keys, const std::string& key) {
  return std::ranges::find(keys, std::optional(key)) == keys.end();
}

/// The file is taken again: an ROI that was a structure of its own is the same one.
RoiKeys withNumbersOf(const StructureSource& earlier, const StructureOffer& offer, RoiKeys keys,
                      const OrganTable& table) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto same = std::ranges::find(earlier.structures, offer.read->set.rois[i].number, &StructureOfLabel::number);
    const Organ* organ = same == earlier.structures.end() ? nullptr : table.find(same->label);
    if (!keys[i] && organ != nullptr && isOfFile(*organ) && isFree(keys, organ->key)) keys[i] = organ->key;
  }
  return keys;
}

}  // namespace

bool namesAreSure(const StructureOffer& offer) {
  return std::ranges::none_of(offer.matches, [](const MatchedRoi& one) { return one.match == NameMatch::Likely; });
}

RoiKeys sureKeys(const StructureOffer& offer) {
  RoiKeys keys;
  for (const MatchedRoi& one : offer.matches)
    keys.push_back(one.match == NameMatch::Exact ? std::optional(one.key) : std::nullopt);
  return keys;
}

RoiKeys withKnownNames(const StructureOffer& offer, RoiKeys keys, const OrganTable& table) {
  const auto& rois = offer.read->set.rois;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto same = std::ranges::find_if(
        table.organs(), [&](const Organ& organ) { return isOfFile(organ) && organ.name == rois[i].name; });
    if (!keys[i] && same != table.organs().end() && isFree(keys, same->key)) keys[i] = same->key;
  }
  return keys;
}

StructureOffer Workbench::State::readStructures(const std::filesystem::path& file, const Case& of) const {
  ReadStructures read = files->readStructures(file, of.geometry, {});
  const std::string frame = of.dicom ? of.dicom->frameOfReferenceUid : "";
  if (const auto note = requireFrameOfReference(file.string(), read.set, frame)) read.set.warnings.push_back(*note);
  const std::string series = of.dicom ? of.dicom->seriesUid : "";
  if (const auto note = otherSeriesNote(file.string(), read.set, series)) read.set.warnings.push_back(*note);
  StructureOffer offer{file, nullptr, matchRois(read.set, shippedOrgans, shippedRoiSynonyms())};
  offer.read = std::make_shared<ReadStructures>(std::move(read));
  return offer;
}

TakenStructures Workbench::State::place(const StructureOffer& offer, const RoiKeys& keys, const Geometry& grid,
                                        const OrganTable& table, const LabelSet& fixed) {
  PlacedStructures placed;
  try {
    placed = placeStructures(offer.read->set, keys, grid, table, fixed, offer.read->voxels);
  } catch (const Error& error) {
    throw Error(offer.file, error.what());
  }
  TakenStructures taken;
  taken.file = offer.file;
  taken.source = {offer.read->kind,
                  offer.file.filename().string(),
                  offer.read->sha256,
                  offer.read->set.sopInstanceUid,
                  {},
                  addedOrgans(placed.organs, table)};
  for (const PlacedRoi& roi : placed.rois)
    taken.source.structures.push_back({roi.label, roi.number, roi.name, roi.xorContours});
  taken.start = startFrom(offer, placed);
  taken.notes = std::move(placed.notes);
  return taken;
}

void Workbench::State::useOrgans(const OrganTable& table) {
  const bool differs = table.hash() != organs.hash() || table.overlapping() != organs.overlapping();
  organs = table;
  std::vector<OrganStatus> status(organs.organs().size());
  for (std::size_t i = 0; i < status.size(); ++i) {
    const Label label = organs.organs()[i].label;
    const auto there = std::ranges::find(organStatus, label, &OrganStatus::organ);
    if (there != organStatus.end()) status[i] = *there;
    status[i].organ = label;
  }
  organStatus = std::move(status);
  if (differs) Q_EMIT owner.organsChanged();
}

void Workbench::State::rememberStructures(const TakenStructures& structures) {
  jobs.post("copy of " + structures.source.sha256,
            [this, asked = generation, file = structures.file,
             copy = copyOfStructures(session->folder(), structures.source.sha256)](std::stop_token) {
              try {
                writeFileSafely(copy, readWholeFile(file));
              } catch (const Error& error) {
                onGuiThread(asked, [this, text = std::string(error.what())] { fail(text); });
              }
            });
}

void Workbench::State::take(TakenStructures structures) {
  if (refusesContours()) return;
  if (!writable()) return fail("the case is open for reading only; the contours were not taken");
  owner.releaseStroke();
  owner.acceptCorrection();
  const auto revised = session->revisedStructures();
  try {
    session->addStructures(structures.source);
  } catch (const Error& error) {
    return fail(error.what());
  }
  rememberStructures(structures);
  useOrgans(session->organs());
  for (const std::string& note : structures.notes)
    Q_EMIT owner.message(MessageKind::Warning, QString::fromStdString(note));
  if (revised && revised->source.sha256 != structures.source.sha256)
    Q_EMIT owner.message(MessageKind::Warning, Workbench::tr("Accept now revises %1, no longer %2.")
                                                   .arg(QString::fromStdString(structures.source.name),
                                                        QString::fromStdString(revised->source.name)));
  const auto& named = structures.source.structures;
  const auto isSelected = [this](const StructureOfLabel& one) { return one.label == owner.selectedOrgan(); };
  if (!named.empty() && std::ranges::none_of(named, isSelected)) owner.selectOrgan(named.front().label);
  if (revised && revised->source.sha256 == structures.source.sha256)  // what it was said to be before, it is no more
    for (const StructureOfLabel& one : revised->source.structures) structures.start.knows->set(one.label);
  takeStart(std::move(structures.start));
}

void Workbench::openStructures(const std::filesystem::path& file) {
  State& s = *state_;
  if (!s.opened || s.refusesContours()) return;
  Case grid = *s.opened;
  s.inBackground(
      "start " + file.string(), [&s, file, grid = std::move(grid)] { return s.readStructures(file, grid); },
      [this, &s](const StructureOffer& offer) {
        if (!s.options.choosesValues || namesAreSure(offer)) return takeStructures(offer, sureKeys(offer));
        Q_EMIT structuresFound(offer);
      });
}

void Workbench::takeStructures(const StructureOffer& offer, const RoiKeys& keys) {
  State& s = *state_;
  if (!s.opened || !s.session) return;
  const auto revised = s.session->revisedStructures();
  RoiKeys known = keys;
  if (revised && revised->source.sha256 == offer.read->sha256)
    known = withNumbersOf(revised->source, offer, std::move(known), s.organs);
  s.inBackground(
      "start " + offer.file.string(),
      [offer, keys = withKnownNames(offer, std::move(known), s.organs), grid = s.opened->geometry, table = s.organs,
       fixed = s.session->drawn()] { return State::place(offer, keys, grid, table, fixed); },
      [&s](TakenStructures taken) {
        s.owner.cancelPrediction();  // it would take the place of what the reader chose
        s.take(std::move(taken));
      });
}

}  // namespace recontour
