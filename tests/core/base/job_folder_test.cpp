#include "core/base/job_folder.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/child_process.h"
#include "core/base/error.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

/// A process number that was ours a moment ago and is nobody's now.
pid_t endedProcess() {
  ChildProcess child("/bin/true", {});
  child.wait();
  return child.pid();
}

std::filesystem::path makeFolder(const TemporaryFolder& parent, const std::string& name) {
  std::filesystem::create_directory(parent / name);
  std::ofstream(parent / name / "voxels.raw") << "raw";
  return parent / name;
}

TEST(JobFolder, IsPrivateAndGoesWithItsContent) {
  const TemporaryFolder parent;
  std::filesystem::path path;
  {
    const JobFolder folder(parent / "jobs");
    path = folder.path();
    struct stat status = {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
    std::ofstream(path / "voxels.raw") << "raw";
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(JobFolder, TwoOfOneProgramAreApart) {
  const TemporaryFolder parent;
  const JobFolder a(parent.path()), b(parent.path());
  EXPECT_NE(a.path(), b.path());
}

TEST(JobFolder, SweepRemovesThoseOfEndedProgramsOnly) {
  const TemporaryFolder parent;
  const JobFolder ours(parent.path());
  const auto left = makeFolder(parent, "job-" + std::to_string(endedProcess()) + "-abcdef");
  const auto running = makeFolder(parent, "job-1-abcdef");  // process 1 always runs
  const auto foreign = makeFolder(parent, "something else");
  const auto alike = makeFolder(parent, "job-notes");
  JobFolder::sweep(parent.path());
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_TRUE(std::filesystem::exists(ours.path()));
  EXPECT_TRUE(std::filesystem::exists(running));
  EXPECT_TRUE(std::filesystem::exists(foreign / "voxels.raw"));
  EXPECT_TRUE(std::filesystem::exists(alike / "voxels.raw"));
}

TEST(JobFolder, SweepOfAMissingFolderDoesNothing) {
  const TemporaryFolder parent;
  JobFolder::sweep(parent / "missing");
  EXPECT_EQ(parent.entries(), 0u);
}

TEST(JobFolder, AParentThatIsAFileIsAnError) {
  const TemporaryFolder parent;
  std::ofstream(parent / "jobs") << "a file";
  EXPECT_THROW(JobFolder(parent / "jobs"), Error);
}

}  // namespace
}  // namespace recontour
