// Three corrections of a real CT, done in the window as a reader does them: what each takes in keys, pointer actions
// and seconds, by the Keystroke-Level Model (Card, Moran & Newell 1980). docs/manual/revise.md shows the figures.
#include <chrono>
#include <cmath>
#include <cstdio>

#include "core/edit/correction.h"
#include "core/edit/scratch_target.h"
#include "core/io/label_file.h"
#include "tests/data/reference_data.h"
#include "tests/ui/window/window_fixture.h"

namespace recontour {
namespace {

constexpr Label kRightKidney = 4, kColon = 10, kBladder = 14;
constexpr int kFirstSlice = 56, kLastSlice = 63;  // of the liver's border
constexpr double kKeyS = 0.2, kPointS = 1.1, kButtonS = 0.1, kThinkS = 1.35;

/// A reader's hands: every action is counted, and goes to the window.
class Hands {
 public:
  Hands(MainWindow& window, SliceView& view) : window_(window), view_(view) {}
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    keys_ += 1 + (modifiers.testFlag(Qt::ControlModifier) ? 1 : 0) + (modifiers.testFlag(Qt::AltModifier) ? 1 : 0);
    QTest::keyClick(&view_, key, modifiers);
  }
  void point(const Point3& world) {
    ++points_;
    hover(view_, view_.widgetFromWorld(world));
  }
  void line(const std::vector<Point3>& path, Qt::MouseButton button = Qt::LeftButton) {
    point(path.front());
    ++points_;  // the way to its end
    ++buttons_;
    press(view_, view_.widgetFromWorld(path.front()), button);
    for (const Point3& at : path) drag(view_, view_.widgetFromWorld(at), button);
    release(view_, view_.widgetFromWorld(path.back()), button);
  }
  void click(const Point3& world) {
    point(world);
    ++buttons_;
    press(view_, view_.widgetFromWorld(world));
    release(view_, view_.widgetFromWorld(world));
  }
  int keys() const { return keys_; }
  int points() const { return points_; }
  double seconds(int decisions) const {
    return keys_ * kKeyS + points_ * kPointS + 2 * buttons_ * kButtonS + decisions * kThinkS;
  }

 private:
  MainWindow& window_;
  SliceView& view_;
  int keys_ = 0, points_ = 0, buttons_ = 0;
};

class SetCorrections : public testing::Test {
 protected:
  void open(const LabelMap& start) {
    const TemporaryFolder made;
    writeLabelFile(made / "start.nii.gz", start, grid());
    Workbench::Options options;
    options.sessionsFolder = folder.path();
    options.predictionFile = made / "start.nii.gz";
    workbench = std::make_unique<Workbench>(options, OrganTable::named("word"), makeThreadCaseSource(), nullptr);
    window = shownWindow(*workbench);
    window->openCase(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz"));
    ASSERT_TRUE(waitFor([&] { return workbench->caseState() == CaseState::Open && workbench->undoDepth() == 1; }));
    hands = std::make_unique<Hands>(*window, axial());
  }
  static LabelMap predicted() {
    return readLabelFile(referenceData("ct_lits0/lits0_obelisk_fold1_wordids.nii.gz")).labels;
  }
  static const Case& ct() {
    static const Case opened = openCase(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz"));
    return opened;
  }
  static const Geometry& grid() { return ct().geometry; }
  static Point3 world(double x, double y, double z) { return grid().toWorld(Point3{x, y, z}); }
  SliceView& axial() { return window->views().view(Plane::Axial); }
  /// The reader scrolls there, which every way takes alike; it is not counted.
  void look(double x, double y, double z) { window->views().setCrosshair(world(x, y, z)); }
  void waitForOperation(const std::function<void()>& ask) {
    bool ended = false;
    QObject::connect(workbench.get(), &Workbench::operationEnded, window.get(), [&] { ended = true; });
    ask();
    ASSERT_TRUE(waitFor([&] { return ended; }));
  }
  void tell(const char* what, const char* way, int decisions, double quality, const char* unit) {
    std::printf("%s | %s | %d | %d | %.1f | %.3f %s\n", what, way, hands->keys(), hands->points(),
                hands->seconds(decisions), quality, unit);
  }
  const TemporaryFolder folder;
  std::unique_ptr<Workbench> workbench;
  std::unique_ptr<MainWindow> window;
  std::unique_ptr<Hands> hands;
};

double dscOf(const LabelMap& truth, const LabelMap& found, Label label, const Box& box) {
  const DenseBox a = truth.copy(box), b = found.copy(box);
  double both = 0, sum = 0;
  for (std::size_t i = 0; i < a.labels.size(); ++i) {
    both += a.labels[i] == label && b.labels[i] == label;
    sum += (a.labels[i] == label) + (b.labels[i] == label);
  }
  return 2 * both / sum;
}

/// The right kidney, grown from lines in its cortex, labelled as `label`.
LabelMap withRightKidney(const LabelMap& labels, const Case& ct, Label label) {
  ScratchTarget owner(labels, ct.geometry);
  CorrectionInputs inputs{.organ = label, .reachMm = 25};
  const AxisMap axisMap(ct.geometry);
  for (const double z : {38.0, 42.0, 46.0}) {
    const Point3 at = ct.geometry.toWorld(Point3{71, 121, z});
    PointerSample sample{.pointMm = at, .plane = Plane::Axial, .slice = axisMap.sliceAt(Plane::Axial, at)};
    inputs.strokes.push_back({label, {sample}});
  }
  EditTransaction edit(owner, "set", {});
  execute(inputs, {labels, ct.volume, axisMap}, edit);
  edit.commit();
  return owner.editableLabels();
}

TEST_F(SetCorrections, ARightKidneyLabelledColonTakesFourKeys) {
  REQUIRE_REFERENCE_DATA();
  const LabelMap truth = withRightKidney(predicted(), ct(), kRightKidney);
  ASSERT_GT(labelCounts(truth)[kRightKidney], 3000);
  open(withRightKidney(predicted(), ct(), kColon));
  look(71, 121, 42);
  hands->point(world(71, 121, 42));
  hands->key(Qt::Key_4, Qt::AltModifier);
  waitForOperation([&] { hands->key(Qt::Key_P, Qt::ControlModifier); });
  const double dsc = dscOf(truth, workbench->labels(), kRightKidney, grid().box());
  tell("right kidney labelled colon", "Alt+4, point at it, Ctrl+P", 1, dsc, "DSC");
  EXPECT_EQ(dsc, 1);
  EXPECT_EQ(labelCounts(workbench->labels())[kColon], 0);
  EXPECT_EQ(hands->keys(), 4);
  EXPECT_EQ(hands->points(), 1);
}

/// The outermost 15 voxels (21 mm) of the liver at the patient's right are missing on eight slices.
class LiverBorder : public SetCorrections {
 protected:
  static Box slices() { return {{0, 0, kFirstSlice}, {256, 256, kLastSlice + 1}}; }
  static int border(int z) {
    Box slice = slices();
    slice.lower.z = z;
    slice.upper.z = z + 1;
    const DenseBox dense = truth().copy(slice);
    for (int x = 0; x < 256; ++x) {
      for (int y = 0; y < 256; ++y) {
        if (dense.labels[std::size_t(y * 256 + x)] == kLiver) return x;
      }
    }
    return 0;
  }
  static const LabelMap& truth() {
    static const LabelMap labels = predicted();
    return labels;
  }
  static LabelMap wrong() {
    LabelMap labels = truth();
    for (int z = kFirstSlice; z <= kLastSlice; ++z) {
      const Box missing{{0, 0, z}, {border(z) + 15, 256, z + 1}};
      DenseBox dense = labels.copy(missing);
      std::ranges::replace(dense.labels, kLiver, Label{0});
      labels.write(missing, dense);
    }
    return labels;
  }
  /// Along the middle of what is missing.
  static std::vector<Point3> throughMissing(int z) {
    std::vector<Point3> path;
    for (int y = 0; y < 256; y += 4) {
      double sum = 0;
      int count = 0;
      for (int x = border(z); x < border(z) + 15; ++x) {
        if (truth().at({x, y, z}) != kLiver) continue;
        sum += x;
        ++count;
      }
      if (count > 6) path.push_back(world(sum / count, y, z));
    }
    return path;
  }
  double dsc() { return dscOf(truth(), workbench->labels(), kLiver, slices()); }
};

TEST_F(LiverBorder, TakesOneLineAndOneKey) {
  REQUIRE_REFERENCE_DATA();
  open(wrong());
  const double before = dsc();
  workbench->selectOrgan(kLiver);
  look(70, 140, 59);
  hands->key(Qt::Key_5);
  hands->line(throughMissing(59));
  hands->key(Qt::Key_Return);
  tell("liver border on 8 slices", "5, one line in what is missing, Enter", 1, dsc(), "DSC on these slices");
  std::printf("(before: %.3f)\n", before);
  EXPECT_GT(dsc(), before + 0.03);
  EXPECT_GT(dsc(), 0.98);
  EXPECT_EQ(hands->keys(), 2);
}

TEST_F(LiverBorder, RedrawnSliceBySliceTakesEightLines) {
  REQUIRE_REFERENCE_DATA();
  open(wrong());
  workbench->selectOrgan(kLiver);
  look(70, 140, kFirstSlice);
  hands->key(Qt::Key_0);
  for (int z = kFirstSlice; z <= kLastSlice; ++z) {
    const int x = border(z) + 15;  // from border to border, along the true contour
    std::vector<Point3> path;
    int low = 256, high = 0;
    for (int y = 0; y < 256; ++y) {
      if (truth().at({x, y, z}) != kLiver) continue;
      low = std::min(low, y);
      high = std::max(high, y);
    }
    for (int y = low; y <= high; y += 2) {
      int edge = x;
      while (edge > 0 && truth().at({edge - 1, y, z}) == kLiver) --edge;
      path.push_back(world(edge - 0.5, y, z));
    }
    hands->line(path);
    if (z < kLastSlice) hands->key(Qt::Key_PageUp);
  }
  tell("liver border on 8 slices", "0, the border redrawn on each slice", 8, dsc(), "DSC on these slices");
  EXPECT_GT(dsc(), 0.97);
}

class MissingBladder : public SetCorrections {
 protected:
  double millilitres() { return double(labelCounts(workbench->labels())[kBladder]) * grid().voxelVolumeMm3() / 1000; }
};

TEST_F(MissingBladder, TakesTwoLinesAndOneKey) {
  REQUIRE_REFERENCE_DATA();
  open(predicted());
  workbench->selectOrgan(kBladder);
  look(131, 134, 10);
  hands->key(Qt::Key_5);
  BrushSettings brush = workbench->brush();
  brush.reachMm = 40;
  workbench->setBrush(brush);
  hands->line({world(116, 128, 10), world(131, 145, 10), world(146, 128, 10)});
  hands->key(Qt::Key_Return);
  tell("missing bladder", "5, one line in it, Enter", 1, millilitres(), "mL");
  EXPECT_GT(millilitres(), 100);
  EXPECT_LT(millilitres(), 500);
}

}  // namespace
}  // namespace recontour
