#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/organ_table.h"
#include "core/strokes/scribble_json.h"

namespace recontour {

/// Files of one case of a folder that is laid out as WORD's is: imagesTr, scribblesTr, and labelsTr where there are
/// dense labels. Strokes as vectors lie beside their map.
struct ScribbleFiles {
  std::string name;  ///< without ending and channel number
  std::filesystem::path image, scribbles;
  std::optional<std::filesystem::path> dense = {};
  std::optional<std::filesystem::path> strokes = {};  ///< the strokes file
};
/// The volume files of a folder by the name of their case; none where there is no such folder.
std::map<std::string, std::filesystem::path> volumesIn(const std::filesystem::path& folder);
/// The cases that have an image and strokes, by name, from a folder for each.
std::vector<ScribbleFiles> scribbleCasesIn(const std::filesystem::path& images, const std::filesystem::path& scribbles,
                                           const std::filesystem::path& dense);
/// The same where they lie as WORD's do. @throws Error when there is none
std::vector<ScribbleFiles> scribbleCasesIn(const std::filesystem::path& folder);

/// An origin in a map of origins, where 0 is a voxel without a stroke: 1 drawn, 2 corrected, 3 generated, 4 grown,
/// 5 model.
inline Label originValue(StrokeOrigin origin) { return static_cast<Label>(static_cast<int>(origin) + 1); }

/// Their maps, on the image's grid.
struct ScribbleCase {
  Geometry geometry;
  LabelMap scribbles;  ///< 0 background stroke, organs, kUnlabelled
  std::optional<LabelMap> dense;
  std::optional<ScribbleFile> strokes;
  LabelMap origins;                              ///< originValue() of each voxel of `scribbles` that is labelled
  std::map<StrokeOrigin, std::int64_t> leftOut;  ///< voxels that are unlabelled here since they are no annotation
};
/// What is grown or a model's is no annotation: such voxels and strokes are left out, but for those of `include`.
/// @throws Error when the strokes lie on another grid, hold a label that the table lacks, or their background is that
/// of WORD's released generator, which is one more than the last organ
ScribbleCase readScribbleCase(const ScribbleFiles& files, const OrganTable& organs,
                              const std::vector<StrokeOrigin>& include = {});

/// WORD's released generator writes the background as one more than the last organ. @throws Error for such a map
void requireBackgroundIsZero(const LabelMap& scribbles, const std::filesystem::path& file, const OrganTable& organs);

/// Why training on these strokes would go wrong, one sentence each: no stroke in the background, an organ without one,
/// a line that contradicts the dense labels along more than a twentieth of its length, and, of voxels that no line
/// covers, more than a twentieth of an organ's strokes outside it. An organ is looked for where the dense labels have
/// it, without such where the table does.
std::vector<std::string> scribbleProblems(const ScribbleCase& one, const OrganTable& organs);

/// What a case's patient is called: "patient041" for "patient041_frame11", and so with _visit, _scan and _series before
/// a number at the end, else the name itself; cases of one patient train together.
std::string patientOf(const std::string& caseName);

}  // namespace recontour
