// A structure set of another program: opened beside its CT, revised in the window, written again.
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

#include "core/base/safe_file.h"
#include "core/io/dicom_items.h"
#include "core/io/open_case.h"
#include "core/io/reader_process.h"
#include "core/io/rtstruct_file.h"
#include "core/io/seg_file.h"
#include "core/io/structure_job.h"
#include "core/structures/contour_raster.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/rtstruct_bytes.h"
#include "tests/core/io/test_folder.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/window/export_dialog.h"
#include "ui/window/roi_dialog.h"

namespace recontour {
namespace {

using namespace std::chrono_literals;

constexpr int kEdge = 40, kSlices = 6;
constexpr const char* kFrame = "1.2.840.99";

/// A rectangle in mm on a slice of 3 mm thickness.
std::string rectangle(int x0, int y0, int x1, int y1, int slice) {
  const std::string z = "\\" + std::to_string(3 * slice) + "\\";
  const auto number = [](int value) { return std::to_string(value); };
  return number(x0) + "\\" + number(y0) + z + number(x1) + "\\" + number(y0) + z + number(x1) + "\\" + number(y1) + z +
         number(x0) + "\\" + number(y1) + "\\" + std::to_string(3 * slice);
}

/// The window with its reader process, a CT of 40 x 40 x 6 voxels of 1 x 1 x 3 mm, and a set of a liver, a bladder
/// spelled wrongly and a PTV over it.
class WindowStructures : public testing::Test {
 protected:
  void SetUp() override {
    for (int slice = 0; slice < kSlices; ++slice) {
      DicomBytes ct;
      ct.columns = ct.rows = kEdge;
      ct.pixels.assign(kEdge * kEdge, 40);
      ct.spacing = "1\\1";
      ct.thickness = "3";
      ct.position = "0\\0\\" + std::to_string(3 * slice);
      ct.frameOfReference = kFrame;
      ct.study = "1.2.8";
      ct.series = "1.2.9";
      ct.sopClass = "1.2.840.10008.5.1.4.1.1.2";
      ct.sopInstance = "1.2.9." + std::to_string(slice + 1);
      folder_.write("ct/" + std::to_string(slice) + ".dcm", ct.bytes());
    }
    RtStructBytes set;
    set.frame = kFrame;
    set.rois = {{4, "LIVER", {}}, {7, bladderName_, {}}, {9, "PTV 60", {}}};
    for (int slice = 1; slice <= 4; ++slice) {
      set.rois[0].contours.push_back(rectangle(4, 4, 16, 16, slice));
      set.rois[1].contours.push_back(rectangle(20, 20, 32, 32, slice));
      set.rois[2].contours.push_back(rectangle(24, 24, 36, 36, slice));
    }
    set_ = folder_.write("ct/set.dcm", set.bytes());
  }
  void start() {
    const auto reader = makeReaderProcess(ReaderSettings{READER_PROGRAM, folder_.path() / "jobs", 20000ms, true});
    Workbench::Options options;
    options.sessionsFolder = folder_.path() / "sessions";
    options.choosesSeries = options.choosesValues = true;
    options.model = "a model";
    workbench_ = std::make_unique<Workbench>(options, OrganTable::named("word"), makeThreadCaseSource(reader),
                                             std::make_shared<FakePredictor>(), reader);
    window_ = shownWindow(*workbench_);
    window_->openCase(folder_.path() / "ct");
    ASSERT_TRUE(waitFor([&] { return workbench_->caseState() == CaseState::Open; }));
  }
  /// By the message's button, and the dialog where there is one.
  void takeSet() {
    auto* button = messageButton("Start from it");
    ASSERT_NE(button, nullptr);
    button->click();
    if (bladderName_ != "Bladder") answerNames();
    ASSERT_TRUE(waitFor([&] { return workbench_->undoDepth() == 1; }));
  }
  void answerNames() {
    ASSERT_TRUE(waitFor([&] { return window_->findChild<RoiDialog*>() != nullptr; }));
    auto* dialog = window_->findChild<RoiDialog*>();
    EXPECT_EQ(dialog->choiceOf(0).currentText(), "Liver");
    EXPECT_EQ(dialog->choiceOf(1).currentText(), "Bladder") << "proposed, since the name is similar";
    EXPECT_EQ(dialog->choiceOf(2).currentText(), "a structure of its own");
    clickButton(*dialog, "Take the contours");
  }
  static void clickButton(QWidget& dialog, const QString& text) {
    for (auto* button : dialog.findChildren<QPushButton*>())
      if (button->text() == text) return QTest::mouseClick(button, Qt::LeftButton);
    FAIL() << "no button " << text.toStdString();
  }
  QPushButton* messageButton(const QString& text) const {
    for (auto* button : window_->messages().findChildren<QPushButton*>())
      if (button->text() == text) return button;
    return nullptr;
  }
  Label labelNamed(const char* name) const {
    for (const Organ& organ : workbench_->organs().organs())
      if (organ.name == name) return organ.label;
    return 0;
  }
  std::int64_t voxels(Label organ) const { return labelCounts(workbench_->layers().of(organ))[organ]; }
  void paintBladder() {
    workbench_->selectOrgan(labelNamed("Bladder"));
    SliceView& view = window_->views().view(Plane::Axial);
    window_->views().setCrosshair({26, 26, 6});
    window_->actions().brush->trigger();
    strokeThrough(view, {{22, 34, 6}, {28, 34, 6}});
  }
  std::filesystem::path acceptAndFind(const std::function<void(AcceptDialog&)>& fill = {}) {
    window_->actions().accept->trigger();
    EXPECT_TRUE(waitFor([&] { return window_->findChild<AcceptDialog*>() != nullptr; }));
    auto* dialog = window_->findChild<AcceptDialog*>();
    listed_ = dialog->listText();
    if (fill) fill(*dialog);
    clickButton(*dialog, "Accept");
    EXPECT_TRUE(waitFor([&] { return workbench_->accepted(); }));
    return workbench_->sessionFolder() / "revision.rtstruct.dcm";
  }

  TestFolder folder_;
  std::string bladderName_ = "Blader";
  std::filesystem::path set_;
  QString listed_;
  StructureOffer offer_;
  std::unique_ptr<Workbench> workbench_;
  std::unique_ptr<MainWindow> window_;
};

std::map<std::string, LabelMap> voxelsByName(const std::filesystem::path& file, const Geometry& grid) {
  std::map<std::string, LabelMap> maps;
  for (const Roi& roi : readStructureSet(file).rois) maps[roi.name] = voxelsOf(roi, grid, 1).voxels;
  return maps;
}

TEST_F(WindowStructures, AForeignSetIsRevisedAndOnlyTheRevisedOrganDiffers) {
  start();
  EXPECT_TRUE(hasMessage(*window_, "set.dcm lies beside this CT"));
  EXPECT_EQ(workbench_->prediction().state, PredictionStatus::State::None) << "no model runs unless asked";
  takeSet();
  const Label ptv = labelNamed("PTV 60"), bladder = labelNamed("Bladder");
  ASSERT_NE(ptv, 0);
  EXPECT_EQ(voxels(labelNamed("Liver")), 4 * 144);
  EXPECT_EQ(voxels(ptv), 4 * 144);
  EXPECT_EQ(voxels(bladder), 4 * 144) << "whole, though the PTV lies over it";
  const LabelMap ptvBefore = workbench_->layers().of(ptv);
  paintBladder();
  EXPECT_GT(voxels(bladder), 4 * 144);
  EXPECT_EQ(workbench_->layers().of(ptv), ptvBefore);
  const auto written = acceptAndFind();
  EXPECT_TRUE(listed_.contains("Bladder")) << listed_.toStdString();
  EXPECT_TRUE(listed_.contains("changed on 1 slice")) << listed_.toStdString();

  const Geometry grid = workbench_->currentCase()->geometry;
  const auto was = voxelsByName(set_, grid), is = voxelsByName(written, grid);
  ASSERT_EQ(is.size(), 3U);
  EXPECT_EQ(is.at("LIVER"), was.at("LIVER"));
  EXPECT_EQ(is.at("PTV 60"), was.at("PTV 60"));
  EXPECT_FALSE(is.at("Blader") == was.at("Blader"));
  EXPECT_EQ(labelCounts(is.at("Blader"))[1], voxels(bladder));
  const StructureSet set = readStructureSet(written);
  EXPECT_EQ(set.approvalStatus, "UNAPPROVED");
  EXPECT_EQ(set.rois[1].name, "Blader") << "names of the file stay";
}

TEST_F(WindowStructures, TheWrittenSetIsAStartAgainAndItsStructuresComeBackWithTheSession) {
  start();
  takeSet();
  paintBladder();
  acceptAndFind();
  const std::int64_t bladder = voxels(labelNamed("Bladder"));
  window_->openCase(folder_.path() / "ct");
  ASSERT_TRUE(waitFor([&] { return workbench_->caseState() == CaseState::Open && !workbench_->leaving(); }));
  ASSERT_NE(labelNamed("PTV 60"), 0) << "the table grew with the session";
  EXPECT_EQ(voxels(labelNamed("Bladder")), bladder);
  workbench_->closeCase();
  EXPECT_EQ(labelNamed("PTV 60"), 0) << "and is the shipped one without it";
}

TEST_F(WindowStructures, AnApprovalAsksForNameAndRole) {
  start();
  takeSet();
  const auto written = acceptAndFind([](AcceptDialog& dialog) {
    dialog.approves().setChecked(true);
    for (auto* button : dialog.findChildren<QPushButton*>()) {
      if (button->text() == "Accept") {
        EXPECT_FALSE(button->isEnabled());
      }
    }
    dialog.name().setText("Doe");
    dialog.role().setText("oncologist");
  });
  EXPECT_EQ(readStructureSet(written).approvalStatus, "APPROVED");
  EXPECT_FALSE(workbench_->options().exports.approval.has_value()) << "it was for these contours alone";
}

TEST_F(WindowStructures, ASetOfAnotherFrameOfReferenceIsRefused) {
  RtStructBytes other;
  other.frame = "1.2.840.98";
  other.rois = {{1, "Liver", {rectangle(4, 4, 16, 16, 2)}}};
  const auto file = folder_.write("other.dcm", other.bytes());
  start();
  workbench_->openStructures(file);
  ASSERT_TRUE(waitFor([&] { return hasMessage(*window_, "another frame of reference"); }));
  EXPECT_EQ(workbench_->undoDepth(), 0);
}

TEST_F(WindowStructures, TheSetIsRevisedThoughItsFileIsGoneAndWithoutAnyCopyAcceptSaysSo) {
  start();
  takeSet();
  std::filesystem::remove(set_);
  EXPECT_TRUE(std::filesystem::exists(acceptAndFind()));
  for (const auto& entry : std::filesystem::directory_iterator(workbench_->sessionFolder()))
    if (entry.path().filename().string().starts_with("structures-")) std::filesystem::remove(entry.path());
  paintBladder();
  window_->actions().accept->trigger();
  ASSERT_TRUE(waitFor([&] { return window_->findChild<AcceptDialog*>() != nullptr; }));
  clickButton(*window_->findChild<AcceptDialog*>(), "Accept");
  ASSERT_TRUE(waitFor([&] { return hasMessage(*window_, "is gone or was changed"); }));
  EXPECT_FALSE(workbench_->accepted());
}

TEST_F(WindowStructures, ASecondSetTakesThePlaceOfTheFirstAndSaysSo) {
  start();
  takeSet();
  EXPECT_FALSE(hasMessage(*window_, "Accept now revises"));
  RtStructBytes second;
  second.frame = kFrame;
  second.rois = {{2, "Spleen", {rectangle(4, 24, 12, 32, 2)}}};
  workbench_->openStructures(folder_.write("second.dcm", second.bytes()));
  ASSERT_TRUE(waitFor([&] { return workbench_->undoDepth() == 2; }));
  EXPECT_TRUE(hasMessage(*window_, "Accept now revises second.dcm, no longer set.dcm."));
}

TEST_F(WindowStructures, ASetTakenAgainWithAnotherMeaningLeavesNoSecondStructureBehind) {
  start();
  const auto take = [&](const RoiKeys& keys) {
    const int depth = workbench_->undoDepth();
    workbench_->takeStructures(offer_, keys);
    ASSERT_TRUE(waitFor([&] { return workbench_->undoDepth() == depth + 1; }));
  };
  QObject::connect(workbench_.get(), &Workbench::structuresFound, workbench_.get(),
                   [&](const StructureOffer& offer) { offer_ = offer; });
  workbench_->openStructures(set_);
  ASSERT_TRUE(waitFor([&] { return offer_.read != nullptr; }));
  window_->findChild<RoiDialog*>()->reject();
  take({std::nullopt, std::nullopt, std::nullopt});
  EXPECT_EQ(voxels(labelNamed("LIVER")), 4 * 144) << "of its own, as was said";
  EXPECT_EQ(voxels(1), 0);
  const Label ownBladder = labelNamed("Blader");
  EXPECT_EQ(voxels(ownBladder), 4 * 144);
  take({"liver", "bladder", std::nullopt});
  EXPECT_EQ(voxels(labelNamed("Bladder")), 4 * 144);
  EXPECT_EQ(voxels(ownBladder), 0);
  EXPECT_EQ(readStructureSet(acceptAndFind()).rois.size(), 3U);
}

TEST_F(WindowStructures, WhatIsAskedOfACaseIsNotAnsweredForTheNextOne) {
  start();
  messageButton("Start from it")->click();
  ASSERT_TRUE(waitFor([&] { return window_->findChild<RoiDialog*>() != nullptr; }));
  window_->openCase(folder_.path() / "ct");
  EXPECT_TRUE(waitFor([&] { return window_->findChild<RoiDialog*>() == nullptr; }));
  ASSERT_TRUE(waitFor([&] { return workbench_->caseState() == CaseState::Open && !workbench_->leaving(); }));
  takeSet();
  window_->actions().accept->trigger();
  ASSERT_TRUE(waitFor([&] { return window_->findChild<AcceptDialog*>() != nullptr; }));
  window_->openCase(folder_.path() / "ct");
  EXPECT_TRUE(waitFor([&] { return window_->findChild<AcceptDialog*>() == nullptr; }));
}

TEST_F(WindowStructures, ContoursThatChangedAfterTheyWereApprovedAreNotAccepted) {
  start();
  takeSet();
  paintBladder();
  window_->actions().accept->trigger();
  ASSERT_TRUE(waitFor([&] { return window_->findChild<AcceptDialog*>() != nullptr; }));
  auto* dialog = window_->findChild<AcceptDialog*>();
  dialog->approves().setChecked(true);
  dialog->name().setText("Doe");
  dialog->role().setText("oncologist");
  clickButton(*dialog, "Accept");
  workbench_->undo();
  EXPECT_TRUE(waitFor([&] { return hasMessage(*window_, "changed after they were approved"); }));
  EXPECT_FALSE(workbench_->accepted());
  EXPECT_EQ(readStructureSet(acceptAndFind()).approvalStatus, "UNAPPROVED");
}

TEST_F(WindowStructures, TheOutboxGetsWhatWasAcceptedAndNothingElse) {
  start();
  takeSet();
  const auto outbox = folder_.path() / "outbox";
  std::filesystem::create_directory(outbox);
  ExportOptions exports;
  exports.outbox = outbox;
  workbench_->setExports(exports);
  const auto written = acceptAndFind();
  std::vector<std::filesystem::path> sent;
  for (const auto& entry : std::filesystem::directory_iterator(outbox)) sent.push_back(entry.path());
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(readWholeFile(sent[0]), readWholeFile(written));
  EXPECT_TRUE(sent[0].filename().string().starts_with("RS."));
}

TEST_F(WindowStructures, PriorContoursAreLookedAtAndChangeNothing) {
  start();
  workbench_->openPrior(set_);
  ASSERT_TRUE(waitFor([&] { return workbench_->prior() != nullptr; }));
  EXPECT_EQ(labelCounts(workbench_->prior()->labels)[1], 4 * 144);
  EXPECT_EQ(workbench_->undoDepth(), 0);
  EXPECT_EQ(voxels(1), 0);
  EXPECT_TRUE(hasMessage(*window_, "Dashed: the contours of set.dcm"));
  window_->actions().closeBeside->trigger();
  EXPECT_EQ(workbench_->prior(), nullptr);
}

TEST_F(WindowStructures, ASecondSeriesOfTheSameFrameIsBlendedIntoThePicturesAlone) {
  const auto write = [&](const std::string& folder, const std::string& frame) {
    for (int slice = 0; slice < kSlices; ++slice) {
      DicomBytes ct;
      ct.columns = ct.rows = kEdge / 2;
      ct.pixels.assign(kEdge * kEdge / 4, 400);
      ct.spacing = "2\\2";
      ct.position = "0\\0\\" + std::to_string(3 * slice);
      ct.frameOfReference = frame;
      ct.series = "1.2.10";
      folder_.write(folder + "/" + std::to_string(slice) + ".dcm", ct.bytes());
    }
  };
  write("second", kFrame);
  write("elsewhere", "1.2.3.4");
  start();
  SliceView& view = window_->views().view(Plane::Axial);
  const QPoint middle = view.widgetFromWorld({20, 20, 9}).toPoint();
  const auto grey = [&] { return qGray(view.grab().toImage().pixel(middle)); };
  window_->views().setCrosshair({10, 10, 9});
  const int before = grey();
  workbench_->openSecondSeries(folder_.path() / "second");
  ASSERT_TRUE(waitFor([&] { return workbench_->secondSeries() != nullptr; }));
  EXPECT_EQ(workbench_->secondSeries()->volume.at({20, 20, 3}), 400);
  const int half = grey();
  EXPECT_GT(half, before + 20);
  for (int i = 0; i < 5; ++i) window_->actions().moreSecond->trigger();
  EXPECT_GE(grey(), 254) << "400 HU are white";
  EXPECT_EQ(workbench_->currentCase()->volume.at({20, 20, 3}), 40) << "what is measured stays";
  window_->actions().closeBeside->trigger();
  EXPECT_EQ(grey(), before);
  workbench_->openSecondSeries(folder_.path() / "elsewhere");
  ASSERT_TRUE(waitFor([&] { return hasMessage(*window_, "not in the frame of reference"); }));
  EXPECT_EQ(workbench_->secondSeries(), nullptr);
}

TEST_F(WindowStructures, ASegIsAStartAndAResult) {
  std::filesystem::remove(set_);
  SegToWrite seg;
  seg.ct = openCase(folder_.path() / "ct");
  LabelMap liver(seg.ct.geometry.size);
  liver.write({{4, 4, 1}, {16, 16, 5}}, {{12, 12, 4}, std::vector<Label>(12 * 12 * 4, Label{1})});
  seg.labels = LabelLayers(liver);
  seg.organs = OrganTable::named("word");
  seg.date = "20260101";
  seg.time = "101010";
  set_ = folder_.write("ct/a.seg.dcm", segmentationJobBytes(seg));
  bladderName_ = "Bladder";  // nobody is asked
  start();
  takeSet();
  EXPECT_EQ(workbench_->labels(), liver);
  workbench_->selectOrgan(1);
  window_->views().setCrosshair({10, 10, 6});
  window_->actions().brush->trigger();
  strokeThrough(window_->views().view(Plane::Axial), {{14, 18, 6}, {18, 18, 6}});
  const LabelMap revised = workbench_->labels();
  EXPECT_FALSE(revised == liver);
  acceptAndFind();
  const SegmentSet back =
      readSegmentation(workbench_->sessionFolder() / "revision.seg.dcm", workbench_->currentCase()->geometry);
  ASSERT_EQ(back.segments.size(), 1U);
  EXPECT_EQ(back.segments[0].voxels, revised);
  EXPECT_EQ(back.segments[0].algorithmType, "SEMIAUTOMATIC");
  EXPECT_FALSE(std::filesystem::exists(workbench_->sessionFolder() / "revision.rtstruct.dcm"));
}

}  // namespace
}  // namespace recontour
