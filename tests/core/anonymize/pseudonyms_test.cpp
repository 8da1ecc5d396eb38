#include "core/anonymize/pseudonyms.h"

#include <gtest/gtest.h>

#include "core/anonymize/shifted_dates.h"

namespace recontour {
namespace {

TEST(Pseudonyms, FollowFromSaltAndIdentifier) {
  const Pseudonyms one("salt one"), again("salt one"), other("salt two");
  EXPECT_EQ(one.uid("1.2.3"), again.uid("1.2.3"));
  EXPECT_NE(one.uid("1.2.3"), one.uid("1.2.4"));
  EXPECT_NE(one.uid("1.2.3"), other.uid("1.2.3"));
  EXPECT_NE(one.patient("4711"), other.patient("4711"));
  EXPECT_NE(one.folder("1.2.3"), other.folder("1.2.3"));
}

TEST(Pseudonyms, AreValidInDicom) {
  const Pseudonyms pseudonyms("salt");
  const std::string uid = pseudonyms.uid("1.2.3");
  EXPECT_EQ(uid.substr(0, 5), "2.25.");
  EXPECT_LE(uid.size(), 64U);
  EXPECT_EQ(uid.find_first_not_of("0123456789."), std::string::npos);
  EXPECT_EQ(pseudonyms.patient("4711").size(), 14U);
}

TEST(Pseudonyms, MoveDatesOneToTenYearsBack) {
  const Pseudonyms pseudonyms("salt");
  for (int patient = 0; patient < 500; ++patient) {
    const int days = pseudonyms.daysBack(std::to_string(patient));
    EXPECT_GE(days, 365);
    EXPECT_LE(days, 3652);
  }
}

TEST(ShiftedDates, GoBackOverMonthsAndLeapDays) {
  EXPECT_EQ(shiftedDates("20240301", 1), "20240229");
  EXPECT_EQ(shiftedDates("20230301", 1), "20230228");
  EXPECT_EQ(shiftedDates("20240101", 366), "20221231");
  EXPECT_EQ(shiftedDates("2024.03.01", 1), "20240229");
}

TEST(ShiftedDates, KeepTheirDistance) {
  const std::string first = *shiftedDates("20240101", 1000), second = *shiftedDates("20240131", 1000);
  EXPECT_EQ(first, "20210406");
  EXPECT_EQ(second, "20210506");
}

TEST(ShiftedDates, OfSeveralValuesEachIsMovedAndEmptyOnesStay) {
  EXPECT_EQ(shiftedDates("20240301\\\\20240302", 1), "20240229\\\\20240301");
  EXPECT_EQ(shiftedDates("", 1), "");
}

TEST(ShiftedDates, WhatIsNoDateIsNotKept) {
  for (const char* text : {"20241301", "20240230", "2024030", "MUELLER1", "20240301\\x"})
    EXPECT_FALSE(shiftedDates(text, 1)) << text;
}

TEST(ShiftedDateTimes, KeepTimeAndPrecisionButNotTheOffset) {
  EXPECT_EQ(shiftedDateTimes("20240301131500.25+0100", 1), "20240229131500.25");
  EXPECT_EQ(shiftedDateTimes("20240301", 1), "20240229");
  EXPECT_EQ(shiftedDateTimes("202403", 1), "202402");
  EXPECT_EQ(shiftedDateTimes("2024", 1), "2023");
  EXPECT_FALSE(shiftedDateTimes("20240301mueller", 1));
}

TEST(Times, AreOnlyDigits) {
  EXPECT_TRUE(areTimes("131500.25\\0930"));
  EXPECT_TRUE(areTimes("13:15:00"));
  EXPECT_TRUE(areTimes(""));
  EXPECT_FALSE(areTimes("Mueller"));
  EXPECT_FALSE(areTimes("131500.1234567"));
}

}  // namespace
}  // namespace recontour
