#include "core/study/same_patient.h"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

namespace recontour {
namespace {

/// Four organs as ellipsoids, whose half axes in mm are those of one patient times `scale`.
struct Patient {
  Point3 scale{1, 1, 1};
};

struct Organ4 {
  Point3 centreMm, halfMm;
};

constexpr Organ4 kOrgans[] = {{{-60, 0, 0}, {60, 45, 40}},
                              {{70, 20, 10}, {30, 45, 35}},
                              {{60, 60, -60}, {20, 25, 45}},
                              {{-60, 60, -60}, {20, 25, 45}}};

Label labelAt(const Patient& patient, const Point3& world) {
  for (std::size_t n = 0; n < std::size(kOrgans); ++n) {
    double sum = 0;
    for (int axis = 0; axis < 3; ++axis) {
      const double reach = kOrgans[n].halfMm[axis] * patient.scale[axis];
      sum += std::pow((world[axis] - kOrgans[n].centreMm[axis]) / reach, 2);
    }
    if (sum <= 1) return static_cast<Label>(n + 1);
  }
  return 0;
}

/// A scan of 280 x 220 x 240 mm. @param offsetMm  where the scanner's table has the patient
LabelMap scan(const Patient& patient, const Geometry& geometry, const Point3& offsetMm) {
  LabelMap labels(geometry.size);
  for (int z = 0; z < geometry.size.z; ++z) {
    for (int y = 0; y < geometry.size.y; ++y) {
      std::vector<Label> row;
      for (int x = 0; x < geometry.size.x; ++x)
        row.push_back(labelAt(patient, geometry.toWorld(Index3{x, y, z}) - offsetMm));
      labels.writeRow(y, z, 0, row);
    }
  }
  return labels;
}

Geometry grid(const Point3& spacing, const Point3& originMm) {
  Geometry geometry;
  geometry.spacing = spacing;
  geometry.origin = originMm;
  geometry.size = {static_cast<int>(280 / spacing.x), static_cast<int>(220 / spacing.y),
                   static_cast<int>(240 / spacing.z)};
  return geometry;
}

PatientSignature scanned(const Patient& patient, const Geometry& geometry, const Point3& offsetMm = {}) {
  return signatureOf(scan(patient, geometry, offsetMm), geometry);
}

const Geometry kThick = grid({2, 2, 5}, {-140, -110, -120});
const Geometry kThin = grid({1.7, 1.7, 2.5}, {-135, -105, -125});

TEST(SamePatient, OtherSpacingAndPlaceAreTheSamePatient) {
  const auto a = scanned({}, kThick), b = scanned({}, kThin, {4, -7, 9});
  EXPECT_EQ(a.organs.size(), 4U);
  EXPECT_GT(similarity(a, b), 0.94);
}

TEST(SamePatient, OtherArrayOrientationIsTheSamePatient) {
  Geometry turned = kThick;  // x runs to the right, y to the front
  turned.direction = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
  turned.origin = {140, 110, -120};
  EXPECT_GT(similarity(scanned({}, kThick), scanned({}, turned)), 0.94);
}

TEST(SamePatient, OtherShapesAreAnotherPatient) {
  const auto a = scanned({}, kThick), b = scanned({{1.4, 0.7, 1}}, kThick);
  EXPECT_LT(similarity(a, b), 0.8);
}

TEST(SamePatient, ShapesOfKnownSizesHaveKnownVolumes) {
  const auto shapes = scanned({}, kThin).organs;
  EXPECT_NEAR(shapes[0].volumeMl, 4.0 / 3 * 3.14159265 * 60 * 45 * 40 / 1000, 5);
}

TEST(SamePatient, PairsAndGroupsNameCases) {
  const std::vector<PatientSignature> cases = {scanned({{1.4, 0.7, 1}}, kThick), scanned({}, kThick),
                                               scanned({{0.7, 1.4, 1.2}}, kThin), scanned({}, kThin)};
  EXPECT_EQ(samePatientPairs(cases), (std::vector<std::pair<int, int>>{{1, 3}}));
  EXPECT_EQ(patientGroups(cases), (std::vector<int>{0, 1, 2, 1}));
}

TEST(SamePatient, MapsWithFewOrgansInCommonAreNotCompared) {
  EXPECT_EQ(similarity(signatureOf(LabelMap(kThick.size), kThick), scanned({}, kThick)), 0);
}

}  // namespace
}  // namespace recontour
