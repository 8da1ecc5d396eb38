#pragma once
#include <string>
#include <vector>

#include "models/engine/networks/architecture.h"

namespace recontour {

/// A tensor of a network's method: its name in the text, N x channels x (D x) H x W.
struct Feature {
  std::string name;
  int channels = 0;
};

/// A convolution that keeps the size, but for its stride: zero padding around an odd kernel. A kernel of 2 with a
/// stride of 2 needs none.
struct Convolution {
  int channels = 1;  ///< of the output
  int kernel = 3;    ///< along every axis
  int stride = 1;
  int dilation = 1;
  bool bias = false;  ///< needless before a normalisation, which takes it away again
};

/// Writes a network line by line: every call adds one or more statements to its method, named after the feature that
/// they make, and the parameters that they need ("down1_weight"). The text is straight-line code of operators that
/// models may use (operator_list.h).
class ArchitectureBuilder {
 public:
  /// @param dims  2: the method runs on every slice alone, N x D of them at a time; 3: on volumes
  ArchitectureBuilder(std::string name, int dims, const Index3& divisibleBy);

  Feature image() const { return {dims_ == 2 ? "slices" : "x", 1}; }
  /// Weights alone, or with a bias.
  Feature convolve(const std::string& name, const Feature& x, const Convolution& convolution);
  /// Instance norm with a scale and a shift of each channel, in place of `x`. As it knows no running statistics, a
  /// network does the same while it is trained and afterwards, whatever the batch.
  Feature normalize(const Feature& x);
  /// Leaky ReLU of slope 0.01, in place of `x`.
  Feature activate(const Feature& x);
  /// Convolution, instance norm, leaky ReLU.
  Feature unit(const std::string& name, const Feature& x, const Convolution& convolution);
  /// Two units with kernels of 3, "NAME_a" and "NAME_b", the step of most U-Nets.
  Feature units(const std::string& name, const Feature& x, int between, int channels);
  /// The way down of a U-Net: units "encoderN" on the image, then on each stage's half in size; widths double.
  /// @param growth  channels of a stage's second unit, by those of its first
  std::vector<Feature> encoder(int width, int stages, int growth = 1);
  /// activate(unit + convolution + norm, plus x): He et al. 2016. Where channels or size change, x goes through a
  /// convolution with a kernel of 1 and a norm.
  Feature residual(const std::string& name, const Feature& x, int channels, int stride = 1);
  /// x itself, or what has to stand for it beside a feature of other channels or size.
  Feature shortcut(const std::string& name, const Feature& x, int channels, int stride);
  /// @param kernel  2, or 3 with a padding of 1; the stride is 2
  Feature maxPool(const std::string& name, const Feature& x, int kernel = 2);
  /// Linear interpolation to the size of `like`, corners not aligned.
  Feature resize(const std::string& name, const Feature& x, const Feature& like);
  /// Doubles the size: transposed convolution with kernel and stride 2 and a bias.
  Feature upConvolve(const std::string& name, const Feature& x, int channels);
  Feature concatenate(const std::string& name, const std::vector<Feature>& parts);
  Feature add(const std::string& name, const Feature& a, const Feature& b);
  /// Any other statement: NAME = EXPRESSION.
  Feature define(const std::string& name, int channels, const std::string& expression);

  /// Ends the method: logits by a convolution with a kernel of 1 and a bias, of the size of `like`.
  Architecture finish(const Feature& x, int channels, const Feature& like);
  Architecture finish(const Feature& x, int channels) { return finish(x, channels, x); }
  /// Ends the method with logits that are there, of volumes.
  Architecture end(const Feature& logits);

 private:
  std::string parameter(const std::string& name, std::vector<std::int64_t> shape,
                        NetworkParameter::Start start = NetworkParameter::Start::Kaiming);
  std::vector<std::int64_t> weightShape(int first, int second, int kernel) const;
  /// "[n, n]" or "[n, n, n]"
  std::string eachAxis(int n) const;
  std::string operation(const std::string& name) const { return "torch." + name + std::to_string(dims_) + "d"; }

  int dims_;
  Architecture result_;
};

}  // namespace recontour
