#pragma once
#include <cstdint>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"

namespace recontour {

/// A piece of a training image and what is known of it, both x fastest.
struct Patch {
  std::vector<float> image;   ///< normalised
  std::vector<Label> labels;  ///< channel of the network, or kIgnored
};

/// Where a trainer's patches come from. Patch `number` of a source is always the same, whatever was drawn before and
/// on whichever thread, so that a training that goes on after a stop sees what it would have seen.
class PatchSource {
 public:
  virtual ~PatchSource() = default;
  virtual Size3 size() const = 0;  ///< of every patch
  /// Any thread.
  virtual Patch draw(std::uint64_t number) const = 0;
};

}  // namespace recontour
