#pragma once
#include <filesystem>

namespace recontour {

class MainWindow;
class Workbench;

/// Shows the training dialog on a folder of cases.
void showTraining(MainWindow& window, const std::filesystem::path& cases);

/// Trains in the dialog that is shown, without keeping a model, and writes a picture of it before the window once some
/// epochs are scored (10 minutes at most). Then the training ends.
/// @return exit status: 0, 3 when the case does not open or the picture cannot be written, 4 when the training failed
int takeTrainingScreenshot(Workbench& workbench, MainWindow& window, const std::filesystem::path& file);

}  // namespace recontour
