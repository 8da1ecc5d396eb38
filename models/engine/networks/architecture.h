#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// A tensor that is learned, and how it starts.
struct NetworkParameter {
  enum class Start {
    Kaiming,  ///< normal, mean 0, variance 2 / (1 + slope^2) / fan-in (He et al. 2015), slope of the leaky ReLU 0.01
    Ones,
    Zeros
  };
  std::string name;  ///< a TorchScript identifier, e.g. "encoder1_conv2_weight"
  std::vector<std::int64_t> shape;
  Start start = Start::Kaiming;
};

/// A network as a text: its parameters and a TorchScript method, so that what is trained is what is saved. Nothing
/// here needs LibTorch; makeModule() of models/engine/trainer turns it into a module.
struct Architecture {
  std::string name;  ///< "resunet2d"
  int dims = 2;      ///< 2: slices on their own; 3: volumes
  int channels = 2;  ///< of the output
  /// What a window's size must be a multiple of, axis 0 (x) fastest. 1 along z for networks of slices.
  Index3 divisibleBy{1, 1, 1};
  /// It takes the place in the body from the picture, so that windows hold whole slices; only along z are they as long
  /// as the patches of its training.
  bool wholeSlices = false;
  std::vector<NetworkParameter> parameters;  ///< in the order in which they are made
  /// "def forward(self, x: Tensor) -> Tensor:" ...: takes N x 1 x D x H x W of any N and D (networks of slices take
  /// each slice on its own), returns logits N x channels x D x H x W.
  std::string forward;
};

struct NetworkShape {
  int channels = 17;  ///< output channels, background first
  int width = 16;     ///< features of the first stage
};

/// The architecture of one of networkNames(). @throws Error (BadInput), naming those that there are
Architecture networkNamed(const std::string& name, const NetworkShape& shape);
/// "resunet2d", "unet2d", "unetpp2d", "deeplabv3p2d", "unet3d", "attunet3d"; also "word-demo3d", the shipped model's.
std::vector<std::string> networkNames();
/// Numbers that are learned.
std::int64_t parameterCount(const Architecture& architecture);

}  // namespace recontour
