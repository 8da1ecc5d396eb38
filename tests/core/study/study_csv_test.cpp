#include "core/study/study_csv.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

StudyRow row() {
  StudyRow row;
  row.study = "S1";
  row.site = "Hospital \"North\", ward 3";
  row.reader = "R1";
  row.years = 2.5;
  row.caseId = "C01";
  row.patientGroup = "P01";
  row.organ = "liver";
  row.arm = "A";
  row.position = 4;
  row.organState = "accepted";
  row.startHash = "aa";
  row.finalHash = "bb";
  row.app = "0.1.0";
  row.activeS = {1, 2, 3, 4};
  row.editS = 0.1;
  row.inspectS = 2.9;
  row.voxelsAdded = 7;
  row.strokes = 2;
  row.edited = true;
  return row;
}

StudyMetrics metrics(double dsc, const std::string& empty = "none") {
  StudyMetrics made;
  made.dsc = dsc;
  made.hd95Mm = 50;
  made.aplMm = 12;
  made.volumeMl = 8;
  made.empty = empty;
  return made;
}

TEST(LongCsv, HasTheColumnsThatTheFormatPromises) {
  EXPECT_EQ(LongCsv::header(StudyAnalysis{}),
            "study,site,reader,years,case,patient_group,organ,arm,period,position,repeat,practice,planted,interrupted,"
            "organ_state,start_hash,final_hash,app,model,active_10_s,active_30_s,active_60_s,active_120_s,edit_s,"
            "inspect_s,before_dsc,after_dsc,before_hd95_mm,after_hd95_mm,before_assd_mm,after_assd_mm,before_nsd,"
            "after_nsd,before_apl_mm,after_apl_mm,before_volume_ml,after_volume_ml,work_dsc,work_apl_mm,voxels_added,"
            "voxels_removed,strokes,undos,edited,seen,missing_reason\n");
}

TEST(LongCsv, NamesActiveTimeByTheIdleLimitsOfTheProtocol) {
  StudyAnalysis analysis;
  analysis.idleLimitsS = {5, 12.5, 60, 300};
  EXPECT_NE(LongCsv::header(analysis).find(",active_5_s,active_12.5_s,active_60_s,active_300_s,"), std::string::npos);
}

TEST(LongCsv, QuotesTextAndLeavesMissingFiguresEmpty) {
  EXPECT_EQ(LongCsv::line(row()),
            "S1,\"Hospital \"\"North\"\", ward 3\",R1,2.5,C01,P01,liver,A,1,4,0,0,0,0,accepted,aa,bb,0.1.0,,1,2,3,4,"
            "0.10000000000000001,2.8999999999999999,,,,,,,,,,,,,,,7,0,2,0,1,0,no reference\n");
}

TEST(LongCsv, AFigureOfAnOrganThatIsNotThereIsMissingAndNotZero) {
  StudyRow lost = row();
  lost.before = metrics(0.5);
  lost.after = metrics(0, "prediction");
  const std::string line = LongCsv::line(lost);
  // The path to the reference is known without a contour, and so is the volume.
  EXPECT_NE(line.find(",0.5,,50,,,,,,12,12,8,8,"), std::string::npos) << line;
  EXPECT_NE(line.find(",organ absent in contour\n"), std::string::npos);
}

TEST(LongCsv, TimeThatBelongsToNoOrganLacksNoFigures) {
  StudyRow review = row();
  review.organ = "review";
  EXPECT_EQ(missingReasonOf(review), "");
}

TEST(LongCsv, TheDictionaryExplainsEveryColumnInOrder) {
  const StudyAnalysis analysis;
  std::string names;
  for (const LongCsvColumn& column : longCsvColumns(analysis)) {
    names += (names.empty() ? "" : ",") + column.name;
    EXPECT_FALSE(column.meaning.empty()) << column.name;
    EXPECT_NE(dataDictionaryCsv(analysis).find("\n" + column.name + "," + column.type + ","), std::string::npos);
  }
  EXPECT_EQ(names + "\n", LongCsv::header(analysis));
}

TEST(RSnippet, TakesTheActiveTimeOfThePrimaryIdleLimit) {
  StudyProtocol protocol;
  protocol.id = "S1";
  protocol.analysis.primaryIdleLimitS = 60;
  const std::string script = rSnippet(protocol);
  EXPECT_NE(script.find("counted$active_60_s"), std::string::npos);
  EXPECT_EQ(script.find('%'), script.find("% "));  // no placeholder is left
}

}  // namespace
}  // namespace recontour
