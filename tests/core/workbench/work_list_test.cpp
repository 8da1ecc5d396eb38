#include "core/workbench/work_list.h"

#include <fstream>

#include "core/base/error.h"
#include "core/io/label_file.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

using State = WorkItem::State;

/// Three files that the fake source opens as three images.
struct ThreeCases {
  ThreeCases() {
    for (const char* name : {"b.nii", "a.nii.gz", "c.nii"}) std::ofstream(folder / name) << "x";
    std::ofstream(folder / "notes.txt") << "no case";
  }
  bool open(int number) {
    f.workbench.openWorkItem(number);
    return waitFor(
        [&] { return f.workbench.caseState() == CaseState::Open && f.workbench.currentWorkItem() == number; });
  }
  bool openFolder() {
    f.workbench.openFolder(folder.path());
    return waitFor([&] { return f.workbench.caseState() == CaseState::Open; });
  }
  bool acceptTheFirst() {
    if (!openFolder()) return false;
    f.paint({5, 5, 2});
    explainEmptyOrgans(f.workbench);
    f.workbench.accept();
    return waitFor([&] { return state(0) == State::Accepted; });
  }
  State state(int number) const { return f.workbench.workList()[static_cast<std::size_t>(number)].state; }
  TemporaryFolder folder;
  WorkbenchFixture f;
};

TEST(WorkList, HoldsTheCasesOfAFolderByNameAndOpensTheFirst) {
  ThreeCases t;
  ASSERT_TRUE(t.openFolder());
  ASSERT_EQ(t.f.workbench.workList().size(), 3u);
  EXPECT_EQ(t.f.workbench.workList()[0].name, "a");
  EXPECT_EQ(t.f.workbench.workList()[2].name, "c");
  EXPECT_EQ(t.f.workbench.currentWorkItem(), 0);
  EXPECT_EQ(t.state(0), State::Waiting);
}

TEST(WorkList, TellsWhatWasStartedAndAccepted) {
  ThreeCases t;
  ASSERT_TRUE(t.acceptTheFirst());
  ASSERT_TRUE(t.open(1));
  t.f.paint({5, 5, 2});
  ASSERT_TRUE(t.open(2));
  EXPECT_TRUE(waitFor([&] { return t.state(1) == State::Started; }));
  EXPECT_EQ(t.state(2), State::Waiting);
}

TEST(WorkList, ComesBackWithItsStatesAndOpensTheFirstThatIsNotAccepted) {
  ThreeCases t;
  ASSERT_TRUE(t.acceptTheFirst());
  t.f.workbench.closeCase();
  ASSERT_TRUE(t.openFolder());
  EXPECT_EQ(t.state(0), State::Accepted);
  EXPECT_EQ(t.f.workbench.currentWorkItem(), 1);
}

TEST(WorkList, AnEditAfterAcceptIsStartedAgain) {
  ThreeCases t;
  ASSERT_TRUE(t.acceptTheFirst());
  t.f.paint({2, 2, 2});
  ASSERT_TRUE(t.open(1));
  EXPECT_TRUE(waitFor([&] { return t.state(0) == State::Started; }));
}

TEST(WorkList, AFileThatChangedIsNotKnownAnyMore) {
  const TemporaryFolder folder;
  std::ofstream(folder / "a.nii") << "x";
  rememberImage(folder.path(), folder / "a.nii", std::string(64, 'a'));
  std::filesystem::create_directories(sessionFolderOf(folder.path(), std::string(64, 'a'), "R1"));
  std::ofstream(sessionFolderOf(folder.path(), std::string(64, 'a'), "R1") / "session.rclog") << "damaged";
  EXPECT_EQ(workItemOf(folder.path(), "R1", folder / "a.nii").state, State::Started);
  EXPECT_EQ(workItemOf(folder.path(), "R2", folder / "a.nii").state, State::Waiting);
  std::ofstream(folder / "a.nii") << "longer";
  EXPECT_EQ(workItemOf(folder.path(), "R1", folder / "a.nii").state, State::Waiting);
}

TEST(WorkList, AReaderWhoseNameLeadsElsewhereHasNoFolder) {
  const std::string hash(64, 'a');
  EXPECT_EQ(sessionFolderOf("s", hash, "R1-b_2.x"), std::filesystem::path("s") / hash.substr(0, 16) / "R1-b_2.x");
  for (const char* name : {"", ".", "..", "../x", "/etc", "a/b", "a\\b", ".hidden", "a b", "\xc3\xa4", "a\nb"})
    EXPECT_THROW(sessionFolderOf("s", hash, name), Error) << name;
  EXPECT_THROW(sessionFolderOf("s", hash, std::string(65, 'a')), Error);
}

TEST(WorkList, AFolderWithoutCasesIsAMessage) {
  WorkbenchFixture f;
  const TemporaryFolder empty;
  QSignalSpy messages(&f.workbench, &Workbench::message);
  f.workbench.openFolder(empty.path());
  ASSERT_TRUE(waitFor([&] { return messages.count() > 0; }));
  EXPECT_TRUE(messages[0][1].toString().contains("holds no CT"));
}

TEST(WorkList, ALabelMapNamedForTheFirstCaseIsNotTakenByTheNext) {
  const TemporaryFolder files;
  writeLabelFile(files / "start.nii.gz", predictedLabels(), smallCase().geometry);
  Workbench::Options options;
  options.predictionFile = options.referenceFile = files / "start.nii.gz";
  WorkbenchFixture f(options);
  f.workbench.openCase("first.nii");
  ASSERT_TRUE(waitFor([&] { return f.workbench.caseState() == CaseState::Open && f.workbench.origin().has_value(); }));
  EXPECT_NE(f.workbench.reference(), nullptr);
  f.workbench.openCase("second.nii");
  ASSERT_TRUE(waitFor([&] { return f.workbench.caseState() == CaseState::Open; }));
  EXPECT_FALSE(f.workbench.origin().has_value());
  EXPECT_EQ(f.workbench.reference(), nullptr);
}

}  // namespace
}  // namespace recontour
