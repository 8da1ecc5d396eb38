// The revision beside or in turn with the prediction, the reference and their difference.
#include "core/io/label_file.h"
#include "tests/ui/window/window_fixture.h"

namespace recontour {
namespace {

class WindowCompare : public Window {
 protected:
  /// A predicted case whose liver has lost a voxel on the shown slice, voxel (5, 5, 2).
  void openEdited() {
    open();
    ASSERT_TRUE(fixture->predict());
    view(Plane::Axial).setCrosshair(world({5, 5, 2}));
    keys(Qt::Key_4);
    workbench().setBrush({.radiusMm = 0.6});
    strokeThrough(view(Plane::Axial), {world({5, 5, 2})}, Qt::ControlModifier);
    ASSERT_EQ(workbench().labels().at({5, 5, 2}), 0);
    hover(view(Plane::Axial), {2, 2});
  }
  /// Colour of the label layer under a voxel; transparent where no label is seen.
  QColor seen(const SliceView& slice, const Index3& voxel) {
    const QPointF at = slice.widgetFromWorld(world(voxel));
    return const_cast<SlicePicture&>(slice.picture()).labelLayer().pixelColor(at.toPoint());
  }
  std::vector<SliceView*> companions() {
    std::vector<SliceView*> found;
    for (auto* slice : window->views().findChildren<SliceView*>()) {
      const bool own =
          slice == &view(Plane::Axial) || slice == &view(Plane::Coronal) || slice == &view(Plane::Sagittal);
      if (!own && slice->isVisible()) found.push_back(slice);
    }
    return found;
  }
  bool isShown(const QString& caption) {
    const auto all = companions();
    return std::any_of(all.begin(), all.end(), [&](const SliceView* slice) { return slice->caption() == caption; });
  }
};

TEST_F(WindowCompare, BracesShowPredictionAndDifferenceInTurn) {
  openEdited();
  const SliceView& axial = view(Plane::Axial);
  EXPECT_EQ(seen(axial, {5, 5, 2}).alpha(), 0);
  keys(Qt::Key_BraceRight);  // the prediction
  EXPECT_GT(seen(axial, {5, 5, 2}).alpha(), 0);
  EXPECT_GT(seen(axial, {3, 3, 2}).alpha(), 0);
  keys(Qt::Key_BraceRight);  // the difference: what was taken away, in orange
  EXPECT_GT(seen(axial, {5, 5, 2}).red(), seen(axial, {5, 5, 2}).blue());
  EXPECT_EQ(seen(axial, {3, 3, 2}).alpha(), 0);
  keys(Qt::Key_BraceRight);  // the revision again
  EXPECT_EQ(seen(axial, {5, 5, 2}).alpha(), 0);
  keys(Qt::Key_BraceLeft);
  EXPECT_EQ(seen(axial, {3, 3, 2}).alpha(), 0);
}

TEST_F(WindowCompare, AStrokeBringsTheRevisionBack) {
  openEdited();
  keys(Qt::Key_BraceRight);
  strokeThrough(view(Plane::Axial), {world({3, 3, 2})}, Qt::ControlModifier);
  EXPECT_EQ(seen(view(Plane::Axial), {5, 5, 2}).alpha(), 0);
  EXPECT_EQ(seen(view(Plane::Axial), {3, 3, 2}).alpha(), 0);
}

TEST_F(WindowCompare, SideBySideViewsGoTogether) {
  openEdited();
  keys(Qt::Key_D, Qt::ControlModifier);
  QCoreApplication::processEvents();
  const auto beside = companions();
  ASSERT_EQ(beside.size(), 2U);  // prediction and difference
  EXPECT_FALSE(view(Plane::Coronal).isVisible());
  EXPECT_TRUE(window->actions().compare->isChecked());
  EXPECT_GT(seen(*beside[0], {5, 5, 2}).alpha(), 0);
  wheel(view(Plane::Axial), {50, 50}, 1);
  EXPECT_EQ(beside[0]->sliceNumber(), 3);
  wheel(*beside[1], {50, 50}, -1);
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), 2);
  const double before = view(Plane::Axial).pixelsPerMm();
  wheel(*beside[0], {50, 50}, 3, Qt::ControlModifier);
  EXPECT_GT(view(Plane::Axial).pixelsPerMm(), 1.5 * before);
  strokeThrough(view(Plane::Axial), {world({3, 3, 2})}, Qt::ControlModifier);
  EXPECT_GT(seen(*beside[1], {3, 3, 2}).alpha(), 0);  // the difference follows the stroke
  keys(Qt::Key_D, Qt::ControlModifier);
  EXPECT_TRUE(companions().empty());
  EXPECT_TRUE(view(Plane::Coronal).isVisible());
  EXPECT_FALSE(window->actions().compare->isChecked());
}

TEST_F(WindowCompare, TheNextArrangementAndAnotherCaseEndTheComparison) {
  openEdited();
  keys(Qt::Key_D, Qt::ControlModifier);
  keys(Qt::Key_Bar);
  EXPECT_TRUE(companions().empty());
  EXPECT_FALSE(window->actions().compare->isChecked());
  keys(Qt::Key_D, Qt::ControlModifier);
  EXPECT_FALSE(companions().empty());
  window->openCase("small.nii.gz");
  EXPECT_TRUE(companions().empty());
}

TEST_F(WindowCompare, ADifferenceThatIsNoneSaysSoAndSpeaksUpAfterTheFirstStroke) {
  open();
  ASSERT_TRUE(fixture->predict());
  keys(Qt::Key_D, Qt::ControlModifier);
  ASSERT_EQ(companions().size(), 2U);
  EXPECT_TRUE(isShown("No difference to prediction on any slice"));
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {world({5, 5, 2})}, Qt::ControlModifier);
  EXPECT_TRUE(isShown("Difference to prediction, all organs"));
}

TEST_F(WindowCompare, WithoutContoursThereIsNothingToCompare) {
  open();
  keys(Qt::Key_BraceRight);
  EXPECT_TRUE(hasMessage(*window, "nothing to compare"));
  keys(Qt::Key_D, Qt::ControlModifier);
  EXPECT_FALSE(window->actions().compare->isChecked());
  EXPECT_TRUE(companions().empty());
}

TEST_F(WindowCompare, TheReferenceIsComparedOnlyWhereTheReaderHasItShown) {
  openEdited();
  const auto file = fixture->folder / "reference.nii.gz";
  writeLabelFile(file, LabelMap({12, 12, 6}), workbench().currentCase()->geometry);
  workbench().openReference(file);
  ASSERT_TRUE(waitFor([&] { return workbench().reference() != nullptr; }));
  keys(Qt::Key_D, Qt::ControlModifier);
  EXPECT_EQ(companions().size(), 2U);
  keys(Qt::Key_D, Qt::ControlModifier);
  workbench().setReferenceShown(true);
  keys(Qt::Key_D, Qt::ControlModifier);
  EXPECT_EQ(companions().size(), 3U);  // prediction, reference, difference to the reference
  workbench().setReferenceShown(false);
  EXPECT_EQ(companions().size(), 2U);  // it goes at once
}

}  // namespace
}  // namespace recontour
