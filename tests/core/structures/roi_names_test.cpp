#include "core/structures/roi_names.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

class RoiNames : public testing::Test {
 protected:
  MatchedRoi match(const std::string& name) const {
    Roi roi;
    roi.name = name;
    return matchRoi(roi, organs_, synonyms_);
  }
  std::string exact(const std::string& name) const {
    const MatchedRoi found = match(name);
    return found.match == NameMatch::Exact ? found.key : "";
  }
  std::string likely(const std::string& name) const {
    const MatchedRoi found = match(name);
    return found.match == NameMatch::Likely ? found.key : "";
  }
  OrganTable organs_ = OrganTable::named("word");
  RoiSynonyms synonyms_ = shippedRoiSynonyms();
};

TEST_F(RoiNames, EveryTg263NameOfTheTableMeansItsOrgan) {
  for (const Organ& organ : organs_.organs()) {
    EXPECT_EQ(exact(organ.tg263), organ.key);
    EXPECT_EQ(exact(organ.key), organ.key);
    EXPECT_EQ(exact(organ.name), organ.key);
    EXPECT_EQ(exact(organ.tg263 + "^auto"), organ.key);
  }
}

TEST_F(RoiNames, ClinicsWriteThemInManyWays) {
  EXPECT_EQ(exact("LIVER"), "liver");
  EXPECT_EQ(exact("Kidney Left"), "kidney_left");
  EXPECT_EQ(exact("LKidney"), "kidney_left");
  EXPECT_EQ(exact("KidneyR"), "kidney_right");
  EXPECT_EQ(exact("Rt Kidney"), "kidney_right");
  EXPECT_EQ(exact("niere links"), "kidney_left");
  EXPECT_EQ(exact("Femoral_Head_L"), "head_of_femur_left");
  EXPECT_EQ(exact("Urinary Bladder"), "bladder");
  EXPECT_EQ(exact("oesophagus"), "esophagus");
  EXPECT_EQ(exact("Small bowel"), "intestine");
}

TEST_F(RoiNames, ASideIsNeverGuessed) {
  EXPECT_EQ(match("Kidney").match, NameMatch::None);
  EXPECT_EQ(match("Kidneys").match, NameMatch::None);
  EXPECT_EQ(match("Adrenal_L").match, NameMatch::None) << "the table has both as one";
  EXPECT_EQ(match("Liver_L").match, NameMatch::None) << "the left lobe";
}

TEST_F(RoiNames, SlipsAndAdditionsAreAskedAbout) {
  EXPECT_EQ(likely("Blader"), "bladder");
  EXPECT_EQ(likely("Pancraes"), "pancreas");
  EXPECT_EQ(likely("Liver_new"), "liver");
  EXPECT_EQ(likely("Liver 2"), "liver");
  EXPECT_EQ(likely("Kidny_L"), "kidney_left");
}

TEST_F(RoiNames, PlanningStructuresAndPartsAreNoOrgans) {
  for (const char* name : {"PTV 60", "GTV-1", "Liver-PTV", "PRV_Kidney_L", "Liver_cyst", "Liver~", "Bladder wall",
                           "Body", "Heart", "ROI-1", ""})
    EXPECT_EQ(match(name).match, NameMatch::None) << name;
}

TEST_F(RoiNames, ACodeWithItsSideSaysIt) {
  Roi roi;
  roi.name = "Structure 12";
  roi.snomed = "64033007";
  EXPECT_EQ(matchRoi(roi, organs_, synonyms_).match, NameMatch::None) << "a kidney without a side";
  roi.snomedModifier = "7771000";
  EXPECT_EQ(matchRoi(roi, organs_, synonyms_).key, "kidney_left");
}

TEST_F(RoiNames, TwoRoisAreNeverOneOrgan) {
  StructureSet set;
  for (const char* name : {"Livr", "Liver", "LIVER"}) {
    set.rois.emplace_back();
    set.rois.back().name = name;
  }
  const auto matches = matchRois(set, organs_, synonyms_);
  EXPECT_EQ(matches[0].match, NameMatch::None);
  EXPECT_EQ(matches[1].key, "liver");
  EXPECT_EQ(matches[2].match, NameMatch::None);
}

TEST_F(RoiNames, BothSidesAreNeither) {
  EXPECT_EQ(match("Kidney_L+R").match, NameMatch::None);
  EXPECT_EQ(match("Kidney_L_R").match, NameMatch::None);
}

TEST_F(RoiNames, AWholeFemurIsNotItsHead) {
  Roi roi;
  roi.name = "Femur_L";
  roi.snomed = "71341001";
  roi.snomedModifier = "7771000";
  EXPECT_EQ(matchRoi(roi, organs_, synonyms_).match, NameMatch::None);
}

}  // namespace
}  // namespace recontour
