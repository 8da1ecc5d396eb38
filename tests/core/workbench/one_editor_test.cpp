// A case that another program edits, and one that this program is still writing to disk.
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "core/session/session_log_reader.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

/// Of process 1, which runs as long as the machine does.
void lockForAnotherProgram(const std::filesystem::path& folder) {
  std::ifstream stat("/proc/1/stat");
  std::string field;
  for (int number = 1; number <= 22; ++number) stat >> field;  // its name has no blanks
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  std::ofstream(folder / "lock") << R"({"host":")" << host << R"(","pid":1,"started":"14:02","process_start":")"
                                 << field << "\"}";
}

/// Opens the case once, so that its session folder is there.
std::filesystem::path openAndLeave(WorkbenchFixture& f) {
  EXPECT_TRUE(f.open());
  const auto folder = f.workbench.sessionFolder();
  f.workbench.closeCase();
  EXPECT_TRUE(waitFor([&] { return !f.workbench.leaving(); }));
  return folder;
}

TEST(OneEditor, ACaseThatAnotherProgramEditsIsOnlyReadAndSaysSo) {
  WorkbenchFixture f;
  lockForAnotherProgram(openAndLeave(f));
  ASSERT_TRUE(f.open());
  EXPECT_TRUE(f.workbench.readOnly());
  EXPECT_NE(f.workbench.heldBy()->find("process 1, since 14:02"), std::string::npos);
  QSignalSpy refused(&f.workbench, &Workbench::strokeRefused);
  f.paint({5, 5, 4});
  EXPECT_EQ(refused.count(), 1);
}

TEST(OneEditor, WithNobodyInFrontSuchACaseIsRefused) {
  Workbench::Options options;
  options.unattended = true;
  WorkbenchFixture f(options);
  lockForAnotherProgram(openAndLeave(f));
  QSignalSpy failed(&f.workbench, &Workbench::caseFailed);
  f.workbench.openCase(f.folder / "small.nii.gz");
  ASSERT_TRUE(waitFor([&] { return failed.count() == 1; }));
  EXPECT_TRUE(failed[0][0].toString().contains(QStringLiteral("open in another program")));
}

TEST(OneEditor, LeavingACaseTellsWhenAllIsOnDisk) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  f.workbench.selectOrgan(1);
  f.paint({5, 5, 4});
  const auto log = f.workbench.sessionFolder() / "session.rclog";
  QSignalSpy left(&f.workbench, &Workbench::sessionLeft);
  f.workbench.closeCase();
  EXPECT_TRUE(f.workbench.leaving());
  ASSERT_TRUE(waitFor([&] { return left.count() == 1; }));
  EXPECT_FALSE(f.workbench.leaving());
  EXPECT_EQ(readSessionLog(log).events.back().type, "close");
}

TEST(OneEditor, ACaseThatWasJustLeftIsOpenedToEdit) {
  WorkbenchFixture f;
  for (int times = 0; times < 5; ++times) {
    ASSERT_TRUE(f.open());
    EXPECT_FALSE(f.workbench.readOnly());
    f.workbench.closeCase();
  }
}

}  // namespace
}  // namespace recontour
