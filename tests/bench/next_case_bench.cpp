// How long a study's reader waits for the next case of 512 x 512 x 200 voxels, whose image was read ahead.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <cstdio>

#include "core/predict/worker_predictor.h"
#include "core/study/study_import.h"
#include "core/study/study_packages.h"
#include "core/workbench/study_reading.h"
#include "core/workbench/workbench.h"
#include "tests/data/temporary_folder.h"

namespace recontour::bench {
namespace {

constexpr int kEdge = 512, kSlices = 200;
constexpr double kLimitS = 0.5;

Case imageNumber(int number) {
  Case made;
  made.geometry.size = {kEdge, kEdge, kSlices};
  made.geometry.spacing = {0.9, 0.9, 3};
  std::vector<std::int16_t> hu(static_cast<std::size_t>(kEdge) * kEdge * kSlices);
  for (std::size_t i = 0; i < hu.size(); ++i)
    hu[i] = static_cast<std::int16_t>((i / 64 + i / 40000 * 7) % 200) + number;
  made.volume = Volume(made.geometry.size, std::move(hu));
  made.name = "case-" + std::to_string(number);
  return made;
}

/// Sixteen blocks.
LabelMap labelsOf(const Size3& size) {
  LabelMap labels(size);
  for (int z = 20; z < 180; ++z)
    for (int y = 100; y < 420; ++y) {
      const auto organ = static_cast<Label>(1 + (z / 40) * 4 % 16 + (y / 80) % 4);
      labels.writeRow(y, z, 150, std::vector<Label>(200, organ));
    }
  return labels;
}

ReaderPackage madePackage(const std::filesystem::path& folder, const Clock& clock) {
  const OrganTable organs = OrganTable::named("word");
  StudyProtocol draft = studyPreset("word-fig3");
  draft.id = draft.title = "bench";
  draft.organTableHash = organs.hash();
  for (const Organ& organ : organs.organs()) draft.organs.push_back(organ.key);
  draft.readers.push_back({"R1", "", 1, "", ""});
  CoordinatorStudy study = CoordinatorStudy::create(folder / "study", draft, clock);
  for (int number = 1; number <= 2; ++number) {
    const Case image = imageNumber(number);
    const std::string id = importCase(study, image, std::nullopt, {"", image.name, false, ""});
    importStart(study, id, "A", {image.geometry, labelsOf(image.geometry.size)});
  }
  study.freeze("bench");
  return readPackage(placePackage(study, "R1", folder / "readers"));
}

bool waitUntil(const std::function<bool()>& holds) {
  QElapsedTimer elapsed;
  elapsed.start();
  while (!holds() && elapsed.elapsed() < 120'000) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
  return holds();
}

int run() {
  const TemporaryFolder folder;
  const SystemClock clock;
  Workbench workbench({}, OrganTable::named("word"), makeThreadCaseSource(), std::make_shared<WorkerPredictor>());
  StudyReading reading(workbench, madePackage(folder.path(), clock));
  using Phase = StudyReading::Phase;
  const auto reaches = [&](Phase phase) { return waitUntil([&] { return reading.phase() == phase; }); };
  QElapsedTimer elapsed;
  elapsed.start();
  reading.openNext();
  if (!reaches(Phase::Ready)) return 1;
  std::printf("first case %8.3f s\n", static_cast<double>(elapsed.elapsed()) / 1000);
  reading.begin();
  reading.answer({});
  if (!waitUntil([&] { return workbench.nextCaseReady(); })) return 1;
  reading.acceptable();
  if (!reaches(Phase::List)) return 1;
  elapsed.restart();
  reading.openNext();
  if (!reaches(Phase::Ready)) return 1;
  const double seconds = static_cast<double>(elapsed.elapsed()) / 1000;
  const bool holds = seconds <= kLimitS;
  std::printf("next case  %8.3f s, at most %g s%s\n", seconds, kLimitS, holds ? "" : ": TOO SLOW");
  return holds ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  return recontour::bench::run();
}
