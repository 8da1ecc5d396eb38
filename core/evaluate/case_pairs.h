#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace recontour {

/// Label maps of one case: what is true, and what is judged by it.
struct CasePair {
  std::string name;  ///< caseNameWithoutChannel() of the truth
  std::filesystem::path truth, prediction;
};

/// Two files are a pair whatever their names; the label maps directly in two folders pair by name.
/// @param allPredictions  false: predictions may lack cases, for methods that were tried on some of them
/// @return  by rising name
/// @throws Error naming every file without a partner, when a name is there twice, or when a folder has no label map
std::vector<CasePair> pairCases(const std::filesystem::path& truth, const std::filesystem::path& prediction,
                                bool allPredictions = true);

}  // namespace recontour
