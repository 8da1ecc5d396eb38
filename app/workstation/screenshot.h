#pragma once
#include <filesystem>

class QPixmap;

namespace recontour {

class MainWindow;
class Workbench;

/// Waits until image, labels and 3D are shown, 60 s at most, and writes a picture of the window.
/// @return exit status: 0, 3 when the case does not open or the picture cannot be written, 4 when the prediction failed
int takeScreenshot(Workbench& workbench, MainWindow& window, const std::filesystem::path& file);

/// Waits as takeScreenshot() does. @throws Error
void waitUntilShown(Workbench& workbench, MainWindow& window);

/// A picture of the window as .png, through SafeFile. @throws Error
void savePicture(MainWindow& window, const std::filesystem::path& file);
/// The same of a picture that is there.
void savePicture(const QPixmap& picture, const std::filesystem::path& file);

}  // namespace recontour
