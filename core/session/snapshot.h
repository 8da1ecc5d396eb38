#pragma once
#include <cstddef>
#include <string>

#include "core/session/event.h"
#include "core/session/replay.h"

namespace recontour {

/// Payload of a snapshot: one block of runs for each layer, in the order of LabelLayers::numbers().
std::string encodeLayers(const LabelLayers& layers);

/// The labels of a snapshot in a session whose other state is that of the same moment.
/// @throws std::exception when it cannot be read or is of another moment
LabelLayers snapshotLabels(const ReplayedSession& session, const Event& snapshot);

/// What came since the last snapshot: how long opening would take without another.
class SinceSnapshot {
 public:
  static constexpr int kSteps = 200;
  static constexpr std::size_t kBytes = std::size_t{8} << 20;
  void note(const Event& event);
  bool due() const { return steps_ >= kSteps || (steps_ > 0 && bytes_ >= kBytes); }

 private:
  int steps_ = 0;          ///< edits, starts, undos, redos
  std::size_t bytes_ = 0;  ///< of their payloads, inflated
};

}  // namespace recontour
