#include "core/anonymize/patient_keys.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(PatientKeys, AreTheIdElseTheNameElseTheStudy) {
  const PatientKeys keys;
  EXPECT_EQ(keys.of({"1.2", "4711", "MUELLER"}), "id 4711");
  EXPECT_EQ(keys.of({"1.2", "", "MUELLER"}), "name MUELLER");
  EXPECT_EQ(keys.of({"1.2", "", ""}), "study 1.2");
}

TEST(PatientKeys, DoNotDependOnCaseAndBlanks) {
  PatientKeys keys;
  keys.add("1.dcm", {"1.2", "Id7", "x"});
  keys.add("2.dcm", {"1.2", " ID7 ", "x"});
  EXPECT_EQ(keys.of({"1.2", "id7", "x"}), keys.of({"9.9", "ID7", "y"}));
  EXPECT_TRUE(keys.mixed().empty());
}

TEST(PatientKeys, AFileWithoutAnIdHasThatOfItsStudy) {
  PatientKeys keys;
  keys.add("1.dcm", {"1.2", "", "x"});
  keys.add("2.dcm", {" 1.2", "ID7", ""});
  EXPECT_EQ(keys.of({"1.2", "", "x"}), "id ID7");
  EXPECT_EQ(keys.of({"1.3", "", "x"}), "name X");
}

TEST(PatientKeys, OfTwoIdsInAStudyTheFirstHoldsAndOneLineTellsIt) {
  PatientKeys keys;
  for (const char* id : {"ID7", "ID8", "ID9"}) keys.add(std::string(id) + ".dcm", {"1.2", id, ""});
  EXPECT_EQ(keys.of({"1.2", "ID9", ""}), "id ID7");
  ASSERT_EQ(keys.mixed().size(), 1U);
  EXPECT_NE(std::string(keys.mixed()[0].what()).find("ID8.dcm"), std::string::npos);
}

TEST(PatientKeys, FilesWithoutAStudyShareNothing) {
  PatientKeys keys;
  keys.add("1.dcm", {"", "ID7", ""});
  EXPECT_EQ(keys.of({"", "", "x"}), "name X");
}

TEST(PatientKeys, OfWhatCannotBeReadThereIsNone) { EXPECT_EQ(identityOf("/nowhere/1.dcm").id, ""); }

}  // namespace
}  // namespace recontour
