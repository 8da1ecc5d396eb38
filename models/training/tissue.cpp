#include "models/training/tissue.h"

namespace recontour {
namespace {

// Figures chosen inside the ranges that textbooks give: M. Hofer, CT Teaching Manual (Thieme), table of HU values;
// W. A. Kalender, Computed Tomography (Publicis, 3rd ed. 2011), HU scale of tissues; K. T. Bae, Intravenous contrast
// medium administration and scan timing at CT, Radiology 256(1), 2010, pp. 32-61 (enhancement by phase). The means of
// liver, spleen, kidney, fat and muscle are those that the shipped model was trained with. Walls and bones stand for
// what 3 mm voxels show of them.
constexpr std::array<TissueAppearance, kTissueCount> kTable = {{
    //  none  venous  late    spread texture
    {{-1000, -1000, -1000}, 0, 0, true, "air"},
    {{60, 60, 60}, 160, 20, true, "table shell"},
    {{-955, -955, -955}, 25, 6, true, "table foam"},
    {{10, 15, 15}, 15, 12, false, "skin"},
    {{-105, -105, -105}, 6, 7, false, "subcutaneous fat"},
    {{-104, -103, -103}, 6, 8, false, "visceral fat"},
    {{52, 60, 58}, 5, 8, false, "muscle"},
    {{540, 545, 545}, 110, 100, false, "cortical bone"},
    {{150, 160, 160}, 50, 40, false, "trabecular bone"},
    {{78, 82, 82}, 12, 10, false, "intervertebral disc"},
    {{105, 110, 110}, 25, 20, false, "costal cartilage"},
    {{28, 32, 32}, 8, 8, false, "spinal canal"},
    {{2600, 2600, 2600}, 300, 100, true, "metal"},
    {{-840, -830, -830}, 35, 30, false, "lung"},
    {{-150, -60, -80}, 60, 60, false, "lung vessel"},
    {{45, 105, 95}, 8, 6, false, "heart muscle"},
    {{42, 150, 120}, 8, 4, false, "blood of the heart"},
    {{42, 150, 120}, 8, 4, false, "artery"},
    {{42, 142, 118}, 9, 4, false, "vein"},
    {{15, 85, 65}, 15, 15, false, "small vessel"},
    {{54, 108, 80}, 6, 4, false, "liver"},
    {{42, 150, 108}, 8, 5, false, "liver vessel"},
    {{34, 66, 62}, 16, 8, false, "liver lesion"},
    {{8, 9, 9}, 6, 4, false, "cyst"},
    {{48, 118, 115}, 5, 4, false, "spleen"},
    {{32, 178, 166}, 6, 6, false, "kidney cortex"},
    {{31, 172, 174}, 7, 6, false, "kidney medulla"},
    {{8, 12, 240}, 8, 5, false, "renal pelvis"},
    {{420, 420, 420}, 180, 60, false, "stone"},
    {{40, 88, 76}, 9, 10, false, "stomach wall"},
    {{38, 92, 80}, 10, 11, false, "small bowel wall"},
    {{38, 84, 74}, 9, 11, false, "colon wall"},
    {{40, 82, 76}, 8, 9, false, "rectum wall"},
    {{38, 74, 66}, 8, 7, false, "esophagus wall"},
    {{35, 78, 66}, 10, 7, false, "gallbladder wall"},
    {{34, 62, 60}, 8, 6, false, "bladder wall"},
    {{-960, -960, -960}, 20, 12, true, "gas"},
    {{14, 15, 15}, 9, 6, false, "fluid"},
    {{35, 36, 36}, 20, 32, false, "food"},
    {{32, 34, 34}, 24, 48, false, "stool"},
    {{260, 260, 260}, 110, 22, true, "oral contrast"},
    {{9, 10, 10}, 6, 4, false, "bile"},
    {{5, 6, 10}, 5, 4, false, "urine"},
    {{6, 8, 320}, 20, 12, false, "excreted contrast"},
    {{40, 94, 76}, 8, 9, false, "pancreas"},
    {{26, 68, 58}, 8, 7, false, "adrenal"},
}};

}  // namespace

const TissueAppearance& appearance(Tissue tissue) { return kTable[static_cast<std::size_t>(tissue)]; }

}  // namespace recontour
