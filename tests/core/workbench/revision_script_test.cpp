#include "core/workbench/revision_script.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

TEST(RevisionScript, ReadsStrokesInMillimetres) {
  TemporaryFolder folder;
  const auto file = folder.path() / "revision.json";
  writeFileSafely(file, R"({"format": "recontour-revision", "version": 1, "title": "t", "strokes": [
    {"organ": "liver", "radius_mm": 4, "erase": true, "plane": "coronal", "points_mm": [[1, 2, 3], [4, 5, 6]]}]})");
  const RevisionScript script = readRevisionScript(file);
  ASSERT_EQ(script.strokes.size(), 1U);
  EXPECT_TRUE(script.strokes[0].erase);
  EXPECT_EQ(script.strokes[0].plane, Plane::Coronal);
  EXPECT_EQ(script.strokes[0].pointsMm[1], (Point3{4, 5, 6}));
}

TEST(RevisionScript, NamesTheStrokeThatIsWrong) {
  TemporaryFolder folder;
  const auto file = folder.path() / "revision.json";
  writeFileSafely(file, R"({"format": "recontour-revision", "version": 1, "strokes": [
    {"organ": "liver", "radius_mm": 0, "points_mm": [[1, 2, 3]]}]})");
  try {
    readRevisionScript(file);
    FAIL() << "a radius of 0 was taken";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("stroke 0 cannot be used"), std::string::npos) << error.what();
  }
}

TEST(RevisionScript, SamplesLieOnTheNearestSlice) {
  ScriptedStroke stroke;
  stroke.pointsMm = {{4, 4, 11}};
  const auto samples = samplesOf(stroke, AxisMap(smallCase().geometry));
  ASSERT_EQ(samples.size(), 1U);
  EXPECT_EQ(samples[0].slice, 2);  // 10 mm is the slice at index 2
}

}  // namespace
}  // namespace recontour
