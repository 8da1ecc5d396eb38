#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/io/label_file.h"
#include "core/session/replay.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1;

QString acceptAndWait(Workbench& workbench) {
  explainEmptyOrgans(workbench);
  QSignalSpy finished(&workbench, &Workbench::acceptFinished);
  workbench.accept();
  waitFor([&] { return finished.count() > 0; });
  return finished.isEmpty() ? QString() : finished[0][0].toString();
}

TEST(WorkbenchSaving, AcceptWritesTheMapAndItsResult) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());
  f.workbench.selectOrgan(kLiver);
  f.paint({5, 5, 4});
  const std::filesystem::path folder = acceptAndWait(f.workbench).toStdString();
  ASSERT_FALSE(folder.empty());
  EXPECT_EQ(readLabelFileOn(folder / "revision.nii.gz", f.workbench.currentCase()->geometry), f.workbench.labels());
  const Json result = readJsonFile(folder / "result.json");
  EXPECT_EQ(result.at("format"), "recontour-result");
  EXPECT_TRUE(f.workbench.accepted());
}

TEST(WorkbenchSaving, TheLogReplaysToTheAcceptedMap) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());
  f.workbench.selectOrgan(kLiver);
  f.paint({5, 5, 4});
  f.workbench.undo();
  f.paint({2, 8, 1});
  const std::filesystem::path folder = acceptAndWait(f.workbench).toStdString();
  EXPECT_EQ(replay(folder / "session.rclog").labels, f.workbench.labels());
}

TEST(WorkbenchSaving, AnEditAfterAcceptTakesTheAcceptBack) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  acceptAndWait(f.workbench);
  ASSERT_TRUE(f.workbench.accepted());
  f.workbench.selectOrgan(kLiver);
  f.paint({5, 5, 4});
  EXPECT_FALSE(f.workbench.accepted());
}

TEST(WorkbenchSaving, ACaseIsNotAcceptedWhileAnEmptyOrganHasNoReason) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());  // liver and spleen; fourteen organs have no contour
  QSignalSpy refused(&f.workbench, &Workbench::acceptRefused);
  f.workbench.accept();
  ASSERT_TRUE(waitFor([&] { return refused.count() == 1; }));
  EXPECT_EQ(f.workbench.organsWithoutReason().size(), 14u);
  EXPECT_FALSE(f.workbench.accepted());
  EXPECT_FALSE(std::filesystem::exists(f.workbench.sessionFolder() / "revision.nii.gz"));
  const std::filesystem::path folder = acceptAndWait(f.workbench).toStdString();
  EXPECT_TRUE(f.workbench.organsWithoutReason().empty());
  const Json organs = readJsonFile(folder / "result.json").at("organs");
  EXPECT_EQ(organs.at(0).at("state"), "none");
  EXPECT_EQ(organs.at(2).at("state"), "absent");
}

TEST(WorkbenchSaving, AStatementAfterAcceptTakesTheAcceptBack) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  acceptAndWait(f.workbench);
  ASSERT_TRUE(f.workbench.accepted());
  f.workbench.stateOrgan(kLiver, {OrganVerdict::OutsideScan, ""});
  EXPECT_FALSE(f.workbench.accepted());
}

TEST(WorkbenchSaving, SaysWhenTheFolderCannotBeWritten) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  QSignalSpy messages(&f.workbench, &Workbench::message);
  f.workbench.saveLabelMapAs(f.folder.path() / "missing" / "x.nii.gz");
  ASSERT_TRUE(waitFor([&] { return messages.count() > 0; }));
  EXPECT_EQ(messages[0][0].value<MessageKind>(), MessageKind::Failure);
  EXPECT_TRUE(messages[0][1].toString().contains("x.nii.gz: cannot be written"));
}

TEST(WorkbenchSaving, SavesTheMapAnywhereOnRequest) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());
  QSignalSpy saved(&f.workbench, &Workbench::labelMapSaved);
  const auto file = f.folder.path() / "mine.nii.gz";
  f.workbench.saveLabelMapAs(file);
  ASSERT_TRUE(waitFor([&] { return saved.count() > 0; }));
  EXPECT_EQ(readLabelFileOn(file, f.workbench.currentCase()->geometry), f.workbench.labels());
}

TEST(WorkbenchSaving, BeforeAndAfterDscNeedAReferenceThatIsOpen) {
  WorkbenchFixture f;
  const auto file = f.folder.path() / "reference.nii.gz";
  writeLabelFile(file, predictedLabels(), smallCase().geometry);
  ASSERT_TRUE(f.open());
  EXPECT_FALSE(f.workbench.organStatus()[0].dscAfter.has_value());
  f.workbench.openReference(file);
  ASSERT_TRUE(f.predict());
  ASSERT_TRUE(waitFor([&] { return f.workbench.organStatus()[0].dscAfter == 1.0; }));
  EXPECT_FALSE(f.workbench.referenceShown());
}

}  // namespace
}  // namespace recontour
