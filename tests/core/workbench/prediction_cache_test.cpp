#include "core/workbench/prediction_cache.h"

#include <fstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/session/session.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

struct CacheFixture {
  CacheFixture() { writeManifest("one"); }
  void writeManifest(const std::string& name) const {
    fs::create_directories(folder / "model");
    std::ofstream(folder / "model/recontour.json") << R"({"name": ")" << name << "\"}";
  }
  PredictionRequest request() const {
    const Case small = smallCase();
    PredictionRequest result;
    result.volume = small.volume;
    result.geometry = small.geometry;
    result.imageHash = small.imageHash;
    result.modelFolder = folder / "model";
    return result;
  }
  static PredictionResult drawn() {
    PredictionResult result;
    result.labels = predictedLabels();
    result.modelName = "one";
    result.modelHash = std::string(64, 'a');
    result.device = "cpu";
    result.warnings = {"all voxels are background"};
    return result;
  }
  fs::path entry(const std::string& ending) const {
    std::error_code notYet;
    for (const auto& file : fs::directory_iterator(folder / "kept", notYet)) {
      if (file.path().string().ends_with(ending)) return file.path();
    }
    return {};
  }
  TemporaryFolder folder;
  PredictionCache cache{folder / "kept"};
};

TEST(PredictionCache, FindsWhatItKept) {
  const CacheFixture f;
  EXPECT_FALSE(f.cache.find(f.request()).has_value());
  f.cache.keep(f.request(), f.drawn());
  const auto found = f.cache.find(f.request());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->labels, predictedLabels());
  EXPECT_EQ(found->modelName, "one");
  EXPECT_EQ(found->modelHash, std::string(64, 'a'));
  EXPECT_EQ(found->device, "cpu");
  EXPECT_EQ(found->warnings, f.drawn().warnings);
  EXPECT_TRUE(found->kept);
}

TEST(PredictionCache, AnotherImageModelOrDeviceIsAnotherEntry) {
  const CacheFixture f;
  f.cache.keep(f.request(), f.drawn());
  PredictionRequest other = f.request();
  other.imageHash = std::string(64, 'b');
  EXPECT_FALSE(f.cache.find(other).has_value());
  other = f.request();
  other.device = "cuda";
  EXPECT_FALSE(f.cache.find(other).has_value());
  f.writeManifest("two");
  EXPECT_FALSE(f.cache.find(f.request()).has_value());
  f.writeManifest("one");
  EXPECT_TRUE(f.cache.find(f.request()).has_value());
}

TEST(PredictionCache, WhatRanIsKeptAsThatThoughTheFolderHoldsAnotherModelByThen) {
  const CacheFixture f;
  PredictionRequest request = f.request();
  PredictionResult drawn = f.drawn();
  request.manifestHash = drawn.manifestHash = sha256HexOfFile(f.folder / "model/recontour.json");
  f.writeManifest("two");  // while the first one ran
  f.cache.keep(request, drawn);
  EXPECT_FALSE(f.cache.find(f.request()).has_value());
  EXPECT_TRUE(f.cache.find(request).has_value());
  request.manifestHash = sha256HexOfFile(f.folder / "model/recontour.json");
  EXPECT_FALSE(f.cache.find(request).has_value());
  f.writeManifest("one");
  EXPECT_TRUE(f.cache.find(f.request()).has_value());
}

TEST(PredictionCache, AnEntryThatSaysItIsOfAnotherModelIsNone) {
  const CacheFixture f;
  PredictionRequest request = f.request();
  request.manifestHash = std::string(64, 'c');
  f.cache.keep(request, f.drawn());
  ASSERT_TRUE(f.cache.find(request).has_value());
  Json json = readJsonFile(f.entry(".json"));
  json["manifest_sha256"] = std::string(64, 'd');
  std::ofstream(f.entry(".json")) << json.dump();
  EXPECT_FALSE(f.cache.find(request).has_value());
}

TEST(PredictionCache, ADamagedEntryIsNone) {
  const CacheFixture f;
  f.cache.keep(f.request(), f.drawn());
  fs::resize_file(f.entry(".nii.gz"), fs::file_size(f.entry(".nii.gz")) - 1);
  EXPECT_FALSE(f.cache.find(f.request()).has_value());
  f.cache.keep(f.request(), f.drawn());
  EXPECT_TRUE(f.cache.find(f.request()).has_value());
  std::ofstream(f.entry(".json")) << "{";
  EXPECT_FALSE(f.cache.find(f.request()).has_value());
}

TEST(PredictionCache, WhatRanOnAnotherDeviceThanAskedForIsNotKept) {
  const CacheFixture f;
  PredictionResult elsewhere = f.drawn();
  elsewhere.fallback = "the card has too little memory";
  f.cache.keep(f.request(), elsewhere);
  EXPECT_FALSE(f.cache.find(f.request()).has_value());
}

TEST(PredictionCache, WhatWasNotUsedForLongestGoesFirst) {
  const CacheFixture f;
  f.cache.keep(f.request(), f.drawn());
  const auto bytes = fs::file_size(f.entry(".json")) + fs::file_size(f.entry(".nii.gz"));
  const PredictionCache small(f.folder / "kept", bytes * 5 / 2);  // room for two
  const auto requestOf = [&](char image) {
    PredictionRequest request = f.request();
    request.imageHash = std::string(64, image);
    return request;
  };
  const auto age = [&](int hours) {  // of all that is there so far
    for (const auto& file : fs::directory_iterator(f.folder / "kept"))
      fs::last_write_time(file.path(), fs::last_write_time(file.path()) - std::chrono::hours(hours));
  };
  age(5);
  small.keep(requestOf('b'), f.drawn());
  age(5);
  ASSERT_TRUE(small.find(f.request()).has_value());  // used just now
  small.keep(requestOf('c'), f.drawn());
  EXPECT_TRUE(small.find(f.request()).has_value());
  EXPECT_FALSE(small.find(requestOf('b')).has_value());
  EXPECT_TRUE(small.find(requestOf('c')).has_value());
}

TEST(PredictionCache, SweepsWhatNeverBecameAnEntry) {
  const CacheFixture f;
  fs::create_directories(f.folder / "kept");
  for (const char* name : {"old.nii.gz", "young.nii.gz"}) std::ofstream(f.folder / "kept" / name) << "x";
  fs::last_write_time(f.folder / "kept/old.nii.gz", fs::file_time_type::clock::now() - std::chrono::hours(2));
  f.cache.keep(f.request(), f.drawn());
  EXPECT_FALSE(fs::exists(f.folder / "kept/old.nii.gz"));
  EXPECT_TRUE(fs::exists(f.folder / "kept/young.nii.gz"));  // another program may be writing it
}

TEST(PredictionCache, ServesACaseThatIsOpenedAgain) {
  const CacheFixture f;
  Workbench::Options options;
  options.predictions = f.folder / "kept";
  options.model = f.folder / "model";
  for (const char* reader : {"R1", "R2"}) {
    options.reader = reader;
    WorkbenchFixture program(options);
    program.predictor->release();
    ASSERT_TRUE(program.open());
    ASSERT_TRUE(waitFor([&] { return program.workbench.prediction().state == PredictionStatus::State::Done; }));
    EXPECT_EQ(program.workbench.labels(), predictedLabels());
    EXPECT_EQ(program.workbench.session()->starts().at(0).modelHash, std::string(64, 'a'));
    const bool first = options.reader == "R1";
    EXPECT_EQ(program.predictor->runs(), first ? 1 : 0);
    EXPECT_EQ(program.workbench.prediction().kept, !first);
    EXPECT_TRUE(waitFor([&] { return !f.entry(".json").empty(); }));
  }
}

TEST(PredictionCache, AModelThatIsAskedForRunsAllTheSame) {
  const CacheFixture f;
  Workbench::Options options;
  options.predictions = f.folder / "kept";
  WorkbenchFixture program(options);
  program.predictor->release();
  ASSERT_TRUE(program.open());
  for (int run = 1; run <= 2; ++run) {
    program.workbench.predict(f.folder / "model");
    EXPECT_TRUE(waitFor([&] { return program.workbench.prediction().state == PredictionStatus::State::Done; }));
    EXPECT_EQ(program.predictor->runs(), run);
  }
}

}  // namespace
}  // namespace recontour
