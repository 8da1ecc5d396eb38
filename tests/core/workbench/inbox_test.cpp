// A watched folder: what comes becomes rows, is read and predicted ahead, and opens one after the other.
#include "core/workbench/inbox.h"

#include <thread>

#include "tests/core/workbench/inbox_fixture.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;
using State = WorkItem::State;

TEST(Inbox, ACompleteSeriesBecomesARow) {
  InboxFixture t;
  t.watch();
  t.sendAll(1, "study/series/");
  ASSERT_TRUE(t.hasRows(1));
  EXPECT_EQ(t.row(0).name, "P1, Abdomen");
  EXPECT_EQ(t.row(0).series, "1.2.1");
  EXPECT_EQ(t.row(0).path, t.inbox() / "study/series");
  EXPECT_EQ(t.row(0).state, State::Waiting);
  EXPECT_EQ(t.workbench->caseState(), CaseState::None) << "it only opens by itself where that was asked for";
  EXPECT_EQ(t.workbench->inbox()->waiting, 1);
  ASSERT_TRUE(t.open(0));
  EXPECT_EQ(t.workbench->currentCase()->volume.at({0, 0, 0}), 1);
  EXPECT_EQ(t.workbench->inbox()->waiting, 0);
}

TEST(Inbox, TheFirstOpensByItselfWhereThatWasAskedFor) {
  InboxFixture t;
  t.watch(true);
  t.sendAll(1);
  EXPECT_TRUE(t.opens(0));
}

TEST(Inbox, SlicesThatComeOneByOneAreNoRowBeforeTheLastIsThereAndItIsQuiet) {
  InboxFixture t;
  t.watch();
  QElapsedTimer sinceLast;
  for (int slice = 0; slice < kInboxSlices; ++slice) {
    t.send(1, slice);
    sinceLast.start();
    EXPECT_TRUE(t.staysWithout(InboxFixture::kQuietMs / 3)) << "after slice " << slice;
  }
  EXPECT_EQ(t.reader->lists, 0) << "nothing is read as long as files come";
  ASSERT_TRUE(t.hasRows(1));
  EXPECT_GE(sinceLast.elapsed(), InboxFixture::kQuietMs);
  EXPECT_EQ(t.reader->lists, 1);
  ASSERT_TRUE(t.open(0));
  EXPECT_EQ(t.workbench->currentCase()->geometry.size.z, kInboxSlices);
}

TEST(Inbox, AMissingSliceWaitsAndIsToldOnce) {
  InboxFixture t;
  t.watch();
  for (const int slice : {0, 1, 2, 4, 5}) t.send(1, slice, "a/");
  ASSERT_TRUE(t.isTold("slices are missing or displaced at 6 to 12 mm"));
  EXPECT_EQ(t.told("P1, Abdomen waits in the inbox: "), 1);
  EXPECT_TRUE(t.staysWithout());
  EXPECT_EQ(t.told("missing"), 1);
  t.send(1, 3, "a/");
  EXPECT_TRUE(t.hasRows(1));
}

TEST(Inbox, TwoSlicesAreNoVolumeAndAScoutBesideACtIsNoNews) {
  InboxFixture t;
  t.watch();
  t.send(1, 0, "short/");
  t.send(1, 1, "short/");
  t.sendAll(2, "scan/");
  t.send(3, 0, "scan/");
  ASSERT_TRUE(t.isTold("P1, Abdomen waits in the inbox: has 2 slices"));
  EXPECT_EQ(t.rows(), 1U);
  EXPECT_EQ(t.told("P3"), 0);
}

TEST(Inbox, TwoSeriesInOneFlatFolderAreTwoRowsThatOpenAsThemselves) {
  InboxFixture t;
  t.watch();
  t.sendAll(1);
  t.sendAll(2);
  ASSERT_TRUE(t.hasRows(2));
  EXPECT_EQ(t.row(0).path, t.row(1).path);
  for (const int number : {1, 0}) {
    ASSERT_TRUE(t.open(number));
    const std::string uid = t.workbench->currentCase()->dicom->seriesUid;
    EXPECT_EQ(uid, t.row(std::size_t(number)).series);
    EXPECT_EQ("1.2." + std::to_string(t.workbench->currentCase()->volume.at({0, 0, 0})), uid);
  }
}

TEST(Inbox, ProgressOfEachSeriesIsItsOwnThoughAnotherCameIntoTheFolder) {
  InboxFixture t;
  t.watch();
  t.sendAll(1);
  ASSERT_TRUE(t.hasRows(1));
  ASSERT_TRUE(t.open(0));
  t.paint();
  t.sendAll(2);
  ASSERT_TRUE(t.hasRows(2));
  ASSERT_TRUE(t.open(1));
  EXPECT_TRUE(waitFor([&] { return t.row(0).state == State::Started; }));
  EXPECT_EQ(t.row(1).state, State::Waiting);
}

TEST(Inbox, ARestartBringsBackWhatIsNotAcceptedWithoutReadingItAgain) {
  InboxFixture t;
  t.watch();
  for (const int number : {1, 2, 3}) t.sendAll(number, std::to_string(9 - number) + "/");
  ASSERT_TRUE(t.hasRows(3));
  const std::string first = t.row(0).series, third = t.row(2).series;
  ASSERT_TRUE(t.open(1));
  t.paintAndAccept();
  ASSERT_TRUE(waitFor([&] { return t.row(1).state == State::Accepted; }));
  const int read = t.reader->lists;
  t.start();
  t.watch();
  ASSERT_TRUE(t.hasRows(2));
  EXPECT_EQ(t.row(0).series, first);
  EXPECT_EQ(t.row(1).series, third);
  t.sendAll(4, "0/");
  ASSERT_TRUE(t.hasRows(3));
  EXPECT_EQ(t.reader->lists, read + 1);
  EXPECT_EQ(t.row(2).series, "1.2.4") << "behind those that came before";
}

TEST(Inbox, WhatWasAcceptedStaysAwayThoughAnotherCameIntoItsFolderAfterARestart) {
  InboxFixture t;
  t.watch(true);
  t.sendAll(1);
  ASSERT_TRUE(t.opens(0));
  t.paintAndAccept();
  ASSERT_TRUE(t.isTold("inbox is empty"));
  t.start();
  t.watch();
  t.sendAll(2);
  ASSERT_TRUE(t.hasRows(1));
  EXPECT_EQ(t.row(0).series, "1.2.2");
}

TEST(Inbox, WhatComesWhileAnotherCaseIsOpenIsReadAndPredictedAhead) {
  Workbench::Options options;
  options.model = "model";
  InboxFixture t(options);
  t.watch();
  t.sendAll(1, "a/");
  ASSERT_TRUE(t.hasRows(1));
  ASSERT_TRUE(t.open(0));
  ASSERT_TRUE(waitFor([&] { return t.workbench->prediction().state == PredictionStatus::State::Done; }));
  EXPECT_FALSE(t.workbench->nextCaseReady());
  t.sendAll(2, "b/");
  ASSERT_TRUE(waitFor([&] { return t.workbench->nextCaseReady(); }));
  EXPECT_EQ(t.predictor->runs(), 2);
  ASSERT_TRUE(t.open(1));
  EXPECT_EQ(t.workbench->prediction().state, PredictionStatus::State::Done);
  EXPECT_EQ(t.workbench->labels(), predictedLabels());
  EXPECT_EQ(t.predictor->runs(), 2);
}

TEST(Inbox, WhatComesWhileNoCaseIsOpenIsPredictedAheadToo) {
  Workbench::Options options;
  options.model = "model";
  InboxFixture t(options);
  t.watch();
  t.sendAll(1);
  ASSERT_TRUE(waitFor([&] { return t.workbench->nextCaseReady(); }));
  EXPECT_EQ(t.workbench->caseState(), CaseState::None);
  EXPECT_EQ(t.predictor->runs(), 1);
  ASSERT_TRUE(t.open(0));
  EXPECT_EQ(t.workbench->labels(), predictedLabels());
  EXPECT_EQ(t.predictor->runs(), 1);
}

TEST(Inbox, AcceptOpensTheNextThatIsNotAcceptedAndTellsWhenThereIsNone) {
  InboxFixture t;
  t.watch(true);
  for (const int number : {1, 2, 3}) t.sendAll(number);
  ASSERT_TRUE(t.hasRows(3));
  ASSERT_TRUE(t.opens(0));
  ASSERT_TRUE(t.open(1));
  fs::path written;
  QObject::connect(t.workbench.get(), &Workbench::acceptFinished, t.workbench.get(),
                   [&](const QString& where) { written = where.toStdString(); });
  t.paintAndAccept();
  ASSERT_TRUE(t.opens(2));
  EXPECT_TRUE(fs::exists(written / "result.json"));
  t.paintAndAccept();
  ASSERT_TRUE(t.opens(0)) << "from the first on";
  EXPECT_EQ(t.told("inbox is empty"), 0);
  t.paintAndAccept();
  ASSERT_TRUE(t.isTold("inbox is empty"));
  EXPECT_TRUE(t.isOpen(0));
  t.sendAll(4, "later/");
  EXPECT_TRUE(t.opens(3)) << "since the last was accepted";
}

TEST(Inbox, AFileThatIsStillBeingWrittenHoldsItsFolderBack) {
  InboxFixture t;
  t.watch();
  t.sendAll(1, "a/");
  const auto last = t.inbox() / "a/CT.1.5.dcm", part = t.inbox() / "a/CT.1.5.dcm.part";
  fs::rename(last, part);
  EXPECT_TRUE(t.staysWithout(2 * InboxFixture::kQuietMs));
  fs::rename(part, last);
  ASSERT_TRUE(t.hasRows(1));
  ASSERT_TRUE(t.open(0));
  EXPECT_EQ(t.workbench->currentCase()->geometry.size.z, kInboxSlices);
}

TEST(Inbox, ALeftoverHoldsItsFolderBackForAWhileOnly) {
  InboxFixture t;
  t.watch();
  t.folder.write("inbox/a/.left", "");
  t.sendAll(1, "a/");
  EXPECT_TRUE(t.hasRows(1));
}

TEST(Inbox, LinksAndHiddenFoldersAreLeftOut) {
  InboxFixture t;
  for (int slice = 0; slice < kInboxSlices; ++slice)
    t.folder.write("elsewhere/" + std::to_string(slice), inboxSlice(1, slice));
  fs::create_directory_symlink(t.folder / "elsewhere", t.inbox() / "link");
  fs::create_directory_symlink(t.inbox(), t.inbox() / "loop");
  t.sendAll(2, ".hidden/");
  t.watch();
  EXPECT_TRUE(t.staysWithout());
}

TEST(Inbox, MoreSlicesOfASeriesMakeItsRowANewCase) {
  InboxFixture t;
  t.watch();
  for (int slice = 0; slice < 4; ++slice) t.send(1, slice, "a/");
  ASSERT_TRUE(t.hasRows(1));
  ASSERT_TRUE(t.open(0));
  EXPECT_EQ(t.workbench->currentCase()->geometry.size.z, 4);
  for (int slice = 4; slice < kInboxSlices; ++slice) t.send(1, slice, "a/");
  ASSERT_TRUE(t.isTold("other slices came after it was opened"));
  EXPECT_EQ(t.rows(), 1U);
  t.workbench->openWorkItem(0);
  EXPECT_TRUE(waitFor([&] { return t.isOpen(0) && t.workbench->currentCase()->geometry.size.z == kInboxSlices; }));
}

TEST(Inbox, TheSameSeriesSentTwiceIsOneRow) {
  InboxFixture t;
  t.watch();
  t.sendAll(1, "a/");
  ASSERT_TRUE(t.hasRows(1));
  t.sendAll(1, "b/");
  EXPECT_TRUE(waitFor([&] { return t.row(0).path == t.inbox() / "b"; }));
  EXPECT_EQ(t.rows(), 1U);
}

TEST(Inbox, ARowWhoseFilesAreGoneSaysSoAndTheNextGoesOn) {
  InboxFixture t;
  t.watch();
  for (const int number : {1, 2, 3}) t.sendAll(number, std::to_string(number) + "/");
  ASSERT_TRUE(t.hasRows(3));
  ASSERT_TRUE(t.open(0));
  fs::remove_all(t.row(1).path);
  QString failure;
  QObject::connect(t.workbench.get(), &Workbench::caseFailed, [&](const QString& text) { failure = text; });
  t.workbench->openWorkItem(1);
  ASSERT_TRUE(waitFor([&] { return t.workbench->caseState() == CaseState::Failed; }));
  EXPECT_TRUE(failure.contains("no such file or folder")) << failure.toStdString();
  EXPECT_TRUE(t.row(1).failed);
  ASSERT_TRUE(t.open(0));
  t.paintAndAccept();
  EXPECT_TRUE(t.opens(2)) << "not the one that is gone";
}

TEST(Inbox, AFolderThatIsGoneIsToldOnceAndTakenUpWhenItIsBack) {
  InboxFixture t;
  fs::remove_all(t.inbox());
  t.watch();
  ASSERT_TRUE(t.isTold("inbox: cannot be listed"));
  EXPECT_TRUE(t.staysWithout());
  EXPECT_EQ(t.told("cannot be listed"), 1);
  t.sendAll(1);
  EXPECT_TRUE(t.hasRows(1));
}

TEST(Inbox, StoppedItTakesNothingMore) {
  InboxFixture t;
  t.watch();
  t.sendAll(1, "a/");
  ASSERT_TRUE(t.hasRows(1));
  t.workbench->stopInbox();
  EXPECT_FALSE(t.workbench->inbox());
  t.sendAll(2, "b/");
  EXPECT_FALSE(waitFor([&] { return t.rows() > 1; }, 3 * InboxFixture::kQuietMs));
}

TEST(Inbox, OtherFilesAreFine) {
  InboxFixture t;
  t.watch();
  t.folder.write("inbox/text/notes.txt", "no DICOM");
  t.sendAll(1, "a/");
  DicomBytes other;
  other.modality = "RTSTRUCT";
  t.folder.write("inbox/a/RS.dcm", other.bytes());
  t.folder.write("inbox/a/notes.txt", "no DICOM");
  ASSERT_TRUE(t.hasRows(1));
  waitFor([] { return false; }, 4 * InboxFixture::kQuietMs);
  EXPECT_EQ(t.messages, std::vector<std::string>{});
}

}  // namespace
}  // namespace recontour
