#include <random>

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/nifti_bytes.h"
#include "tests/core/io/test_folder.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

/// Opens it as what it is and by itself in a folder. @return how often that worked; anything but Error ends the test
int openEveryWay(const std::filesystem::path& file) {
  TestFolder folder;
  std::filesystem::copy_file(file, folder.path() / "a");
  int opened = 0;
  const auto attempt = [&](auto&& run) {
    try {
      run();
      ++opened;
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
  };
  attempt([&] { openCase(file); });
  attempt([&] { openCase(folder.path()); });
  attempt([&] { readLabelFile(file); });
  for (const char* name : {"b.nii", "b.nii.gz", "b.zip"}) {
    std::filesystem::copy_file(file, folder.path() / name);
    attempt([&] { openCase(folder.path() / name); });
  }
  return opened;
}

TEST(Malformed, EveryReferenceFileLoadsOrIsRefusedInOneLine) {
  REQUIRE_REFERENCE_DATA();
  int files = 0, opened = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(referenceData("malformed"))) {
    if (!entry.is_regular_file()) continue;
    SCOPED_TRACE(entry.path().filename().string());
    opened += openEveryWay(entry.path()) > 0 ? 1 : 0;
    ++files;
  }
  EXPECT_GE(files, 30);
  EXPECT_GE(opened, 1);
}

TEST(Malformed, FlippedBytesOfNiftiNeverDoHarm) {
  TestFolder folder;
  const std::string good = NiftiBytes().withCounting();
  std::mt19937 random(1);
  int opened = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    for (int flip = 0; flip < 2; ++flip) bytes[random() % 352] = char(random() & 0xff);
    const auto file = folder.write("a.nii", bytes);
    opened += errorOf([&] { openCase(file); }) == "no error" ? 1 : 0;
  }
  EXPECT_GT(opened, 0);
  EXPECT_LT(opened, 3000);
}

TEST(Malformed, FlippedBytesOfDicomNeverDoHarm) {
  TestFolder folder;
  const std::string good = DicomBytes{}.bytes();
  std::mt19937 random(2);
  int opened = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    for (int flip = 0; flip < 2; ++flip) bytes[128 + random() % (good.size() - 128)] = char(random() & 0xff);
    folder.write("ct/a", bytes);
    opened += errorOf([&] { openCase(folder.path() / "ct"); }) == "no error" ? 1 : 0;
  }
  EXPECT_GT(opened, 0);
  EXPECT_LT(opened, 3000);
}

}  // namespace
}  // namespace recontour
