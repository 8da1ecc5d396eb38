#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/organ_table.h"

namespace recontour {

/// Files of one case of a folder that is laid out as WORD's is: imagesTr, scribblesTr, and labelsTr where there are
/// dense labels.
struct ScribbleFiles {
  std::string name;  ///< without ending and channel number
  std::filesystem::path image, scribbles;
  std::optional<std::filesystem::path> dense;
};
/// The cases that have an image and strokes, by name. @throws Error when there is none
std::vector<ScribbleFiles> scribbleCasesIn(const std::filesystem::path& folder);

/// Their maps, on the image's grid.
struct ScribbleCase {
  Geometry geometry;
  LabelMap scribbles;  ///< 0 background stroke, organs, kUnlabelled
  std::optional<LabelMap> dense;
};
/// @throws Error when the strokes lie on another grid, hold a label that the table lacks, or their background is that
/// of WORD's released generator, which is one more than the last organ
ScribbleCase readScribbleCase(const ScribbleFiles& files, const OrganTable& organs);

/// WORD's released generator writes the background as one more than the last organ. @throws Error for such a map
void requireBackgroundIsZero(const LabelMap& scribbles, const std::filesystem::path& file, const OrganTable& organs);

/// Why training on these strokes would go wrong, one sentence each: no stroke in the background, an organ without one,
/// a twentieth or more of an organ's strokes outside it. An organ is looked for where the dense labels have it, without
/// such where the table does.
std::vector<std::string> scribbleProblems(const ScribbleCase& one, const OrganTable& organs);

/// What a case's patient is called: "patient041" for "patient041_frame11"; cases of one patient train together.
std::string patientOf(const std::string& caseName);

}  // namespace recontour
