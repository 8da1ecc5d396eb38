#include "core/workbench/label_map_beside.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// A data set in a temporary folder whose files are all empty.
struct DataSet {
  explicit DataSet(std::initializer_list<const char*> files) {
    for (const char* file : files) {
      fs::create_directories((folder / file).parent_path());
      std::ofstream(folder / file) << "x";
    }
  }
  /// Of the CT, relative to the folder; empty when there is none.
  std::string beside(const char* ct) const {
    const auto found = labelMapBeside(folder / ct);
    return found ? fs::relative(found->file, folder.path()).string() : std::string();
  }
  bool isReference(const char* ct) const { return labelMapBeside(folder / ct)->reference; }
  TemporaryFolder folder;
};

TEST(LabelMapBeside, IsNamedAfterItsCt) {
  const DataSet set{"a.nii.gz", "a_pred.nii.gz", "b.nii", "b_seg.nii.gz", "c.nii.gz", "c_label.nii", "lonely.nii.gz"};
  EXPECT_EQ(set.beside("a.nii.gz"), "a_pred.nii.gz");
  EXPECT_EQ(set.beside("b.nii"), "b_seg.nii.gz");
  EXPECT_EQ(set.beside("c.nii.gz"), "c_label.nii");
  EXPECT_EQ(set.beside("lonely.nii.gz"), "");
  EXPECT_FALSE(set.isReference("a.nii.gz"));
}

TEST(LabelMapBeside, APredictionGoesBeforeWhatMayBeAnything) {
  const DataSet set{"a.nii.gz", "a_seg.nii.gz", "a_prediction.nii.gz"};
  EXPECT_EQ(set.beside("a.nii.gz"), "a_prediction.nii.gz");
}

TEST(LabelMapBeside, FollowsTheFoldersOfWordAndNnUnet) {
  const DataSet set{"imagesTs/word_0001.nii.gz", "imagesTs/word_0002_0000.nii.gz", "labelsPr/word_0001.nii.gz",
                    "predictions/word_0002.nii.gz"};
  EXPECT_EQ(set.beside("imagesTs/word_0001.nii.gz"), "labelsPr/word_0001.nii.gz");
  EXPECT_EQ(set.beside("imagesTs/word_0002_0000.nii.gz"), "predictions/word_0002.nii.gz");
}

TEST(LabelMapBeside, AReferenceFolderIsSaidToBeOneAndComesLast) {
  const DataSet set{"imagesTr/a.nii.gz", "labelsTr/a.nii.gz", "imagesTr/b.nii.gz", "labelsTr/b.nii.gz",
                    "predictions/b.nii.gz"};
  EXPECT_EQ(set.beside("imagesTr/a.nii.gz"), "labelsTr/a.nii.gz");
  EXPECT_TRUE(set.isReference("imagesTr/a.nii.gz"));
  EXPECT_EQ(set.beside("imagesTr/b.nii.gz"), "predictions/b.nii.gz");
  EXPECT_FALSE(set.isReference("imagesTr/b.nii.gz"));
}

TEST(LabelMapBeside, TwoReferencesAreNone) {
  const DataSet set{"images/a.nii.gz", "labelsTr/a.nii.gz", "labelsTs/a.nii.gz"};
  EXPECT_EQ(set.beside("images/a.nii.gz"), "");
}

TEST(LabelMapBeside, ACaseIsNotItsOwnLabelMap) {
  const DataSet set{"predictions/a.nii.gz"};
  EXPECT_EQ(set.beside("predictions/a.nii.gz"), "");
}

TEST(LabelMapBeside, LabelMapsAreNoCasesOfAWorkList) {
  std::vector<fs::path> cases = {"d/a.nii.gz", "d/a_pred.nii.gz", "d/b_0000.nii.gz", "d/b_seg.nii", "d/x_seg.nii.gz"};
  dropLabelMaps(cases);
  EXPECT_EQ(cases, (std::vector<fs::path>{"d/a.nii.gz", "d/b_0000.nii.gz", "d/x_seg.nii.gz"}));  // there is no x
}

}  // namespace
}  // namespace recontour
