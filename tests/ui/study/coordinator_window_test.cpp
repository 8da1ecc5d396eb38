#include "ui/study/coordinator_window.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <atomic>

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "core/session/session.h"
#include "tests/data/small_case.h"
#include "tests/ui/study/hand_made_study.h"
#include "tests/ui/views/test_events.h"
#include "ui/panels/theme.h"
#include "ui/study/coordinator_page.h"
#include "ui/study/flag_list.h"
#include "ui/study/form_dialog.h"
#include "ui/study/organ_bars.h"
#include "ui/study/reading_dialog.h"
#include "ui/study/reading_table.h"
#include "ui/study/study_steps.h"
#include "ui/study/study_tile.h"

namespace recontour {
namespace {

/// The coordinator's window on a study that is half read.
class CoordinatorWindowTest : public testing::Test {
 protected:
  CoordinatorWindowTest() { applyTheme(*qApp); }

  void open(CoordinatorWindow::Options options = {}) {
    window = std::make_unique<CoordinatorWindow>(made.study.folder(), made.clock, std::move(options));
    window->show();
    ASSERT_TRUE(refreshed(true)) << window->said().toStdString();
  }
  void openHalfRead() {
    made.freeze();
    made.readPartly();
    open();
  }
  /// Waits until the page has been read anew.
  bool refreshed(bool isUnderWay = false) {
    QSignalSpy spy(window.get(), &CoordinatorWindow::refreshed);
    if (!isUnderWay) window->refresh();
    return waitFor([&] { return spy.count() > 0; });
  }
  template <typename Work>
  bool after(Work work) {
    QSignalSpy spy(window.get(), &CoordinatorWindow::finished);
    work();
    if (!waitFor([&] { return spy.count() > 0; })) return false;
    return refreshed() && spy[0][0].toBool();
  }
  CoordinatorPage& page() { return window->page(); }
  int column(const std::string& caseId) {
    const auto& columns = page().table().grid().columns;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].head == caseId) return static_cast<int>(i);
    return -1;
  }
  int columnOf(const std::string& reader, int position) { return column(made.taskOf(reader, position).caseId); }
  QString labels() {
    QString all;
    for (const QLabel* label : window->findChildren<QLabel*>()) all += label->text() + QLatin1Char('\n');
    return all;
  }
  ReadingDialog* clickCell(int line, int at) {
    const QPointF centre = page().table().cellRect(line, at).center();
    press(*page().table().viewport(), centre);
    release(*page().table().viewport(), centre);
    return window->findChild<ReadingDialog*>();
  }

  HandMadeStudy made;
  std::unique_ptr<CoordinatorWindow> window;
};

TEST_F(CoordinatorWindowTest, TilesCountReadingsAndTakeMediansOfThem) {
  openHalfRead();
  picture(*window, QStringLiteral("page-dark-1456"));
  EXPECT_EQ(page().tile(CoordinatorPage::kSessions).figure(), QStringLiteral("40 / 59")) << "one is excluded";
  EXPECT_TRUE(page().tile(CoordinatorPage::kSessions).note().startsWith(QLatin1String("expected end: ")));
  EXPECT_EQ(page().tile(CoordinatorPage::kFlags).figure(), QStringLiteral("3"));
  EXPECT_EQ(page().tile(CoordinatorPage::kFlags).note(), QStringLiteral("1 interrupted, 1 left/right, 1 same patient"));
  EXPECT_TRUE(page().tile(CoordinatorPage::kEdited).figure().endsWith(QLatin1String("of 16")));
  EXPECT_EQ(page().tile(CoordinatorPage::kActive).note(), QStringLiteral("median, idle limit 30 s"));
  EXPECT_EQ(page().tile(CoordinatorPage::kChains).figure(), QStringLiteral("-"));
}

TEST_F(CoordinatorWindowTest, MediansAreThoseOfAFewReadingsByHand) {
  made.freeze();
  const double minutes[] = {4, 9, 20};
  for (int i = 0; i < 3; ++i) made.put(made.accepted("R1", i + 1, minutes[i], 30 * kHourMs));
  open();
  EXPECT_EQ(page().tile(CoordinatorPage::kActive).figure(), QStringLiteral("9.0"));
  EXPECT_EQ(page().tile(CoordinatorPage::kSessions).note(), QStringLiteral("expected end: -")) << "two have not begun";
}

TEST_F(CoordinatorWindowTest, TheEndIsWhenTheSlowestReaderIsThrough) {
  made.freeze();
  for (const char* reader : {"R1", "R2", "R3"})
    for (int i = 1; i <= 5; ++i) made.put(made.accepted(reader, i, 5, (4 - (i - 1)) * 24 * kHourMs));
  open();
  EXPECT_EQ(page().overview().expectedEndMs, made.clock.nowMs + 15 * 24 * kHourMs) << "one a day, 15 are left";
}

TEST_F(CoordinatorWindowTest, CellsSayMinutesOpenWaitingAndExcluded) {
  openHalfRead();
  ReadingTable& table = page().table();
  EXPECT_EQ(table.grid().columns.size(), 20U);
  EXPECT_EQ(table.cellText(0, columnOf("R1", 7)), QStringLiteral("12 !"));
  EXPECT_EQ(table.cellText(0, columnOf("R1", 15)), QStringLiteral("open"));
  EXPECT_EQ(table.cellText(0, columnOf("R1", 16)), QStringLiteral("."));
  EXPECT_EQ(table.cellText(2, columnOf("R3", 3)), QStringLiteral("x"));
  EXPECT_EQ(table.grid().lines[0].done, 14);
  EXPECT_EQ(table.grid().lines[0].about, "Chengdu West, 2 y");
  EXPECT_EQ(table.grid().lines[2].all, 19);
}

TEST_F(CoordinatorWindowTest, InTheReadersOrderOpenReadingsComeAfterThoseThatAreDone) {
  openHalfRead();
  page().table().show(page().overview().snapshot, ReadingColumns::Order);
  EXPECT_EQ(page().table().cellText(1, 7), QStringLiteral("open"));
  EXPECT_EQ(page().table().cellText(1, 8), QStringLiteral("."));
}

TEST_F(CoordinatorWindowTest, AClickOnACellTellsOfTheReadingAndExcludesItWithAReason) {
  openHalfRead();
  ReadingDialog* dialog = clickCell(0, columnOf("R1", 7));
  ASSERT_NE(dialog, nullptr);
  waitFor([&] { return dialog->isVisible(); });
  picture(*dialog, QStringLiteral("reading-dark"));
  EXPECT_FALSE(dialog->excludeButton().isEnabled());
  dialog->reasonEdit().setText(QStringLiteral("  "));
  EXPECT_FALSE(dialog->excludeButton().isEnabled()) << "blanks are no reason";
  dialog->reasonEdit().setText(QStringLiteral("power was lost"));
  ASSERT_TRUE(dialog->excludeButton().isEnabled());
  ASSERT_TRUE(after([&] { dialog->excludeButton().click(); }));
  const auto session = made.study.store().session(made.taskOf("R1", 7).id);
  EXPECT_EQ(session->state, StudySession::State::Excluded);
  EXPECT_EQ(session->excludedReason, "power was lost");
  EXPECT_EQ(page().table().cellText(0, columnOf("R1", 7)), QStringLiteral("x !"));
}

TEST_F(CoordinatorWindowTest, AnAcceptedReadingIsReopenedWithAReason) {
  openHalfRead();
  ReadingDialog* dialog = clickCell(2, columnOf("R3", 12));
  ASSERT_NE(dialog, nullptr);
  EXPECT_FALSE(dialog->reopenButton().isEnabled());
  dialog->reasonEdit().setText(QStringLiteral("kidneys are to be looked at again"));
  ASSERT_TRUE(after([&] { dialog->reopenButton().click(); }));
  EXPECT_EQ(page().table().cellText(2, columnOf("R3", 12)), QStringLiteral("open !"));
}

TEST_F(CoordinatorWindowTest, AnExclusionWithoutAReasonIsRefusedAndSaid) {
  openHalfRead();
  const QString task = QString::fromStdString(made.taskOf("R1", 1).id);
  EXPECT_FALSE(after([&] { window->exclude(task, QStringLiteral("me"), {}); }));
  EXPECT_EQ(made.study.store().session(task.toStdString())->state, StudySession::State::Accepted);
}

TEST_F(CoordinatorWindowTest, CasesOfOnePatientAndFlaggedReadingsAreListed) {
  openHalfRead();
  ASSERT_EQ(page().flagList().count(), 3);
  EXPECT_TRUE(page().flagList().item(0)->text().startsWith(QLatin1String("R1, case C")));
  EXPECT_EQ(page().flagList().item(2)->text(), QStringLiteral("Cases C07 and C14 are of one patient"));
}

TEST_F(CoordinatorWindowTest, TimesOfOrgansAreMeansOverReadingsTheLongestFirst) {
  made.freeze();
  for (int i = 1; i <= 2; ++i) {
    StudySession session = made.accepted("R1", i, 5, kHourMs);
    session.organActiveS = {{"liver", i * 60.0}, {"spleen", 240.0}};
    made.put(session);
  }
  open();
  const auto& times = page().times().figures();
  EXPECT_EQ(times[0].organ, "spleen");
  EXPECT_DOUBLE_EQ(times[0].value, 4);
  EXPECT_EQ(times[1].organ, "liver");
  EXPECT_DOUBLE_EQ(times[1].value, 1.5);
}

/// A row of one organ with these figures.
StudyRow rowOf(const StudyTask& task, const std::string& organ, double before, double after) {
  StudyRow row;
  row.reader = task.reader;
  row.caseId = task.caseId;
  row.arm = task.arm;
  row.organ = organ;
  row.before.emplace().dsc = before;
  row.after.emplace().dsc = after;
  return row;
}

TEST_F(CoordinatorWindowTest, TruthIsSealedUntilTheStudyIsClosed) {
  made.freeze();
  made.readPartly();
  const StudyTask task = made.taskOf("R1", 1), other = made.taskOf("R1", 2), excluded = made.taskOf("R3", 3);
  std::vector<StudyRow> rows = {rowOf(task, "liver", 0.5, 0.7), rowOf(task, "spleen", 0.9, 0.8),
                                rowOf(task, "stomach", 0, 0.9)};
  rows[2].before->empty = "prediction";  // missing is not zero
  made.study.store().putRows(task.id, rows);
  made.study.store().putRows(other.id, std::vector{rowOf(other, "liver", 0.5, 0.6)});
  made.study.store().putRows(excluded.id, std::vector{rowOf(excluded, "liver", 0.1, 0.9)});
  open();
  EXPECT_TRUE(page().isSealed());
  EXPECT_TRUE(page().changes().figures().empty());
  EXPECT_TRUE(labels().contains(QLatin1String("Sealed until the study is closed.")));
  made.study.store().setSetting("stage", "closed");
  ASSERT_TRUE(refreshed());
  EXPECT_FALSE(page().isSealed());
  ASSERT_EQ(page().changes().figures().size(), 2U);
  EXPECT_EQ(page().changes().figures()[0].organ, "liver");
  EXPECT_NEAR(page().changes().figures()[0].value, 0.15, 1e-12);
  EXPECT_EQ(page().changes().figures()[0].readings, 2);
  EXPECT_NEAR(page().changes().figures()[1].value, -0.1, 1e-12);
  EXPECT_FALSE(labels().contains(QLatin1String("Sealed until")));
  picture(*window, QStringLiteral("page-closed-dark"));
}

TEST_F(CoordinatorWindowTest, WhatOtherProgramsMergeIsSeenWithoutAClick) {
  made.freeze();
  CoordinatorWindow::Options options;
  options.refreshMs = 50;
  open(options);
  EXPECT_EQ(page().tile(CoordinatorPage::kSessions).figure(), QStringLiteral("0 / 60"));
  made.put(made.accepted("R2", 1, 8, kHourMs));
  EXPECT_TRUE(waitFor([&] { return page().tile(CoordinatorPage::kSessions).figure() == QLatin1String("1 / 60"); }));
}

TEST_F(CoordinatorWindowTest, ADraftSaysWhatItLacks) {
  open();
  EXPECT_TRUE(page().missingText().startsWith(QStringLiteral("\u2022  arm A: no start map of case C01 and 19 more")));
  EXPECT_FALSE(window->button(QStringLiteral("pack")).isEnabled());
  EXPECT_FALSE(window->button(QStringLiteral("close")).isEnabled());
  EXPECT_FALSE(after([&] { window->freeze(QStringLiteral("me")); }));
  picture(*window, QStringLiteral("page-draft-dark"));
}

TEST_F(CoordinatorWindowTest, ReadingsWithoutALogDoNotHold) {
  openHalfRead();
  EXPECT_FALSE(after([&] { window->button(QStringLiteral("verify")).click(); }));
  EXPECT_EQ(page().tile(CoordinatorPage::kChains).figure(), QStringLiteral("0 of 40 hold"));
  EXPECT_TRUE(window->said().contains(QLatin1String("case C")));
  made.put(made.accepted("R1", 15, 9, kHourMs));
  ASSERT_TRUE(refreshed());
  EXPECT_EQ(page().tile(CoordinatorPage::kChains).note(), QStringLiteral("readings came in since; verify again"));
}

/// A log of a reading that was accepted. @return the accept's hash
std::string writeReading(const std::filesystem::path& folder, const Clock& clock, const std::string& revision) {
  const auto session = Session::open(folder, smallCase(), OrganTable::named("word"), "R1", clock);
  session->accept({revision, {}});
  const std::string head = session->chainHead().hash;
  session->close();
  return head;
}

TEST_F(CoordinatorWindowTest, VerifyTellsALogThatWasTouchedFromOneThatWasBuiltAnew) {
  made.freeze();
  StudySession reading = made.accepted("R1", 1, 9, kHourMs);
  const auto folder = made.study.sessionOf(reading.task);
  reading.chainHead = writeReading(folder, made.clock, "abc");
  made.put(reading);
  open();
  const auto verify = [&] { return after([&] { window->verify(); }); };
  EXPECT_TRUE(verify()) << window->said().toStdString();
  EXPECT_EQ(page().tile(CoordinatorPage::kChains).figure(), QStringLiteral("1 of 1 hold"));
  EXPECT_EQ(page().tile(CoordinatorPage::kChains).note(), QStringLiteral("receipts match"));
  const std::string bytes = readWholeFile(folder / "session.rclog");
  std::string touched = bytes;
  touched[touched.size() / 2] = static_cast<char>(touched[touched.size() / 2] ^ 1);
  writeFileSafely(folder / "session.rclog", touched);
  EXPECT_FALSE(verify());
  EXPECT_EQ(page().tile(CoordinatorPage::kChains).figure(), QStringLiteral("0 of 1 hold"));
  std::filesystem::remove_all(folder);
  writeReading(folder, made.clock, "abd");
  EXPECT_FALSE(verify());
  EXPECT_TRUE(window->said().contains(QLatin1String("its log is not the one that was merged")));
}

TEST_F(CoordinatorWindowTest, TheWindowGoesOnWhileTheThreadIsBusy) {
  openHalfRead();
  std::atomic<bool> goOn = false;
  bool done = false;
  window->thread().run(
      QStringLiteral("Waiting"),
      [&](StudyDesk&) {
        while (!goOn) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return true;
      },
      [&](const bool&) { done = true; });
  ASSERT_TRUE(waitFor([&] { return window->said() == QLatin1String("Waiting..."); }));
  EXPECT_FALSE(window->button(QStringLiteral("merge")).isEnabled());
  QElapsedTimer timer;
  timer.start();
  window->refresh();
  QTest::keyClick(page().table().viewport(), Qt::Key_Right);
  window->resize(1300, 800);
  QCoreApplication::processEvents();
  EXPECT_LT(timer.elapsed(), 1000);
  EXPECT_FALSE(done);
  goOn = true;
  EXPECT_TRUE(waitFor([&] { return done; }));
  EXPECT_TRUE(waitFor([&] { return window->button(QStringLiteral("merge")).isEnabled(); }));
}

TEST_F(CoordinatorWindowTest, ResultsOfAStudyThatIsNoLongerOpenAreDropped) {
  openHalfRead();
  bool taken = false;
  window->thread().run(
      QStringLiteral("Slow"), [](StudyDesk&) { return 1; }, [&](const int&) { taken = true; });
  window->thread().open(made.study.folder());
  ASSERT_TRUE(waitFor([&] { return !window->thread().isBusy(); }));
  EXPECT_FALSE(taken);
}

TEST_F(CoordinatorWindowTest, AFolderThatIsNoStudyIsToldInOneMessage) {
  window = std::make_unique<CoordinatorWindow>(made.temporary / "nothing", made.clock, CoordinatorWindow::Options{});
  window->show();
  EXPECT_TRUE(waitFor([&] { return window->said().contains(QLatin1String("is no study")); }))
      << window->said().toStdString();
  EXPECT_FALSE(window->button(QStringLiteral("pack")).isEnabled());
}

TEST_F(CoordinatorWindowTest, TheReportIsWrittenOnTheThreadOnceTheStudyIsClosed) {
  made.freeze();
  CoordinatorWindow::Options options;
  std::string state;
  options.writeReport = [&](const StudyResults& results, const std::filesystem::path&) { state = results.state; };
  open(options);
  ASSERT_TRUE(after([&] { window->closeAndReport(made.temporary / "report", QStringLiteral("me")); }))
      << window->said().toStdString();
  EXPECT_EQ(state, "closed");
  EXPECT_EQ(window->button(QStringLiteral("close")).text(), QStringLiteral("Report"));
}

TEST_F(CoordinatorWindowTest, TheMenuAsksForAReasonBeforeItExcludes) {
  openHalfRead();
  window->menu().findChild<QAction*>(QStringLiteral("exclude"))->trigger();
  auto* form = window->findChild<FormDialog*>();
  ASSERT_NE(form, nullptr);
  form->setValue(QStringLiteral("task"), QString::fromStdString(made.taskOf("R2", 2).id));
  EXPECT_FALSE(form->goOnButton().isEnabled());
  form->setValue(QStringLiteral("reason"), QStringLiteral("wrong patient"));
  waitFor([&] { return form->isVisible(); });
  picture(*form, QStringLiteral("form-dark"));
  ASSERT_TRUE(after([&] { form->goOnButton().click(); }));
  EXPECT_EQ(made.study.store().session(made.taskOf("R2", 2).id)->excludedReason, "wrong patient");
}

TEST_F(CoordinatorWindowTest, AmendmentsTellWhoAndWhy) {
  made.freeze();
  open();
  ASSERT_TRUE(after([&] {
    window->amend(QStringLiteral("/analysis/margin"), QStringLiteral("0.03"), QStringLiteral("me"),
                  QStringLiteral("asked by the board"));
  })) << window->said().toStdString();
  EXPECT_EQ(page().overview().snapshot.protocol.analysis.margin, 0.03);
  EXPECT_EQ(page().overview().snapshot.notes.back().reason, "asked by the board");
  EXPECT_FALSE(after([&] {
    window->amend(QStringLiteral("/design/seed"), QStringLiteral("3"), QStringLiteral("me"), QStringLiteral("why not"));
  }));
}

TEST_F(CoordinatorWindowTest, ItClosesExportsUnblindsAndBacksUp) {
  made.freeze();
  open();
  EXPECT_FALSE(window->menu().findChild<QAction*>(QStringLiteral("unblind"))->isEnabled());
  const auto tables = made.temporary / "tables", copy = made.temporary / "copy";
  ASSERT_TRUE(after([&] { window->closeAndReport(tables, QStringLiteral("me")); })) << window->said().toStdString();
  EXPECT_TRUE(std::filesystem::exists(tables / "long.csv"));
  EXPECT_TRUE(window->menu().findChild<QAction*>(QStringLiteral("unblind"))->isEnabled());
  ASSERT_TRUE(after([&] { window->unblind(QStringLiteral("me")); }));
  ASSERT_TRUE(after([&] { window->backup(copy); }));
  EXPECT_TRUE(std::filesystem::exists(copy / "store.sqlite"));
  EXPECT_FALSE(after([&] { window->backup(copy); })) << "nothing is written over";
}

TEST(ReadingGrid, EveryArmOfACrossoverHasAColumnOfACase) {
  StudyProtocol protocol = studyPreset("crossover");
  protocol.cases = wordProtocol(2, 0).cases;
  protocol.readers = wordProtocol(0, 2).readers;
  StudySnapshot snapshot;
  snapshot.protocol = protocol;
  for (const StudyTask& task : makeOrder(protocol)) {
    snapshot.sessions.emplace_back();
    snapshot.sessions.back().task = task;
  }
  const ReadingGrid grid = readingGrid(snapshot, ReadingColumns::Cases);
  ASSERT_EQ(grid.columns.size(), 4U);
  EXPECT_EQ(grid.columns[1].head + grid.columns[1].below, "C01B");
  EXPECT_EQ(grid.columns[2].head + grid.columns[2].below, "C02A");
  EXPECT_EQ(grid.lines[1].all, 4);
}

TEST(StudyOverview, PracticeIsShownAndCountsInNoFigure) {
  StudySnapshot snapshot;
  snapshot.protocol = wordProtocol(2, 1);
  for (const bool practice : {true, false}) {
    StudySession session;
    session.task.reader = "R1";
    session.task.caseId = practice ? "C01" : "C02";
    session.task.practice = practice;
    session.state = StudySession::State::Accepted;
    session.activeS = practice ? 6000 : 300;
    snapshot.sessions.push_back(session);
  }
  const StudyOverview overview = overviewOf(snapshot, OrganTable::named("word"));
  EXPECT_EQ(overview.done, 1);
  EXPECT_EQ(overview.all, 1);
  EXPECT_EQ(overview.activeS, 300);
  EXPECT_EQ(readingGrid(snapshot, ReadingColumns::Cases).columns.size(), 2U);
}

TEST_F(CoordinatorWindowTest, TwentyReadersAndAHundredAndFiftyCasesScroll) {
  HandMadeStudy large(wordProtocol(150, 20));
  large.freeze();
  for (int reader = 1; reader <= 20; ++reader)
    for (int position = 1; position <= 4 * reader; ++position)
      large.put(large.accepted("R" + std::to_string(reader), position, 3 + position % 11, kHourMs));
  window = std::make_unique<CoordinatorWindow>(large.study.folder(), large.clock, CoordinatorWindow::Options{});
  window->resize(1280, 800);
  window->show();
  ASSERT_TRUE(refreshed(true));
  picture(*window, QStringLiteral("page-large"));
  EXPECT_GE(page().table().cellRect(0, 0).width(), 30);
  EXPECT_TRUE(page().table().viewport()->rect().width() < page().table().cellRect(0, 149).left());
  page().table().setFocus();
  QTest::keyClick(&page().table(), Qt::Key_Right);
  for (int i = 0; i < 149; ++i) QTest::keyClick(&page().table(), Qt::Key_Right);
  EXPECT_LT(page().table().cellRect(0, 149).right(), page().table().viewport()->width());
  window.reset();
}

TEST_F(CoordinatorWindowTest, LightThemeAndASmallScreenAreLegible) {
  applyTheme(*qApp, kLight);
  openHalfRead();
  window->resize(1280, 800);
  picture(*window, QStringLiteral("page-light-1280"));
  EXPECT_GE(page().table().cellRect(0, 0).width(), 40);
  applyTheme(*qApp);
}

}  // namespace
}  // namespace recontour
