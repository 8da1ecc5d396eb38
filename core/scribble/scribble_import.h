#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/image/organ_table.h"

namespace recontour {

struct ScribbleImport {
  std::filesystem::path from;  ///< a layout that exportScribbles() writes, what holds one of them, or maps as WORD's
  std::filesystem::path out;   ///< becomes a folder of cases, see scribbleCasesIn()
  OrganTable organs;
  std::optional<Label> background = {};  ///< what background strokes are in the maps: 17 by WORD's released generator
  std::filesystem::path images = {};     ///< of maps that lie in a folder by themselves; empty: beside them
};
struct ScribbleImportReport {
  std::string layout;                 ///< "nnU-Net", "WORD", ...
  std::vector<std::string> warnings;  ///< one sentence each
  int cases = 0;
};

/// Reads strokes from the layout of a training code: maps get 255 where there is no stroke, images are linked or
/// copied, dense labels come along where there are such, and strokes files where an export has them. All is there at
/// the end or nothing.
/// @throws Error when no layout or more than one is recognised, a map lies on another grid than its image, or has a
/// value whose meaning is not known
ScribbleImportReport importScribbles(const ScribbleImport& wanted, ProgressSink& progress);

}  // namespace recontour
