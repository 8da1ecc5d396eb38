// Damaged files of every format, through core in this process and through the reader process. In the sanitizer build
// both are watched by AddressSanitizer and UndefinedBehaviorSanitizer.
#include "tests/core/io/malformed_files.h"

#include <chrono>
#include <cstdio>
#include <memory>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/helper_client.h"
#include "core/io/label_file.h"
#include "core/io/reader_messages.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

constexpr std::chrono::seconds kLongest{10};

struct Tally {
  int opened = 0, refused = 0;
};

class MalformedFiles : public testing::Test {
 protected:
  /// Writes one case into a folder of its own. @return what to open
  std::filesystem::path write(const MalformedCase& made) {
    const std::string name = std::to_string(++written_);
    std::filesystem::remove_all(folder_.path() / std::to_string(written_ - 1));
    for (const auto& [file, bytes] : made.files) folder_.write(name + "/" + file, bytes);
    return folder_.path() / name / made.open;
  }

  /// Opens all cases. @param open  returns the number of voxels, or throws Error
  template <typename Open>
  void openAll(Open open) {
    std::map<std::string, Tally> tallies;
    const auto cases = malformedCases();
    for (const MalformedCase& made : cases) {
      const auto path = write(made);
      SCOPED_TRACE(made.kind + ", number " + std::to_string(written_));
      const auto start = std::chrono::steady_clock::now();
      try {
        const std::size_t voxels = open(path);
        ++tallies[made.kind].opened;
        EXPECT_FALSE(made.mustBeRefused);
        EXPECT_TRUE(made.mostVoxels == 0 || voxels <= made.mostVoxels) << voxels << " voxels";
      } catch (const Error& error) {
        ++tallies[made.kind].refused;
        expectClear(error, made, path);
      }
      EXPECT_LT(std::chrono::steady_clock::now() - start, kLongest);
    }
    print(tallies);
    EXPECT_GE(cases.size(), 2000U);
  }

  static void expectClear(const Error& error, const MalformedCase& made, const std::filesystem::path& path) {
    const std::string text = error.what();
    const std::string folder = (made.open.empty() ? path : path.parent_path()).string();
    const auto colon = text.find(": ");
    EXPECT_TRUE(text.starts_with(folder)) << text;
    EXPECT_TRUE(colon != std::string::npos && colon + 8 < text.size()) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    EXPECT_LT(text.size(), 600U) << text;
    EXPECT_EQ(error.kind(), ErrorKind::BadInput) << text;
  }
  static void print(const std::map<std::string, Tally>& tallies) {
    Tally all;
    std::printf("%-36s %8s %8s\n", "", "opened", "refused");
    for (const auto& [kind, tally] : tallies) {
      std::printf("%-36s %8d %8d\n", kind.c_str(), tally.opened, tally.refused);
      all.opened += tally.opened;
      all.refused += tally.refused;
    }
    std::printf("%-36s %8d %8d\n", "all", all.opened, all.refused);
  }

  TestFolder folder_;
  int written_ = 0;
};

TEST_F(MalformedFiles, TheGoodOnesTheyAreMadeOfOpen) {
  for (const MalformedCase& good : goodSeeds()) {
    const auto path = write(good);
    EXPECT_NO_THROW(openCase(path)) << good.kind;
  }
}

TEST_F(MalformedFiles, AreOpenedWholeOrRefusedAsCt) {
  openAll([](const std::filesystem::path& path) { return openCase(path).volume.voxels().size(); });
}

TEST_F(MalformedFiles, AreOpenedWholeOrRefusedAsLabels) {
  openAll([](const std::filesystem::path& path) {
    OpenProgress nothing;
    return voxelCount(readLabelValues(path, nothing).slots.size());
  });
}

TEST_F(MalformedFiles, EndNoReaderProcess) {
  const auto job = folder_.path() / "job";
  std::filesystem::create_directory(job);
  HelperSettings settings;
  settings.program = READER_PROGRAM;
  settings.name = "the file reader";
  settings.process.errorFile = folder_.path() / "reader.log";
  HelperClient reader(settings);  // one for all: what one file does to its memory, the next would feel
  openAll([&](const std::filesystem::path& path) {
    const Json request = {{"type", "open"}, {"id", 1}, {"path", percentEncoded(path)}, {"folder", job.string()}};
    const Json result = reader.run(request, [](const Json&) {}, {});
    return readCase(result, job).volume.voxels().size();
  });
  EXPECT_FALSE(reader.hasEnded());
}

}  // namespace
}  // namespace recontour
