#pragma once
#include <functional>

#include "core/image/organ_table.h"
#include "core/session/session.h"
#include "core/study/reader_package.h"
#include "tests/data/fake_clock.h"

namespace recontour {

/// Reads a task as the window does, without one: opens its image and start map, checks their hashes, begins, does
/// `edits` and lets `clock` go on in it, says that all is acceptable, accepts with revision.nii.gz and result.json
/// written, and adds a receipt to the package. What was begun or accepted before goes on.
/// @return the receipt. @throws Error as the window refuses a case: another image, another start map
Receipt readTask(const ReaderPackage& package, const PackagedTask& task, const OrganTable& organs, FakeClock& clock,
                 const std::function<void(Session&)>& edits);

/// The same up to before *clinically acceptable*: the reader leaves the case open.
void beginTask(const ReaderPackage& package, const PackagedTask& task, const OrganTable& organs, FakeClock& clock,
               const std::function<void(Session&)>& edits);

/// One dab of a brush: the voxel is `organ` (0: nothing), in a stroke of 500 ms behind 500 ms of looking on.
void dab(Session& session, FakeClock& clock, Label organ, const Index3& voxel);

/// A stroke for training along an axial slice, of an organ or (0) the background.
void draw(Session& session, FakeClock& clock, Label label, const Index3& from, const Index3& to);

/// Pointer over the view for this long, looked at twice a second.
void lookAround(Session& session, FakeClock& clock, double seconds);

}  // namespace recontour
