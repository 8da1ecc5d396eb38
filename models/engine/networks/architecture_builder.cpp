#include "models/engine/networks/architecture_builder.h"

#include <utility>

namespace recontour {
namespace {

using Start = NetworkParameter::Start;

constexpr const char* kHead = "def forward(self, x: Tensor) -> Tensor:\n";

}  // namespace

ArchitectureBuilder::ArchitectureBuilder(std::string name, int dims, const Index3& divisibleBy) : dims_(dims) {
  result_.name = std::move(name);
  result_.dims = dims;
  result_.divisibleBy = divisibleBy;
  result_.forward = kHead;
  if (dims == 2) define(image().name, 1, "x.permute([0, 2, 1, 3, 4]).reshape([-1, 1, x.size(3), x.size(4)])");
}

Feature ArchitectureBuilder::convolve(const std::string& name, const Feature& x, const Convolution& convolution) {
  const std::string weight =
      parameter(name + "_weight", weightShape(convolution.channels, x.channels, convolution.kernel));
  const std::string bias =
      convolution.bias ? parameter(name + "_bias", {convolution.channels}, Start::Zeros) : std::string("None");
  const int padding = convolution.dilation * ((convolution.kernel - 1) / 2);
  return define(name, convolution.channels,
                operation("conv") + "(" + x.name + ", " + weight + ", " + bias + ", " + eachAxis(convolution.stride) +
                    ", " + eachAxis(padding) + ", " + eachAxis(convolution.dilation) + ")");
}

Feature ArchitectureBuilder::normalize(const Feature& x) {
  const std::string scale = parameter(x.name + "_scale", {x.channels}, Start::Ones);
  const std::string shift = parameter(x.name + "_shift", {x.channels}, Start::Zeros);
  // No running mean and variance; statistics of the input; momentum of none; epsilon; cuDNN may be used.
  return define(x.name, x.channels,
                "torch.instance_norm(" + x.name + ", " + scale + ", " + shift + ", None, None, True, 0.0, 1e-5, True)");
}

Feature ArchitectureBuilder::activate(const Feature& x) {
  return define(x.name, x.channels, "torch.leaky_relu_(" + x.name + ", 0.01)");
}

Feature ArchitectureBuilder::unit(const std::string& name, const Feature& x, const Convolution& convolution) {
  return activate(normalize(convolve(name, x, convolution)));
}

Feature ArchitectureBuilder::units(const std::string& name, const Feature& x, int between, int channels) {
  return unit(name + "_b", unit(name + "_a", x, {.channels = between}), {.channels = channels});
}

std::vector<Feature> ArchitectureBuilder::encoder(int width, int stages, int growth) {
  std::vector<Feature> features;
  Feature x = image();
  for (int stage = 1; stage <= stages; ++stage, width *= 2) {
    const std::string number = std::to_string(stage);
    if (stage > 1) x = maxPool("pooled" + number, x);
    x = units("encoder" + number, x, width, growth * width);
    features.push_back(x);
  }
  return features;
}

Feature ArchitectureBuilder::residual(const std::string& name, const Feature& x, int channels, int stride) {
  const Feature first = unit(name + "_a", x, {.channels = channels, .stride = stride});
  const Feature second = normalize(convolve(name + "_b", first, {.channels = channels}));
  return activate(add(name, second, shortcut(name, x, channels, stride)));
}

Feature ArchitectureBuilder::shortcut(const std::string& name, const Feature& x, int channels, int stride) {
  if (x.channels == channels && stride == 1) return x;
  return normalize(convolve(name + "_shortcut", x, {.channels = channels, .kernel = 1, .stride = stride}));
}

Feature ArchitectureBuilder::maxPool(const std::string& name, const Feature& x, int kernel) {
  return define(name, x.channels,
                operation("max_pool") + "(" + x.name + ", " + eachAxis(kernel) + ", " + eachAxis(2) + ", " +
                    eachAxis(kernel / 3) + ")");
}

Feature ArchitectureBuilder::resize(const std::string& name, const Feature& x, const Feature& like) {
  std::string size;
  for (int axis = 2; axis < 2 + dims_; ++axis) {
    size += (size.empty() ? "" : ", ") + like.name + ".size(" + std::to_string(axis) + ")";
  }
  const std::string function = operation(dims_ == 2 ? "upsample_bilinear" : "upsample_trilinear");
  return define(name, x.channels, function + "(" + x.name + ", [" + size + "], False)");
}

Feature ArchitectureBuilder::upConvolve(const std::string& name, const Feature& x, int channels) {
  const std::string weight = parameter(name + "_weight", weightShape(x.channels, channels, 2));
  const std::string bias = parameter(name + "_bias", {channels}, Start::Zeros);
  return define(name, channels,
                operation("conv_transpose") + "(" + x.name + ", " + weight + ", " + bias + ", " + eachAxis(2) + ")");
}

Feature ArchitectureBuilder::concatenate(const std::string& name, const std::vector<Feature>& parts) {
  std::string names;
  int channels = 0;
  for (const Feature& part : parts) {
    names += (names.empty() ? "" : ", ") + part.name;
    channels += part.channels;
  }
  return define(name, channels, "torch.cat([" + names + "], 1)");
}

Feature ArchitectureBuilder::add(const std::string& name, const Feature& a, const Feature& b) {
  return define(name, a.channels, "torch.add(" + a.name + ", " + b.name + ")");
}

Feature ArchitectureBuilder::define(const std::string& name, int channels, const std::string& expression) {
  result_.forward += "    " + name + " = " + expression + "\n";
  return {name, channels};
}

Architecture ArchitectureBuilder::finish(const Feature& x, int channels, const Feature& like) {
  Feature logits = convolve("logits", x, {.channels = channels, .kernel = 1, .bias = true});
  if (like.name != x.name) logits = resize("resized", logits, like);
  result_.channels = channels;
  const std::string unfold = ".reshape([x.size(0), x.size(2), " + std::to_string(channels) +
                             ", x.size(3), x.size(4)]).permute([0, 2, 1, 3, 4])";
  result_.forward += "    return " + logits.name + (dims_ == 2 ? unfold : "") + "\n";
  return result_;
}

Architecture ArchitectureBuilder::end(const Feature& logits) {
  result_.channels = logits.channels;
  result_.forward += "    return " + logits.name + "\n";
  return result_;
}

std::string ArchitectureBuilder::parameter(const std::string& name, std::vector<std::int64_t> shape, Start start) {
  result_.parameters.push_back({name, std::move(shape), start});
  return "self." + name;
}

std::vector<std::int64_t> ArchitectureBuilder::weightShape(int first, int second, int kernel) const {
  std::vector<std::int64_t> shape{first, second};
  shape.insert(shape.end(), static_cast<std::size_t>(dims_), kernel);
  return shape;
}

std::string ArchitectureBuilder::eachAxis(int n) const {
  std::string list = std::to_string(n);
  for (int axis = 1; axis < dims_; ++axis) list += ", " + std::to_string(n);
  return "[" + list + "]";
}

}  // namespace recontour
