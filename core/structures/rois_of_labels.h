#pragma once
#include <vector>

#include "core/image/label_layers.h"
#include "core/image/organ_table.h"
#include "core/structures/contour_trace.h"

namespace recontour {

/// One ROI for each structure that has voxels, in the table's order: TG-263 name (the table's own where there is none),
/// colour, codes and contours. Numbers count from 1.
std::vector<Roi> roisOf(const LabelLayers& labels, const OrganTable& organs, const Geometry& grid,
                        const ContourStyle& style = {});

}  // namespace recontour
