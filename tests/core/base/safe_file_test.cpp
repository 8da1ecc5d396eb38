#include "core/base/safe_file.h"

#include <atomic>
#include <fstream>
#include <functional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

void writePlainly(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

unsigned modeOf(const std::filesystem::path& file) {
  struct stat status = {};
  ::stat(file.c_str(), &status);
  return status.st_mode & 0777;
}

TEST(SafeFile, WhatOthersFetchAtOnceWasWrittenAllTheSame) {
  const TemporaryFolder folder;
  std::atomic<bool> done = false;
  std::atomic<int> number = 0;
  const auto nameOf = [&](int file) { return folder / ("RS." + std::to_string(file) + ".dcm"); };
  const auto route = [&] {
    std::error_code notThere;
    while (!done) std::filesystem::remove(nameOf(number), notThere);
  };
  std::vector<std::jthread> routers;
  for (int i = 0; i < 3; ++i) routers.emplace_back(route);
  int refused = 0;
  for (; number < 2000; ++number) {
    try {
      writeFileForOthers(nameOf(number), "contours");
    } catch (const Error&) {
      ++refused;
    }
  }
  done = true;
  EXPECT_EQ(refused, 0);
}

TEST(SafeFile, ReplacesTheWholeFileAtCommit) {
  const TemporaryFolder folder;
  writePlainly(folder / "a.txt", "a much longer text that was there before");
  SafeFile file(folder / "a.txt");
  file.write(std::string_view("new "));
  file.write(std::string_view("text"));
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "a much longer text that was there before");
  file.commit();
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "new text");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(SafeFile, LeavesTheOldFileAndNothingElseWithoutCommit) {
  const TemporaryFolder folder;
  writePlainly(folder / "a.txt", "old");
  {
    SafeFile file(folder / "a.txt");
    file.write(std::string_view("half"));
  }
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "old");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(SafeFile, LeavesNothingWhenThereWasNoFileAndNoCommit) {
  const TemporaryFolder folder;
  { SafeFile file(folder / "a.txt"); }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(SafeFile, OfAKilledProgramIsSweptAndOneBeingWrittenStays) {
  const TemporaryFolder folder;
  writePlainly(folder / ".a.txt.recontour-Ab1xYz", "left by a crash");
  writePlainly(folder / ".a.txt.backup", "somebody else's");
  writePlainly(folder / ".a.txt.recontour-Ab1xYz.old", "somebody else's");
  SafeFile file(folder / "a.txt");
  file.write(std::string_view("whole"));
  sweepTemporaryFiles(folder.path());
  EXPECT_FALSE(std::filesystem::exists(folder / ".a.txt.recontour-Ab1xYz"));
  EXPECT_EQ(folder.entries(), 3u);
  file.commit();
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "whole");
  sweepTemporaryFiles(folder / "missing");
}

TEST(SafeFile, MissingFolderIsAnErrorThatNamesTheTarget) {
  const TemporaryFolder folder;
  const auto target = folder / "missing" / "a.txt";
  EXPECT_NE(messageOf([&] { SafeFile file(target); }).find(target.string() + ": cannot be written"), std::string::npos);
}

TEST(SafeFile, ATargetThatIsAFolderStaysAndNoTemporaryFileDoes) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "a");
  EXPECT_THROW(writeFileSafely(folder / "a", "text"), Error);
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a"));
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(SafeFile, AFullDiskIsAnErrorAndTheTargetStays) {
  const TemporaryFolder folder;
  writePlainly(folder / "a.txt", "old");
  rlimit before = {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small = {1000, before.rlim_max};
  ::signal(SIGXFSZ, SIG_IGN);  // writing then fails with EFBIG, as it does with ENOSPC on a full disk
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string message = messageOf([&] { writeFileSafely(folder / "a.txt", std::string(5000, 'x')); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_NE(message.find("writing failed"), std::string::npos) << message;
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "old");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(SafeFile, TakesWhatALibraryWroteByNameIntoTheTemporaryFile) {
  const TemporaryFolder folder;
  SafeFile file(folder / "a.txt");
  std::ofstream(file.temporaryPath(), std::ios::in | std::ios::out) << "by name";
  file.commit();
  EXPECT_EQ(readWholeFile(folder / "a.txt"), "by name");
}

TEST(SafeFile, WritesIntoTheCurrentFolderByABareName) {
  const TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  writeFileSafely("bare.txt", "text");
  std::filesystem::current_path(before);
  EXPECT_EQ(readWholeFile(folder / "bare.txt"), "text");
}

TEST(CreatePrivateFolder, MakesAllMissingParentsForTheUserAlone) {
  const TemporaryFolder folder;
  createPrivateFolder(folder.path() / "a" / "b" / "c");
  EXPECT_EQ(modeOf(folder / "a"), 0700u);
  EXPECT_EQ(modeOf(folder.path() / "a" / "b" / "c"), 0700u);
  createPrivateFolder(folder.path() / "a" / "b" / "c");  // once more is no error
}

TEST(CreatePrivateFolder, AFileInItsPlaceIsAnError) {
  const TemporaryFolder folder;
  writePlainly(folder / "a", "a file");
  EXPECT_THROW(createPrivateFolder(folder / "a"), Error);
  EXPECT_THROW(createPrivateFolder(folder.path() / "a" / "b"), Error);
}

TEST(ReadWholeFile, SaysWhatIsWrong) {
  const TemporaryFolder folder;
  writePlainly(folder / "a.txt", "12345");
  EXPECT_EQ(readWholeFile(folder / "a.txt", 5), "12345");
  EXPECT_NE(messageOf([&] { readWholeFile(folder / "a.txt", 4); }).find("too large"), std::string::npos);
  EXPECT_NE(messageOf([&] { readWholeFile(folder / "b.txt"); }).find("b.txt: no such file"), std::string::npos);
  EXPECT_NE(messageOf([&] { readWholeFile(folder.path()); }).find("is a folder"), std::string::npos);
}

}  // namespace
}  // namespace recontour
