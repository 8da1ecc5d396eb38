#include "core/anonymize/attribute_rules.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

const AttributeRules& rules() {
  static const AttributeRules kRules = AttributeRules::shipped();
  return kRules;
}

Treatment of(DicomTag tag, std::string_view vr, bool isKnown = true) {
  return rules().of({tag, vr, isKnown, vr == "PN", false}).treatment;
}

TEST(ConfidentialityProfile, HasEveryRowOfTheTable) { EXPECT_EQ(ConfidentialityProfile::shipped().rows(), 656U); }

TEST(ConfidentialityProfile, FindsRowsAndPatterns) {
  const ConfidentialityProfile profile = ConfidentialityProfile::shipped();
  EXPECT_EQ(profile.find(0x00080050)->keyword, "AccessionNumber");
  EXPECT_EQ(profile.find(0x60123000)->keyword, "OverlayData");
  EXPECT_EQ(profile.find(0x50a0abcd)->keyword, "CurveData");
  EXPECT_TRUE(profile.find(0x00091001));
  EXPECT_FALSE(profile.find(0x00080060));
}

TEST(ConfidentialityProfile, TakesTheActionThatKeepsDataSetsValid) {
  EXPECT_EQ(basicActionOf("X/Z"), BasicAction::Empty);
  EXPECT_EQ(basicActionOf("X/Z/D"), BasicAction::Dummy);
  EXPECT_EQ(basicActionOf("X/Z/U*"), BasicAction::MapUid);
  EXPECT_THROW(basicActionOf("Y"), Error);
}

TEST(AttributeRules, FollowTheTable) {
  EXPECT_EQ(of(0x00100030, "DA"), Treatment::Empty);         // Patient's Birth Date
  EXPECT_EQ(of(0x00101040, "LO"), Treatment::Remove);        // Patient's Address
  EXPECT_EQ(of(0x00080080, "LO"), Treatment::Dummy);         // Institution Name
  EXPECT_EQ(of(0x00080018, "UI"), Treatment::MapUids);       // SOP Instance UID
  EXPECT_EQ(of(0x00081140, "SQ"), Treatment::Walk);          // Referenced Image Sequence
  EXPECT_EQ(of(0x00080020, "DA"), Treatment::ShiftDates);    // Study Date
  EXPECT_EQ(of(0x00080030, "TM"), Treatment::KeepTimes);     // Study Time
  EXPECT_EQ(of(0x0008103e, "LO"), Treatment::KeepHarmless);  // Series Description
  EXPECT_EQ(of(0x30060026, "LO"), Treatment::NameStructure);
}

TEST(AttributeRules, PrivateOverlaysCurvesAndUnknownAttributesGo) {
  EXPECT_EQ(of(0x00091001, "LO"), Treatment::Remove);
  EXPECT_EQ(of(0x60000010, "US"), Treatment::Remove);
  EXPECT_EQ(of(0x50000005, "US"), Treatment::Remove);
  EXPECT_EQ(of(0x00080000, "UL"), Treatment::Remove);         // a group's length
  EXPECT_EQ(of(0x00084711, "US", false), Treatment::Remove);  // in no dictionary
  EXPECT_EQ(of(0x00280010, "UN"), Treatment::Remove);
}

TEST(AttributeRules, UidsOfKindsStayAndThoseOfThingsDoNot) {
  EXPECT_EQ(of(0x00080016, "UI"), Treatment::KeepUids);         // SOP Class UID
  EXPECT_EQ(of(0x0008010c, "UI"), Treatment::KeepUids);         // Coding Scheme UID
  EXPECT_EQ(of(0x00200242, "UI"), Treatment::MapInstanceUids);  // SOP Instance UID of Concatenation Source, in no row
  EXPECT_EQ(of(0x00200052, "UI"), Treatment::MapUids);          // Frame of Reference UID, in the table
}

TEST(AttributeRules, WhatTheTableDoesNotNameStaysWhereItHoldsNoText) {
  EXPECT_EQ(of(0x00280010, "US"), Treatment::Keep);       // Rows
  EXPECT_EQ(of(0x00180050, "DS"), Treatment::KeepPlain);  // Slice Thickness
  EXPECT_EQ(of(0x00080070, "LO"), Treatment::KeepPlain);  // Manufacturer, on our list
  EXPECT_EQ(of(0x00620006, "ST"), Treatment::KeepNames);  // Segment Description
  EXPECT_EQ(of(0x00282000, "OB"), Treatment::Remove);     // ICC Profile
  EXPECT_EQ(of(0x0040a075, "PN"), Treatment::Dummy);      // names anywhere
  EXPECT_EQ(of(0x7fe00010, "OW"), Treatment::Keep);
}

TEST(AttributeRules, AnAttributeIsJudgedByTheVrOfTheFile) {
  EXPECT_EQ(of(0x00280010, "LO"), Treatment::KeepHarmless);  // a text where a number belongs
  EXPECT_EQ(of(0x00100020, "SQ"), Treatment::Remove);
  EXPECT_EQ(rules().of({0x00081049, "LO", true, true, false}).treatment, Treatment::Remove);
}

TEST(AttributeRules, WhatHasAnotherVrThanItsOwnDoesNotStay) {
  const auto otherwise = [](DicomTag tag, std::string_view vr) {
    return rules().of({tag, vr, true, false, false, false}).treatment;
  };
  EXPECT_EQ(otherwise(0x00280010, "LO"), Treatment::Remove);  // Rows
  EXPECT_EQ(otherwise(0x0008103e, "UT"), Treatment::Remove);  // Series Description
  EXPECT_EQ(otherwise(0x00080080, "UT"), Treatment::Dummy);   // Institution Name
  EXPECT_EQ(of(0x00283006, "LT"), Treatment::Remove);         // LUT Data
  EXPECT_EQ(of(0x00283006, "OW"), Treatment::Keep);
}

TEST(HarmlessTexts, OnlyListedWordsAndOneNumberStay) {
  const HarmlessTexts& texts = rules().texts();
  EXPECT_TRUE(texts.isHarmless("CT Abdomen, portal-venous"));
  EXPECT_TRUE(texts.isHarmless("Thorax 5mm"));
  EXPECT_TRUE(texts.isHarmless("CT Body 3.0"));
  EXPECT_TRUE(texts.isHarmless(""));
  EXPECT_FALSE(texts.isHarmless("CT Mueller"));
  EXPECT_FALSE(texts.isHarmless("CT 4711"));
  EXPECT_FALSE(texts.isHarmless("CT 03 01 60"));
  EXPECT_FALSE(texts.isHarmless("CT 03.01.60"));
  EXPECT_FALSE(texts.isHarmless("CT M\xc3\xbcller"));
  EXPECT_FALSE(texts.isHarmless("CT\x1b[2J"));
}

TEST(HarmlessTexts, StructuresMayHaveTheirNames) {
  const HarmlessTexts& texts = rules().texts();
  EXPECT_TRUE(texts.isStructureName("Kidney_L"));
  EXPECT_TRUE(texts.isStructureName("kidney left"));
  EXPECT_TRUE(texts.isStructureName("GTV-1"));
  EXPECT_FALSE(texts.isStructureName("GTV Mueller"));
}

}  // namespace
}  // namespace recontour
