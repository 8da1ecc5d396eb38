#pragma once
// Private to core/scribble: what an import reads.
#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_import.h"

namespace recontour {

/// Cases in the layout of a training code.
struct ImportSource {
  std::string layout;  ///< "nnU-Net", "WORD", ...
  std::filesystem::path folder;
  std::vector<ScribbleFiles> cases;
  std::map<Label, Label> meaning;  ///< label or kUnlabelled by the value in a map of strokes
};

/// @throws Error when no layout or more than one is recognised, or it has no case
ImportSource importSource(const ScribbleImport& wanted);
std::filesystem::path parentOf(const std::filesystem::path& folder);  ///< whether or not it ends in a slash

}  // namespace recontour
