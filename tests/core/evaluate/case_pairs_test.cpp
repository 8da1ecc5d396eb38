#include "core/evaluate/case_pairs.h"

#include <fstream>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

class CasePairs : public testing::Test {
 protected:
  CasePairs() {
    std::filesystem::create_directory(truth());
    std::filesystem::create_directory(judged());
  }
  std::filesystem::path truth() const { return folder_ / "truth"; }
  std::filesystem::path judged() const { return folder_ / "judged"; }
  static void touch(const std::filesystem::path& file) { std::ofstream(file) << "x"; }
  /// What the error says; empty when there is none.
  std::string refusal(bool allPredictions = true) const {
    try {
      pairCases(truth(), judged(), allPredictions);
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(CasePairs, FilesPairByNameWhateverTheirEndingAndChannel) {
  touch(truth() / "word_0002.nii.gz");
  touch(truth() / "word_0001_0000.nii.gz");
  touch(judged() / "word_0001.nii");
  touch(judged() / "word_0002.nii.gz");
  touch(judged() / "notes.txt");
  const auto pairs = pairCases(truth(), judged());
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].name, "word_0001");
  EXPECT_EQ(pairs[0].prediction, judged() / "word_0001.nii");
  EXPECT_EQ(pairs[1].name, "word_0002");
}

TEST_F(CasePairs, FilesWithoutAPartnerAreAllNamed) {
  for (const char* name : {"a.nii", "b.nii", "c.nii"}) touch(truth() / name);
  touch(judged() / "b.nii");
  EXPECT_NE(refusal().find("a.nii, c.nii"), std::string::npos) << refusal();
  EXPECT_EQ(refusal(false), "") << "a method may lack cases";
  touch(judged() / "x.nii");
  EXPECT_NE(refusal(false).find("x.nii"), std::string::npos) << "but not bring others";
}

TEST_F(CasePairs, ACaseThatIsThereTwiceIsRefused) {
  touch(truth() / "a.nii");
  touch(judged() / "a.nii");
  touch(judged() / "a.nii.gz");
  EXPECT_NE(refusal().find("twice"), std::string::npos);
}

TEST_F(CasePairs, AnEmptyFolderAndAFileAgainstAFolderAreRefused) {
  EXPECT_NE(refusal().find("no label map"), std::string::npos);
  touch(truth() / "a.nii");
  EXPECT_THROW(pairCases(truth() / "a.nii", judged()), Error);
  EXPECT_EQ(pairCases(truth() / "a.nii", truth() / "a.nii").front().name, "a");
}

}  // namespace
}  // namespace recontour
