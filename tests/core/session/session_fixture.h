#pragma once
#include <memory>

#include <gtest/gtest.h>

#include "core/session/session.h"
#include "tests/data/fake_clock.h"
#include "tests/data/small_case.h"
#include "tests/data/temporary_folder.h"

namespace recontour {

inline constexpr Label kLiver = 1, kSpleen = 2, kKidneyLeft = 3;

/// A session on smallCase() (12 x 12 x 6 voxels of 2 x 2 x 5 mm) in a folder of its own.
class SessionTest : public testing::Test {
 protected:
  std::unique_ptr<Session> open(bool readOnly = false) {
    return Session::open(folder.path() / "R1", smallCase(), organs, "R1", clock,
                         {.access = readOnly ? Access::Read : Access::Edit});
  }
  /// Ends the session and waits until its log is on disk.
  static void finish(Session& session) {
    session.close();
    EXPECT_TRUE(session.flushed());
  }
  std::filesystem::path log() const { return folder.path() / "R1" / "session.rclog"; }
  static PointerSample at(const Index3& voxel) {
    PointerSample sample;
    sample.pointMm = smallCase().geometry.toWorld(voxel);
    sample.slice = voxel.z;
    return sample;
  }
  /// One voxel of the selected organ, or of whatever organ is to be erased there.
  static void dab(Session& session, const Index3& voxel, bool erase = false) {
    session.beginStroke({.label = session.selectedOrgan(), .radiusMm = 0.5, .ball = false, .erase = erase}, at(voxel));
    session.endStroke();
  }
  /// A start map in which slice `z` is all `organ`.
  static StartMap slab(Label organ, int z) {
    StartMap start;
    start.labels = LabelMap(smallCase().geometry.size);
    for (int y = 0; y < 12; ++y) start.labels.writeRow(y, z, 0, std::vector<Label>(12, organ));
    start.source = StartSource::Prediction;
    start.name = "fake";
    start.modelHash = std::string(64, 'a');
    start.settings = R"({"device":"cpu"})";
    return start;
  }
  TemporaryFolder folder;
  FakeClock clock;
  OrganTable organs = OrganTable::named("word");
};

}  // namespace recontour
