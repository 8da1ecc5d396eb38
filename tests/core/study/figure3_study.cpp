#include "tests/core/study/figure3_study.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/organ_table.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/study/coordinator_study.h"
#include "core/study/simulated_readers.h"
#include "core/study/study_evaluation.h"
#include "core/study/study_import.h"
#include "core/study/study_packages.h"
#include "tests/core/study/scripted_reader.h"
#include "tests/data/fake_clock.h"

namespace recontour {
namespace {

constexpr const char* kArm = "A";

/// Every step-th voxel of each row and column; voxel centres stay where they are.
LabelImage thinned(const LabelImage& image, int step) {
  if (step == 1) return image;
  LabelImage thin;
  thin.geometry = image.geometry;
  thin.geometry.size.x = (image.geometry.size.x + step - 1) / step;
  thin.geometry.size.y = (image.geometry.size.y + step - 1) / step;
  thin.geometry.spacing.x *= step;
  thin.geometry.spacing.y *= step;
  std::vector<Label> row(static_cast<std::size_t>(image.geometry.size.x)), kept;
  for (int z = 0; z < image.geometry.size.z; ++z)
    for (int y = 0; y < image.geometry.size.y; y += step) {
      image.labels.readRow(y, z, 0, image.geometry.size.x, row.data());
      for (std::size_t x = 0; x < row.size(); x += static_cast<std::size_t>(step)) kept.push_back(row[x]);
    }
  thin.labels = LabelMap::fromDense(thin.geometry.size, kept);
  return thin;
}

/// Something to look at: fat, and each organ in a grey of its own.
Case imageFrom(const LabelImage& truth, const std::string& name) {
  Case made;
  made.name = name;
  made.source = name;
  made.geometry = truth.geometry;
  made.synthetic = true;
  std::vector<std::int16_t> hu;
  for (const Label label : truth.labels.toDense())
    hu.push_back(static_cast<std::int16_t>(label == 0 ? -100 : 20 + 10 * label));
  made.volume = Volume(truth.geometry.size, std::move(hu));
  made.imageHash = imageHash(made.geometry, made.volume);
  return made;
}

/// Gives the organ the voxels that it has in `wanted`, as one edit, and time passes as if by hand.
void redraw(Session& session, FakeClock& clock, Label organ, const LabelMap& wanted) {
  const LabelMap& now = session.labels();
  const Box box = unite(boundingBox(now, organ), boundingBox(wanted, organ));
  if (box.empty()) return;
  DenseBox labels = now.copy(box);
  const DenseBox target = wanted.copy(box);
  int changed = 0;
  for (std::size_t i = 0; i < labels.labels.size(); ++i) {
    const bool is = labels.labels[i] == organ, shall = target.labels[i] == organ;
    if (is == shall) continue;
    labels.labels[i] = shall ? organ : Label{0};
    ++changed;
  }
  if (changed == 0) return;
  session.selectOrgan(organ);
  lookAround(session, clock, 5 + std::sqrt(double(changed)));
  const auto edit = session.begin("scripted");
  edit->write(box, labels);
  edit->commit();
}

class Figure3Study {
 public:
  Figure3Study(const Figure3Request& request, ProgressSink& progress)
      : request_(request),
        progress_(progress),
        organs_(OrganTable::named("word")),
        simulated_(simulateFigure3(static_cast<int>(request.truths.size()), request.seed)),
        study_(CoordinatorStudy::create(request.folder / "study", draft(), clock_)) {}

  StudyResults run() {
    for (std::size_t i = 0; i < request_.truths.size(); ++i) bringIn(static_cast<int>(i));
    groupPatients(study_);
    study_.freeze("script");
    for (int reader = 1; reader <= 3; ++reader) read(reader);
    study_.close("script");
    study_.unblind("script");
    evaluateStudy(study_, progress_, {});
    return gatherResults(study_);
  }

 private:
  StudyProtocol draft() const {
    StudyProtocol made = studyPreset("word-fig3");
    made.id = "word-figure-3";
    made.title = "Figure 3 of WORD, simulated";
    made.simulated = true;
    made.design.seed = request_.seed;
    made.organTableHash = organs_.hash();
    for (const Organ& organ : organs_.organs()) made.organs.push_back(organ.key);
    made.arms[0].model = "nnU-Net v2 (3D), simulated";
    made.ratings.clear();
    const char* const hospitals[] = {"Hospital 1", "Hospital 2", "Hospital 3"};
    for (int i = 0; i < 3; ++i) {
      StudyReader reader;
      reader.id = "R" + std::to_string(i + 1);
      reader.hospital = hospitals[i];
      reader.years = 1 + i;
      made.readers.push_back(reader);
    }
    return made;
  }

  LabelImage truthOf(int number) const {
    return thinned(readLabelFile(request_.truths[static_cast<std::size_t>(number)]), request_.step);
  }

  void bringIn(int number) {
    progress_.progress("import", number, static_cast<int>(request_.truths.size()), -1);
    const LabelImage truth = truthOf(number);
    const std::string name = caseName(request_.truths[static_cast<std::size_t>(number)]);
    const std::string id = importCase(study_, imageFrom(truth, name), truth.labels, {"", name, false, ""});
    importStart(study_, id, kArm, {truth.geometry, simulatedMap(truth.labels, simulated_, 0, number)});
    numbers_[id] = number;
  }

  void read(int reader) {
    const std::string id = "R" + std::to_string(reader);
    const auto zip = request_.folder / (id + ".zip"), back = request_.folder / (id + "-return.zip");
    packStudy(study_, id, zip);
    const ReaderPackage package = readPackage(unpackPackage(zip, request_.folder / "readers"));
    for (std::size_t i = 0; i < package.tasks.size(); ++i) {
      progress_.progress("read by " + id, static_cast<int>(i), static_cast<int>(package.tasks.size()), -1);
      readOne(package, package.tasks[i], reader);
    }
    packReturn(package, back);
    const MergeReport merged = mergeReturn(study_, back);
    if (!merged.refused.empty()) throw Error(merged.refused.front());
  }

  void readOne(const ReaderPackage& package, const PackagedTask& task, int reader) {
    const int number = numbers_.at(study_.protocol().findTask(task.id)->caseId);
    const LabelMap wanted = simulatedMap(truthOf(number).labels, simulated_, reader, number);
    readTask(package, task, organs_, clock_, [&](Session& session) {
      for (const Organ& organ : organs_.organs()) redraw(session, clock_, organ.label, wanted);
      lookAround(session, clock_, 20);
    });
    clock_.goOn(60'000);
  }

  const Figure3Request& request_;
  ProgressSink& progress_;
  OrganTable organs_;
  FakeClock clock_;
  SimulatedStudy simulated_;
  CoordinatorStudy study_;
  std::map<std::string, int> numbers_;
};

}  // namespace

StudyResults runFigure3Study(const Figure3Request& request, ProgressSink& progress) {
  return Figure3Study(request, progress).run();
}

}  // namespace recontour
