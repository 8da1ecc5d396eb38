#pragma once
#include <QTest>
#include <chrono>
#include <memory>

#include "core/io/reader_process.h"
#include "tests/core/workbench/fakes.h"
#include "tests/data/temporary_folder.h"
#include "ui/window/main_window.h"

namespace recontour {

/// The window as main() of `recontour` puts it together, with its reader process, on folders of its own.
struct ScaleWindow {
  explicit ScaleWindow(const TemporaryFolder& folder, bool withWindow = true) {
    ReaderSettings settings = ReaderSettings::standard();
    settings.program = READER_PROGRAM;
    settings.jobs = folder / "jobs";
    const auto reader = makeReaderProcess(settings);
    Workbench::Options options;
    options.sessionsFolder = folder / "sessions";
    workbench = std::make_unique<Workbench>(options, OrganTable::named("word"), makeThreadCaseSource(reader),
                                            std::make_shared<FakePredictor>(), reader);
    if (!withWindow) return;
    window = std::make_unique<MainWindow>(*workbench, Settings(), MainWindow::Options{.threeD = true});
    window->resize(1920, 1080);
    window->show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(window.get()));
  }
  std::unique_ptr<Workbench> workbench;
  std::unique_ptr<MainWindow> window;  ///< null unless asked for
};

constexpr int kLongestWaitMs = 600'000;

}  // namespace recontour
