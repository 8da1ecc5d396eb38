#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"

namespace recontour {

inline constexpr Label kUnlabelled = 255;  ///< of scribble maps; 0 is a background stroke

enum class ScribbleStyle { Word, InteriorBorder };

/// Which axial slices get strokes.
struct SliceChoice {
  enum class Kind { All, Every, PerOrgan, Suggested };
  Kind kind = Kind::All;
  int count = 1;  ///< Every: each so many slices; PerOrgan: so many slices of each organ, evenly through it
};
/// "all", "every=N", "per-organ=K" or "suggested". @throws Error
SliceChoice sliceChoiceNamed(const std::string& text);

struct ScribbleSettings {
  ScribbleStyle style = ScribbleStyle::Word;
  SliceChoice slices = {};
  std::uint64_t seed = 2022;
};

/// Slice numbers (AxisMap), rising. Suggested: 5 to 10 slices, fewer where there are no more, that show every organ at
/// least once as long as 10 are enough.
std::vector<int> chosenSlices(const LabelMap& labels, const Geometry& geometry, const SliceChoice& choice);

/// A slice worth a stroke, and the organs that it shows.
struct SuggestedSlice {
  int slice = 0;
  std::vector<Label> organs;
};
/// The suggested ones of chosenSlices(); without any label 8 slices evenly through the scan, of which nothing is known.
std::vector<SuggestedSlice> suggestedSlices(const LabelMap& labels, const Geometry& geometry);

/// Strokes drawn by a program into dense labels: for each organ on each chosen axial slice, and for the background,
/// with value 0; all else is kUnlabelled. Strokes never leave their organ. Equal inputs give equal maps on every
/// machine. Sources: WORD's generator (Luo et al. 2022), whose release writes background as 17; ScribbleBench.
LabelMap generateScribbles(const LabelMap& labels, const Geometry& geometry, const ScribbleSettings& settings);

}  // namespace recontour
