#include <algorithm>
#include <cmath>

#include "models/training/painters.h"

namespace recontour {
namespace {

constexpr float kUnknown = -1;

/// Height of the diaphragm over each (x, y), in slices: the top of the organs under it, smoothly continued to where
/// there are none.
class Dome {
 public:
  explicit Dome(const Patient& patient);
  bool there() const { return highest_ > 0; }
  double highest() const { return highest_; }
  float at(int x, int y) const { return heights_[static_cast<std::size_t>(y * width_ + x)]; }

 private:
  void readTops(const Patient& patient);
  void carryOn();

  int width_, depth_;
  double highest_ = 0;
  std::vector<float> heights_;
  std::vector<char> known_;
};

Dome::Dome(const Patient& patient)
    : width_(patient.map.size.x),
      depth_(patient.map.size.y),
      heights_(static_cast<std::size_t>(width_ * depth_), kUnknown) {
  readTops(patient);
  if (there()) carryOn();
}

void Dome::readTops(const Patient& patient) {
  double sum = 0, count = 0;
  patient.eachVoxel([&](std::size_t at, int x, int y, int z) {
    const Label label = patient.map.labels[at];
    if (label != word::kLiver && label != word::kSpleen && label != word::kStomach) return;
    if (patient.frame.height(z) < 0.9) return;
    heights_[static_cast<std::size_t>(y * width_ + x)] = static_cast<float>(z + 1);
    highest_ = std::max(highest_, double(z + 1));
  });
  for (const float height : heights_) {
    known_.push_back(height != kUnknown);
    if (height == kUnknown) continue;
    sum += static_cast<double>(height);
    count += 1;
  }
  // Away from the organs the diaphragm hangs lower.
  const auto start = static_cast<float>(count > 0 ? sum / count - 6 : 0);
  for (float& height : heights_)
    if (height == kUnknown) height = start;
}

/// Heat flow from the known columns, and a little of it over them against steps.
void Dome::carryOn() {
  for (int round = 0; round < 60; ++round) {
    for (int y = 1; y + 1 < depth_; ++y) {
      for (int x = 1; x + 1 < width_; ++x) {
        const auto at = static_cast<std::size_t>(y * width_ + x);
        const float mean = (heights_[at - 1] + heights_[at + 1] + heights_[at - static_cast<std::size_t>(width_)] +
                            heights_[at + static_cast<std::size_t>(width_)]) /
                           4;
        if (!known_[at]) heights_[at] = mean;
      }
    }
  }
}

/// Ellipsoid of the heart on the left dome, with a rim of fat.
struct Heart {
  Point3 centre, radii;
  double distance(double x, double y, double z) const {
    const double a = (x - centre.x) / radii.x, b = (y - centre.y) / radii.y, c = (z - centre.z) / radii.z;
    return std::sqrt(a * a + b * b + c * c);
  }
};

Heart placeHeart(const Patient& patient, const Dome& dome, PortableRandom& random) {
  const FrameSlice& slice = patient.frame.slice(static_cast<int>(dome.highest()));
  Heart heart;
  heart.radii = {scaledVoxels(patient, random.between(50, 62)), scaledVoxels(patient, random.between(38, 48)),
                 scaledVoxels(patient, random.between(36, 46))};
  heart.centre.x = slice.midX + scaledVoxels(patient, random.between(12, 28));
  heart.centre.y = slice.centreY - scaledVoxels(patient, random.between(18, 30));
  const int x = std::clamp(static_cast<int>(heart.centre.x), 0, patient.map.size.x - 1),
            y = std::clamp(static_cast<int>(heart.centre.y), 0, patient.map.size.y - 1);
  heart.centre.z = static_cast<double>(dome.at(x, y)) + heart.radii.z * 0.85;
  return heart;
}

Tissue ofHeart(double distance, float field) {
  if (distance > 0.9) return Tissue::VisceralFat;
  return distance > 0.72 + 0.06 * static_cast<double>(field) ? Tissue::HeartMuscle : Tissue::HeartBlood;
}

/// Soft tissue between the lungs, around spine, vessels and esophagus.
bool inMediastinum(const FrameSlice& slice, int x, int y) {
  const double fromMid = std::abs(x - slice.midX);
  return y > slice.spineY - 20 && fromMid < 8.5 - 0.2 * std::abs(y - (slice.spineY - 7));
}

}  // namespace

void paintChest(Patient& patient) {
  const Dome dome(patient);
  if (!dome.there()) return;
  PortableRandom random = patient.random("chest");
  const Heart heart = placeHeart(patient, dome, random);
  const SmoothField first = patient.field("lung 1", 3), second = patient.field("lung 2", 3),
                    ripple = patient.field("heart", 6);
  const int lowest = std::max(0, static_cast<int>(patient.frame.zAt(1.0)));
  patient.each({{0, 0, lowest}, patient.map.size}, [&](std::size_t at, int x, int y, int z) {
    const float above = static_cast<float>(z) - dome.at(x, y);
    if (above < 0 || !patient.freeInBody(at) || patient.outline.depths(x, y, z).cavity < -0.6f) return;
    const FrameSlice& slice = patient.frame.slice(z);
    const double distance = heart.distance(x, y, z);
    Tissue& tissue = patient.map.tissue[at];
    if (distance < 1.05) {
      tissue = ofHeart(distance, ripple.at(x, y, z));
    } else if (inMediastinum(slice, x, y)) {
      tissue = Tissue::VisceralFat;
    } else if (above < 1) {
      tissue = Tissue::Muscle;
    } else {
      const float a = first.at(x, y, z), b = second.at(x, y, z);
      tissue = a * a + b * b < 0.05f ? Tissue::LungVessel : Tissue::Lung;
    }
  });
}

}  // namespace recontour
