#include "core/session/result_json.h"

#include <nlohmann/json.hpp>

#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

TEST_F(SessionTest, ResultSaysWhatTheRevisionChanged) {
  auto session = open();
  session->addStart(slab(kSpleen, 2));
  session->selectOrgan(kLiver);
  clock.nowMs += 1000;
  session->stateOrgan(kKidneyLeft, {OrganVerdict::Absent, "removed"});
  dab(*session, {5, 5, 2});  // one voxel of 20 mm3 from spleen to liver
  const auto json =
      nlohmann::json::parse(resultJson(smallCase(), organs, *session, {"abc", {}}, {{kLiver, true, {}, 0.5}}));
  EXPECT_EQ(json.at("format"), "recontour-result");
  EXPECT_EQ(json.at("revision_sha256"), "abc");
  EXPECT_EQ(json.at("image_sha256"), smallCase().imageHash);
  EXPECT_EQ(json.at("starts").at(0).at("name"), "fake");
  EXPECT_EQ(json.at("times").at("strokes"), 1);
  ASSERT_EQ(json.at("organs").size(), 16u);
  const auto& liver = json.at("organs").at(0);
  EXPECT_EQ(liver.at("voxels"), 1);
  EXPECT_EQ(liver.at("voxels_added"), 1);
  EXPECT_DOUBLE_EQ(liver.at("volume_ml").get<double>(), 0.02);
  EXPECT_EQ(liver.at("edited"), true);
  EXPECT_TRUE(liver.at("before_dsc").is_null());
  EXPECT_EQ(liver.at("dsc"), 0.5);
  const auto& spleen = json.at("organs").at(1);
  EXPECT_EQ(spleen.at("voxels"), 143);
  EXPECT_EQ(spleen.at("voxels_removed"), 1);
  EXPECT_EQ(spleen.at("edited"), true);  // the stroke took a voxel of it
  EXPECT_EQ(spleen.at("state"), "none");
  EXPECT_EQ(liver.at("seen"), true);
  const auto& kidney = json.at("organs").at(2);
  EXPECT_EQ(kidney.at("edited"), false);
  EXPECT_EQ(kidney.at("seen"), false);
  EXPECT_EQ(kidney.at("state"), "absent");
  EXPECT_EQ(kidney.at("reason"), "removed");
}

}  // namespace
}  // namespace recontour
