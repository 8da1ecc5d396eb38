#pragma once
#include <map>
#include <string>
#include <vector>

namespace recontour {

/// A damaged file, or a few that belong together.
struct MalformedCase {
  std::string kind;                          ///< "NIfTI-1, cut", for the table
  std::map<std::string, std::string> files;  ///< bytes by name
  std::string open;                          ///< name to open; empty: the folder that holds them
  bool mustBeRefused = false;                ///< voxels are missing, so that it cannot be opened whole
  std::size_t mostVoxels = 0;                ///< that its bytes can hold; 0: compressed, unknown
};

/// Some thousands, made of good files of each format: cut at every byte of the header and some of the rest, boundary
/// values in every field, flipped bits, lengths that lie, deep nesting. The same each time.
std::vector<MalformedCase> malformedCases();
/// The good files that they are made of, each to be opened. By kind.
std::vector<MalformedCase> goodSeeds();

}  // namespace recontour
