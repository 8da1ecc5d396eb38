#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/image/organ_table.h"
#include "core/study/reader_package.h"

class QObject;

namespace recontour {

class StudyReading;

/// What `--study` names: a package (.zip, or the folder where it was unpacked), or a coordinator's study with the
/// reader who reads on this machine.
struct OpenedStudy {
  ReaderPackage package;
  std::optional<std::filesystem::path> inPlace;  ///< the coordinator's study
  OrganTable organs;
};

/// A package is unpacked into the data folder, where what was read stays. Blocks. @throws Error
OpenedStudy startOfStudy(const std::filesystem::path& file, const std::string& reader);

/// The coordinator's page of a study, until it is closed. @return exit status
int runCoordinator(const std::filesystem::path& study);

/// Takes each accepted case into the coordinator's study at once, in the background.
void mergeWhatIsRead(const OpenedStudy& start, StudyReading& reading);

/// For a picture of the window: opens the next case and begins with it, forms left out.
void beginNextCase(StudyReading& reading);

}  // namespace recontour
