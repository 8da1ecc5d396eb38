#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>

#include "core/base/progress_sink.h"
#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

namespace recontour {

enum class ContrastPhase { Venous, NonContrast };

/// A box in the patient, LPS mm.
struct BoundsMm {
  Point3 lower, upper;
};

struct PhantomOptions {
  std::uint64_t seed = 1;     ///< 0 is the mean patient: mean position, size and HU, but its own noise
  Point3 spacingMm{3, 3, 3};  ///< kMinPhantomSpacingMm..kMaxPhantomSpacingMm on each axis
  ContrastPhase phase = ContrastPhase::Venous;
  std::optional<BoundsMm> box;  ///< body frame; the parameter file's box when absent. Anatomy does not depend on it
  int threads = 0;              ///< 0: as many as the machine has cores
  std::filesystem::path parameterFile;  ///< empty: resources/phantom/abdomen.json
};
inline constexpr double kMinPhantomSpacingMm = 0.4;
inline constexpr double kMaxPhantomSpacingMm = 20.0;

/// A synthetic abdominal CT with its reference labels.
struct Phantom {
  Geometry geometry;  ///< LPS, identity direction; origin (centre of the first voxel) = lower corner of the box
  Volume volume;      ///< HU
  LabelMap labels;    ///< the 16 organs of the table `word`
};

/// Makes the CT and labels of a patient that never lived, from analytic shapes and smooth noise: body, bones, vessels,
/// 16 organs, bowel content, blur and noise. Body frame, mm: x to the left of the mid line, y = 0 at the kidneys'
/// plane, z = 0 at the femoral heads. Equal options give equal bytes, whatever the number of threads; other spacings
/// and phases show the same patient. Blocks for seconds: call it from a background thread.
/// @throws Error on a bad option or parameter file; kind Cancelled when `stop` was requested
/// Source: docs/formats/phantom.md.
Phantom generatePhantom(const PhantomOptions& options, ProgressSink& progress, std::stop_token stop);

}  // namespace recontour
