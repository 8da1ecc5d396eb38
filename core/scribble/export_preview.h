#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/scribble/scribble_export.h"

namespace recontour {

/// What an export would write, before it does.
struct ExportPreview {
  struct CasePart {
    std::string name, patient;
    int organs = 0;  ///< with a stroke
    bool background = false, dense = false;
    std::vector<std::string> problems;  ///< see scribbleProblems()
  };
  struct FormatPart {
    ScribbleFormat format = ScribbleFormat::NnUNet;
    std::string folder;    ///< in the folder of the export
    std::string values;    ///< of its label maps: "0..16, 17 = ignore"
    std::string files;     ///< what it holds beside images and label maps
    bool isThere = false;  ///< so that the export would be refused
  };
  std::vector<CasePart> cases;
  std::vector<FormatPart> formats;
};

/// Reads all strokes. @throws Error where a case cannot be read or the folder has none
ExportPreview previewExport(const ScribbleExport& wanted);

}  // namespace recontour
