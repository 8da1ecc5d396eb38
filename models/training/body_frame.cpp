#include "models/training/body_frame.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "models/training/tissue_map.h"
#include "models/training/usual_body.h"

namespace recontour {
namespace {

// A usual body, in voxels.
constexpr double kHeadToKidney = 225 / kSynthesisMm;
constexpr double kHeadHalfDistance = 88 / kSynthesisMm;
constexpr double kHeadRadius = 24 / kSynthesisMm;
constexpr double kKidneysBehindHeads = 8 / kSynthesisMm;
constexpr double kVertebraHalfDepth = 17 / kSynthesisMm;

constexpr Label femurOf(int side) { return side == 0 ? word::kFemurLeft : word::kFemurRight; }
constexpr double voxels(double mm) { return mm / kSynthesisMm; }

/// The first guess that there is.
std::optional<double> firstOf(std::initializer_list<std::optional<double>> guesses) {
  for (const std::optional<double>& guess : guesses)
    if (guess) return guess;
  return std::nullopt;
}

/// Centre of the upper half of a ball whose top is the label's.
Point3 ballOf(const DenseBox& labels, const OrganPlace& place, Label label, double radius) {
  const int top = place.box.upper.z;
  const int from = std::max(place.box.lower.z, top - static_cast<int>(std::lround(radius)));
  Point3 sum;
  double count = 0;
  for (int z = from; z < top; ++z) {
    for (int y = place.box.lower.y; y < place.box.upper.y; ++y) {
      for (int x = place.box.lower.x; x < place.box.upper.x; ++x) {
        if (labels.labels[offsetIn(labels.size, {x, y, z})] != label) continue;
        sum = sum + Point3{double(x), double(y), 0};
        count += 1;
      }
    }
  }
  return {sum.x / count, sum.y / count, top - radius};
}

std::vector<double> smoothed(const std::vector<double>& values, int reach) {
  std::vector<double> result(values.size());
  const int last = static_cast<int>(values.size()) - 1;
  for (int i = 0; i <= last; ++i) {
    double sum = 0;
    for (int k = -reach; k <= reach; ++k) sum += values[static_cast<std::size_t>(std::clamp(i + k, 0, last))];
    result[static_cast<std::size_t>(i)] = sum / (2 * reach + 1);
  }
  return result;
}

}  // namespace

double interpolated(const std::vector<std::array<double, 2>>& rows, double at) {
  if (at <= rows.front()[0]) return rows.front()[1];
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (at > rows[i][0]) continue;
    const double part = (at - rows[i - 1][0]) / (rows[i][0] - rows[i - 1][0]);
    return rows[i - 1][1] + part * (rows[i][1] - rows[i - 1][1]);
  }
  return rows.back()[1];
}

BodyFrame::BodyFrame(const DenseBox& labels) : places_(placesOf(labels)), size_(labels.size) {
  findHeads(labels);
  findHeights();
  findDepths();
  findMidLine();
  findBackOfOrgans(labels);
  makeSlices();
}

const FrameSlice& BodyFrame::slice(int z) const {
  return slices_[static_cast<std::size_t>(std::clamp(z, 0, sliceCount() - 1))];
}

void BodyFrame::findHeads(const DenseBox& labels) {
  double count = 0;
  Point3 sum;
  for (const int side : {0, 1}) {
    const OrganPlace& place = places_[femurOf(side)];
    if (!place.there()) continue;
    FemoralHead& head = heads_[static_cast<std::size_t>(side)];
    head = {ballOf(labels, place, femurOf(side), kHeadRadius), kHeadRadius};
    sum = sum + head.centre;
    count += 1;
  }
  if (count > 0) headMiddle_ = sum * (1 / count);
}

void BodyFrame::findHeights() {
  std::optional<double> headZ;
  if (headMiddle_) headZ = headMiddle_->z;
  const std::optional<double> pelvis = guessKidneys(places_, kPelvicOrgans, 2);
  if (!headZ && pelvis) headZ = *pelvis - kHeadToKidney;
  std::optional<double> kidneyZ = firstOf({guessKidneys(places_, kKidneys, 2), guessKidneys(places_, kUpperOrgans, 2)});
  if (!kidneyZ && !headZ) kidneyZ = guessKidneys(places_, kLooseOrgans, 2);
  headZ_ = headZ ? *headZ : *kidneyZ - kHeadToKidney;
  // Organs that are cut off may say anything.
  kidneyZ_ = std::max(kidneyZ ? *kidneyZ : headZ_ + kHeadToKidney, headZ_ + kHeadToKidney / 2);
  scale_ = std::clamp((kidneyZ_ - headZ_) / kHeadToKidney, 0.85, 1.2);
}

void BodyFrame::findDepths() {
  std::optional<double> byHeads;
  if (headMiddle_) byHeads = headMiddle_->y + kKidneysBehindHeads;
  kidneyY_ = *firstOf({guessKidneys(places_, kKidneys, 1), guessKidneys(places_, kUpperOrgans, 1), byHeads,
                       guessKidneys(places_, kPelvicOrgans, 1), guessKidneys(places_, kLooseOrgans, 1)});
  headY_ = headMiddle_ ? headMiddle_->y : kidneyY_ - kKidneysBehindHeads;
}

void BodyFrame::findMidLine() {
  headHalfDistance_ = kHeadHalfDistance * scale_;
  std::optional<double> headMid = guessKidneys(places_, kPelvicOrgans, 0);
  const bool left = places_[word::kFemurLeft].there(), right = places_[word::kFemurRight].there();
  if (left && right) {
    headMid = headMiddle_->x;
    headHalfDistance_ = std::clamp((heads_[0].centre.x - heads_[1].centre.x) / 2, voxels(65), voxels(115));
  } else if (left || right) {
    headMid = headMiddle_->x + (left ? -headHalfDistance_ : headHalfDistance_);
  }
  const std::optional<double> kidneyMid =
      firstOf({guessKidneys(places_, kKidneys, 0), guessKidneys(places_, kUpperOrgans, 0), headMid,
               guessKidneys(places_, kLooseOrgans, 0)});
  kidneyMidX_ = *kidneyMid;
  headMidX_ = headMid ? *headMid : *kidneyMid;
  for (const int side : {0, 1}) {
    if (places_[femurOf(side)].there()) continue;
    const double x = headMidX_ + (side == 0 ? headHalfDistance_ : -headHalfDistance_);
    heads_[static_cast<std::size_t>(side)] = {{x, headY_, headZ_}, kHeadRadius};
  }
}

void BodyFrame::findBackOfOrgans(const DenseBox& labels) {
  behindOrgans_.assign(static_cast<std::size_t>(size_.z), -1e3);
  for (int z = 0; z < size_.z; ++z) {
    const double part = std::clamp(height(z), -0.5, 1.5);
    const double mid = headMidX_ + part * (kidneyMidX_ - headMidX_);
    const int x0 = std::max(0, static_cast<int>(mid - voxels(12))),
              x1 = std::min(size_.x - 1, static_cast<int>(mid + voxels(12)));
    for (int y = size_.y - 1; y >= 0 && behindOrgans_[static_cast<std::size_t>(z)] < 0; --y) {
      for (int x = x0; x <= x1; ++x) {
        if (labels.labels[offsetIn(labels.size, {x, y, z})] == 0) continue;
        behindOrgans_[static_cast<std::size_t>(z)] = y + 1;
        break;
      }
    }
  }
}

/// y of the vertebrae's and the sacrum's centre by slice.
std::vector<double> BodyFrame::spineDepths() const {
  // mm behind the heads; sacrum and tail bone curve backwards, the lumbar spine forwards.
  static const std::vector<std::array<double, 2>> kSpine = {{-0.1, 62}, {0.05, 70}, {0.2, 74}, {0.34, 58},
                                                            {0.47, 28}, {0.6, 8},   {0.75, -3}};
  std::vector<double> spine, pushes;
  for (int z = 0; z < size_.z; ++z) {
    const double s = height(z);
    const double low = headY_ + voxels(interpolated(kSpine, s)) * scale_;
    const double high = kidneyY_ + voxels(-5 + 26 * std::max(0.0, s - 1)) * scale_;
    spine.push_back(low + std::clamp((s - 0.5) / 0.5, 0.0, 1.0) * (high - low));
    // Organs push it back, but only a little: the rectum's end lies below the tail bone.
    const double room = s > 0.45 ? kVertebraHalfDepth * scale_ + 1 : voxels(9);
    pushes.push_back(std::clamp(behindOrgans_[static_cast<std::size_t>(z)] + room - spine.back(), 0.0, voxels(24)));
  }
  pushes = smoothed(smoothed(pushes, 7), 7);  // a spine has no bumps
  for (std::size_t z = 0; z < spine.size(); ++z) spine[z] += pushes[z];
  return smoothed(smoothed(spine, 3), 3);
}

void BodyFrame::makeSlices() {
  const std::vector<double> spine = spineDepths();
  for (int z = 0; z < size_.z; ++z) {
    FrameSlice slice;
    slice.height = height(z);
    const double part = std::clamp(slice.height, -0.5, 1.6);
    slice.midX = headMidX_ + part * (kidneyMidX_ - headMidX_);
    slice.spineY = spine[static_cast<std::size_t>(z)];
    const double low = headY_ - voxels(5), high = slice.spineY - voxels(38) * scale_;
    slice.centreY = low + std::clamp((slice.height - 0.2) / 0.45, 0.0, 1.0) * (high - low);
    slices_.push_back(slice);
  }
}

}  // namespace recontour
