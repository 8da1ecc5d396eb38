#include "core/evaluate/tolerances.h"

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

TEST(Tolerances, AreOneOrMoreFiguresInMillimetres) {
  const auto several = tolerancesFrom("1,2.5,3", word());
  ASSERT_EQ(several.size(), 3u);
  EXPECT_EQ(several[1].name, "2.5mm");
  EXPECT_EQ(several[1].tolerance.of(4), 2.5);
  EXPECT_THROW(tolerancesFrom("-1", word()), Error);
  EXPECT_THROW(tolerancesFrom("3mm", word()), Error);
  EXPECT_THROW(tolerancesFrom("1,,2", word()), Error);
}

TEST(Tolerances, OfAFileAreThoseOfTheOrgansItNames) {
  const TemporaryFolder folder;
  const auto file = folder / "t.json";
  std::ofstream(file) << R"({"format": "recontour-tolerances", "version": 1, "mm": 2, "organs": {"liver": 5}})";
  const auto own = tolerancesFrom(file.string(), word());
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0].name, "");
  EXPECT_EQ(own[0].tolerance.of(1), 5);
  EXPECT_EQ(own[0].tolerance.of(2), 2);
}

TEST(Tolerances, AFileThatNamesNoSuchOrganIsRefused) {
  const TemporaryFolder folder;
  const auto file = folder / "t.json";
  std::ofstream(file) << R"({"format": "recontour-tolerances", "version": 1, "organs": {"lever": 5}})";
  EXPECT_THROW(tolerancesFrom(file.string(), word()), Error);
  std::ofstream(file) << R"({"format": "recontour-tolerances", "version": 1, "organs": {"liver": "5"}})";
  EXPECT_THROW(tolerancesFrom(file.string(), word()), Error);
  std::ofstream(file) << "[3]";
  EXPECT_THROW(tolerancesFrom(file.string(), word()), Error);
}

}  // namespace
}  // namespace recontour
