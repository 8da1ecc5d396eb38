#include "models/engine/manifest.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/models/sample_manifest.h"

namespace recontour {
namespace {

/// Message of the error that a manifest brings.
std::string refusal(const Json& json) {
  try {
    parseManifest(json, "m/recontour.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::BadInput);
    return error.what();
  }
  return "accepted";
}

Json with(const char* pointer, const Json& value) {
  Json json = sampleManifest();
  json[Json::json_pointer(pointer)] = value;
  return json;
}

void expectRefused(const Json& json, const std::string& text) {
  const std::string message = refusal(json);
  EXPECT_TRUE(message.starts_with("m/recontour.json: ")) << message;
  EXPECT_NE(message.find(text), std::string::npos) << message;
}

TEST(Manifest, HasAxisValuesInArrayOrderFastestFirst) {
  Json json = with("/input/spacing_mm", {5.0, 0.8, 0.7});
  json["input"]["patch"] = {48, nullptr, 10};
  const ModelManifest manifest = parseManifest(json, "");
  EXPECT_EQ(manifest.spacingMm, (Point3{0.7, 0.8, 5.0}));
  EXPECT_EQ(manifest.window[0], 10);
  EXPECT_EQ(manifest.window[1], std::nullopt);
  EXPECT_EQ(manifest.window[2], 48);
  EXPECT_EQ(manifest.divisibleBy, (Index3{1, 2, 4}));
  EXPECT_EQ(manifest.worldAxis, (std::array<int, 3>{0, 1, 2}));
}

TEST(Manifest, KnowsAxisOrderXyzInRas) {
  Json json = with("/input/axis_order", "xyz");
  json["input"]["orientation"] = "RAS";
  const ModelManifest manifest = parseManifest(json, "");
  EXPECT_EQ(manifest.worldAxis, (std::array<int, 3>{2, 1, 0}));
  EXPECT_EQ(manifest.worldSign, (std::array<double, 3>{1, -1, -1}));
}

TEST(Manifest, TakesWordNumbersFromLabelsAndFromTheirMap) {
  Json json = with("/labels/1/word", 7);
  EXPECT_EQ(parseManifest(json, "").labels[1].word, 7);
  json["map_to_word"]["1"] = 12;
  EXPECT_EQ(parseManifest(json, "").labels[1].word, 12);
}

TEST(Manifest, AllowsBfloatOnlyWhenItSaysSo) {
  EXPECT_FALSE(parsedSample().bf16);
  EXPECT_TRUE(parseManifest(with("/bf16", true), "").bf16);
}

TEST(Manifest, NamesWhatIsMissingOrOfAnotherType) {
  Json json = sampleManifest();
  json.erase("sha256");
  expectRefused(json, "'sha256'");
  expectRefused(with("/input/spacing_mm", "3 mm"), "spacing_mm");
  expectRefused(with("/name", 5), "type must be string");
  expectRefused(Json::array(), "");
}

TEST(Manifest, RefusesWhatThisVersionCannotRun) {
  expectRefused(with("/format", "other"), "format");
  expectRefused(with("/version", 2), "version 2 is newer");
  expectRefused(with("/engine", "onnx"), "torchscript");
  expectRefused(with("/task", "regions"), "multiclass");
  expectRefused(with("/input/channels", {"CT", "PET"}), "one input channel");
  expectRefused(with("/inference/mirror_axes", {0}), "mirror_axes");
  expectRefused(with("/inference/folds", {"a.ts"}), "folds");
  expectRefused(with("/resample/image", "cubic"), "linear");
  expectRefused(with("/normalization/type", "histogram"), "histogram");
}

TEST(Manifest, RefusesValuesOutOfRange) {
  expectRefused(with("/input/patch", {6, 4, 4}), "multiple of divisible_by");
  expectRefused(with("/input/spacing_mm", {0, 1, 1}), "spacing_mm");
  expectRefused(with("/input/orientation", "LPX"), "LPX");
  expectRefused(with("/output/channels", 3), "2 labels for 3 output channels");
  expectRefused(with("/output/channels", 300), "2 to 255");
  expectRefused(with("/inference/overlap", 1.0), "overlap");
  expectRefused(with("/normalization/divide", 0), "divides by 0");
  expectRefused(with("/labels/1/key", "background"), "two labels");
}

TEST(Manifest, RefusesWeightsOutsideTheFolder) {
  for (const char* path : {"../model.ts", "/etc/passwd", "a/b.ts", "", ".."}) {
    expectRefused(with("/weights", path), "inside the folder");
  }
}

}  // namespace
}  // namespace recontour
