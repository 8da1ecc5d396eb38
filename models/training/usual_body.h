#pragma once
#include <optional>
#include <span>

#include "models/training/organ_places.h"

namespace recontour {

/// Where organs of a usual body have their centroids, mm from the point between the kidneys (LPS). Rough: of adults on
/// their back; serves bodies of which an organ map shows a part.
inline constexpr std::array<Point3, word::kLast + 1> kUsualPlaces = {{{0, 0, 0},
                                                                      {-55, -30, 40},       // liver
                                                                      {90, -5, 55},         // spleen
                                                                      {58, 0, 5},           // left kidney
                                                                      {-58, 0, -5},         // right kidney
                                                                      {50, -60, 50},        // stomach
                                                                      {-60, -60, 20},       // gallbladder
                                                                      {8, -20, 130},        // esophagus
                                                                      {10, -45, 20},        // pancreas
                                                                      {-25, -35, 0},        // duodenum
                                                                      {0, -60, -40},        // colon
                                                                      {0, -70, -60},        // intestine
                                                                      {0, -10, 50},         // adrenals
                                                                      {0, -10, -195},       // rectum
                                                                      {0, -30, -210},       // bladder
                                                                      {100, -10, -240},     // left femur
                                                                      {-100, -10, -240}}};  // right femur

// Organs that tell about a place together, the surest first.
inline constexpr Label kKidneys[] = {word::kKidneyLeft, word::kKidneyRight};
inline constexpr Label kUpperOrgans[] = {word::kLiver,   word::kSpleen,   word::kPancreas,
                                         word::kAdrenal, word::kDuodenum, word::kEsophagus};
inline constexpr Label kPelvicOrgans[] = {word::kBladder, word::kRectum};
inline constexpr Label kLooseOrgans[] = {word::kStomach, word::kGallbladder, word::kColon, word::kIntestine};

/// Where the point between the kidneys lies along an axis by those of the organs that are there, in voxels.
std::optional<double> guessKidneys(const OrganPlaces& places, std::span<const Label> organs, int axis);

}  // namespace recontour
