#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/study/coordinator_study.h"
#include "core/study/reader_package.h"

namespace recontour {

/// Writes what a reader works from into one .zip: images, start maps, rules. Truth, arms, models and other readers stay
/// here. Cases that are checked are left out until their annotator's reading has been merged.
/// @throws Error unless the study is frozen
void packStudy(const CoordinatorStudy& study, const std::string& reader, const std::filesystem::path& zip);

/// The same as a folder on the coordinator's machine, below `readers`; images are linked, and replaced
/// where they are not those of the study. What was read there stays.
/// @return the folder
std::filesystem::path placePackage(const CoordinatorStudy& study, const std::string& reader,
                                   const std::filesystem::path& readers);

/// Writes a reader's sessions and receipts into one .zip. Blocks. A case that this program has open is left out.
void packReturn(const ReaderPackage& package, const std::filesystem::path& zip);

/// What merging a return did.
struct MergeReport {
  std::string reader;
  std::vector<std::string> merged;     ///< tasks whose readings are new or longer than before
  std::vector<std::string> unchanged;  ///< that were there already
  std::vector<std::string> refused;    ///< one sentence each
};

/// Takes a return in: the same one again changes nothing. A reading is refused where its hash chain is broken, it is of
/// another image, begins from another map, or would take the place of one that it does not continue.
/// @throws Error for another study, another freeze, another reader, or a file that leads out of it; nothing is taken
MergeReport mergeReturn(CoordinatorStudy& study, const std::filesystem::path& zip);

/// The start map of a task and its SHA-256; none where it is drawn from nothing.
/// @throws Error where what is checked has not come in
std::optional<std::pair<std::filesystem::path, std::string>> startFileOf(const CoordinatorStudy& study,
                                                                         const StudyTask& task);

/// Sets a reader's PIN. @throws Error once the study is frozen
void setPin(CoordinatorStudy& study, const std::string& reader, const std::string& pin);

}  // namespace recontour
