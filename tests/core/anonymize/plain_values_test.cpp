#include "core/anonymize/plain_values.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(PlainValues, AreWhatTheirVrSays) {
  EXPECT_TRUE(isPlain("CS", "AXIAL "));
  EXPECT_FALSE(isPlain("CS", "Mueller"));
  EXPECT_FALSE(isPlain("CS", "SEVENTEEN_LETTERS"));
  EXPECT_TRUE(isPlain("AS", "064Y"));
  EXPECT_FALSE(isPlain("AS", "old"));
  EXPECT_TRUE(isPlain("LO", "ACME"));
  EXPECT_FALSE(isPlain("LO", std::string_view("ACME\0Mueller", 12)));
}

TEST(PlainValues, DecimalsAreFiniteNumbersOfSixteenCharacters) {
  for (const char* text : {"-1.5e3", " 2", "+.5", "3.", "", "-1234567890.1234"})
    EXPECT_TRUE(isPlain("DS", text)) << text;
  for (const char* text :
       {"1-2", "1.2.3", "e", "inf", "nan", "0x1f", "1e999", "12 Mueller", "+-1", "1234567890.123456"})
    EXPECT_FALSE(isPlain("DS", text)) << text;
}

TEST(PlainValues, WholeNumbersFitInto32Bits) {
  for (const char* text : {"12", "-2147483648", "+7", "", " 3 "}) EXPECT_TRUE(isPlain("IS", text)) << text;
  for (const char* text : {"12 Mueller", "12345678901", "1.5", "+-7", "0000000000001"})
    EXPECT_FALSE(isPlain("IS", text)) << text;
}

TEST(PlainValues, EachOfSeveralIsJudged) {
  EXPECT_EQ(plainValues("CS", "ORIGINAL\\PRIMARY\\Mueller"), "ORIGINAL\\PRIMARY\\");
  EXPECT_EQ(plainValues("DS", "1\\MUELLER\\ 3"), "1\\\\ 3");
  EXPECT_EQ(plainValues("DS", ""), "");
  EXPECT_FALSE(plainValues("CS", "Mueller"));
  EXPECT_FALSE(plainValues("IS", "Hans\\Mueller"));
  EXPECT_TRUE(arePlain("DS", "1\\2"));
  EXPECT_FALSE(arePlain("DS", "1\\1.5,0"));
}

TEST(PlainValues, DecimalsWithTooManyDigitsAreRounded) {
  EXPECT_EQ(plainValues("DS", "-249.51171875000001\\1"), "-249.51171875\\1");
  EXPECT_EQ(plainValues("DS", "-1.2345678900000001e-12"), "-1.23456789e-12");
  EXPECT_TRUE(arePlain("DS", "0.33333333333333331"));
  EXPECT_FALSE(arePlain("DS", "0.333333333333333333333333333333333333"));
}

}  // namespace
}  // namespace recontour
