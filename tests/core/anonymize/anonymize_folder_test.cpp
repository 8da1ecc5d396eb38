#include "core/anonymize/anonymize_folder.h"

#include <map>

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "tests/core/anonymize/sample_dataset.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

class AnonymizeFolder : public testing::Test {
 protected:
  AnonymizeFolder() {
    for (int number = 1; number <= 3; ++number)
      folder_.write("in/MUELLER/" + std::to_string(number) + ".dcm", sampleSlice(number).bytes());
  }
  AnonymizeReport run(const char* target, std::optional<fs::path> saltFile = {}) {
    NoProgress progress;
    return anonymizeFolder({folder_.path() / "in", folder_.path() / target, std::move(saltFile)}, progress, {});
  }
  /// Content by name.
  std::map<std::string, std::string> filesOf(const char* target) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / target))
      if (entry.is_regular_file())
        files[entry.path().lexically_relative(folder_.path() / target).string()] = readWholeFile(entry.path());
    return files;
  }
  TestFolder folder_;
};

TEST_F(AnonymizeFolder, WritesFilesByHashesOfTheirSeries) {
  const AnonymizeReport report = run("out");
  EXPECT_EQ(report.files, 3);
  EXPECT_EQ(report.series, 1);
  EXPECT_EQ(report.patients, 1);
  const auto files = filesOf("out");
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files.begin()->first.size(), std::string("0123456789ab/000001.dcm").size());
  for (const auto& [name, bytes] : files) EXPECT_EQ((name + bytes).find("MUELLER"), std::string::npos);
}

TEST_F(AnonymizeFolder, RunsWithOneSaltFileAgreeToTheByte) {
  const fs::path salt = folder_.path() / "salt";
  run("one", salt);
  run("two", salt);
  run("three");
  EXPECT_EQ(filesOf("one"), filesOf("two"));
  EXPECT_NE(filesOf("one"), filesOf("three"));
  EXPECT_EQ(fs::status(salt).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(AnonymizeFolder, SkipsWhatIsNoDicomAndFollowsNoLinks) {
  folder_.write("in/readme.txt", "hello");
  folder_.write("in/DICOMDIR", "hello");
  folder_.write("in/ct.nii.gz", "hello");
  folder_.write("elsewhere/4.dcm", sampleSlice(4).bytes());
  fs::create_directory_symlink(folder_.path() / "elsewhere", folder_.path() / "in/link");
  const AnonymizeReport report = run("out");
  EXPECT_EQ(report.files, 3);
  EXPECT_EQ(report.skipped, 4);
  ASSERT_EQ(report.notCovered.size(), 1U);
  EXPECT_EQ(report.notCovered[0].filename(), "ct.nii.gz");
}

TEST_F(AnonymizeFolder, NamesWhatOnlyLooksLikeDicomByItsName) {
  folder_.write("in/cut.DCM", "nothing");
  const AnonymizeReport report = run("out");
  EXPECT_EQ(report.skipped, 1);
  ASSERT_EQ(report.notices.size(), 1U);
  EXPECT_NE(std::string(report.notices[0].what()).find("cut.DCM: is no DICOM"), std::string::npos);
}

TEST_F(AnonymizeFolder, FilesOfAStudyAreOfOnePatientThoughSomeLackTheId) {
  DicomDataset nameless = sampleSlice(4);
  putText(nameless.items(), DCM_PatientID, "");
  putText(nameless.items(), DCM_PatientName, "");
  folder_.write("in/A/first.dcm", nameless.bytes());  // read before the others
  const AnonymizeReport report = run("out");
  EXPECT_EQ(report.files, 4);
  EXPECT_EQ(report.patients, 1);
  EXPECT_TRUE(report.notices.empty());
}

TEST_F(AnonymizeFolder, TellsThatAStudyHasTwoPatients) {
  DicomDataset other = sampleSlice(4);
  putText(other.items(), DCM_PatientID, "4712");
  folder_.write("in/other.dcm", other.bytes());
  const AnonymizeReport report = run("out");
  EXPECT_EQ(report.patients, 1);
  ASSERT_EQ(report.notices.size(), 1U);
  EXPECT_NE(std::string(report.notices[0].what()).find("another Patient ID"), std::string::npos);
}

TEST_F(AnonymizeFolder, GoesOnAfterAFileThatIsRefused) {
  folder_.write("in/broken.dcm", sampleSlice(4).bytes().substr(0, 200));
  const AnonymizeReport report = run("out");
  EXPECT_EQ(report.files, 3);
  EXPECT_EQ(report.refused.size(), 1U);
}

TEST_F(AnonymizeFolder, ATargetWithFilesAShortSaltAndFoldersWithinOneAnotherAreRefused) {
  folder_.write("full/x", "x");
  folder_.write("short", "15 bytes, or so");
  EXPECT_NE(errorOf([&] { run("full"); }).find("not empty"), std::string::npos);
  EXPECT_NE(errorOf([&] { run("in/out"); }).find("in the folder that is read"), std::string::npos);
  EXPECT_NE(errorOf([&] { run("out", folder_.path() / "short"); }).find("too few"), std::string::npos);
  EXPECT_NE(errorOf([&] { run("out", folder_.path() / "out/salt"); }).find("given away"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_.path() / "out"));
}

TEST_F(AnonymizeFolder, LeavesNothingWhenItIsCancelled) {
  NoProgress progress;
  std::stop_source stop;
  stop.request_stop();
  const AnonymizeJob job{folder_.path() / "in", folder_.path() / "out", folder_.path() / "salt"};
  EXPECT_THROW(anonymizeFolder(job, progress, stop.get_token()), Error);
  EXPECT_FALSE(fs::exists(folder_.path() / "out"));
  EXPECT_FALSE(fs::exists(folder_.path() / "salt"));
}

}  // namespace
}  // namespace recontour
