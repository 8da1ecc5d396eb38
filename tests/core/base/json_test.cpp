#include "core/base/json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace recontour {
namespace {

TEST(ParseJson, ReadsADocument) {
  const Json json = parseJson(R"({"a": [1, 2.5, "x"]})", "a.json");
  EXPECT_EQ(json.at("a").at(2), "x");
}

TEST(ParseJson, SaysWhereItIsBrokenInOneLine) {
  for (const char* text : {"", "{", "{\"a\":\n 1,\n}", "\xff", "1 2"}) {
    try {
      parseJson(text, "a.json");
      FAIL() << text;
    } catch (const Error& error) {
      const std::string message = error.what();
      EXPECT_TRUE(message.starts_with("a.json: is not valid JSON")) << message;
      EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    }
  }
}

TEST(ReadJsonFile, NamesAMissingFile) {
  try {
    readJsonFile("/nowhere/a.json");
    FAIL() << "read";
  } catch (const Error& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("/nowhere/a.json: no such file")) << error.what();
  }
}

TEST(ParseJson, RefusesNumbersThatNoConversionCanHold) {
  EXPECT_NO_THROW(parseJson("[1e9, 9223372036854775807, -0.5]", "f"));
  for (const char* text : {"1e300", "[-5.6e115]", R"({"a": 2147483649.5})"})
    EXPECT_THROW(parseJson(text, "f"), Error) << text;
}

TEST(WholeNumber, IsWholeAndInRange) {
  EXPECT_EQ(wholeNumber(parseJson("255", "f"), 0, 255), 255);
  EXPECT_EQ(wholeNumber(parseJson("-3", "f"), -3, 255), -3);
  for (const char* text : {"256", "-1", "1.0", "\"1\"", "null", "18446744073709551615"})
    EXPECT_THROW(wholeNumber(parseJson(text, "f"), 0, 255), Error) << text;
}

}  // namespace
}  // namespace recontour
