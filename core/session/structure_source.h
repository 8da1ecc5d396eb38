#pragma once
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/organ_table.h"

namespace recontour {

/// Which ROI or segment of a file a label stands for.
struct StructureOfLabel {
  Label label = 0;
  int number = 0;            ///< ROI Number or segment number
  std::string name;          ///< as the file has it
  bool xorContours = false;  ///< what is written into it must be too
  friend bool operator==(const StructureOfLabel&, const StructureOfLabel&) = default;
};

/// A file of structures that a session works on, and what it adds to the organ table.
struct StructureSource {
  std::string kind;            ///< "rtstruct" or "seg"
  std::string name;            ///< of the file
  std::string sha256;          ///< of the file
  std::string sopInstanceUid;  ///< may be empty
  std::vector<StructureOfLabel> structures;
  std::vector<Organ> organs;  ///< new ones, and those of the table that get a layer of their own
};

Json structureSourceJson(const StructureSource& source);
/// @throws std::exception when it is none
StructureSource structureSourceOf(const Json& json);

/// A table with these organs in the place of those of their labels, or behind the others; it reads what `base` reads.
/// @throws Error when a key is there twice
OrganTable withOrgans(const OrganTable& base, const std::vector<Organ>& organs);

}  // namespace recontour
