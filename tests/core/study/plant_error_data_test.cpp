// Errors planted into a real label map: their size, and how long it takes.
#include <chrono>
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/io/label_file.h"
#include "core/study/plant_error.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

using Clock = std::chrono::steady_clock;

bool hasChosenSize(const std::string& kind) {
  return kind == "missing_part" || kind == "spill" || kind == "extra_island";
}

TEST(PlantErrorData, ErrorsOfRealOrgansHaveTheirSize) {
  REQUIRE_REFERENCE_DATA();
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const OrganTable organs = OrganTable::named("word");
  for (const std::string& kind : plantedErrorNames()) {
    for (const std::string key : {"liver", "kidney_left", "pancreas"}) {
      const auto start = Clock::now();
      const PlantRequest request{.kind = kind, .organ = organs.find(key)->label, .targetMl = 5, .seed = 11};
      const PlantedMap planted = plantError(image.labels, image.geometry, organs, request);
      const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
      std::printf("%-13s %-11s %8.2f mL  %.2f s\n", kind.c_str(), key.c_str(), planted.ml, seconds);
      if (hasChosenSize(kind)) {
        EXPECT_NEAR(planted.ml, 5, 1) << kind << " of " << key;
      }
    }
  }
}

}  // namespace
}  // namespace recontour
