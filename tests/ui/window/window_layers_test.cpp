// A structure that lies over organs: drawn, seen, picked, measured and accepted beside them.
#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/io/label_file.h"
#include "tests/data/target_table.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/status_line.h"

namespace recontour {
namespace {

class WindowLayers : public Window {
 protected:
  /// The liver fills slice 2, the target is a disc in the middle of it.
  void openWithTarget() {
    open({}, false, tableWithTarget());
    ASSERT_TRUE(fixture->predict());
    view(Plane::Axial).setCrosshair(world({5, 5, 2}));
    workbench().selectOrgan(kTarget);
    BrushSettings brush = workbench().brush();
    brush.radiusMm = 5;
    workbench().setBrush(brush);
    fixture->paint({5, 5, 2});
  }
  int alphaAt(const Index3& voxel, std::size_t layer) {
    const QImage& image = const_cast<SlicePicture&>(view(Plane::Axial).picture()).labelLayer(layer);
    if (image.isNull()) return 0;
    return image.pixelColor(view(Plane::Axial).widgetFromWorld(world(voxel)).toPoint()).alpha();
  }
  std::int64_t count(Label organ) { return labelCounts(workbench().layers().of(organ))[organ]; }
  void pick(const Index3& voxel) {
    press(view(Plane::Axial), view(Plane::Axial).widgetFromWorld(world(voxel)), Qt::LeftButton, Qt::AltModifier);
    release(view(Plane::Axial), view(Plane::Axial).widgetFromWorld(world(voxel)));
  }
};

TEST_F(WindowLayers, BothAreSeenAndTheOneAboveLetsTheOtherThrough) {
  openWithTarget();
  EXPECT_EQ(count(kLiver), 144);
  EXPECT_EQ(count(kTarget), 21);
  EXPECT_GT(alphaAt({1, 1, 2}, 0), 0);
  EXPECT_GT(alphaAt({5, 5, 2}, 0), 0);
  EXPECT_GT(alphaAt({5, 5, 2}, 1), 0);
  EXPECT_LT(alphaAt({5, 5, 2}, 1), alphaAt({5, 5, 2}, 0)) << "filled with a third";
  EXPECT_EQ(alphaAt({1, 1, 2}, 1), 0);
  workbench().undo();
  EXPECT_EQ(alphaAt({5, 5, 2}, 1), 0);
  workbench().redo();
  EXPECT_GT(alphaAt({5, 5, 2}, 1), 0);
  view(Plane::Axial).setSlice(3);
  EXPECT_EQ(alphaAt({5, 5, 3}, 1), 0) << "nothing of it lies there";
}

TEST_F(WindowLayers, ClicksPickOneAfterTheOther) {
  openWithTarget();
  workbench().selectOrgan(kSpleen);
  pick({5, 5, 2});
  EXPECT_EQ(workbench().selectedOrgan(), kTarget) << "what lies above";
  pick({5, 5, 2});
  EXPECT_EQ(workbench().selectedOrgan(), kLiver);
  pick({5, 5, 2});
  EXPECT_EQ(workbench().selectedOrgan(), kTarget);
  pick({1, 1, 2});
  EXPECT_EQ(workbench().selectedOrgan(), kLiver);
}

TEST_F(WindowLayers, ACorrectionOfAnotherLayerIsOneOfItsOwn) {
  openWithTarget();
  keys(Qt::Key_5);
  fixture->paint({5, 5, 2});
  ASSERT_NE(workbench().correction(), nullptr);
  const int depth = workbench().undoDepth();
  workbench().selectOrgan(kLiver);
  fixture->paint({5, 5, 2}, true);
  ASSERT_NE(workbench().correction(), nullptr);
  EXPECT_EQ(workbench().correction()->organ, kLiver);
  EXPECT_GE(workbench().undoDepth(), depth) << "that of the target was taken";
}

TEST_F(WindowLayers, SwappingAcrossLayersIsRefusedInAMessage) {
  openWithTarget();
  QSignalSpy ended(&workbench(), &Workbench::operationEnded);
  workbench().runOperation({.kind = OperationKind::Swap, .organ = kTarget, .other = kLiver});
  ASSERT_TRUE(waitFor([&] { return ended.count() > 0; }));
  EXPECT_FALSE(ended[0][0].toBool());
  EXPECT_TRUE(hasMessage(*window, "cannot be swapped"));
  EXPECT_EQ(count(kTarget), 21);
}

TEST_F(WindowLayers, AcceptWritesAFileForEach) {
  openWithTarget();
  explainEmptyOrgans(workbench());
  QSignalSpy finished(&workbench(), &Workbench::acceptFinished);
  workbench().accept();
  ASSERT_TRUE(waitFor([&] { return finished.count() > 0; }));
  const auto folder = workbench().sessionFolder();
  const Geometry& grid = workbench().currentCase()->geometry;
  EXPECT_EQ(readLabelFileOn(folder / "revision.nii.gz", grid), workbench().labels());
  EXPECT_EQ(readLabelFileOn(folder / "revision_ptv.nii.gz", grid), workbench().layers().of(kTarget));
  EXPECT_EQ(readJsonFile(folder / "result.json").at("layers").at(0).at("file"), "revision_ptv.nii.gz");
}

}  // namespace
}  // namespace recontour
