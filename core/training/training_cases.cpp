#include "core/training/training_cases.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/portable_random.h"
#include "core/scribble/scribble_case.h"
#include "core/study/accepted_readings.h"
#include "core/study/study_in_place.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPartHeldBack = 5, kFewestPatients = 3;
constexpr const char* kForm = R"(write {"training": ["NAME", ...], "validation": ["NAME", ...]})";

/// Which cases are held back, by name; cases that are not in it are left out.
using Sides = std::map<std::string, bool>;

/// Where cases come from, and what their files are called there.
struct Place {
  fs::path folder;
  const char* cases = "imagesTr";
  const char* dense = "dense labels in labelsTr";
  const char* strokes = "strokes in scribblesTr";
};
Place labelMapsOf(const fs::path& folder) { return {.folder = folder, .cases = "the folder of label maps"}; }
Place readingsOf(const fs::path& study) { return {study, "the study's accepted readings", "contours", "strokes"}; }

std::map<std::string, TrainingSource> casesIn(const fs::path& folder) {
  const auto scribbles = volumesIn(folder / "scribblesTr"), dense = volumesIn(folder / "labelsTr");
  std::map<std::string, TrainingSource> cases;
  for (const auto& [name, image] : volumesIn(folder / "imagesTr")) {
    TrainingSource one{name, patientOf(name), false, image, {}, {}};
    if (const auto found = scribbles.find(name); found != scribbles.end()) one.scribbles = found->second;
    if (const auto found = dense.find(name); found != dense.end()) one.dense = found->second;
    cases.emplace(name, one);
  }
  if (cases.empty())
    throw Error(folder, "has no CT in imagesTr", "lay the files out as docs/formats/scribbles.md says");
  return cases;
}

std::map<std::string, TrainingSource> labelMapsIn(const fs::path& folder) {
  auto files = volumesIn(folder / "labelsTr");
  if (files.empty()) files = volumesIn(folder);
  std::map<std::string, TrainingSource> cases;
  for (const auto& [name, file] : files)
    cases.emplace(name, TrainingSource{name, patientOf(name), false, {}, {}, file});
  if (cases.empty()) throw Error(folder, "has no label map, in labelsTr or in itself", "name the folder they lie in");
  return cases;
}

/// Readings that have what is learned from.
std::map<std::string, TrainingSource> readingsIn(const Place& study, const std::vector<AcceptedReading>& readings,
                                                 bool dense) {
  std::map<std::string, TrainingSource> cases;
  for (const AcceptedReading& one : readings) {
    if (!(dense ? one.contours : one.strokes)) continue;
    cases.emplace(one.name,
                  TrainingSource{one.name, one.patient, false, one.image, one.strokes, one.contours, one.imageHash});
  }
  if (cases.empty())
    throw Error(study.folder, std::string("has no accepted reading with ") + (dense ? study.dense : study.strokes),
                dense ? "choose a loss that learns from strokes" : "choose ce-dice, which learns from contours");
  return cases;
}

void addSide(const Json& json, const char* member, const fs::path& split, Sides& sides) {
  if (!json.contains(member)) return;
  for (const Json& name : json[member]) {
    if (!name.is_string()) throw Error(split, std::string("'") + member + "' holds something that is no name", kForm);
    const bool isNew = sides.emplace(name.get<std::string>(), std::string_view(member) == "validation").second;
    if (!isNew) throw Error(split, "names " + name.get<std::string>() + " twice", "leave one of them out");
  }
}

Sides readSplit(const fs::path& split) {
  const Json json = readJsonFile(split);
  if (!json.is_object() || !json.contains("training")) throw Error(split, "has no list 'training'", kForm);
  for (const auto& [member, list] : json.items()) {
    if (member != "training" && member != "validation") throw Error(split, "has an unknown '" + member + "'", kForm);
    if (!list.is_array()) throw Error(split, "'" + member + "' is no list", kForm);
  }
  Sides sides;
  addSide(json, "training", split, sides);
  addSide(json, "validation", split, sides);
  return sides;
}

void requirePatientsOnOneSide(const std::map<std::string, TrainingSource>& cases, const Sides& sides,
                              const fs::path& split) {
  std::map<std::string, bool> sideOf;
  for (const auto& [name, heldBack] : sides) {
    const std::string& patient = cases.at(name).patient;
    if (sideOf.emplace(patient, heldBack).first->second != heldBack)
      throw Error(split, "has patient " + patient + " in training and in validation",
                  "keep all cases of a patient together");
  }
}

Sides sidesBySplit(const std::map<std::string, TrainingSource>& cases, const fs::path& split, const Place& place) {
  const Sides sides = readSplit(split);
  for (const auto& [name, heldBack] : sides) {
    if (!cases.contains(name))
      throw Error(split, "names " + name + ", which is not in " + place.cases, "check the name");
  }
  requirePatientsOnOneSide(cases, sides, split);
  return sides;
}

Sides sidesByChance(const std::map<std::string, TrainingSource>& cases, std::uint64_t seed) {
  std::set<std::string> known;
  for (const auto& [name, one] : cases) known.insert(one.patient);
  PortableRandom random(seed);
  const auto patients = shuffled(std::vector<std::string>(known.begin(), known.end()), random);
  const std::size_t fifth = std::max<std::size_t>(1, patients.size() / kPartHeldBack);
  const std::size_t count = patients.size() < kFewestPatients ? 0 : fifth;
  const std::set<std::string> heldBack(patients.begin(), patients.begin() + static_cast<std::ptrdiff_t>(count));
  Sides sides;
  for (const auto& [name, one] : cases) sides[name] = heldBack.contains(one.patient);
  return sides;
}

/// Names the first case that lacks something, and how many more do.
void requireAll(const std::vector<TrainingSource>& cases, const fs::path& folder, const std::string& lack,
                const std::function<bool(const TrainingSource&)>& lacks) {
  const auto first = std::ranges::find_if(cases, lacks);
  if (first == cases.end()) return;
  const auto more = std::ranges::count_if(cases, lacks) - 1;
  throw Error(folder, first->name + " has no " + lack + (more > 0 ? " (and " + std::to_string(more) + " more)" : ""),
              "add them, or leave the case out with a split file");
}

/// @param bySplit  else any case may be drawn to learn from, so that all need what the loss does
void requireLabels(const std::vector<TrainingSource>& cases, const Place& place, bool bySplit, bool dense,
                   const std::string& selection) {
  const std::string labels = place.dense, strokes = place.strokes;
  const auto learns = [=](const TrainingSource& one) { return !one.heldBack || !bySplit; };
  const auto chooses = [&](const TrainingSource& one, const char* by) { return one.heldBack && selection == by; };
  requireAll(cases, place.folder, labels + ", which this loss learns from",
             [=](const TrainingSource& one) { return dense && learns(one) && !one.dense; });
  requireAll(cases, place.folder, strokes + ", which this loss learns from",
             [=](const TrainingSource& one) { return !dense && learns(one) && !one.scribbles; });
  requireAll(cases, place.folder, labels + ", which choose the weights (val-dense)",
             [=](const TrainingSource& one) { return chooses(one, "val-dense") && !one.dense; });
  requireAll(cases, place.folder, strokes + ", which choose the weights (val-scribble)",
             [=](const TrainingSource& one) { return chooses(one, "val-scribble") && !one.scribbles; });
  requireAll(cases, place.folder, labels + " and no " + strokes + " to be scored by",
             [](const TrainingSource& one) { return one.heldBack && !one.dense && !one.scribbles; });
}

void requireSides(const std::vector<TrainingSource>& cases, const fs::path& folder, const std::string& selection) {
  if (std::ranges::all_of(cases, &TrainingSource::heldBack))
    throw Error(folder, "leaves no case to learn from", "name some as training in the split file");
  if (selection != "last" && std::ranges::none_of(cases, &TrainingSource::heldBack))
    throw Error(folder, "has no case held back that could choose the weights (" + selection + ")",
                "name some as validation in a split file, or choose the last weights");
}

/// What nobody looks at is not read, and dense labels of a case that is learned from by strokes stay away from it.
void leaveOutUnused(std::vector<TrainingSource>& cases, bool dense, const std::string& selection) {
  for (TrainingSource& one : cases) {
    if (!one.heldBack && dense) one.scribbles.reset();
    if (!one.heldBack && !dense) one.dense.reset();
    if (one.heldBack && one.dense && selection != "val-scribble") one.scribbles.reset();
  }
}

/// The cases of a split, else of chance, each on its side.
std::vector<TrainingSource> chosenOf(const std::map<std::string, TrainingSource>& all,
                                     const std::optional<fs::path>& split, const Place& place, std::uint64_t seed) {
  const Sides sides = split ? sidesBySplit(all, *split, place) : sidesByChance(all, seed);
  std::vector<TrainingSource> chosen;
  for (const auto& [name, heldBack] : sides) {
    chosen.push_back(all.at(name));
    chosen.back().heldBack = heldBack;
  }
  return chosen;
}

/// Held back, a reading is scored by the reference.
void scoreByReference(std::vector<TrainingSource>& cases, const std::vector<AcceptedReading>& readings) {
  for (TrainingSource& one : cases) {
    const auto reading = std::ranges::find(readings, one.name, &AcceptedReading::name);
    if (one.heldBack && reading->reference) one.dense = reading->reference;
  }
}

std::vector<TrainingSource> withLabels(std::vector<TrainingSource> chosen, const Place& place,
                                       const std::optional<fs::path>& split, bool dense, const std::string& selection) {
  requireSides(chosen, split.value_or(place.folder), selection);
  requireLabels(chosen, place, split.has_value(), dense, selection);
  return chosen;
}

}  // namespace

std::vector<TrainingSource> trainingCasesIn(const fs::path& cases, const std::optional<fs::path>& split, bool dense,
                                            const std::string& selection, std::uint64_t seed,
                                            const std::stop_token& stop) {
  const bool isStudy = isCoordinatorStudy(cases);
  const Place place = isStudy ? readingsOf(cases) : Place{.folder = cases};
  const SystemClock clock;
  const auto readings =
      isStudy ? acceptedReadings(CoordinatorStudy::open(cases, clock), stop) : std::vector<AcceptedReading>();
  auto chosen = chosenOf(isStudy ? readingsIn(place, readings, dense) : casesIn(cases), split, place, seed);
  if (isStudy) scoreByReference(chosen, readings);
  chosen = withLabels(std::move(chosen), place, split, dense, selection);
  leaveOutUnused(chosen, dense, selection);
  return chosen;
}

std::vector<TrainingSource> trainingLabelMapsIn(const fs::path& folder, const std::optional<fs::path>& split,
                                                const std::string& selection, std::uint64_t seed) {
  const Place place = labelMapsOf(folder);
  return withLabels(chosenOf(labelMapsIn(folder), split, place, seed), place, split, true, selection);
}

}  // namespace recontour
