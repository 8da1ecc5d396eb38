#include "core/session/layer_name.h"

#include <charconv>

#include "core/base/error.h"
#include "core/image/label_layers.h"

namespace recontour {
namespace {
constexpr const char* kRevision = "revision";
}

std::string layerName(Label layer) { return layer == LabelLayers::kOrgans ? kRevision : std::to_string(layer); }

Label layerNamed(const std::string& name) {
  if (name == kRevision) return LabelLayers::kOrgans;
  Label layer = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), layer);
  if (error != std::errc() || end != name.data() + name.size() || layer == 0)
    throw Error("the layer '" + name + "' is unknown", "open it with a newer version");
  return layer;
}

}  // namespace recontour
