#pragma once
#include <filesystem>
#include <string>

#include "core/study/reader_package.h"

namespace recontour {

/// The package of a reader who reads on the coordinator's machine, made anew below STUDY/readers; what was read stays.
/// Nothing but the package is open to the reader's window. Blocks. @throws Error
ReaderPackage packageInPlace(const std::filesystem::path& study, const std::string& reader);

/// Takes in what was read in place so far. Blocks; any thread. @throws Error
void mergeInPlace(const std::filesystem::path& study, const ReaderPackage& package);

/// Whether a folder is a study as its coordinator has it.
bool isCoordinatorStudy(const std::filesystem::path& folder);

}  // namespace recontour
