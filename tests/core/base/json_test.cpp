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

}  // namespace
}  // namespace recontour
