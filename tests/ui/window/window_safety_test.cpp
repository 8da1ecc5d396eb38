// What the window tells of the safety of the work, and how it closes where something cannot be saved.
#include <QMessageBox>
#include <QPushButton>
#include <fstream>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/session/session_lock.h"
#include "core/session/session_log_reader.h"
#include "core/session/unfinished_sessions.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/welcome_pane.h"
#include "ui/window/orderly_close.h"
#include "ui/window/safety_strips.h"
#include "ui/window/unfinished_work.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// The sessions folder as a crash at this moment would leave it: a copy, with a lock that nobody holds.
fs::path leftByACrash(const fs::path& sessions, const fs::path& to) {
  fs::copy(sessions, to, fs::copy_options::recursive);
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  const std::string nobody =
      std::string(R"({"host": ")") + host + R"(", "pid": 4194305, "process_start": "1", "started": "then"})";
  for (const auto& entry : fs::recursive_directory_iterator(to)) {
    if (entry.path().filename() == "lock") std::ofstream(entry.path()) << nobody;
  }
  return to;
}

/// No file of this process grows while it lives: every disk is full.
class FullDisk {
 public:
  FullDisk() {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{0, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { free(); }
  void free() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

/// Another program that has this session open.
class OtherProgram {
 public:
  explicit OtherProgram(const fs::path& session) {
    int ends[2];
    if (::pipe(ends) != 0) return;
    process_ = ::fork();
    if (process_ == 0) {
      const SessionLock lock(session);
      [[maybe_unused]] const auto told = ::write(ends[1], "x", 1);
      ::pause();
    }
    char byte = 0;
    [[maybe_unused]] const auto heard = ::read(ends[0], &byte, 1);
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~OtherProgram() { end(); }
  void end() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }

 private:
  pid_t process_ = -1;
};

class Safety : public Window {
 protected:
  void paint(int slice) { fixture->paint({5, 5, slice}); }
  bool saved() {
    workbench().flush();
    QCoreApplication::processEvents();  // what the status says may be of before
    return waitFor([&] { return workbench().saveStatus().state == SaveStatus::State::Saved; });
  }
  bool failed() {
    return waitFor([&] { return workbench().saveStatus().state == SaveStatus::State::Failed; });
  }
  TemporaryFolder other;
};

TEST_F(Safety, NothingIsToldOfAnOrdinaryCase) {
  open();
  paint(2);
  ASSERT_TRUE(saved());
  SafetyStrips& strips = window->safety();
  for (Strip* strip : {&strips.recovery(), &strips.saving(), &strips.access(), &strips.refusal()})
    EXPECT_FALSE(strip->isVisible());
}

TEST_F(Safety, ASessionThatWasCutShortShowsItsLastStroke) {
  open();
  paint(1);
  paint(3);
  ASSERT_TRUE(saved());
  const fs::path sessions = leftByACrash(fixture->folder.path(), other.path() / "sessions");
  window.reset();
  fixture.reset();
  Workbench::Options options;
  options.sessionsFolder = sessions;
  open(options);
  Strip& strip = window->safety().recovery();
  ASSERT_TRUE(strip.isVisible());
  EXPECT_TRUE(strip.text().contains("cut short")) << strip.text().toStdString();
  EXPECT_TRUE(strip.detail().contains("Brush, Liver, axial 4")) << strip.detail().toStdString();
  EXPECT_TRUE(strip.detail().contains("no longer runs")) << strip.detail().toStdString();
  ASSERT_EQ(strip.buttons().size(), 2u);
  view(Plane::Axial).setCrosshair(world({5, 5, 0}));
  strip.buttons()[0]->click();
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), 3);
  strip.buttons()[1]->click();
  EXPECT_FALSE(strip.isVisible());
}

TEST_F(Safety, TheStartPageOffersWhatACrashCutShort) {
  open();
  paint(1);
  paint(3);
  ASSERT_TRUE(saved());
  const fs::path sessions = leftByACrash(fixture->folder.path(), other.path() / "sessions");
  const auto found = unfinishedSessions(sessions);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reader, "R1");
  EXPECT_EQ(found[0].edits, 2);
  ASSERT_TRUE(found[0].last);
  EXPECT_EQ(found[0].last->slice, 3);
  EXPECT_TRUE(unfinishedSessions(fixture->folder.path()).empty()) << "it is open here";
  const auto works = findUnfinishedWork(sessions, "R1", workbench().organs());
  ASSERT_EQ(works.size(), 1u);
  EXPECT_TRUE(works[0].path.isEmpty()) << "there is no file of that name";
  EXPECT_TRUE(works[0].detail.contains("small.nii.gz")) << works[0].detail.toStdString();
  EXPECT_TRUE(works[0].detail.contains("Liver, last stroke at")) << works[0].detail.toStdString();
  EXPECT_TRUE(findUnfinishedWork(sessions, "R2", workbench().organs()).empty());
}

TEST_F(Safety, AFullDiskIsSaidAsLongAsItLasts) {
  open();
  paint(1);
  ASSERT_TRUE(saved());
  FullDisk disk;
  paint(2);
  ASSERT_TRUE(failed());
  Strip& strip = window->safety().saving();
  EXPECT_TRUE(strip.isVisible());
  EXPECT_TRUE(strip.text().contains("NOT SAVED")) << strip.text().toStdString();
  ASSERT_EQ(strip.buttons().size(), 1u);
  disk.free();
  ASSERT_TRUE(saved());
  EXPECT_FALSE(strip.isVisible());
  EXPECT_TRUE(hasMessage(*window, "All is saved again"));
}

TEST_F(Safety, ClosingOnAFullDiskNamesWhatWouldBeLostAndStaysOpen) {
  open();
  paint(1);
  ASSERT_TRUE(saved());
  FullDisk disk;
  paint(2);
  ASSERT_TRUE(failed());
  QString loss;
  window->ending().setAsker([&](const QString& text) {
    loss = text;
    return OrderlyClose::Answer::KeepOpen;
  });
  EXPECT_FALSE(window->close());
  EXPECT_TRUE(loss.contains("One change would be lost")) << loss.toStdString();
  EXPECT_TRUE(loss.contains("Brush, Liver")) << loss.toStdString();
  window->openCase("other.nii.gz");
  EXPECT_EQ(workbench().currentCase()->name, "small") << "the case is left all the same";
  disk.free();
  ASSERT_TRUE(saved());
}

TEST_F(Safety, ACaseThatAnotherProgramEditsIsReadOnlyUntilItIsFree) {
  open();
  const fs::path session = workbench().sessionFolder();
  workbench().closeCase();
  ASSERT_TRUE(waitFor([&] { return !workbench().leaving(); }));
  OtherProgram program(session);
  window->openCase("small.nii.gz");
  ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
  Strip& strip = window->safety().access();
  ASSERT_TRUE(strip.isVisible());
  EXPECT_TRUE(workbench().readOnly());
  EXPECT_TRUE(strip.detail().contains("process")) << strip.detail().toStdString();
  EXPECT_FALSE(window->actions().acceptOrgan->isEnabled());
  program.end();
  ASSERT_EQ(strip.buttons().size(), 1u);
  strip.buttons()[0]->click();
  ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
  EXPECT_FALSE(workbench().readOnly());
  EXPECT_FALSE(strip.isVisible());
}

TEST_F(Safety, ASessionThatIsRefusedCanBeReadOrLieElsewhere) {
  std::ofstream(other.path() / "file") << "no folder";
  Workbench::Options options;
  options.sessionsFolder = other.path() / "file";
  open(options);
  ASSERT_EQ(workbench().caseState(), CaseState::Failed);
  Strip& strip = window->safety().refusal();
  ASSERT_TRUE(strip.isVisible());
  ASSERT_EQ(strip.buttons().size(), 3u);
  strip.buttons()[0]->click();
  ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
  EXPECT_TRUE(workbench().readOnly());
  workbench().setSessionsFolder(other.path() / "sessions");
  window->openCase("small.nii.gz");
  ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
  EXPECT_FALSE(workbench().readOnly());
}

TEST_F(Safety, AModelThatIsNewRunsOnlyWhenSomebodyAgrees) {
  std::ofstream(other.path() / "recontour.json") << R"({"name": "a stranger"})";
  Workbench::Options options;
  options.modelTrust = other.path() / "trusted.json";
  open(options);
  const auto box = [&] { return window->findChild<QMessageBox*>(); };
  fixture->predictor->release();
  workbench().predict(other.path());
  ASSERT_TRUE(waitFor([&] { return box() != nullptr && box()->isVisible(); }));
  EXPECT_TRUE(box()->text().contains("first time")) << box()->text().toStdString();
  EXPECT_TRUE(box()->informativeText().contains("a stranger"));
  box()->defaultButton()->click();
  ASSERT_TRUE(waitFor([&] { return box() == nullptr; }));
  EXPECT_EQ(fixture->predictor->runs(), 0);
  workbench().predict(other.path());
  ASSERT_TRUE(waitFor([&] { return box() != nullptr && box()->isVisible(); }));
  box()->buttons().front()->click();
  ASSERT_TRUE(waitFor([&] { return workbench().prediction().state == PredictionStatus::State::Done; }));
  EXPECT_EQ(fixture->predictor->runs(), 1);
}

TEST_F(Safety, ACorrectionThatIsOpenIsAcceptedWhenTheWindowCloses) {
  open();
  BrushSettings brush = workbench().brush();
  brush.corrects = true;
  workbench().setBrush(brush);
  PointerSample at;
  at.pointMm = world({5, 5, 2});
  at.slice = 2;
  workbench().pressStroke(at, false);
  ASSERT_NE(workbench().correction(), nullptr);
  const fs::path log = workbench().sessionFolder() / "session.rclog";
  EXPECT_TRUE(window->close());
  const auto events = readSessionLog(log).events;
  EXPECT_EQ(std::ranges::count(events, "edit", &Event::type), 1);
  EXPECT_EQ(events.back().type, "close");
}

}  // namespace
}  // namespace recontour
