// A study's accepted readings as cases to learn from.
#include <nlohmann/json.hpp>

#include "core/session/session.h"
#include "core/training/training_cases.h"
#include "core/training/training_data.h"
#include "tests/core/study/scripted_study.h"
#include "tests/core/training/heard_training.h"
#include "tests/core/training/training_folder.h"

namespace recontour {
namespace {

class TrainingStudy : public TrainingTestFolder {
 protected:
  TrainingStudy() : trial_({.cases = 4}), study_(trial_ / "study") {}

  /// Both readers read all, R2 without strokes.
  void readAll() {
    trial_.study().freeze("coordinator");
    for (const char* reader : {"R1", "R2"}) {
      const ReaderPackage package = trial_.give(reader);
      trial_.readAll(package, [&, strokes = package.reader == "R1"](Session& session) {
        dab(session, trial_.clock, 1, {3, 4, 3});
        if (!strokes) return;
        draw(session, trial_.clock, 1, {2, 4, 3}, {8, 4, 3});
        draw(session, trial_.clock, 0, {2, 9, 3}, {4, 9, 3});
      });
      EXPECT_TRUE(mergeReturn(trial_.study(), trial_.taken(package)).refused.empty());
    }
  }
  void readAndClose() {
    readAll();
    trial_.study().close("coordinator");
  }
  std::vector<TrainingSource> cases(bool dense = false, const std::string& split = {}) const {
    return trainingCasesIn(study_, split.empty() ? std::nullopt : std::optional(write("split.json", split)), dense,
                           "last", 1);
  }
  std::string nameOf(int number, const std::string& reader) {
    const StudyProtocol& protocol = trial_.study().protocol();
    return protocol.cases[static_cast<std::size_t>(number)].id + "_" + reader + "_" + protocol.arms[0].id;
  }

  ScriptedStudy trial_;
  std::filesystem::path study_;
};

TEST_F(TrainingStudy, StrokesAreThoseOfReadersWhoDrewSome) {
  readAndClose();
  const auto found = cases();
  ASSERT_EQ(found.size(), 4U);
  int heldBack = 0;
  for (int number = 0; number < 4; ++number) {
    const TrainingSource& one = found[static_cast<std::size_t>(number)];
    EXPECT_EQ(one.name, nameOf(number, "R1"));
    EXPECT_EQ(one.dense.has_value(), one.heldBack);
    EXPECT_EQ(one.scribbles.has_value(), !one.heldBack);
    if (one.heldBack) {
      EXPECT_EQ(one.dense->parent_path().filename(), "truth") << "the reference, not the revision";
    }
    heldBack += one.heldBack ? 1 : 0;
  }
  EXPECT_EQ(heldBack, 1);
}

TEST_F(TrainingStudy, DenseLabelsAreWhatEveryReaderAccepted) {
  readAndClose();
  const auto found = cases(true);
  ASSERT_EQ(found.size(), 8U);
  std::map<std::string, int> heldBack;
  for (const TrainingSource& one : found) {
    heldBack[one.patient] += one.heldBack ? 1 : 0;
    EXPECT_EQ(one.dense->filename() == "revision.nii.gz", !one.heldBack);
  }
  EXPECT_EQ(heldBack.size(), 4U);
  for (const auto& [patient, count] : heldBack) EXPECT_TRUE(count == 0 || count == 2) << "both readers, or none";
}

TEST_F(TrainingStudy, ASplitNamesReadingsAndKeepsPatientsTogether) {
  readAndClose();
  const auto split = [](const std::string& teaches, const std::string& scores) {
    return R"({"training": [")" + teaches + R"("], "validation": [")" + scores + R"("]})";
  };
  EXPECT_EQ(cases(true, split(nameOf(0, "R1"), nameOf(1, "R2"))).size(), 2U);
  expectError([&] { cases(true, split(nameOf(0, "R1"), nameOf(0, "R2"))); }, "in training and in validation");
  expectError([&] { cases(false, split(nameOf(0, "R2"), nameOf(1, "R1"))); },
              "names " + nameOf(0, "R2") + ", which is not in the study's accepted readings");
}

TEST_F(TrainingStudy, BeforeItIsClosedIsRefused) {
  readAll();
  expectError([&] { cases(); }, "close");
}

TEST_F(TrainingStudy, WithoutAStrokeIsRefusedForALossThatLearnsFromSuch) {
  trial_.study().freeze("coordinator");
  trial_.study().close("coordinator");
  expectError([&] { cases(); }, "has no accepted reading with strokes");
  expectError([&] { cases(true); }, "has no accepted reading with contours");
}

TEST_F(TrainingStudy, IsReadAsAnyCaseIs) {
  readAndClose();
  Heard heard;
  std::filesystem::create_directories(folder_ / "raw");
  const TrainingData data = prepareTrainingData(cases(), trial_.organs, false, folder_ / "raw", heard, {});
  ASSERT_EQ(data.cases.size(), 4U);
  EXPECT_EQ(data.cases[0].at("name"), nameOf(0, "R1"));
  EXPECT_EQ(data.spacingMm, (Point3{2, 2, 5}));
}

TEST_F(TrainingStudy, WithAnotherImageIsRefused) {
  readAndClose();
  auto found = cases();
  found[0].imageHash[0] = found[0].imageHash[0] == '0' ? '1' : '0';
  Heard heard;
  std::filesystem::create_directories(folder_ / "raw");
  expectError([&] { prepareTrainingData(found, trial_.organs, false, folder_ / "raw", heard, {}); },
              "is not the image that was frozen with the study", ErrorKind::CheckFailed);
}

}  // namespace
}  // namespace recontour
