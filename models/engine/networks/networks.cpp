#include "models/engine/networks/networks.h"

#include <functional>
#include <numeric>

#include "core/base/error.h"

namespace recontour {
namespace {

struct Entry {
  const char* name;
  std::function<Architecture(const NetworkShape&)> make;
};

std::vector<Entry> entries() {
  return {{"resunet2d", [](const NetworkShape& shape) { return resUNet2d(shape); }},
          {"unet2d", unet2d},
          {"unetpp2d", unetPlusPlus2d},
          {"deeplabv3p2d", deepLabV3Plus2d},
          {"unet3d", unet3d},
          {"attunet3d", attentionUNet3d},
          {"word-demo3d", wordDemo3d}};
}

std::string allNames() {
  std::string text;
  for (const std::string& name : networkNames()) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void check(const NetworkShape& shape) {
  if (shape.channels < 2 || shape.channels > 255) throw Error("a network has 2 to 255 channels of output");
  if (shape.width < 1 || shape.width > 256) throw Error("a network's width is 1 to 256 features");
}

}  // namespace

Architecture networkNamed(const std::string& name, const NetworkShape& shape) {
  check(shape);
  for (const Entry& entry : entries()) {
    if (name == entry.name) return entry.make(shape);
  }
  throw Error("there is no network '" + name + "'; use one of " + allNames());
}

std::vector<std::string> networkNames() {
  std::vector<std::string> names;
  for (const Entry& entry : entries()) names.emplace_back(entry.name);
  return names;
}

std::int64_t parameterCount(const Architecture& architecture) {
  std::int64_t sum = 0;
  for (const NetworkParameter& parameter : architecture.parameters) {
    sum += std::accumulate(parameter.shape.begin(), parameter.shape.end(), std::int64_t{1}, std::multiplies<>());
  }
  return sum;
}

}  // namespace recontour
