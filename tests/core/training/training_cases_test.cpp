#include "core/training/training_cases.h"

#include <algorithm>
#include <map>
#include <set>

#include "tests/core/training/training_folder.h"

namespace recontour {
namespace {

class TrainingCases : public TrainingTestFolder {
 protected:
  /// Nothing is opened here, so that names are enough.
  void touch(const std::string& name, bool strokes = true, bool dense = true) const {
    std::ofstream(file("imagesTr", name)).put(' ');
    if (strokes) std::ofstream(file("scribblesTr", name)).put(' ');
    if (dense) std::ofstream(file("labelsTr", name)).put(' ');
  }
  std::vector<TrainingSource> bySplit(const std::string& text, bool dense = false,
                                      const std::string& selection = "last") const {
    return trainingCasesIn(cases_, write("split.json", text), dense, selection, 1);
  }
  static std::set<std::string> heldBack(const std::vector<TrainingSource>& cases) {
    std::set<std::string> names;
    for (const TrainingSource& one : cases)
      if (one.heldBack) names.insert(one.name);
    return names;
  }
};

TEST_F(TrainingCases, ASplitSaysWhichCasesAreHeldBackAndLeavesOthersOut) {
  for (const char* name : {"a", "b", "c"}) touch(name);
  const auto cases = bySplit(R"({"training": ["c"], "validation": ["a"]})");
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].name, "a");
  EXPECT_TRUE(cases[0].heldBack);
  EXPECT_EQ(cases[1].name, "c");
  EXPECT_FALSE(cases[1].heldBack);
  EXPECT_EQ(cases[1].image, file("imagesTr", "c"));
}

TEST_F(TrainingCases, DenseLabelsOfACaseThatIsLearnedFromByStrokesAreNotLookedAt) {
  touch("a");
  touch("b");
  const auto cases = bySplit(R"({"training": ["a"], "validation": ["b"]})");
  EXPECT_TRUE(cases[0].scribbles && !cases[0].dense);
  EXPECT_TRUE(cases[1].dense && !cases[1].scribbles);
  const auto byStrokes = bySplit(R"({"training": ["a"], "validation": ["b"]})", false, "val-scribble");
  EXPECT_TRUE(byStrokes[1].dense && byStrokes[1].scribbles);
  const auto dense = bySplit(R"({"training": ["a"], "validation": ["b"]})", true);
  EXPECT_TRUE(dense[0].dense && !dense[0].scribbles);
}

TEST_F(TrainingCases, ASplitThatDoesNotFitIsToldInOneLine) {
  for (const char* name : {"a", "b", "p_frame1", "p_frame2"}) touch(name);
  touch("no_strokes", false, true);
  touch("no_dense", true, false);
  touch("bare", false, false);
  const struct {
    const char* split;
    bool dense;
    const char* selection;
    const char* text;
  } table[] = {
      {"[1]", false, "last", "has no list 'training'"},
      {"{", false, "last", "split.json"},
      {R"({"train": ["a"]})", false, "last", "has no list 'training'"},
      {R"({"training": ["a"], "validaton": ["b"]})", false, "last", "has an unknown 'validaton'"},
      {R"({"training": "a"})", false, "last", "'training' is no list"},
      {R"({"training": [3]})", false, "last", "holds something that is no name"},
      {R"({"training": ["a", "a"]})", false, "last", "names a twice"},
      {R"({"training": ["a"], "validation": ["a"]})", false, "last", "names a twice"},
      {R"({"training": ["a", "z"]})", false, "last", "names z, which is not in imagesTr"},
      {R"({"training": ["p_frame1"], "validation": ["p_frame2"]})", false, "last",
       "has patient p in training and in validation"},
      {R"({"training": []})", false, "last", "leaves no case to learn from"},
      {R"({"training": [], "validation": ["a"]})", false, "last", "leaves no case to learn from"},
      {R"({"training": ["a"]})", false, "val-dense", "has no case held back that could choose the weights (val-dense)"},
      {R"({"training": ["a", "no_strokes", "bare"]})", false, "last",
       "bare has no strokes in scribblesTr, which this loss learns from (and 1 more)"},
      {R"({"training": ["no_dense"]})", true, "last",
       "no_dense has no dense labels in labelsTr, which this loss learns from"},
      {R"({"training": ["a"], "validation": ["no_dense"]})", false, "val-dense",
       "no_dense has no dense labels in labelsTr, which choose"},
      {R"({"training": ["a"], "validation": ["no_strokes"]})", false, "val-scribble",
       "no_strokes has no strokes in scribblesTr, which choose"},
      {R"({"training": ["a"], "validation": ["bare"]})", false, "last",
       "bare has no dense labels in labelsTr and no strokes in scribblesTr to be scored by"},
  };
  for (const auto& row : table) expectError([&] { bySplit(row.split, row.dense, row.selection); }, row.text);
  expectError([&] { trainingCasesIn(cases_, folder_ / "none.json", false, "last", 1); }, "none.json");
  expectError([&] { trainingCasesIn(folder_, {}, false, "last", 1); }, "has no CT in imagesTr");
}

TEST_F(TrainingCases, WithoutASplitAFifthOfThePatientsIsHeldBackBySeed) {
  for (int number = 0; number < 11; ++number)
    for (const char* visit : {"_visit1", "_visit2"}) touch("p" + std::to_string(number) + visit);
  const auto cases = trainingCasesIn(cases_, {}, false, "last", 1);
  std::map<std::string, int> patients;
  for (const TrainingSource& one : cases) patients[one.patient] += one.heldBack;
  EXPECT_EQ(cases.size(), 22U);
  EXPECT_EQ(std::ranges::count_if(patients, [](const auto& one) { return one.second == 2; }),
            2);  // 11 / 5, both visits
  EXPECT_EQ(std::ranges::count_if(patients, [](const auto& one) { return one.second == 0; }), 9);
  EXPECT_EQ(heldBack(cases), heldBack(trainingCasesIn(cases_, {}, false, "last", 1)));
  EXPECT_NE(heldBack(cases), heldBack(trainingCasesIn(cases_, {}, false, "last", 2)));
}

TEST_F(TrainingCases, TheSplitOfASeedIsTheSameOnEveryMachine) {
  for (const char* name : {"a", "b", "c", "d", "e"}) touch(name);
  // SplitMix64 of seed 1 and Fisher-Yates, worked out apart from this program.
  EXPECT_EQ(heldBack(trainingCasesIn(cases_, {}, false, "last", 1)), (std::set<std::string>{"c"}));
}

TEST_F(TrainingCases, OfThreePatientsOneIsHeldBackAndOfTwoNone) {
  touch("a");
  touch("b");
  EXPECT_TRUE(heldBack(trainingCasesIn(cases_, {}, false, "last", 1)).empty());
  expectError([&] { trainingCasesIn(cases_, {}, false, "val-dense", 1); }, "has no case held back");
  touch("c");
  EXPECT_EQ(heldBack(trainingCasesIn(cases_, {}, false, "val-dense", 1)).size(), 1U);
}

TEST_F(TrainingCases, WithoutASplitEveryCaseNeedsWhatTheLossLearnsFrom) {
  for (const char* name : {"a", "b", "c", "d"}) touch(name);
  touch("e", false, true);
  for (std::uint64_t seed = 0; seed < 5; ++seed)
    expectError([&] { trainingCasesIn(cases_, {}, false, "last", seed); }, "e has no strokes in scribblesTr");
}

TEST_F(TrainingCases, LabelMapsAloneAreThoseOfLabelsTrElseOfTheFolder) {
  for (const char* name : {"a", "b", "c"}) std::ofstream(file("labelsTr", name)).put(' ');
  for (const auto& folder : {cases_, cases_ / "labelsTr"}) {
    const auto maps = trainingLabelMapsIn(folder, {}, "val-dense", 1);
    ASSERT_EQ(maps.size(), 3U);
    EXPECT_EQ(heldBack(maps).size(), 1U);
    for (const TrainingSource& one : maps) {
      EXPECT_TRUE(one.image.empty() && !one.scribbles);
      EXPECT_EQ(one.dense, file("labelsTr", one.name));
    }
  }
  const auto split = write("split.json", R"({"training": ["a"], "validation": ["c"]})");
  EXPECT_EQ(heldBack(trainingLabelMapsIn(cases_, split, "last", 1)), (std::set<std::string>{"c"}));
  const auto wrong = write("split.json", R"({"training": ["a", "z"]})");
  expectError([&] { trainingLabelMapsIn(cases_, wrong, "last", 1); },
              "names z, which is not in the folder of label maps");
  expectError([&] { trainingLabelMapsIn(cases_, {}, "val-scribble", 1); },
              "has no strokes in scribblesTr, which choose");
  expectError([&] { trainingLabelMapsIn(cases_ / "imagesTr", {}, "last", 1); },
              "has no label map, in labelsTr or in itself");
}

}  // namespace
}  // namespace recontour
