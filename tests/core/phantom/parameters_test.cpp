#include "core/phantom/parameters.h"

#include <functional>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/phantom/table.h"

namespace recontour {
namespace {

Parameters sample(const std::string& text) { return Parameters::fromText(text, "sample.json"); }

std::string messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Parameters, ReadsRowsOfNumbers) {
  const auto rows = sample(R"({"line": "1 -2.5 3; 4 5 6"})").rows("line", 3);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0], (std::vector<double>{1, -2.5, 3}));
}

TEST(Parameters, NamesFileAndMemberThatIsMissing) {
  const auto text = messageOf([] { sample(R"({"organs": {}})").group("organs").group("liver"); });
  EXPECT_NE(text.find("sample.json: organs.liver is missing"), std::string::npos) << text;
}

TEST(Parameters, RefusesRowsOfAnotherLengthOrForm) {
  for (const char* bad : {"1 2; 3", "1 x", "1 2;", "", "1,2"}) {
    const Parameters parameters = sample(std::string(R"({"line": ")") + bad + R"("})");
    EXPECT_THROW(parameters.rows("line", 2), Error) << bad;
  }
}

TEST(Parameters, RefusesWhatIsNotJson) { EXPECT_THROW(sample("{"), Error); }

TEST(Table, IsLinearBetweenRowsAndConstantBeyond) {
  const Parameters parameters = sample(R"({"width": "0 10 1; 10 20 3"})");
  const Table table(parameters, "width", 2);
  EXPECT_DOUBLE_EQ(table.at(5), 15);
  EXPECT_DOUBLE_EQ(table.at(5, 1), 2);
  EXPECT_DOUBLE_EQ(table.at(-3), 10);
  EXPECT_DOUBLE_EQ(table.at(99), 20);
}

TEST(Table, RefusesADescendingFirstColumn) {
  const Parameters parameters = sample(R"({"width": "10 1; 0 2"})");
  const auto text = messageOf([&] { Table(parameters, "width", 1); });
  EXPECT_NE(text.find("width must ascend"), std::string::npos) << text;
}

}  // namespace
}  // namespace recontour
