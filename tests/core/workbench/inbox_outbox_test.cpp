// What Accept leaves in an outbox that a DICOM router polls.
#include <thread>

#include <sys/stat.h>

#include "core/io/file_reader.h"
#include "tests/core/workbench/inbox_fixture.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

struct OutboxFixture : InboxFixture {
  OutboxFixture() {
    ExportOptions exports;
    exports.structureSet = true;
    exports.outbox = outbox();
    workbench->setExports(exports);
    fs::create_directories(outbox());
  }
  fs::path outbox() const { return folder / "outbox"; }
  std::vector<fs::path> sent() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(outbox())) files.push_back(entry.path());
    return files;
  }
  bool openFirst() {
    watch();
    sendAll(1);
    return hasRows(1) && open(0);
  }
};

/// Takes each "*.dcm" as soon as it is there, as a router does.
class Router {
 public:
  explicit Router(fs::path outbox) : outbox_(std::move(outbox)), thread_([this](std::stop_token stop) { run(stop); }) {}
  std::vector<std::string> broken;  ///< after stop()
  int taken = 0;                    ///< after stop()
  void stop() {
    thread_.request_stop();
    thread_.join();
  }

 private:
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) look();
    look();
  }
  void look() {
    for (const auto& entry : fs::directory_iterator(outbox_)) {
      const fs::path file = entry.path();
      if (file.extension() != ".dcm" || file.filename().string().starts_with('.')) continue;
      try {
        if (readStructureFile(file, {}).set.rois.empty()) broken.push_back(file.string() + ": no structures");
        ++taken;
      } catch (const std::exception& error) {
        broken.push_back(error.what());
      }
      fs::remove(file);
    }
  }
  fs::path outbox_;
  std::jthread thread_;
};

TEST(Outbox, GetsTheStructureSetThatTheSessionHas) {
  OutboxFixture t;
  ASSERT_TRUE(t.openFirst());
  t.paintAndAccept();
  ASSERT_TRUE(t.isTold("inbox is empty"));
  const auto sent = t.sent();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sha256HexOfFile(sent[0]), sha256HexOfFile(t.workbench->sessionFolder() / "revision.rtstruct.dcm"));
}

TEST(Outbox, ARouterNeverSeesAFileThatIsNotWhole) {
  constexpr int kCases = 12;
  OutboxFixture t;
  for (int number = 1; number <= kCases; ++number) t.sendAll(number, std::to_string(number) + "/");
  Router router(t.outbox());
  t.watch(true);
  ASSERT_TRUE(t.hasRows(kCases));
  int accepted = 0;
  QObject::connect(t.workbench.get(), &Workbench::acceptFinished, t.workbench.get(), [&] { ++accepted; });
  for (int number = 0; number < kCases; ++number) {
    ASSERT_TRUE(t.opens(number));
    t.paintAndAccept();
    ASSERT_TRUE(waitFor([&] { return accepted == number + 1; })) << (t.messages.empty() ? "" : t.messages.back());
  }
  router.stop();
  EXPECT_EQ(router.broken, std::vector<std::string>{});
  EXPECT_EQ(router.taken, kCases);
}

TEST(Outbox, ItsFilesAreForThoseWhoMayUseTheFolder) {
  OutboxFixture t;
  ::chmod(t.outbox().c_str(), 0770);
  ASSERT_TRUE(t.openFirst());
  t.paintAndAccept();
  ASSERT_TRUE(t.isTold("inbox is empty"));
  struct stat status = {};
  ASSERT_EQ(::stat(t.sent().at(0).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0660U);
}

TEST(Outbox, OneThatIsGoneIsToldOnceAndAcceptCanBeRepeated) {
  OutboxFixture t;
  fs::remove_all(t.outbox());
  ASSERT_TRUE(t.openFirst());
  bool failed = false;
  QObject::connect(t.workbench.get(), &Workbench::acceptFailed, t.workbench.get(), [&] { failed = true; });
  t.paintAndAccept();
  ASSERT_TRUE(waitFor([&] { return failed; }));
  EXPECT_EQ(t.told("the outbox did not take the case"), 1);
  EXPECT_EQ(t.messages.size(), 1U);
  EXPECT_FALSE(t.workbench->accepted());
  for (const char* name : {"revision.nii.gz", "revision.rtstruct.dcm"})
    EXPECT_TRUE(fs::exists(t.workbench->sessionFolder() / name)) << name;
  EXPECT_TRUE(t.isOpen(0));
  fs::create_directories(t.outbox());
  t.workbench->accept();
  ASSERT_TRUE(t.isTold("inbox is empty"));
  EXPECT_EQ(t.sent().size(), 1U);
}

}  // namespace
}  // namespace recontour
