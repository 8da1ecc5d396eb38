// The shipped model on a real CT, from the file to labels on the file's own grid.
#include <gtest/gtest.h>

#include "core/base/folders.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/phantom/phantom.h"
#include "core/predict/worker_predictor.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1;
constexpr double kSeconds = 20;  // for the worker, on two cores
constexpr std::int64_t kBytes = 2'000'000'000;

PredictionResult predict(const Case& opened, const std::string& precision = "fp32") {
  WorkerSettings settings = WorkerSettings::standard();
  settings.program = WORKER_PROGRAM;
  PredictionRequest request;
  request.volume = opened.volume;
  request.geometry = opened.geometry;
  request.modelFolder = resource("models/zoo/word-demo");
  request.device = "cpu";
  request.precision = precision;
  request.threads = 2;
  NoProgress quiet;
  return WorkerPredictor(settings).predict(request, quiet, {});
}

/// Dice coefficient of one organ; `b` is read at the voxel nearest to each voxel of `a`, background beyond its grid.
double agreement(const LabelMap& a, const Geometry& onA, const LabelMap& b, const Geometry& onB, Label label) {
  double both = 0, either = 0;
  for (int z = 0; z < onA.size.z; ++z) {
    for (int y = 0; y < onA.size.y; ++y) {
      for (int x = 0; x < onA.size.x; ++x) {
        const Index3 nearest = onB.nearestVoxel(onA.toWorld(Index3{x, y, z}));
        const bool inA = a.at({x, y, z}) == label;
        const bool inB = onB.box().contains(nearest) && b.at(nearest) == label;
        both += inA && inB ? 1 : 0;
        either += (inA ? 1 : 0) + (inB ? 1 : 0);
      }
    }
  }
  return 2 * both / either;
}

void expectWithinBounds(const PredictionResult& result) {
  double seconds = 0;
  for (const auto& [stage, spent] : result.seconds) seconds += spent;
  EXPECT_LE(seconds, kSeconds);
  EXPECT_LE(result.peakMemoryBytes, kBytes);
  EXPECT_TRUE(result.warnings.empty());
}

#define REQUIRE_MODEL_AND_DATA()                                        \
  if (!HAVE_DEMO_MODEL) GTEST_SKIP() << "built without the demo model"; \
  REQUIRE_REFERENCE_DATA()

/// Needs no reference data.
TEST(WordDemoOnThePhantom, ReachesADscOfThreeQuartersOnLiverSpleenAndKidneys) {
  if (!HAVE_DEMO_MODEL) GTEST_SKIP() << "built without the demo model";
  NoProgress quiet;
  for (const std::uint64_t seed : {1, 2, 3}) {
    PhantomOptions options;
    options.seed = seed;
    const Phantom phantom = generatePhantom(options, quiet, {});
    Case opened;
    opened.geometry = phantom.geometry;
    opened.volume = phantom.volume;
    const PredictionResult result = predict(opened);
    for (const Label organ : {1, 2, 3, 4}) {
      const double dice = agreement(result.labels, phantom.geometry, phantom.labels, phantom.geometry, organ);
      EXPECT_GE(dice, 0.75) << "seed " << seed << ", label " << int(organ);
    }
  }
}

class WordDemo : public testing::Test {
 protected:
  static Case nifti() { return openCase(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz")); }
};

TEST_F(WordDemo, FindsTheLiverThatAPublishedNetworkFinds) {
  REQUIRE_MODEL_AND_DATA();
  const Case opened = nifti();
  const PredictionResult result = predict(opened);
  const LabelMap reference =
      readLabelFileOn(referenceData("ct_lits0/lits0_obelisk_fold1_wordids.nii.gz"), opened.geometry);
  const double dice = agreement(result.labels, opened.geometry, reference, opened.geometry, kLiver);
  RecordProperty("liver_dsc", std::to_string(dice));
  EXPECT_GE(dice, 0.80);
  expectWithinBounds(result);
}

TEST_F(WordDemo, AgreesOnTheLiverInTheDicomSeriesAndItsNiftiTwin) {
  REQUIRE_MODEL_AND_DATA();
  const Case dicom = openCase(referenceData("ct_lits0/ScalarVolume_0_dicom.zip"));
  const Case twin = nifti();
  const PredictionResult fromDicom = predict(dicom);
  const PredictionResult fromTwin = predict(twin);
  const double dice = agreement(fromTwin.labels, twin.geometry, fromDicom.labels, dicom.geometry, kLiver);
  RecordProperty("liver_agreement", std::to_string(dice));
  EXPECT_GE(dice, 0.95);
  expectWithinBounds(fromDicom);
}

TEST_F(WordDemo, GivesNearlyTheSameLabelsInBfloat16) {
  REQUIRE_MODEL_AND_DATA();
  const Case opened = openCase(referenceData("ct_totalsegmentator/example_ct.nii.gz"));
  const PredictionResult single = predict(opened);
  const PredictionResult bfloat = predict(opened, "bf16");
  if (bfloat.precision != "bf16") GTEST_SKIP() << bfloat.fallback;
  for (const Label organ : {1, 2, 3, 4, 5}) {
    EXPECT_GE(agreement(single.labels, opened.geometry, bfloat.labels, opened.geometry, organ), 0.99);
  }
}

}  // namespace
}  // namespace recontour
