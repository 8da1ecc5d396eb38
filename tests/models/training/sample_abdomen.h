#pragma once
#include "core/image/label_map.h"
#include "models/training/word_organs.h"

namespace recontour {

/// A label map of balls and boxes on 3 mm voxels where the organs of a usual body lie: mid line at x = 55, heads of the
/// femora at z = 20, kidneys at z = 95.
class SampleAbdomen {
 public:
  static constexpr Size3 kSize{112, 84, 124};

  LabelMap map() const { return LabelMap::fromDense(kSize, labels_); }
  void addBall(Label label, const Index3& centre, int radius) {
    each([&](std::size_t at, const Index3& p) {
      const Index3 d{p.x - centre.x, p.y - centre.y, p.z - centre.z};
      if (d.x * d.x + d.y * d.y + d.z * d.z <= radius * radius) labels_[at] = label;
    });
  }
  void addBox(Label label, const Box& box) {
    each([&](std::size_t at, const Index3& p) {
      if (box.contains(p)) labels_[at] = label;
    });
  }
  void keepOnly(Label label) {
    for (Label& there : labels_)
      if (there != label) there = 0;
  }
  void remove(Label label) {
    for (Label& there : labels_)
      if (there == label) there = 0;
  }

  static SampleAbdomen whole() {
    using namespace word;
    SampleAbdomen abdomen;
    abdomen.addBox(kIntestine, {{38, 24, 50}, {76, 38, 76}});
    abdomen.addBox(kColon, {{26, 28, 60}, {36, 44, 84}});
    abdomen.addBox(kPancreas, {{48, 38, 94}, {72, 43, 99}});
    abdomen.addBox(kDuodenum, {{40, 36, 84}, {46, 42, 98}});
    abdomen.addBox(kRectum, {{51, 58, 18}, {60, 66, 34}});
    abdomen.addBox(kEsophagus, {{56, 42, 112}, {61, 47, 124}});
    abdomen.addBall(kLiver, {30, 36, 102}, 19);
    abdomen.addBox(kAdrenal, {{42, 48, 106}, {46, 52, 112}});
    abdomen.addBall(kSpleen, {88, 50, 104}, 9);
    abdomen.addBall(kStomach, {74, 30, 106}, 11);
    abdomen.addBall(kGallbladder, {38, 28, 86}, 5);
    abdomen.addBall(kKidneyLeft, {75, 56, 95}, 9);
    abdomen.addBall(kKidneyRight, {35, 58, 93}, 9);
    abdomen.addBall(kBladder, {55, 42, 30}, 9);
    abdomen.addBall(kFemurLeft, {85, 50, 20}, 8);
    abdomen.addBall(kFemurRight, {25, 50, 20}, 8);
    return abdomen;
  }

 private:
  SampleAbdomen() : labels_(voxelCount(kSize)) {}
  template <typename Visit>
  void each(const Visit& visit) {
    std::size_t at = 0;
    for (int z = 0; z < kSize.z; ++z)
      for (int y = 0; y < kSize.y; ++y)
        for (int x = 0; x < kSize.x; ++x) visit(at++, Index3{x, y, z});
  }
  std::vector<Label> labels_;
};

}  // namespace recontour
