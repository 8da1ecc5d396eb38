#include "models/training/radial_surface.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

std::vector<double> gaussian(double deviation) {
  const int reach = static_cast<int>(std::ceil(2.5 * deviation));
  std::vector<double> weights;
  double sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(std::exp(-0.5 * i * i / (deviation * deviation)));
    sum += weights.back();
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

}  // namespace

float RadialSurface::radius(int z, float angle) const {
  const int first = static_cast<int>(angle);
  const float part = angle - static_cast<float>(first);
  const float a = at(z, first % kAngles), b = at(z, (first + 1) % kAngles);
  return a + part * (b - a);
}

void RadialSurface::smooth(double angles, double slices) {
  smoothAngles(angles);
  smoothSlices(slices);
}

void RadialSurface::smoothAngles(double deviation) {
  const std::vector<double> weights = gaussian(deviation);
  const int reach = static_cast<int>(weights.size() / 2), slices = static_cast<int>(radii_.size()) / kAngles;
  const std::vector<float> before = radii_;
  for (int z = 0; z < slices; ++z) {
    for (int angle = 0; angle < kAngles; ++angle) {
      double sum = 0;
      for (int k = -reach; k <= reach; ++k)
        sum += weights[static_cast<std::size_t>(k + reach)] *
               static_cast<double>(before[index(z, (angle + k + kAngles) % kAngles)]);
      at(z, angle) = static_cast<float>(sum);
    }
  }
}

void RadialSurface::smoothSlices(double deviation) {
  const std::vector<double> weights = gaussian(deviation);
  const int reach = static_cast<int>(weights.size() / 2), last = static_cast<int>(radii_.size()) / kAngles - 1;
  const std::vector<float> before = radii_;
  for (int z = 0; z <= last; ++z) {
    for (int angle = 0; angle < kAngles; ++angle) {
      double sum = 0;
      for (int k = -reach; k <= reach; ++k)
        sum += weights[static_cast<std::size_t>(k + reach)] *
               static_cast<double>(before[index(std::clamp(z + k, 0, last), angle)]);
      at(z, angle) = static_cast<float>(sum);
    }
  }
}

}  // namespace recontour
