#include "core/session/label_runs.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr Size3 kSize{40, 2, 2};

LabelMap painted(int y, int z, int x, std::vector<Label> labels) {
  LabelMap map(kSize);
  map.writeRow(y, z, x, labels);
  return map;
}

TEST(LabelRuns, AreCutWhereLabelsChangeAndAtBricks) {
  const LabelMap map = painted(1, 1, 30, {1, 1, 1, 1, 2});
  const auto runs = runsOf(map);
  const std::uint64_t row = (1 * 2 + 1) * 40;
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(runs[0], (LabelRun{row + 30, 2, 0, 1}));
  EXPECT_EQ(runs[1], (LabelRun{row + 32, 2, 0, 1}));  // the next brick of 32
  EXPECT_EQ(runs[2], (LabelRun{row + 34, 1, 0, 2}));
}

TEST(LabelRuns, AppliedTheyMakeTheMapThatTheyCameFrom) {
  const LabelMap before = painted(0, 0, 0, {3, 3, 3}), after = painted(0, 0, 1, {3, 5});
  LabelMap map = before;
  applyRuns(runsOf(differenceOf(before, after), map, LabelLayers::kOrgans), map);
  EXPECT_EQ(map, after);
}

TEST(LabelRuns, BytesReadBackAndLeaveTheRest) {
  const std::vector<LabelRun> runs = {{7, 3, 0, 1}, {std::uint64_t{1} << 40, 2, 9, 255}};
  const std::string bytes = encodeRuns(runs) + encodeRuns({}) + "rest";
  std::string_view rest = bytes;
  EXPECT_EQ(decodeRuns(rest), runs);
  EXPECT_TRUE(decodeRuns(rest).empty());
  EXPECT_EQ(rest, "rest");
}

TEST(LabelRuns, CutShortOrOutsideTheGridIsAnError) {
  const std::string bytes = encodeRuns({{7, 3, 0, 1}});
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    std::string_view cut = std::string_view(bytes).substr(0, length);
    EXPECT_THROW(decodeRuns(cut), Error) << length;
  }
  LabelMap map(kSize);
  EXPECT_THROW(applyRuns({{160, 1, 0, 1}}, map), Error);
  EXPECT_THROW(applyRuns({{39, 2, 0, 1}}, map), Error);  // into the next row
  EXPECT_THROW(applyRuns({{~std::uint64_t{0}, 1, 0, 1}}, map), Error);
}

}  // namespace
}  // namespace recontour
