#include "core/image/label_values.h"

#include <fstream>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

const OrganTable& word() {
  static const OrganTable table = OrganTable::named("word");
  return table;
}

/// A map of 1 mL voxels with so many of each value.
LabelValues valuesOf(const std::map<std::int32_t, int>& millilitres) {
  LabelValues values;
  values.geometry.size = {100, 100, 10};
  values.geometry.spacing = {10, 10, 10};
  std::vector<Label> slots;
  Label slot = 0;
  for (const auto& [value, count] : millilitres) {
    values.valueOf[++slot] = value;
    slots.insert(slots.end(), std::size_t(count), slot);
  }
  slots.resize(voxelCount(values.geometry.size), 0);
  values.slots = LabelMap::fromDense(values.geometry.size, slots);
  return values;
}

std::map<std::string, std::int64_t> millilitresOf(const LabelValues& values, const std::string& table) {
  std::map<std::string, std::int64_t> result;
  const auto counts = labelCounts(labelled(values, labelsByTable(values, LabelValueTable::named(table), word())));
  for (const Organ& organ : word().organs()) {
    if (counts[organ.label] > 0) result[organ.key] = counts[organ.label];
  }
  return result;
}

template <typename Run>
std::string errorOf(Run&& run) {
  try {
    run();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(LabelValueTables, EveryShippedOneNamesOrgansOfItsTableOnly) {
  const auto names = LabelValueTable::shipped();
  EXPECT_EQ(names,
            (std::vector<std::string>{"amos", "btcv", "tcia", "totalsegmentator", "totalsegmentator-v1", "word"}));
  for (const auto& name : names) {
    const LabelValueTable table = LabelValueTable::named(name);
    for (const auto& entry : table.entries())
      EXPECT_TRUE(entry.organ.empty() || word().find(std::string_view(entry.organ)) != nullptr) << entry.organ;
  }
  EXPECT_EQ(LabelValueTable::named("totalsegmentator").entries().size(), 117U);
  EXPECT_EQ(LabelValueTable::named("totalsegmentator-v1").entries().size(), 104U);
}

TEST(LabelValueTables, WordsTableIsTheOrganTable) {
  const LabelValueTable table = LabelValueTable::named("word");
  for (const auto& entry : table.entries())
    EXPECT_EQ(word().find(std::string_view(entry.organ))->label, entry.value) << entry.name;
}

TEST(LabelValueTables, AFemurIsNoFemoralHeadAndAdrenalGlandsAreOneOrgan) {
  const LabelValues values = valuesOf({{5, 1400}, {8, 3}, {9, 4}, {75, 300}, {76, 310}});
  EXPECT_EQ(millilitresOf(values, "totalsegmentator"),
            (std::map<std::string, std::int64_t>{{"liver", 1400}, {"adrenal", 7}}));
}

TEST(LabelValueTables, LeftAndRightAreKeptApart) {
  EXPECT_EQ(millilitresOf(valuesOf({{2, 150}, {3, 160}}), "amos"),
            (std::map<std::string, std::int64_t>{{"kidney_right", 150}, {"kidney_left", 160}}));
}

TEST(LabelValueTables, AValueThatTheTableDoesNotKnowIsRefused) {
  EXPECT_EQ(errorOf([] {
              millilitresOf(valuesOf({{16, 10}, {77, 10}}), "amos");
            }),
            "the table 'amos' does not know the values 16, 77");
}

TEST(LabelValueTables, FilesAreReadAndFaultsNamed) {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::string& text) {
    std::ofstream(folder / "t.json") << text;
    return errorOf([&] { LabelValueTable::named((folder / "t.json").string()); });
  };
  const std::string start = R"({"format": "recontour-label-values", "version": 1, "name": "own", "organs": "word", )";
  EXPECT_EQ(refusal(start + R"("values": [{"value": 300, "organ": "liver"}, {"value": 7, "organ": null}]})"),
            "no error");
  EXPECT_NE(refusal(start + R"("values": [{"value": 3, "organ": "liver"}, {"value": 3, "organ": null}]})")
                .find("t.json: value 3 stands there twice"),
            std::string::npos);
  EXPECT_NE(refusal(start + R"("values": [{"value": 0, "organ": "liver"}]})").find("value 0 is not above 0"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"format": "other"})").find("is no table of label values"), std::string::npos);
  EXPECT_NE(errorOf([] { LabelValueTable::named("amoss"); }).find("the shipped ones are amos, btcv"),
            std::string::npos);
}

TEST(LabelValues, VolumesTellWhoseNumbersTheyAre) {
  // Liver 1400, spleen 200, kidneys 150 and 160 mL, in the numbers of WORD and of AMOS.
  EXPECT_TRUE(areLabelsOf(valuesOf({{1, 1400}, {2, 200}, {3, 160}, {4, 150}}), word()));
  const LabelValues amos = valuesOf({{1, 200}, {2, 150}, {3, 160}, {6, 1400}});
  EXPECT_FALSE(areLabelsOf(amos, word()));
  EXPECT_EQ(likeliestTable(amos, word()), "amos");
  EXPECT_FALSE(areLabelsOf(valuesOf({{1, 1400}, {17, 10}}), word()));
}

TEST(LabelValues, ThatAreLargeNeedATable) {
  EXPECT_EQ(errorOf([] {
              labelsAsTheyAre(valuesOf({{1, 10}, {1042, 10}}));
            }),
            "holds the value 1042 where labels end at 255");
}

TEST(Relabelled, ChangesEveryVoxelOfWholeBricksAndOfThoseAtTheBorder) {
  const Size3 size{70, 33, 32};  // whole bricks, and cut ones along x and y
  std::vector<Label> before(voxelCount(size), 255);
  before[3] = 0;
  before[40] = 5;
  SlotLabels labels{};
  labels[255] = 17;
  labels[5] = 0;
  const LabelMap after = relabelled(LabelMap::fromDense(size, before), labels);
  std::vector<Label> expected(voxelCount(size), 17);
  expected[3] = expected[40] = 0;
  EXPECT_EQ(after.toDense(), expected);
  EXPECT_EQ(labelCounts(after)[17], 70 * 33 * 32 - 2);
}

TEST(Relabelled, BricksOfOneLabelAreSharedUntilOneIsWritten) {
  const Size3 size{64, 32, 32};
  SlotLabels labels{};
  labels[255] = 17;
  LabelMap after = relabelled(LabelMap::fromDense(size, std::vector<Label>(voxelCount(size), 255)), labels);
  EXPECT_EQ(after.brick(0), after.brick(1));
  after.writeRow(0, 0, 0, std::vector<Label>{4});
  EXPECT_EQ(after.at({0, 0, 0}), 4);
  EXPECT_EQ(after.at({32, 0, 0}), 17);
}

}  // namespace
}  // namespace recontour
