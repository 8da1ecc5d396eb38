#include "core/workbench/figures_csv.h"

#include <sstream>

#include <gtest/gtest.h>

#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

FiguresTable oneOrgan() {
  FiguresTable table;
  table.caseName = "case, one";
  table.reader = "R1";
  table.organs = OrganTable::named("word");
  OrganStatus liver;
  liver.organ = 1;
  liver.seen = true;
  liver.edits = 2;
  liver.statement = {OrganVerdict::CutByScanEdge, "upper end"};
  liver.volumeBeforeMl = 10;
  liver.volumeMl = 12.5;
  liver.voxelsAdded = 30;
  liver.voxelsRemoved = 5;
  liver.dscBefore = 0.5;
  liver.dscAfter = 0.75;
  liver.activeSeconds = 4;
  liver.concerns = {{"islands", "2 islands, 1.4 mL"}, {"side", "lies on the patient's right"}};
  table.status = {liver};
  return table;
}

TEST(FiguresCsv, ALineAnOrganWithoutWhatTheReferenceWouldTell) {
  EXPECT_EQ(figuresCsv(oneOrgan()),
            "case,reader,organ,label,seen,edits,state,reason,volume_before_ml,volume_ml,voxels_added,voxels_removed,"
            "active_s,warnings,intended_use\n"
            "\"case, one\",R1,liver,1,yes,2,cut_by_scan_edge,upper end,10,12.5,30,5,4,"
            "\"2 islands, 1.4 mL; lies on the patient's right\",\"research software, not a medical device\"\n");
}

TEST(FiguresCsv, WithTheReferenceShownItHasDscBeforeAfterAndChange) {
  FiguresTable table = oneOrgan();
  table.withDsc = true;
  const std::string text = figuresCsv(table);
  EXPECT_NE(text.find("voxels_removed,dsc_before,dsc_after,dsc_change,active_s"), std::string::npos);
  EXPECT_NE(text.find(",5,0.5,0.75,0.25,4,"), std::string::npos);
}

TEST(FiguresCsv, IsWrittenInTheBackgroundAndSaysWhereItIs) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());
  QSignalSpy messages(&f.workbench, &Workbench::message);
  const auto file = f.folder.path() / "figures.csv";
  f.workbench.saveFiguresAs(file);
  ASSERT_TRUE(waitFor([&] { return messages.count() > 0; }));
  EXPECT_TRUE(messages[0][1].toString().contains("figures.csv"));
  EXPECT_TRUE(std::filesystem::exists(file));
  f.workbench.saveFiguresAs(f.folder.path() / "missing" / "x.csv");
  ASSERT_TRUE(waitFor([&] { return messages.count() > 1; }));
  EXPECT_EQ(messages[1][0].value<MessageKind>(), MessageKind::Failure);
}

}  // namespace
}  // namespace recontour
