#pragma once
#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "models/engine/manifest.h"

namespace recontour {

/// A small valid manifest: 1 mm, two channels, windows of 4 over every axis.
inline Json sampleManifest() {
  return Json::parse(R"({
    "format": "recontour-model", "version": 1, "name": "sample", "weights": "model.ts", "sha256": ")" +
                     std::string(64, '0') + R"(", "engine": "torchscript", "task": "multiclass",
    "input": {"channels": ["CT"], "axis_order": "zyx", "orientation": "LPS", "dims": 3, "dtype": "float32",
              "spacing_mm": [1.0, 1.0, 1.0], "patch": [4, 4, 4], "divisible_by": [4, 2, 1], "pad_hu": -1000},
    "normalization": {"type": "affine", "clip": [-1000, 1000], "subtract": 0, "divide": 100},
    "inference": {"overlap": 0.5, "weighting": "gaussian", "sigma_scale": 0.125},
    "output": {"kind": "logits", "channels": 2},
    "labels": {"0": {"key": "background"}, "1": {"key": "liver"}}})");
}

inline ModelManifest parsedSample() { return parseManifest(sampleManifest(), "recontour.json"); }

}  // namespace recontour
