#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/engine/networks/networks.h"

// Each network at the width and with the channels of its paper. Ours take one channel, have no bias before a norm (its
// shift is one), and a norm has two numbers a channel, a scale and a shift.

namespace recontour {
namespace {

/// Weights of convolutions along a chain of channels: {1, 4, 8} is 1 -> 4 -> 8. @param kernel  9 for 3 x 3
std::int64_t chain(const std::vector<std::int64_t>& channels, std::int64_t kernel) {
  std::int64_t sum = 0;
  for (std::size_t i = 1; i < channels.size(); ++i) sum += channels[i - 1] * channels[i] * kernel;
  return sum;
}

TEST(ParameterCount, OfTheUNet3dIsThePapers) {
  // Cicek et al. 2016, 2: "The architecture has 19069955 parameters in total", for 3 channels in and 3 out. That is the
  // weights, with biases of all convolutions of 3 x 3 x 3 and the last one, none of up-convolutions, no norms.
  constexpr std::int64_t kPaper = 19069955;
  const std::int64_t normed = (32 + 64) + (64 + 128) + (128 + 256) + (256 + 512) + 2 * (256 + 128 + 64);
  const std::int64_t ups = 512 + 256 + 128;
  EXPECT_EQ(parameterCount(unet3d({.channels = 3, .width = 32})), kPaper - 2 * 32 * 27       // one channel in
                                                                      - normed + 2 * normed  // norms for biases
                                                                      + ups);                // biases
}

TEST(ParameterCount, OfTheResUNet2dIsThePapers) {
  // Zhang et al. 2018, for 3 channels in and 1 out: 4 stages of 64 to 512 features. The convolutions of 3 x 3 and the
  // last one have 7.78 million weights (the paper says 7.8).
  const std::int64_t encoder = chain({3, 64, 64, 128, 128, 256, 256, 512, 512}, 9);
  const std::int64_t decoder = chain({768, 256, 256}, 9) + chain({384, 128, 128}, 9) + chain({192, 64, 64}, 9);
  const std::int64_t paper = encoder + decoder + 64;
  EXPECT_EQ(paper, 7780096);

  const std::int64_t shortcuts = 1 * 64 + 64 * 128 + 128 * 256 + 256 * 512 + 768 * 256 + 384 * 128 + 192 * 64;
  const std::int64_t normed = 3 * (64 + 128 + 256 + 512 + 256 + 128 + 64);  // two convolutions and the shortcut
  EXPECT_EQ(parameterCount(resUNet2d({.channels = 1, .width = 64}, 4)), paper - 2 * 64 * 9  // one channel in
                                                                            + shortcuts + 2 * normed + 1);  // a bias
}

TEST(ParameterCount, OfTheUNet2dIsTheReferences) {
  // Zhou et al. 2018 count 7.76 million for a U-Net of 32 to 512 features, their code (MrGiovanni/UNetPlusPlus)
  // 7759521, with 1 channel in and 1 out; with the 64 to 1024 features of Ronneberger et al. 2015 it has 31030593.
  for (const auto& [width, reference] : {std::pair<int, std::int64_t>(32, 7759521), {64, 31030593}}) {
    const std::int64_t normed = width * (2 * (1 + 2 + 4 + 8 + 16) + 2 * (8 + 4 + 2 + 1));
    EXPECT_EQ(parameterCount(unet2d({.channels = 1, .width = width})), reference - normed + 2 * normed);
  }
}

TEST(ParameterCount, OfTheUNetPlusPlus2dIsThePapers) {
  // Zhou et al. 2018: 9.04 million without deep supervision; their code: 9041601, 1 channel in and 1 out.
  constexpr std::int64_t kReference = 9041601;
  const std::int64_t normed = 2 * 32 * (5 * 1 + 4 * 2 + 3 * 4 + 2 * 8 + 1 * 16);  // nodes of each stage
  EXPECT_EQ(parameterCount(unetPlusPlus2d({.channels = 1, .width = 32})), kReference - normed + 2 * normed);
}

/// A convolution with its bias and a batch norm.
std::int64_t withNorm(std::int64_t in, std::int64_t out, std::int64_t kernel) { return in * out * kernel + 3 * out; }

TEST(ParameterCount, OfTheAttentionUNet3dIsTheReferences) {
  // The authors' code (ozan-oktay/Attention-Gated-Networks, unet_CT_single_att_dsv_3D) for 1 channel in and 4 classes.
  std::int64_t reference = withNorm(256, 256, 1), normed = 256;  // the first gate
  using Stages = std::vector<std::pair<int, int>>;               // channels in and out
  for (const auto& [in, out] : Stages{{1, 16}, {16, 32}, {32, 64}, {64, 128}, {128, 256}}) {
    reference += withNorm(in, out, 27) + withNorm(out, out, 27);
    normed += 2 * out;
  }
  for (const auto& [in, out] : Stages{{384, 128}, {192, 64}, {96, 32}, {48, 16}}) {
    reference += withNorm(in, out, 27) + withNorm(out, out, 27);
    normed += 2 * out;
  }
  std::int64_t combinations = 0, attended = 0;
  for (const int c : {32, 64, 128}) {
    reference += c * c * 8 + (2 * c * c + c) + (c + 1) + withNorm(c, c, 1);  // theta, phi, psi, W
    combinations += withNorm(c, c, 1);
    attended += c;
  }
  const std::int64_t deepSupervision = 4 * (128 + 64 + 32 + 16 + 4) + (16 * 4 + 4);
  reference += combinations + deepSupervision;
  EXPECT_EQ(reference, 6214151);

  EXPECT_EQ(parameterCount(attentionUNet3d({.channels = 4, .width = 16})),
            reference - normed - attended           // no biases before norms
                - combinations                      // a second mix of a gate's channels, which suits several gates
                - deepSupervision + (16 * 4 + 4));  // logits of the last stage alone
}

TEST(ParameterCount, OfTheDeepLabV3Plus2dIsTheReferences) {
  // torchvision's resnet50 has 25557032 parameters, the last layer of which is for classes of images. The head is that
  // of VainF/DeepLabV3Plus-Pytorch (deeplabv3plus_resnet50) for 21 classes: pyramid, its summary, fine features,
  // decoder.
  const std::int64_t encoder = 25557032 - (2048 * 1000 + 1000);
  const auto plain = [](std::int64_t in, std::int64_t out, std::int64_t kernel) { return in * out * kernel + 2 * out; };
  const std::int64_t head = 2 * plain(2048, 256, 1) + 3 * plain(2048, 256, 9) + plain(5 * 256, 256, 1) +
                            plain(256, 48, 1) + plain(256 + 48, 256, 9) + (256 * 21 + 21);
  EXPECT_EQ(encoder + head, 39761845);

  EXPECT_EQ(parameterCount(deepLabV3Plus2d({.channels = 21, .width = 64})),
            encoder + head - 2 * 64 * 49  // one channel in
                - 2 * 256 + 256           // a bias for the norm of the pooled branch
                + plain(256, 256, 9));    // the decoder's second convolution of 3 x 3, as in the paper
}

TEST(Networks, AreFoundByName) {
  for (const std::string& name : networkNames()) {
    const Architecture architecture = networkNamed(name, {.channels = 17, .width = 16});
    EXPECT_EQ(architecture.name, name);
    EXPECT_EQ(architecture.channels, 17);
    EXPECT_EQ(architecture.divisibleBy.z == 1, architecture.dims == 2) << name;
    std::printf("%-14s %lld\n", name.c_str(), static_cast<long long>(parameterCount(architecture)));
  }
}

TEST(Networks, AnotherNameOrShapeIsRefused) {
  try {
    networkNamed("resnet", {});
    FAIL() << "found";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("there is no network 'resnet'; use one of resunet2d, "),
              std::string::npos);
  }
  EXPECT_THROW(networkNamed("unet3d", {.channels = 1, .width = 16}), Error);
  EXPECT_THROW(networkNamed("unet3d", {.channels = 3, .width = 0}), Error);
}

}  // namespace
}  // namespace recontour
