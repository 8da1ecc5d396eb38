#include "models/training/usual_body.h"

#include "models/training/tissue_map.h"

namespace recontour {

std::optional<double> guessKidneys(const OrganPlaces& places, std::span<const Label> organs, int axis) {
  double sum = 0;
  int count = 0;
  for (const Label organ : organs) {
    if (!places[organ].there()) continue;
    sum += places[organ].centroid[axis] - kUsualPlaces[organ][axis] / kSynthesisMm;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

}  // namespace recontour
