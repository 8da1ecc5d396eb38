#pragma once
#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/image/organ_table.h"
#include "core/strokes/scribble_layer.h"

namespace recontour {

/// A stroke as the session log and scribbles.json have it (docs/formats/scribbles.md).
Json toJson(const ScribbleStroke& stroke);
/// @throws Error when it is no such stroke
ScribbleStroke scribbleStrokeFrom(const Json& json);

/// The strokes of one case, as a file.
struct ScribbleFile {
  std::string caseName, imageHash;  ///< the hash may be empty
  std::vector<ScribbleStroke> strokes;
  std::vector<ScribbleLayer::Erased> erased;
  /// Of voxels of the case's map that no stroke here covers.
  StrokeOrigin rasterOrigin = StrokeOrigin::Drawn;
  /// Seconds that somebody was active at the strokes, and at dense labels of the same case; none when unknown.
  std::optional<double> activeS = {}, denseActiveS = {};
  std::string organTable = {};  ///< name of the table of its labels, as read
};
/// Text of scribbles.json. @param organs  names beside the labels
std::string toJson(const ScribbleFile& file, const OrganTable& organs);
/// @param source  named in messages. @throws Error
ScribbleFile scribbleFileFrom(const std::string& text, const std::filesystem::path& source);

}  // namespace recontour
