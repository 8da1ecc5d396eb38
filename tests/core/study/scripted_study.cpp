#include "tests/core/study/scripted_study.h"

#include "core/base/error.h"
#include "core/io/label_file.h"

namespace recontour {
namespace {

/// Each has an image of its own.
Case caseNumber(int number) {
  Case made = smallCase();
  std::vector<std::int16_t> voxels(made.volume.voxels().begin(), made.volume.voxels().end());
  voxels[0] = static_cast<std::int16_t>(100 + number);
  made.volume = Volume(made.geometry.size, std::move(voxels));
  made.imageHash = imageHash(made.geometry, made.volume);
  return made;
}

/// Slices 1 and 2, each with one organ, the last `rows` rows of slice 2 left out.
LabelMap slabs(Label inFirst, Label inSecond, int rows = 0) {
  LabelMap labels(smallCase().geometry.size);
  for (int y = 0; y < 12; ++y) labels.writeRow(y, 1, 0, std::vector<Label>(12, inFirst));
  for (int y = 0; y < 12 - rows; ++y) labels.writeRow(y, 2, 0, std::vector<Label>(12, inSecond));
  return labels;
}

StudyProtocol draftOf(const ScriptedStudy::Options& options, const OrganTable& organs) {
  StudyProtocol draft = studyPreset(options.preset);
  draft.id = "trial";
  draft.title = "A trial";
  draft.design.washoutDays = options.washoutDays;
  draft.design.scratchCases = std::min(draft.design.scratchCases, options.cases);
  draft.organTableHash = organs.hash();
  draft.organs = {"liver", "spleen"};
  for (const std::string& id : options.readers) {
    StudyReader reader;
    reader.id = id;
    reader.hospital = "hospital of " + id;
    reader.years = 3;
    draft.readers.push_back(reader);
  }
  return draft;
}

}  // namespace

ScriptedStudy::ScriptedStudy(const Options& options)
    : study_(CoordinatorStudy::create(folder_ / "study", draftOf(options, organs), clock)) {
  for (int i = 1; i <= options.cases; ++i) {
    const Case read = caseNumber(i);
    const std::string id = importCase(study_, read, slabs(1, 2, 6), {"", "case-" + std::to_string(i), false, ""});
    for (const StudyArm& arm : std::vector(study_.protocol().arms))
      if (!arm.fromNothing && !arm.checks) importStart(study_, id, arm.id, {read.geometry, slabs(1, 2)});
  }
}

std::filesystem::path ScriptedStudy::packed(const std::string& reader) {
  auto zip = folder_ / ("for-" + reader + ".zip");
  packStudy(study_, reader, zip);
  return zip;
}

ReaderPackage ScriptedStudy::give(const std::string& reader, const std::string& machine) {
  return readPackage(unpackPackage(packed(reader), folder_ / ("machine-" + reader + machine)));
}

std::filesystem::path ScriptedStudy::taken(const ReaderPackage& package, const std::string& name) {
  auto zip = folder_ / (name + "-" + package.reader + ".zip");
  packReturn(package, zip);
  return zip;
}

Receipt ScriptedStudy::read(const ReaderPackage& package, std::size_t task,
                            const std::function<void(Session&)>& edits) {
  const auto dabOnce = [this](Session& session) { dab(session, clock, 1, {3, 4, 3}); };
  return readTask(package, package.tasks.at(task), organs, clock, edits ? edits : dabOnce);
}

StudyTask ScriptedStudy::readFirstAndClose(const std::function<void(Session&)>& edits) {
  study_.freeze("coordinator");
  const ReaderPackage package = give("R1");
  read(package, 0, edits);
  for (const std::string& line : mergeReturn(study_, taken(package)).refused) throw Error(line);
  study_.close("coordinator");
  return *study_.protocol().findTask(package.tasks[0].id);
}

void ScriptedStudy::readAll(const ReaderPackage& package, const std::function<void(Session&)>& edits) {
  const ReaderProgress progress = progressOf(package);
  for (std::size_t i = 0; i < package.tasks.size(); ++i)
    if (progress.states[i] != ReaderProgress::State::Accepted) read(package, i, edits);
}

}  // namespace recontour
