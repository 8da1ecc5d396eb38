#pragma once
#include <array>
#include <cstdint>

#include "core/phantom/phantom.h"
#include "core/phantom/variation.h"

namespace recontour {

/// What a voxel is made of. Names in the parameter file: kTissueNames.
enum class Tissue : std::uint8_t {
  Air,
  Skin,
  SubcutaneousFat,
  VisceralFat,
  Muscle,
  Diaphragm,
  Cortical,
  Trabecular,
  FemoralHead,
  Disc,
  Canal,
  Cartilage,
  Lung,
  Heart,
  Aorta,
  Vein,
  Mesenteric,
  Liver,
  LiverVessel,
  Spleen,
  KidneyCortex,
  KidneyMedulla,
  KidneySinus,
  Pancreas,
  Adrenal,
  StomachWall,
  StomachContent,
  BowelWall,
  IntestineWall,
  IntestineContent,
  Fluid,
  Stool,
  RectalContent,
  Gas,
  GallbladderWall,
  Bile,
  BladderWall,
  Urine,
  Prostate,
  Count
};
inline constexpr std::size_t kTissueCount = static_cast<std::size_t>(Tissue::Count);
inline constexpr std::array<const char*, kTissueCount> kTissueNames = {
    "air",         "skin",        "subcutaneousFat", "visceralFat",   "muscle",          "diaphragm",
    "cortical",    "trabecular",  "femoralHead",     "disc",          "canal",           "cartilage",
    "lung",        "heart",       "aorta",           "vein",          "mesenteric",      "liver",
    "liverVessel", "spleen",      "kidneyCortex",    "kidneyMedulla", "kidneySinus",     "pancreas",
    "adrenal",     "stomachWall", "stomachContent",  "bowelWall",     "intestineWall",   "intestineContent",
    "fluid",       "stool",       "rectalContent",   "gas",           "gallbladderWall", "bile",
    "bladderWall", "urine",       "prostate"};

/// Bone, disc, canal, cartilage: no abdominal organ is painted over them.
inline bool isSkeleton(Tissue tissue) { return tissue >= Tissue::Cortical && tissue <= Tissue::Cartilage; }
inline bool isFat(Tissue tissue) { return tissue == Tissue::SubcutaneousFat || tissue == Tissue::VisceralFat; }

/// CT number and texture of every tissue for one patient and phase.
struct TissueTable {
  std::array<float, kTissueCount> hu;
  std::array<float, kTissueCount> textureSd;
};
TissueTable tissueTable(const Parameters& parameters, const Variation& variation, ContrastPhase phase);

}  // namespace recontour
