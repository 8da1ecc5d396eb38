#include "models/training/tissue_map.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/training/organ_places.h"
#include "tests/models/training/sample_abdomen.h"

namespace recontour {
namespace {

using namespace word;
using enum Tissue;

/// What an organ may be made of.
const std::map<Label, std::set<Tissue>> kTissuesOf = {
    {kLiver, {Liver, LiverVessel, Lesion, Cyst}},
    {kSpleen, {Spleen, Cyst}},
    {kKidneyLeft, {KidneyCortex, KidneyMedulla, RenalPelvis, Cyst, Stone}},
    {kKidneyRight, {KidneyCortex, KidneyMedulla, RenalPelvis, Cyst, Stone}},
    {kStomach, {StomachWall, Gas, Fluid, Food, OralContrast}},
    {kGallbladder, {GallbladderWall, Bile, Stone}},
    {kEsophagus, {EsophagusWall, Gas, Fluid, OralContrast}},
    {kPancreas, {Pancreas, VisceralFat}},
    {kDuodenum, {BowelWall, Gas, Fluid, OralContrast}},
    {kColon, {ColonWall, Gas, Fluid, Stool, OralContrast}},
    {kIntestine, {BowelWall, Gas, Fluid, OralContrast}},
    {kAdrenal, {Adrenal}},
    {kRectum, {RectumWall, Gas, Fluid, Stool, OralContrast}},
    {kBladder, {BladderWall, Urine, ExcretedContrast}},
    {kFemurLeft, {CorticalBone, TrabecularBone, Metal}},
    {kFemurRight, {CorticalBone, TrabecularBone, Metal}}};

OrganPlaces placesIn(const TissueMap& map) { return placesOf({map.size, map.labels}); }

std::int64_t count(const TissueMap& map, Tissue tissue) {
  return std::count(map.tissue.begin(), map.tissue.end(), tissue);
}

/// Mean x of a tissue's voxels.
double middle(const TissueMap& map, Tissue tissue) {
  double sum = 0, number = 0;
  for (std::size_t at = 0; at < map.tissue.size(); ++at) {
    if (map.tissue[at] != tissue) continue;
    sum += static_cast<double>(at % static_cast<std::size_t>(map.size.x));
    number += 1;
  }
  return sum / number;
}

/// Organ voxels that have air outside of the body beside them.
int organVoxelsAtAir(const TissueMap& map) {
  const std::ptrdiff_t row = map.size.x, plane = row * map.size.y;
  int bare = 0;
  for (std::size_t at = 0; at < map.labels.size(); ++at) {
    if (map.labels[at] == 0) continue;
    for (const std::ptrdiff_t step : {std::ptrdiff_t{-1}, std::ptrdiff_t{1}, -row, row, -plane, plane}) {
      const auto beside = static_cast<std::ptrdiff_t>(at) + step;
      if (beside < 0 || beside >= static_cast<std::ptrdiff_t>(map.tissue.size())) continue;
      bare += map.tissue[static_cast<std::size_t>(beside)] == Air ? 1 : 0;
    }
  }
  return bare;
}

std::string messageOf(const LabelMap& labels) {
  try {
    makeTissueMap(labels, 1);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::BadInput);
    return error.what();
  }
  return "no error";
}

TEST(TissueMap, TheSeedDecidesEveryVoxel) {
  const LabelMap labels = SampleAbdomen::whole().map();
  const TissueMap a = makeTissueMap(labels, 7), b = makeTissueMap(labels, 7), other = makeTissueMap(labels, 8);
  EXPECT_EQ(a.size, b.size);
  EXPECT_EQ(a.tissue, b.tissue);
  EXPECT_EQ(a.labels, b.labels);
  EXPECT_NE(a.tissue, other.tissue);
}

TEST(TissueMap, EveryOrganIsThereAndMadeOfItsTissues) {
  const LabelMap labels = SampleAbdomen::whole().map();
  const auto before = labelCounts(labels);
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    const TissueMap map = makeTissueMap(labels, seed);
    const OrganPlaces places = placesIn(map);
    for (Label label = 1; label <= kLast; ++label) {
      // Three scales of .88 to 1.2, and up to a third by swelling.
      const double ratio = static_cast<double>(places[label].voxels) / static_cast<double>(before[label]);
      EXPECT_GT(ratio, 0.4) << int(label);
      EXPECT_LT(ratio, 2.4) << int(label);
    }
    for (std::size_t at = 0; at < map.labels.size(); ++at) {
      if (map.labels[at] == 0) continue;
      ASSERT_TRUE(kTissuesOf.at(map.labels[at]).contains(map.tissue[at]))
          << "organ " << int(map.labels[at]) << " has " << appearance(map.tissue[at]).name;
    }
  }
}

TEST(TissueMap, LeftStaysLeft) {
  const LabelMap labels = SampleAbdomen::whole().map();
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const TissueMap map = makeTissueMap(labels, seed);
    const OrganPlaces places = placesIn(map);
    const double mid = (places[kKidneyLeft].centroid.x + places[kKidneyRight].centroid.x) / 2;
    EXPECT_GT(places[kKidneyLeft].centroid.x, places[kKidneyRight].centroid.x + 20);
    EXPECT_GT(places[kFemurLeft].centroid.x, places[kFemurRight].centroid.x + 30);
    EXPECT_GT(places[kSpleen].centroid.x, mid + 10);
    EXPECT_LT(places[kLiver].centroid.x, mid - 10);
    EXPECT_GT(middle(map, Artery), middle(map, Vein));  // the aorta lies left of the vena cava
  }
}

TEST(TissueMap, FrontStaysInFrontAndTheHeadAbove) {
  const TissueMap map = makeTissueMap(SampleAbdomen::whole().map(), 3);
  const OrganPlaces places = placesIn(map);
  EXPECT_LT(places[kBladder].centroid.y, places[kRectum].centroid.y);
  EXPECT_GT(places[kLiver].centroid.z, places[kBladder].centroid.z);
}

TEST(TissueMap, TheBodySurroundsTheOrgansAndAirTheBody) {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    const TissueMap map = makeTissueMap(SampleAbdomen::whole().map(), seed);
    EXPECT_EQ(organVoxelsAtAir(map), 0);
    for (int z = 0; z < map.size.z; ++z) {
      EXPECT_EQ(map.tissue[map.offset(0, map.size.y / 2, z)], Air);
      EXPECT_EQ(map.tissue[map.offset(map.size.x - 1, map.size.y / 3, z)], Air);
      EXPECT_EQ(map.tissue[map.offset(map.size.x / 2, 0, z)], Air);
    }
    EXPECT_GE(map.body.lower.x, 3);
    EXPECT_LE(map.body.upper.x, map.size.x - 3);
  }
}

TEST(TissueMap, HasWhatABodyHasBetweenOrgans) {
  const TissueMap map = makeTissueMap(SampleAbdomen::whole().map(), 2);
  for (const Tissue tissue : {Skin, SubcutaneousFat, VisceralFat, Muscle, CorticalBone, TrabecularBone, Disc,
                              SpinalCanal, Lung, Artery, Vein})
    EXPECT_GT(count(map, tissue), 200) << appearance(tissue).name;
  EXPECT_GT(count(map, HeartBlood) + count(map, HeartMuscle), 200);
}

TEST(TissueMap, MostPatientsLieOnATable) {
  SampleAbdomen abdomen = SampleAbdomen::whole();
  abdomen.keepOnly(kBladder);  // a small body
  const LabelMap labels = abdomen.map();
  int tables = 0;
  for (std::uint64_t seed = 1; seed <= 16; ++seed) tables += count(makeTissueMap(labels, seed), TableShell) > 0 ? 1 : 0;
  EXPECT_GE(tables, 8);  // 12 are to be expected
  EXPECT_LE(tables, 15);
}

TEST(TissueMap, WorksWithoutHeadsAndKidneys) {
  SampleAbdomen abdomen = SampleAbdomen::whole();
  for (const Label label : {kFemurLeft, kFemurRight, kKidneyLeft, kKidneyRight}) abdomen.remove(label);
  const TissueMap map = makeTissueMap(abdomen.map(), 5);
  EXPECT_EQ(organVoxelsAtAir(map), 0);
  EXPECT_GT(count(map, Disc), 50);
  EXPECT_GT(placesIn(map)[kSpleen].centroid.x, placesIn(map)[kLiver].centroid.x);
}

TEST(TissueMap, WorksForAnyOrganAlone) {
  for (Label label = 1; label <= kLast; ++label) {
    SampleAbdomen abdomen = SampleAbdomen::whole();
    abdomen.keepOnly(label);
    const TissueMap map = makeTissueMap(abdomen.map(), label);
    EXPECT_GT(placesIn(map)[label].voxels, 0) << int(label);
    EXPECT_EQ(organVoxelsAtAir(map), 0) << int(label);
    EXPECT_GT(count(map, Muscle), 1000) << int(label);
  }
}

TEST(TissueMap, WorksForAMapThatIsCutOff) {
  const SampleAbdomen abdomen = SampleAbdomen::whole();
  const Box upper{{20, 20, 85}, {90, 70, 110}};  // through liver, kidneys and bowel
  const DenseBox part = abdomen.map().copy(upper);
  const TissueMap map = makeTissueMap(LabelMap::fromDense(part.size, part.labels), 4);
  EXPECT_EQ(organVoxelsAtAir(map), 0);
  EXPECT_LE(map.size.z, 30);  // nothing is invented above or below: 25 slices x 1.2 at most
}

TEST(TissueMap, RefusesAMapWithoutOrgans) {
  EXPECT_EQ(messageOf(LabelMap({20, 20, 20})),
            "the label map has no organ, so no CT can be made of it; give one with WORD's organs");
}

TEST(TissueMap, RefusesNumbersThatAreNoOrgan) {
  SampleAbdomen abdomen = SampleAbdomen::whole();
  abdomen.addBall(17, {55, 40, 60}, 2);
  EXPECT_NE(messageOf(abdomen.map()).find("has number 17, which is no organ of WORD"), std::string::npos);
}

}  // namespace
}  // namespace recontour
