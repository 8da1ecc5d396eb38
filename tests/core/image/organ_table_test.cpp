#include "core/image/organ_table.h"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

using Colour = std::array<std::uint8_t, 3>;

double linearOf(std::uint8_t value) {
  const double v = value / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double cubeRootOf(double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; }

/// L*, a*, b* of an sRGB colour under D65 (CIE 15:2004).
std::array<double, 3> labOf(const Colour& colour) {
  const double r = linearOf(colour[0]), g = linearOf(colour[1]), b = linearOf(colour[2]);
  const double x = cubeRootOf((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const double y = cubeRootOf(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const double z = cubeRootOf((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.0890);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIE 1976 colour difference; about 2 is just noticeable side by side.
double differenceOf(const Colour& one, const Colour& other) {
  const auto a = labOf(one), b = labOf(other);
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

std::string messageFor(const std::string& content) {
  const TemporaryFolder folder;
  writeFileSafely(folder / "table.json", content);
  try {
    OrganTable::fromFile(folder / "table.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

std::string tableOf(const std::string& organs) {
  return R"({"format": "recontour-organs", "version": 1, "name": "own", "organs": [)" + organs + "]}";
}

TEST(OrganTable, WordHasItsSixteenOrgansInOrder) {
  const OrganTable table = OrganTable::named("word");
  EXPECT_EQ(table.name(), "word");
  ASSERT_EQ(table.organs().size(), 16u);
  for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(table.organs()[i].label, i + 1);
  const char* const names[] = {"liver",    "spleen",      "kidney_left",        "kidney_right",
                               "stomach",  "gallbladder", "esophagus",          "pancreas",
                               "duodenum", "colon",       "intestine",          "adrenal",
                               "rectum",   "bladder",     "head_of_femur_left", "head_of_femur_right"};
  for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(table.organs()[i].key, names[i]);
}

TEST(OrganTable, WordNamesAreThoseOfTg263) {
  const OrganTable table = OrganTable::named("word");
  EXPECT_EQ(table.find("kidney_left")->tg263, "Kidney_L");
  EXPECT_EQ(table.find("intestine")->tg263, "Bowel_Small");
  EXPECT_EQ(table.find("adrenal")->tg263, "Glnd_Adrenal");
  EXPECT_EQ(table.find("head_of_femur_right")->tg263, "Femur_Head_R");
  for (const auto& organ : table.organs()) {
    EXPECT_LE(organ.tg263.size(), 16u) << organ.tg263;
    EXPECT_EQ(organ.tg263.find(' '), std::string::npos) << organ.tg263;
  }
}

TEST(OrganTable, WordOrgansHaveCodesAndLaterality) {
  const OrganTable table = OrganTable::named("word");
  for (const auto& organ : table.organs()) EXPECT_FALSE(organ.snomed.empty()) << organ.key;
  EXPECT_EQ(table.find("liver")->snomed, "10200004");
  EXPECT_EQ(table.find("kidney_left")->modifier, "7771000");
  EXPECT_EQ(table.find("kidney_right")->modifier, "24028007");
  EXPECT_EQ(table.find("liver")->modifier, "");
}

TEST(OrganTable, WordColoursAreDistinctAndReadableOnBlack) {
  std::set<std::array<std::uint8_t, 3>> colours;
  const OrganTable table = OrganTable::named("word");
  for (const auto& organ : table.organs()) {
    colours.insert(organ.displayColour);
    const auto& c = organ.displayColour;
    EXPECT_GT(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2], 50) << organ.key;
  }
  EXPECT_EQ(colours.size(), 16u);
}

TEST(OrganTable, AllWordOrgansAreToldApart) {
  EXPECT_NEAR(differenceOf({0, 0, 0}, {255, 255, 255}), 100, 0.1);
  const OrganTable table = OrganTable::named("word");
  for (const auto& one : table.organs()) {
    for (const auto& other : table.organs()) {
      if (one.key >= other.key) continue;
      EXPECT_GT(differenceOf(one.displayColour, other.displayColour), 25) << one.key << " and " << other.key;
    }
  }
}

TEST(OrganTable, FindGivesNothingForWhatItLacks) {
  const OrganTable table = OrganTable::named("word");
  EXPECT_EQ(table.find(Label{1})->key, "liver");
  EXPECT_EQ(table.find(Label{17}), nullptr);
  EXPECT_EQ(table.find(Label{0}), nullptr);
  EXPECT_EQ(table.find("tail"), nullptr);
}

TEST(OrganTable, ItsHashIsOfLabelsAndKeysAlone) {
  const TemporaryFolder folder;
  writeFileSafely(folder / "a.json", tableOf(R"({"label": 3, "key": "tail", "name": "Tail", "colour": [1, 2, 3]})"));
  writeFileSafely(folder / "b.json", tableOf(R"({"label": 3, "key": "tail", "name": "Other", "colour": [9, 9, 9]})"));
  writeFileSafely(folder / "c.json", tableOf(R"({"label": 4, "key": "tail", "name": "Tail", "colour": [1, 2, 3]})"));
  const OrganTable a = OrganTable::named((folder / "a.json").string());
  EXPECT_EQ(a.hash(), sha256Hex(std::string_view("3 tail\n")));
  EXPECT_EQ(a.hash(), OrganTable::fromFile(folder / "b.json").hash());
  EXPECT_NE(a.hash(), OrganTable::fromFile(folder / "c.json").hash());
}

TEST(OrganTable, TheDisplayColourIsTheColourUnlessGiven) {
  const TemporaryFolder folder;
  writeFileSafely(folder / "a.json", tableOf(R"({"label": 3, "key": "tail", "name": "Tail", "colour": [1, 2, 3]})"));
  const OrganTable table = OrganTable::fromFile(folder / "a.json");
  EXPECT_EQ(table.organs()[0].displayColour, (std::array<std::uint8_t, 3>{1, 2, 3}));
}

TEST(OrganTable, SaysWhatIsWrongWithATable) {
  const std::string organ = R"({"label": 3, "key": "tail", "name": "Tail", "colour": [1, 2, 3]})";
  EXPECT_EQ(messageFor(tableOf(organ)), "no error");
  EXPECT_NE(messageFor("not JSON").find("is not valid JSON"), std::string::npos);
  EXPECT_NE(messageFor(R"({"name": "own"})").find("is not an organ table"), std::string::npos);
  EXPECT_NE(messageFor(tableOf(R"({"label": 0, "key": "a", "name": "A", "colour": [1, 2, 3]})")).find("label 0"),
            std::string::npos);
  EXPECT_NE(messageFor(tableOf(R"({"label": 256, "key": "a", "name": "A", "colour": [1, 2, 3]})")).find("label 256"),
            std::string::npos);
  EXPECT_NE(messageFor(tableOf(R"({"label": 1, "key": "a", "name": "A", "colour": [1, 2]})")).find("organ table"),
            std::string::npos);
  EXPECT_NE(messageFor(tableOf(R"({"label": 1, "key": "a", "name": "A", "colour": [1, 2, 300]})")).find("0..255"),
            std::string::npos);
  EXPECT_NE(messageFor(tableOf(organ + "," + organ)).find("twice"), std::string::npos);
  EXPECT_NE(messageFor(tableOf("")).find("no organ"), std::string::npos);
}

TEST(OrganTable, AnUnknownNameIsAnErrorThatNamesTheShippedOnes) {
  try {
    OrganTable::named("sword");
    FAIL() << "found";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()), "sword: no organ table of this name; use word, or the path of a table");
  }
}

}  // namespace
}  // namespace recontour
