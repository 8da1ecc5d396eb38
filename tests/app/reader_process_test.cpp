#include "core/io/reader_process.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include "app/reader/memory_limit.h"
#include "core/base/sandbox.h"
#include "core/io/label_file.h"
#include "core/io/structure_job.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/nifti_bytes.h"
#include "tests/core/io/rtstruct_bytes.h"
#include "tests/core/io/test_folder.h"
#include "tests/data/descendants.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

using namespace std::chrono_literals;

/// What a reader tells while it opens a case.
struct Told final : OpenProgress {
  void progress(std::string_view, int, int, double) override { ++steps; }
  void firstSlice(const FirstSlice& slice) override { slices.push_back(slice); }
  bool goesOnWithFirst(const std::vector<CtSeries>& found) override {
    series = found;
    return false;
  }
  std::atomic<int> steps = 0;
  std::vector<FirstSlice> slices;
  std::vector<CtSeries> series;
};

class ReaderProcess : public testing::Test {
 protected:
  ReaderSettings settings(bool sandbox = true) const {
    return {READER_PROGRAM, folder_.path() / "jobs", std::chrono::milliseconds(20000), sandbox};
  }
  /// Opens a file with a reader that is held before it reads. @param then  gets the held process
  std::string openHeld(FileReader& reader, const std::function<void(pid_t)>& then, std::stop_token stop = {}) const {
    const auto file = folder_.write("held.nii", NiftiBytes().withCounting());
    std::vector<pid_t> processes;
    while (processes.empty()) processes = descendantsNamed("recontour-reader");
    const pid_t held = processes[0];
    ::kill(held, SIGSTOP);
    auto opening = std::async(std::launch::async, [&] {
      OpenProgress nothing;
      return errorOf([&] { reader.openCase(file, "", nothing, stop); });
    });
    while (descendantsNamed("recontour-reader").size() < 2) std::this_thread::sleep_for(1ms);  // the next one is there
    then(held);
    return opening.get();
  }
  static Case open(FileReader& reader, const std::filesystem::path& path, const std::string& series = {}) {
    OpenProgress nothing;
    return reader.openCase(path, series, nothing, {});
  }
  /// Opens a path as the process and as this program itself does.
  void expectSame(const std::filesystem::path& path) {
    SCOPED_TRACE(path.string());
    Told here, there;
    const auto reader = makeReaderProcess(settings());
    const Case own = makeLocalReader()->openCase(path, "1", here, {}), read = reader->openCase(path, "1", there, {});
    EXPECT_EQ(read.geometry, own.geometry);
    EXPECT_EQ(read.imageHash, own.imageHash);
    EXPECT_TRUE(std::ranges::equal(read.volume.voxels(), own.volume.voxels()));
    EXPECT_EQ(read.name, own.name);
    EXPECT_EQ(read.source, own.source);
    EXPECT_EQ(read.warnings, own.warnings);
    EXPECT_EQ(read.synthetic, own.synthetic);
    ASSERT_EQ(read.dicom.has_value(), own.dicom.has_value());
    if (own.dicom) {
      EXPECT_EQ(read.dicom->sopInstanceUids, own.dicom->sopInstanceUids);
      EXPECT_EQ(read.dicom->frameOfReferenceUid, own.dicom->frameOfReferenceUid);
    }
    ASSERT_EQ(there.slices.size(), 1U);
    EXPECT_EQ(there.slices[0].pixels, here.slices[0].pixels);
    EXPECT_EQ(there.slices[0].z, here.slices[0].z);
    EXPECT_GT(there.steps, 0);
  }
  TestFolder folder_;
};

TEST_F(ReaderProcess, OpensWhatTheProgramItselfOpensAndTellsTheSame) {
  expectSame(folder_.write("a.nii", NiftiBytes().withCounting()));
  expectSame(folder_.write("\xc3\xa4 100% \xff.nii", NiftiBytes().withCounting()));
  folder_.write("series/1.dcm", DicomBytes().bytes());
  expectSame(folder_.path() / "series");
}

TEST_F(ReaderProcess, OpensTheReferenceCases) {
  REQUIRE_REFERENCE_DATA();
  expectSame(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz"));
  expectSame(referenceData("ct_lits0/ScalarVolume_0_dicom.zip"));
}

TEST_F(ReaderProcess, ReadsLabelMapsWithAnyValues) {
  const std::vector<std::int16_t> values = {0, 1, 1, 300, 300, 5, 255, 0, 0, 300, 254, 2};
  const auto file = folder_.write("l.nii", NiftiBytes().with(values));
  const LabelValues own = makeLocalReader()->readLabels(file, {});
  const LabelValues read = makeReaderProcess(settings())->readLabels(file, {});
  EXPECT_EQ(read.geometry, own.geometry);
  EXPECT_EQ(read.slots, own.slots);
  EXPECT_EQ(read.valueOf, own.valueOf);
}

TEST_F(ReaderProcess, ListsTheSeriesOfAFolder) {
  for (int slice = 0; slice < 4; ++slice) {
    DicomBytes ct;
    ct.position = "0\\0\\" + std::to_string(5 * slice);
    ct.patient = "4711";
    ct.sopInstance = "1.2.3." + std::to_string(slice);
    folder_.write("a \xff/" + std::to_string(slice), ct.bytes());
    ct.series = "1.2.4";
    ct.description = "caf\xe9";  // not UTF-8
    if (slice != 1) folder_.write("a \xff/other " + std::to_string(slice), ct.bytes());
  }
  const auto own = makeLocalReader()->listSeries(folder_ / "a \xff", {});
  const auto read = makeReaderProcess(settings())->listSeries(folder_ / "a \xff", {});
  ASSERT_EQ(read.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read[i].uid, own[i].uid);
    EXPECT_EQ(read[i].patient, "4711");
    EXPECT_EQ(read[i].content, own[i].content);
    EXPECT_EQ(read[i].size, own[i].size);
    EXPECT_EQ(read[i].problem.empty(), i == 0);
  }
  folder_.write("none/notes.txt", "no DICOM");
  EXPECT_TRUE(makeReaderProcess(settings())->listSeries(folder_ / "none", {}).empty());
}

TEST_F(ReaderProcess, KeepsTheSentenceOfARefusal) {
  const auto file = folder_.write("a.nii", "no NIfTI");
  const std::string own = errorOf([&] { open(*makeLocalReader(), file); });
  const auto reader = makeReaderProcess(settings());
  EXPECT_EQ(errorOf([&] { open(*reader, file); }), own);
  EXPECT_EQ(errorOf([&] { open(*reader, "/nowhere.nii"); }), "/nowhere.nii: no such file or folder");
}

TEST_F(ReaderProcess, LetsTheUserChooseAmongSeries) {
  DicomBytes scan, other;
  other.series = "1.9";
  other.description = "Other";
  folder_.write("series/1.dcm", scan.bytes());
  folder_.write("series/2.dcm", other.bytes());
  Told told;
  const auto reader = makeReaderProcess(settings());
  const auto path = folder_.path() / "series";
  EXPECT_EQ(errorOf([&] { reader->openCase(path, "", told, {}); }), "cancelled");
  ASSERT_EQ(told.series.size(), 2U);
  EXPECT_EQ(told.series[1].size.z, 1);
  EXPECT_EQ(open(*reader, path, "Other").dicom->seriesUid, "1.9");
}

TEST_F(ReaderProcess, ACrashIsAMessageThatNamesFileAndSignalAndTheNextFileOpens) {
  const auto good = folder_.write("a.nii", NiftiBytes().withCounting());
  for (const bool sandbox : {false, true}) {
    const auto reader = makeReaderProcess(settings(sandbox));
    const std::string message = openHeld(*reader, [](pid_t process) {
      ::kill(process, SIGABRT);
      ::kill(process, SIGCONT);
    });
    EXPECT_TRUE(message.starts_with((folder_.path() / "held.nii: the file reader ended (").string())) << message;
    EXPECT_NE(message.find("signal 6 (Aborted)"), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
    EXPECT_EQ(open(*reader, good).geometry.size, (Size3{3, 2, 2}));
  }
}

TEST_F(ReaderProcess, OneThatEndedWhileItWaitedIsReplaced) {
  const auto good = folder_.write("a.nii", NiftiBytes().withCounting());
  const auto reader = makeReaderProcess(settings(false));
  open(*reader, good);
  std::vector<pid_t> waiting;
  while (waiting.empty()) waiting = descendantsNamed("recontour-reader");
  ::kill(waiting[0], SIGKILL);
  while (!descendantsNamed("recontour-reader").empty()) std::this_thread::sleep_for(1ms);
  const std::filesystem::path threads = "/proc/" + std::to_string(waiting[0]) + "/task";
  const auto count =
      [&] {  // its first thread is a zombie before the others are gone, and cannot be waited for till then
        std::error_code gone;
        return std::distance(std::filesystem::directory_iterator(threads, gone), std::filesystem::directory_iterator());
      };
  while (count() > 1) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(open(*reader, good).geometry.size, (Size3{3, 2, 2}));
}

TEST_F(ReaderProcess, AHangIsAMessageAfterTheWatchdogsTime) {
  ReaderSettings impatient = settings();
  impatient.watchdog = 300ms;
  const auto reader = makeReaderProcess(impatient);
  const std::string message = openHeld(*reader, [](pid_t) {});
  EXPECT_NE(message.find("held.nii: the file reader stopped answering"), std::string::npos) << message;
}

TEST_F(ReaderProcess, StopsSoonAfterItIsAskedAndLeavesNothingBehind) {
  {
    const auto reader = makeReaderProcess(settings());
    std::stop_source stop;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(openHeld(
                  *reader, [&](pid_t) { stop.request_stop(); }, stop.get_token()),
              "cancelled");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  }
  EXPECT_TRUE(descendantsNamed("recontour-reader").empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "jobs"));
}

TEST_F(ReaderProcess, AProgramThatIsMissingIsNamedEachTime) {
  ReaderSettings wrong = settings(false);
  wrong.program = "/nowhere/recontour-reader";
  const auto reader = makeReaderProcess(wrong);
  for (int i = 0; i < 2; ++i) {
    EXPECT_NE(errorOf([&] { open(*reader, "a.nii"); }).find("/nowhere/recontour-reader: cannot be started"),
              std::string::npos);
  }
}

#if !defined(__SANITIZE_ADDRESS__)  // it reserves more than any limit
TEST(ReaderMemory, EndsAt512MbAndOneAndAHalfTimesWhatIsDeclared) {
  const auto canHave = [](std::uint64_t declared, std::size_t bytes) {
    const pid_t child = ::fork();
    if (child == 0) {
      reader::limitMemory(0);
      reader::limitMemory(declared);
      void* memory = std::malloc(bytes);
      ::_exit(memory == nullptr ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  };
  constexpr std::size_t kMb = 1 << 20;
  EXPECT_TRUE(canHave(0, 200 * kMb));
  EXPECT_FALSE(canHave(0, 513 * kMb));
  EXPECT_TRUE(canHave(400 * kMb, 700 * kMb));
  EXPECT_FALSE(canHave(400 * kMb, 1113 * kMb));
}
#endif

TEST_F(ReaderProcess, AStructureSetComesWholeAndADamagedOneIsToldWithItsName) {
  const auto reader = makeReaderProcess(settings());
  RtStructBytes set;
  set.rois = {{3, "Liver", {"0\\0\\0\\4\\0\\0\\4\\4\\0"}}, {8, "PTV 60", {}}};
  const std::string good = set.bytes();
  const auto file = folder_.write("set.dcm", good);
  const Geometry grid{{8, 8, 2}, {1, 1, 1}, {}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const ReadStructures here = readStructureFile(file, grid), there = reader->readStructures(file, grid, {});
  EXPECT_EQ(there.kind, "rtstruct");
  EXPECT_EQ(there.sha256, here.sha256);
  EXPECT_EQ(there.set.rois, here.set.rois);
  for (std::size_t cut = 140; cut < good.size(); cut += good.size() / 12) {
    const auto damaged = folder_.write("cut.dcm", good.substr(0, cut));
    const std::string said = errorOf([&] { reader->readStructures(damaged, grid, {}); });
    EXPECT_EQ(said.rfind(damaged.string() + ": ", 0), 0U) << said;
  }
  EXPECT_EQ(reader->readStructures(file, grid, {}).set.rois, here.set.rois) << "the next one is not harmed";
}

TEST_F(ReaderProcess, ARevisionIsMadeThereAsHere) {
  RtStructBytes set;
  set.rois = {{3, "Liver", {"0\\0\\0\\4\\0\\0\\4\\4\\0"}}};
  StructureSetJob job;
  job.predecessor = folder_.write("set.dcm", set.bytes());
  job.ct.name = "small";
  job.ct.source = folder_.path();
  job.ct.geometry = {{8, 8, 2}, {1, 1, 1}, {}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  job.ct.imageHash = "abc";
  job.facts.label = "Revision";
  job.facts.date = "20260101";
  job.facts.time = "101010";
  job.facts.approval = {"Doe", "oncologist"};
  RoiToWrite liver;
  liver.isThere = true;
  liver.roi.number = 3;
  liver.slices = {0};
  liver.roi.contours = {{{{1, 1, 0}, {3, 1, 0}, {3, 3, 0}}}};
  job.rois = {liver};
  EXPECT_EQ(makeReaderProcess(settings())->makeStructureSet(job, {}), structureSetBytes(job));
}

}  // namespace
}  // namespace recontour
