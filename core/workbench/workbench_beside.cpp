// Contours and CTs that are looked at beside the case, read-only.
#include "core/base/sha256.h"
#include "core/image/resample.h"
#include "core/io/file_ending.h"
#include "core/structures/flattened.h"
#include "core/structures/placed_structures.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

LabelMap flat(const PlacedStructures& placed) {
  std::vector<Label> order;
  for (const Organ& organ : placed.organs.organs()) order.push_back(organ.label);
  return flattened(placed.labels, order, OverlapWinner::Smallest, 1).map;
}

}  // namespace

PriorStructures Workbench::State::readPrior(const std::filesystem::path& file, const Case& of,
                                            const OrganTable& table) const {
  const std::string name = file.filename().string();
  if (!mayBeDicomName(file)) {
    const LabelFile read = readLabelFile(file, of.geometry, false);
    if (const auto labels = meaningOf(read)) return {name, labelled(*read.values, *labels)};
    throw Error(file, "has values that are not labels of the organ table",
                "convert it with recontour-cli convert --map");
  }
  const StructureOffer offer = readStructures(file, of);
  const auto& read = *offer.read;
  try {
    return {name, flat(placeStructures(read.set, withKnownNames(offer, sureKeys(offer), table), of.geometry, table, {},
                                       read.voxels))};
  } catch (const Error& error) {
    throw Error(file, error.what());
  }
}

SecondSeries Workbench::State::readSecond(const std::filesystem::path& path, const std::string& series,
                                          const Case& of) const {
  OpenProgress nothing;
  const Case other = files->openCase(path, series, nothing, {});
  const std::string frame = of.dicom ? of.dicom->frameOfReferenceUid : "";
  const std::string secondFrame = other.dicom ? other.dicom->frameOfReferenceUid : "";
  if (frame.empty() || frame != secondFrame)
    throw Error(path, "is not in the frame of reference of the open CT, so that nobody knows how they lie together",
                "register it in another program and export it in this CT's frame of reference");
  return {other.name, resampleVolume(other.volume, other.geometry, of.geometry)};
}

void Workbench::openPrior(const std::filesystem::path& file) {
  State& s = *state_;
  if (!s.opened || s.refusesContours()) return;
  Case of = *s.opened;
  s.inBackground(
      "prior", [&s, file, of = std::move(of), table = s.organs] { return s.readPrior(file, of, table); },
      [this, &s](PriorStructures read) {
        if (s.session) s.session->noteBeside("prior", read.name, {});
        s.prior = std::move(read);
        Q_EMIT priorChanged();
      });
}

void Workbench::openSecondSeries(const std::filesystem::path& path, const std::string& series) {
  State& s = *state_;
  if (!s.opened) return;
  Case of = *s.opened;
  s.inBackground(
      "second series", [&s, path, series, of = std::move(of)] { return s.readSecond(path, series, of); },
      [this, &s](SecondSeries read) {
        if (s.session) s.session->noteBeside("series", read.name, {});
        s.secondSeries = std::move(read);
        Q_EMIT secondSeriesChanged();
      });
}

void Workbench::closeBeside() {
  State& s = *state_;
  const bool hadPrior = std::exchange(s.prior, std::nullopt).has_value();
  const bool hadSecond = std::exchange(s.secondSeries, std::nullopt).has_value();
  if (hadPrior) Q_EMIT priorChanged();
  if (hadSecond) Q_EMIT secondSeriesChanged();
}

const PriorStructures* Workbench::prior() const { return state_->prior ? &*state_->prior : nullptr; }
const SecondSeries* Workbench::secondSeries() const { return state_->secondSeries ? &*state_->secondSeries : nullptr; }

}  // namespace recontour
