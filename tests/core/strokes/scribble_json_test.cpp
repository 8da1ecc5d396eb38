#include "core/strokes/scribble_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "tests/core/strokes/stroke_fixture.h"

namespace recontour {
namespace {

TEST(ScribbleJson, AStrokeComesBackAsItWas) {
  ScribbleStroke stroke = lineAlongX(9, 0, 1.0 / 3, 7);
  stroke.origin = StrokeOrigin::Corrected;
  stroke.plane = Plane::Coronal;
  stroke.startMs = 1'764'000'000'123;
  stroke.endMs = 1'764'000'000'456;
  EXPECT_EQ(scribbleStrokeFrom(Json::parse(toJson(stroke).dump())), stroke);
}

TEST(ScribbleJson, AFileKeepsWhatWasErasedApart) {
  const OrganTable organs = OrganTable::named("word");
  const ScribbleFile file{"word_0014", "ab", {lineAlongX(1, 1, 2, 8)}, {{lineAlongX(2, 6, 2, 8), 41}}};
  const std::string text = toJson(file, organs);
  const ScribbleFile read = scribbleFileFrom(text, "scribbles.json");
  EXPECT_EQ(read.caseName, "word_0014");
  EXPECT_EQ(read.strokes, file.strokes);
  ASSERT_EQ(read.erased.size(), 1u);
  EXPECT_EQ(read.erased[0].event, 41u);
  EXPECT_EQ(Json::parse(text)["strokes"][1]["organ"], organs.find(6)->key);
}

TEST(ScribbleJson, AFileTellsTheOriginOfItsMapAndItsSeconds) {
  const OrganTable organs = OrganTable::named("word");
  ScribbleFile file{"word_0014", "", {}, {}};
  const ScribbleFile plain = scribbleFileFrom(toJson(file, organs), "scribbles.json");
  EXPECT_EQ(plain.rasterOrigin, StrokeOrigin::Drawn);
  EXPECT_FALSE(plain.activeS || plain.denseActiveS) << "nobody knows them";
  file.rasterOrigin = StrokeOrigin::Generated;
  file.activeS = 90.5;
  file.denseActiveS = 0;
  const ScribbleFile read = scribbleFileFrom(toJson(file, organs), "scribbles.json");
  EXPECT_EQ(read.rasterOrigin, StrokeOrigin::Generated);
  EXPECT_EQ(read.activeS, 90.5);
  EXPECT_EQ(read.denseActiveS, 0.0);
  Json json = Json::parse(toJson(file, organs));
  for (const auto& [member, bad] : std::vector<std::pair<const char*, Json>>{
           {"raster_origin", "guessed"}, {"active_s", -1}, {"dense_active_s", "long"}}) {
    Json broken = json;
    broken[member] = bad;
    EXPECT_THROW(scribbleFileFrom(broken.dump(), "scribbles.json"), Error) << member;
  }
}

TEST(ScribbleJson, WhatIsNoStrokeIsRefused) {
  Json stroke = toJson(lineAlongX(1, 1, 2, 8));
  for (const auto& [member, bad] : std::vector<std::pair<const char*, Json>>{{"label", 255},
                                                                             {"label", -1},
                                                                             {"origin", "guessed"},
                                                                             {"plane", "oblique"},
                                                                             {"radius_mm", 0},
                                                                             {"points_mm", Json::array()},
                                                                             {"points_mm", {{1, 2}}}}) {
    Json broken = stroke;
    broken[member] = bad;
    EXPECT_THROW(scribbleStrokeFrom(broken), Error) << member;
  }
  EXPECT_THROW(scribbleFileFrom("{}", "scribbles.json"), Error);
  EXPECT_THROW(scribbleFileFrom(R"({"format":"recontour-scribbles","version":2,"strokes":[]})", "scribbles.json"),
               Error);
}

}  // namespace
}  // namespace recontour
