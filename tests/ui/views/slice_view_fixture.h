#pragma once
#include <QSignalSpy>
#include <QTest>
#include <memory>

#include <gtest/gtest.h>

#include "tests/ui/views/test_events.h"
#include "ui/views/slice_view.h"

namespace recontour {

/// 20 x 20 x 10 voxels of 2 x 2 x 4 mm: 40 mm on every side, LPS, the first voxel's centre at the world's origin.
inline Geometry cube() { return {.size = {20, 20, 10}, .spacing = {2, 2, 4}, .origin = {}}; }

inline Volume airVolume(const Size3& size) { return {size, std::vector<std::int16_t>(voxelCount(size), -1024)}; }

/// Something different in every voxel.
inline Volume rampVolume(const Size3& size) {
  std::vector<std::int16_t> voxels;
  for (std::size_t i = 0; i < voxelCount(size); ++i) voxels.push_back(static_cast<std::int16_t>(i * 37 % 400) - 150);
  return {size, std::move(voxels)};
}

/// A shown view whose picture has 400 x 400 pixels, 10 a millimetre, from (0, 24) on: the heading has the strip above,
/// the foot the one below, the slider 20 pixels more at the right.
inline std::unique_ptr<SliceView> shownView(Plane plane, const Volume& volume, const Geometry& geometry) {
  auto view = std::make_unique<SliceView>(plane);
  view->resize(420, 448);
  view->setVolume(volume, AxisMap(geometry));
  view->show();
  EXPECT_TRUE(QTest::qWaitForWindowExposed(view.get()));
  return view;
}
inline std::unique_ptr<SliceView> shownView(Plane plane) { return shownView(plane, airVolume(cube().size), cube()); }

}  // namespace recontour
