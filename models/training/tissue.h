#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace recontour {

/// What a voxel of the invented patient is made of.
enum class Tissue : std::uint8_t {
  Air,
  TableShell,
  TableFoam,
  Skin,
  SubcutaneousFat,
  VisceralFat,
  Muscle,
  CorticalBone,
  TrabecularBone,
  Disc,
  Cartilage,
  SpinalCanal,
  Metal,
  Lung,
  LungVessel,
  HeartMuscle,
  HeartBlood,
  Artery,
  Vein,
  SmallVessel,
  Liver,
  LiverVessel,
  Lesion,
  Cyst,
  Spleen,
  KidneyCortex,
  KidneyMedulla,
  RenalPelvis,
  Stone,
  StomachWall,
  BowelWall,
  ColonWall,
  RectumWall,
  EsophagusWall,
  GallbladderWall,
  BladderWall,
  Gas,
  Fluid,
  Food,
  Stool,
  OralContrast,
  Bile,
  Urine,
  ExcretedContrast,
  Pancreas,
  Adrenal
};
inline constexpr std::size_t kTissueCount = static_cast<std::size_t>(Tissue::Adrenal) + 1;

enum class ContrastPhase : std::uint8_t {
  None,    ///< no contrast medium in the vessels
  Venous,  ///< portal venous, about 70 s after injection
  Late     ///< three minutes and more
};

/// How a tissue looks in CT.
struct TissueAppearance {
  std::array<double, 3> meanHu;  ///< of a typical patient, by ContrastPhase
  double spreadHu;               ///< SD of that mean from patient to patient
  double textureHu;              ///< SD inside the tissue, apart from the scanner's noise
  bool keepsToItself = false;    ///< air, gas, metal, table: no wild shifts
  std::string_view name;
};

/// The table of all tissues, in tissue.cpp with its sources.
const TissueAppearance& appearance(Tissue tissue);

constexpr bool isFat(Tissue t) { return t == Tissue::SubcutaneousFat || t == Tissue::VisceralFat; }
constexpr bool isBone(Tissue t) { return t >= Tissue::CorticalBone && t <= Tissue::Metal; }

}  // namespace recontour
