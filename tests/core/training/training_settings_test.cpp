#include "core/training/training_settings.h"

#include <cmath>
#include <functional>

#include <nlohmann/json.hpp>

#include "core/training/training_messages.h"
#include "tests/core/training/training_folder.h"

namespace recontour {
namespace {

TEST(TrainingSettings, TakeTheNormalizationThatTheirNetworkWants) {
  TrainingSettings settings;
  EXPECT_EQ(normalizationOf(settings), "-150,250");
  settings.network = "word-demo3d";
  EXPECT_EQ(normalizationOf(settings), "-250,350,50,150");
  settings.normalization = "zscore";
  EXPECT_EQ(normalizationOf(settings), "zscore");
}

TEST(TrainingSettings, TheDefaultsAreValid) { EXPECT_NO_THROW(requireValid({})); }

TEST(TrainingSettings, EveryNetworkAndLossThatIsOfferedIsValid) {
  for (const NetworkChoice& network : networkChoices()) {
    for (const std::string& loss : lossChoices()) {
      TrainingSettings settings;
      settings.network = network.name;
      settings.loss = loss;
      EXPECT_NO_THROW(requireValid(settings)) << network.name << loss;
    }
  }
  EXPECT_EQ(networkChoices().size(), 7U);
  EXPECT_EQ(networkChoice("attunet3d")->dims, 3);
  EXPECT_EQ(networkChoice("resunet"), nullptr);
}

TEST(TrainingSettings, AValueOutOfRangeIsNamedInOneLine) {
  const struct {
    std::function<void(TrainingSettings&)> change;
    const char* text;
  } table[] = {
      {[](auto& s) { s.network = "vgg"; }, "the network 'vgg' is not known; give one of resunet2d, unet2d"},
      {[](auto& s) { s.loss = "dice"; }, "the loss 'dice' is not known"},
      {[](auto& s) { s.selection = "best"; },
       "the selection 'best' is not known; give one of last, val-scribble, val-dense"},
      {[](auto& s) { s.lambdaEm = -1; }, "the weight of EM is -1; give 0 to 1000"},
      {[](auto& s) { s.lambdaIvm = NAN; }, "the weight of IVM is nan"},
      {[](auto& s) { s.learningRate = 0; }, "the learning rate is 0"},
      {[](auto& s) { s.learningRate = INFINITY; }, "the learning rate is inf"},
      {[](auto& s) { s.epochs = 0; }, "the number of epochs is 0"},
      {[](auto& s) { s.epochs = 100000, s.iterationsPerEpoch = 100000; }, "the number of iterations is 1e+10"},
      {[](auto& s) { s.ramp = 61; }, "the ramp in epochs is 61; give 0 to 60"},
      {[](auto& s) { s.batch = -1; }, "the number of patches of a batch is -1"},
      {[](auto& s) { s.width = 1; }, "the number of features of the first stage is 1"},
      {[](auto& s) {
         s.patch = Size3{64, -1, 1};
       },
       "the patch along y in voxels is -1"},
      {[](auto& s) {
         s.patch = Size3{64, 64, 16};
       },
       "resunet2d takes slices, but the patch has 16 of them"},
      {[](auto& s) {
         s.spacingMm = Point3{1, 1, 0};
       },
       "the spacing along z in mm is 0"},
      {[](auto& s) { s.normalization = "250,-150"; }, "the normalization '250,-150' is not known"},
      {[](auto& s) { s.normalization = "1,2,3"; }, "give LO,HI in HU"},
      {[](auto& s) { s.normalization = "nan,3"; }, "give LO,HI in HU"},
      {[](auto& s) { s.device = "cuda:x"; }, "the device 'cuda:x' is not known"},
      {[](auto& s) { s.threads = 1000; }, "the number of threads is 1000"},
      {[](auto& s) { s.normalization = "-250,350,50,0"; }, "the normalization '-250,350,50,0' is not known"},
      {[](auto& s) { s.optimizer = "adam"; }, "the optimizer 'adam' is not known; give one of sgd, adamw"},
      {[](auto& s) { s.decay = "step"; }, "the decay of the learning rate 'step' is not known"},
      {[](auto& s) { s.averaging = 1; }, "the averaging of weights is 1"},
      {[](auto& s) { s.gradientClip = -1; }, "the gradients' largest norm is -1"},
      {[](auto& s) {
         s.classWeights = {1, 1};
       },
       "class weights are for the loss ce-dice, not for pce+em+ivm"},
      {[](auto& s) { s.source = "mr"; }, "the source 'mr' is not known; give one of ct, labels"},
      {[](auto& s) { s.source = "labels"; }, "which the loss pce+em+ivm does not learn from; take ce-dice"},
      {[](auto& s) { s = trainingPreset("word-demo"), s.organTable = "mine"; }, "of the table 'word' alone"},
      {[](auto& s) {
         s = trainingPreset("word-demo"), s.spacingMm = Point3{2, 2, 2};
       },
       "on a grid of 3 mm alone"},
      {[](auto& s) { s = trainingPreset("word-demo"), s.normalization = "zscore"; },
       "zscore is not for label maps alone"},
      {[](auto& s) { s = trainingPreset("word-demo"), s.variantsPerMap = 0; }, "patients of a label map is 0"},
  };
  for (const auto& row : table) {
    TrainingSettings settings;
    row.change(settings);
    expectError([&] { requireValid(settings); }, row.text);
  }
}

TEST(TrainingSettings, AFolderStandsInPlaceOfAName) {
  TrainingSettings settings;
  settings.network = "mine";
  settings.networkFolder = "/models/mine";
  settings.patch = Size3{64, 64, 16};
  EXPECT_NO_THROW(requireValid(settings));
}

TEST(TrainingSettings, ABatchAndAPatchAreThoseOfTheNetwork) {
  TrainingSettings settings;
  EXPECT_EQ(usualBatch(settings), 8);
  EXPECT_EQ(usualPatch(settings), (Size3{128, 128, 1}));
  settings.network = "unet3d";
  EXPECT_EQ(usualBatch(settings), 2);
  EXPECT_EQ(usualPatch(settings), (Size3{64, 64, 32}));
  settings.patch = {96, 96, 0};
  const Json message = settingsMessage(settings, OrganTable::named("word"));
  EXPECT_EQ(message.at("patch"), Json({96, 96, 32}));
  EXPECT_EQ(message.at("schedule").at("batch"), 2);
}

TEST(TrainingSettings, ANormalizationIsARangeOrTheImagesOwn) {
  EXPECT_EQ(intensityRange("-150,250")->lowHu, -150);
  EXPECT_EQ(intensityRange("-150,250")->highHu, 250);
  EXPECT_FALSE(intensityRange("-150,250")->shift);
  EXPECT_EQ(intensityRange("-250,350,50,150")->shift->subtractHu, 50);
  EXPECT_EQ(intensityRange("-250,350,50,150")->shift->divideHu, 150);
  EXPECT_FALSE(intensityRange("zscore"));
}

TEST(TrainingSettings, EveryPresetIsValid) {
  for (const std::string& name : presetNames()) EXPECT_NO_THROW(requireValid(trainingPreset(name))) << name;
  expectError([] { trainingPreset("brats"); }, "the preset 'brats' is not known; give one of word-demo");
}

}  // namespace
}  // namespace recontour
