// A watched folder in the window, with the reader process.
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

#include "core/io/reader_process.h"
#include "tests/core/workbench/inbox_fixture.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/case_list.h"
#include "ui/panels/status_line.h"
#include "ui/window/export_dialog.h"
#include "ui/window/inbox_dialog.h"
#include "ui/window/path_line.h"

namespace recontour {
namespace {

using namespace std::chrono_literals;

class WindowInbox : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"inbox", "outbox"}) std::filesystem::create_directories(folder_ / name);
    const auto reader = makeReaderProcess(ReaderSettings{READER_PROGRAM, folder_ / "jobs", 20000ms, true});
    Workbench::Options options;
    options.sessionsFolder = folder_ / "sessions";
    options.choosesSeries = true;
    workbench_ = std::make_unique<Workbench>(options, OrganTable::named("word"), makeThreadCaseSource(reader),
                                             std::make_shared<FakePredictor>(), reader);
    window_ = shownWindow(*workbench_);
  }
  void send(int number, const std::string& where) {
    for (int slice = 0; slice < kInboxSlices; ++slice)
      folder_.write("inbox/" + where + std::to_string(number) + "." + std::to_string(slice) + ".dcm",
                    inboxSlice(number, slice));
  }
  QString text(const char* name) const { return QString::fromStdString((folder_ / name).string()); }
  InboxDialog& ask() {
    window_->actions().watchFolder->trigger();
    EXPECT_TRUE(waitFor([&] { return window_->findChild<InboxDialog*>() != nullptr; }));
    return *window_->findChild<InboxDialog*>();
  }
  static void type(PathLine& line, const QString& text) { line.findChild<QLineEdit*>()->setText(text); }
  void watchByDialog() {
    InboxDialog& dialog = ask();
    type(dialog.inbox(), text("inbox"));
    type(dialog.outbox(), text("outbox"));
    QTest::mouseClick(&dialog.watch(), Qt::LeftButton);
  }
  /// As the dialog does, but without waiting 10 s.
  void watchImpatiently() {
    InboxOptions options{folder_ / "inbox"};
    options.looksEvery = 20ms;
    options.quiet = 200ms;
    window_->useOutbox(folder_ / "outbox");
    window_->watchInbox(options);
  }
  QString status() const { return window_->statusLine().inboxText(); }
  bool showsStatus(const QString& text) {
    return waitFor([&] { return status() == text; });
  }
  bool isOpen(int number) const {
    return workbench_->caseState() == CaseState::Open && workbench_->currentWorkItem() == number;
  }
  void paintAndAccept() {
    workbench_->selectOrgan(kLiver);
    PointerSample at;
    at.pointMm = workbench_->currentCase()->geometry.toWorld(Index3{5, 5, 2});
    at.slice = 2;
    workbench_->pressStroke(at, false);
    workbench_->releaseStroke();
    explainEmptyOrgans(*workbench_);
    window_->actions().accept->trigger();
    ASSERT_TRUE(waitFor([&] { return window_->findChild<AcceptDialog*>() != nullptr; }));
    for (auto* button : window_->findChild<AcceptDialog*>()->findChildren<QPushButton*>())
      if (button->text() == "Accept") QTest::mouseClick(button, Qt::LeftButton);
  }
  std::ptrdiff_t sent() const { return std::distance(std::filesystem::directory_iterator(folder_ / "outbox"), {}); }
  TestFolder folder_;
  std::unique_ptr<Workbench> workbench_;
  std::unique_ptr<MainWindow> window_;
};

TEST_F(WindowInbox, TheDialogWantsAnInboxAndAnOutboxElsewhere) {
  EXPECT_FALSE(window_->actions().stopWatching->isEnabled());
  InboxDialog& dialog = ask();
  EXPECT_FALSE(dialog.watch().isEnabled());
  type(dialog.inbox(), text("inbox"));
  EXPECT_TRUE(dialog.watch().isEnabled()) << "without an outbox";
  type(dialog.outbox(), text("inbox/") + "out");
  EXPECT_FALSE(dialog.watch().isEnabled());
  type(dialog.outbox(), text("inbox2"));
  EXPECT_TRUE(dialog.watch().isEnabled());
}

TEST_F(WindowInbox, TheMenuWatchesAndStops) {
  watchByDialog();
  ASSERT_TRUE(showsStatus("Inbox: 0 waiting"));
  EXPECT_EQ(workbench_->inbox()->folder, folder_ / "inbox");
  EXPECT_EQ(workbench_->options().exports.outbox, folder_ / "outbox");
  EXPECT_TRUE(workbench_->options().exports.structureSet);
  EXPECT_TRUE(window_->actions().stopWatching->isEnabled());
  window_->actions().stopWatching->trigger();
  EXPECT_EQ(status(), "");
  EXPECT_FALSE(window_->actions().stopWatching->isEnabled());
}

TEST_F(WindowInbox, RowsComeAndAcceptGoesFromOneToTheNext) {
  watchImpatiently();
  send(1, "");
  send(2, "");
  ASSERT_TRUE(showsStatus("Inbox: 2 waiting"));
  EXPECT_EQ(window_->caseList().stateText(0), "waiting");
  EXPECT_EQ(workbench_->caseState(), CaseState::None);
  Q_EMIT window_->caseList().caseChosen(0);
  ASSERT_TRUE(waitFor([&] { return isOpen(0); }));
  EXPECT_TRUE(showsStatus("Inbox: 1 waiting"));
  paintAndAccept();
  ASSERT_TRUE(waitFor([&] { return isOpen(1); }));
  EXPECT_EQ(sent(), 1);
  EXPECT_TRUE(showsStatus("Inbox: 0 waiting"));
  EXPECT_TRUE(waitFor([&] { return window_->caseList().stateText(0).startsWith("accepted"); }));
  EXPECT_EQ(window_->caseList().stateText(1), "open");
  paintAndAccept();
  ASSERT_TRUE(waitFor([&] { return hasMessage(*window_, "The inbox is empty"); }));
  EXPECT_EQ(sent(), 2);
}

TEST_F(WindowInbox, AnOutboxThatIsGoneIsToldAndTheCaseStaysOpen) {
  watchImpatiently();
  std::filesystem::remove_all(folder_ / "outbox");
  send(1, "a/");
  send(2, "b/");
  ASSERT_TRUE(showsStatus("Inbox: 2 waiting"));
  Q_EMIT window_->caseList().caseChosen(0);
  ASSERT_TRUE(waitFor([&] { return isOpen(0); }));
  paintAndAccept();
  ASSERT_TRUE(waitFor([&] { return hasMessage(*window_, "the outbox did not take the case"); }));
  EXPECT_TRUE(isOpen(0));
  EXPECT_FALSE(workbench_->accepted());
}

}  // namespace
}  // namespace recontour
