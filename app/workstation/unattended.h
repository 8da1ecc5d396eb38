#pragma once
#include <filesystem>

namespace recontour {

class MainWindow;
class Workbench;

/// The main job without a person: waits for the case that is being opened and its prediction, applies `revision`
/// stroke by stroke through the workbench, accepts, prints the before/after table and the edit time, and writes a
/// screenshot of the window into `resultFolder`.
/// @return exit status of the command line contract (0, 3 bad input, 4 a helper failed)
int runUnattended(Workbench& workbench, MainWindow& window, const std::filesystem::path& revision,
                  const std::filesystem::path& resultFolder);

}  // namespace recontour
