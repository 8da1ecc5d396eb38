#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace recontour {

/// Label maps of one case: what is true, and what is judged by it.
struct CasePair {
  std::string name;  ///< file name of the truth without its ending and without a trailing "_0000"
  std::filesystem::path truth, prediction;
};

/// Name under which a label map belongs to a case: without .nii.gz, .nii, .nrrd or .nhdr, and without the channel
/// number "_0000" that nnU-Net puts before it.
std::string pairName(const std::filesystem::path& file);

/// Two files are a pair whatever their names; the label maps directly in two folders pair by name.
/// @param allPredictions  false: predictions may lack cases, for methods that were tried on some of them
/// @return  by rising name
/// @throws Error naming every file without a partner, when a name is there twice, or when a folder has no label map
std::vector<CasePair> pairCases(const std::filesystem::path& truth, const std::filesystem::path& prediction,
                                bool allPredictions = true);

}  // namespace recontour
