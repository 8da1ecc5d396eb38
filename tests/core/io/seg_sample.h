#pragma once
#include "core/io/seg_writer.h"

namespace recontour {

/// Two organs and two structures that lie over one another and over them, at the borders of a grid of at least
/// 3 x 3 x 3 voxels and within it; the last one is a single voxel in the last corner.
inline LabelLayers sampleLayers(const Size3& size) {
  LabelLayers layers{LabelMap(size)};
  layers.setOverlapping(std::bitset<256>().set(20).set(21));
  const auto fill = [](LabelMap& map, const Box& box, Label label) {
    map.write(box, {box.size(), std::vector<Label>(voxelCount(box.size()), label)});
  };
  const Index3 end{size.x, size.y, size.z};
  LabelMap& organs = layers.layer(LabelLayers::kOrgans);
  fill(organs, {{0, 0, 0}, {end.x - 1, 1, end.z}}, 3);
  fill(organs, {{1, end.y - 1, 1}, {end.x, end.y, 2}}, 1);
  fill(layers.layer(20), {{0, 0, 0}, {end.x, end.y, 1}}, 20);
  fill(layers.layer(20), {{1, 1, end.z - 1}, {2, 2, end.z}}, 20);
  fill(layers.layer(21), {{end.x - 1, end.y - 1, end.z - 1}, end}, 21);
  return layers;
}

inline OrganTable sampleTable() {
  const auto organ = [](Label label, const std::string& key, const std::string& tg263, const std::string& snomed,
                        const std::string& modifier, bool overlaps) {
    Organ made;
    made.label = label;
    made.key = key;
    made.name = "The " + key;
    made.tg263 = tg263;
    made.snomed = snomed;
    made.snomedMeaning = snomed.empty() ? "" : "Organ " + snomed;
    made.modifier = modifier;
    made.colour = made.displayColour = {std::uint8_t(10 * label), 139, std::uint8_t(255 - label)};
    made.overlaps = overlaps;
    return made;
  };
  return OrganTable::made(
      "sample", {organ(3, "kidney_left", "Kidney_L", "64033007", "7771000", false),
                 organ(1, "liver", "Liver", "10200004", "", false), organ(2, "spleen", "Spleen", "78961009", "", false),
                 organ(20, "target", "", "", "", true), organ(21, "boost", "", "", "", true)});
}

/// A SEG of these on a CT.
inline SegToWrite sampleSeg(const Case& ct) {
  SegToWrite seg;
  seg.ct = ct;
  seg.labels = sampleLayers(ct.geometry.size);
  seg.organs = sampleTable();
  seg.algorithm = {"SEMIAUTOMATIC", "Model, revised by hand", "1.2"};
  seg.algorithms[20] = {};
  seg.contentDescription = "Revision";
  seg.contentCreatorName = "R\xc3\xb6ntgen^W";
  seg.seriesDescription = "Recontour revision";
  seg.date = "20260131";
  seg.time = "235959";
  return seg;
}

}  // namespace recontour
