#include <QComboBox>
#include <QPushButton>
#include <QTableWidget>
#include <QTreeWidget>
#include <chrono>
#include <thread>

#include <signal.h>

#include "core/io/label_file.h"
#include "core/io/reader_process.h"
#include "core/session/session.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/nifti_bytes.h"
#include "tests/core/io/test_folder.h"
#include "tests/data/descendants.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/window/compare_dialog.h"
#include "ui/window/label_values_dialog.h"
#include "ui/window/series_dialog.h"

namespace recontour {
namespace {

using namespace std::chrono_literals;

/// The window as main() of `recontour` puts it together, with its reader process.
class WindowReader : public testing::Test {
 protected:
  void start(bool sandbox = true) {
    ReaderSettings settings{READER_PROGRAM, folder_.path() / "jobs", 20000ms, sandbox};
    const auto reader = makeReaderProcess(settings);
    Workbench::Options options;
    options.sessionsFolder = folder_.path() / "sessions";
    options.choosesSeries = options.choosesValues = true;
    workbench_ = std::make_unique<Workbench>(options, OrganTable::named("word"), makeThreadCaseSource(reader),
                                             std::make_shared<FakePredictor>(), reader);
    window_ = std::make_unique<MainWindow>(*workbench_, Settings(folder_.path() / "settings.ini"),
                                           MainWindow::Options{.threeD = false});
    window_->resize(1400, 900);
    window_->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(window_.get()));
  }
  bool openedOrFailed() const {
    return waitFor(
        [&] { return workbench_->caseState() == CaseState::Open || workbench_->caseState() == CaseState::Failed; });
  }
  template <typename Dialog>
  Dialog* shownDialog() const {
    waitFor([&] { return window_->findChild<Dialog*>() != nullptr; });
    return window_->findChild<Dialog*>();
  }
  TestFolder folder_;
  std::unique_ptr<Workbench> workbench_;
  std::unique_ptr<MainWindow> window_;
};

TEST_F(WindowReader, AReaderAbortedAHundredTimesIsAHundredMessagesAndTheWindowLives) {
  start(false);
  const auto file = folder_.write("a.nii", NiftiBytes().withCounting());
  QSignalSpy failures(workbench_.get(), &Workbench::caseFailed);
  for (int round = 0; round < 100; ++round) {
    std::vector<pid_t> waiting;
    while (waiting.empty()) waiting = descendantsNamed("recontour-reader");
    ::kill(waiting[0], SIGSTOP);
    window_->openCase(file);
    ASSERT_TRUE(waitFor([] { return descendantsNamed("recontour-reader").size() > 1; }));
    ::kill(waiting[0], SIGABRT);
    ::kill(waiting[0], SIGCONT);
    ASSERT_TRUE(waitFor([&] { return failures.count() == round + 1; }));
    EXPECT_TRUE(failures.back()[0].toString().contains("a.nii: the file reader ended (signal 6 (Aborted))"));
  }
  EXPECT_EQ(failures.count(), 100);
  window_->openCase(file);
  ASSERT_TRUE(openedOrFailed());
  EXPECT_EQ(workbench_->caseState(), CaseState::Open);
  EXPECT_TRUE(window_->isVisible());
}

TEST_F(WindowReader, OneOfSeveralSeriesIsChosenInADialog) {
  start();
  DicomBytes scan, other;
  other.series = "1.9";
  other.description = "Other";
  folder_.write("series/1.dcm", scan.bytes());
  folder_.write("series/2.dcm", other.bytes());
  window_->openPath(folder_.path() / "series");
  auto* dialog = shownDialog<SeriesDialog>();
  ASSERT_NE(dialog, nullptr);
  auto* list = dialog->findChild<QTreeWidget*>();
  ASSERT_EQ(list->topLevelItemCount(), 2);
  EXPECT_EQ(list->topLevelItem(1)->text(0), "Other");
  list->setCurrentItem(list->topLevelItem(1));
  QTest::keyClick(list, Qt::Key_Return);
  ASSERT_TRUE(waitFor([&] { return workbench_->caseState() == CaseState::Open; }));
  EXPECT_EQ(workbench_->currentCase()->dicom->seriesUid, "1.9");
}

TEST_F(WindowReader, LabelMapsAreComparedInADialogWithTableAndFigure) {
  start();
  Geometry grid;
  grid.size = {4, 1, 1};
  const auto write = [&](const std::string& name, const std::vector<Label>& labels) {
    writeLabelFile(folder_.path() / name, LabelMap::fromDense(grid.size, labels), grid);
    return QString::fromStdString((folder_.path() / name).string());
  };
  const QString truth = write("truth.nii", {1, 1, 0, 2}), prediction = write("prediction.nii", {1, 0, 0, 2});
  window_->actions().compareMaps->trigger();
  auto* dialog = shownDialog<CompareDialog>();
  ASSERT_NE(dialog, nullptr);
  dialog->setFiles(truth, prediction);
  dialog->compare();
  ASSERT_TRUE(waitFor([&] { return dialog->result().has_value(); }));
  const auto* table = dialog->findChild<QTableWidget*>();
  EXPECT_EQ(table->item(0, 0)->text(), "Liver");
  EXPECT_EQ(table->item(0, 2)->text(), "0.667");
  EXPECT_EQ(table->item(1, 2)->text(), "1.000");
  EXPECT_EQ(table->item(2, 2)->text(), "-");
  dialog->setFiles(truth, "/nowhere.nii");
  dialog->compare();
  EXPECT_TRUE(waitFor([&] { return dialog->said().contains("/nowhere.nii"); }));
}

/// A CT of 60 x 60 x 60 voxels at 5 mm, and on its grid a map that numbers liver and spleen as AMOS does.
class WindowValues : public WindowReader {
 protected:
  static constexpr int kEdge = 60, kVoxels = kEdge * kEdge * kEdge;
  void writeCase() {
    Geometry grid;
    grid.size = {kEdge, kEdge, kEdge};
    grid.spacing = {5, 5, 5};
    ct_ = folder_.path() / "ct.nii.gz";
    writeVolumeFile(ct_, Volume(grid.size, std::vector<std::int16_t>(kVoxels, 40)), grid, "");
    std::vector<Label> labels(kVoxels, 0);
    std::fill_n(labels.begin(), 1500, Label{1});          // 187 mL: a spleen, no liver
    std::fill_n(labels.begin() + 4000, 10000, Label{6});  // 1250 mL: a liver, no gallbladder
    std::fill_n(labels.begin() + 20000, 1200, Label{2});  // 150 mL: a kidney
    std::fill_n(labels.begin() + 30000, 1200, Label{3});
    labels_ = folder_.path() / "labels.nii.gz";
    writeLabelFile(labels_, LabelMap::fromDense(grid.size, labels), grid);
  }
  void openCase() {
    window_->openCase(ct_);
    ASSERT_TRUE(waitFor([&] { return workbench_->caseState() == CaseState::Open; }));
  }
  std::int64_t voxelsOf(const char* organ) const {
    return labelCounts(workbench_->labels())[workbench_->organs().find(std::string_view(organ))->label];
  }
  std::filesystem::path ct_, labels_;
};

TEST_F(WindowValues, AMapNumberedByAnotherDataSetIsAskedAboutAndItsFolderRemembered) {
  writeCase();
  start();
  openCase();
  workbench_->openPrediction(labels_);
  auto* dialog = shownDialog<LabelValuesDialog>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_EQ(dialog->table(), "amos");
  EXPECT_EQ(dialog->meaning(), (ValueMeaning{{1, "spleen"}, {2, "kidney_right"}, {3, "kidney_left"}, {6, "liver"}}));
  dialog->setOrgan(3, "");  // by hand
  EXPECT_EQ(dialog->table(), "");
  dialog->setOrgan(3, "kidney_left");
  auto* take = dialog->findChild<QPushButton*>(QString(), Qt::FindChildrenRecursively);
  for (auto* button : dialog->findChildren<QPushButton*>())
    take = button->text() == "Take these organs" ? button : take;
  QTest::mouseClick(take, Qt::LeftButton);
  ASSERT_TRUE(waitFor([&] { return voxelsOf("liver") == 10000; }));
  EXPECT_EQ(voxelsOf("spleen"), 1500);
  EXPECT_EQ(voxelsOf("gallbladder"), 0);

  workbench_->undo();
  EXPECT_EQ(voxelsOf("liver"), 0);
  waitFor([&] { return window_->findChild<LabelValuesDialog*>() == nullptr; });
  workbench_->openPrediction(labels_);  // nobody is asked again
  ASSERT_TRUE(waitFor([&] { return voxelsOf("liver") == 10000; }));
  EXPECT_EQ(window_->findChild<LabelValuesDialog*>(), nullptr);
  EXPECT_TRUE(hasMessage(*window_, "mean what you said for its folder"));
}

TEST_F(WindowValues, LabelsOfTheOrganTableAreTakenWithoutAsking) {
  writeCase();
  start();
  openCase();
  const LabelImage image = readLabelFile(labels_);
  SlotLabels toWord{};
  toWord[1] = 2, toWord[6] = 1, toWord[2] = 4, toWord[3] = 3;
  writeLabelFile(labels_, relabelled(image.labels, toWord), image.geometry);
  workbench_->openPrediction(labels_);
  ASSERT_TRUE(waitFor([&] { return voxelsOf("liver") == 10000; }));
  EXPECT_EQ(window_->findChild<LabelValuesDialog*>(), nullptr);
}

}  // namespace
}  // namespace recontour
