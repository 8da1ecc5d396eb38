#pragma once
#include <vector>

#include "core/image/organ_table.h"

namespace recontour {

inline constexpr Label kTarget = 17;

/// WORD's organs and one structure more, which lies over them unless told otherwise.
inline OrganTable tableWithTarget(bool overlaps = true) {
  const OrganTable word = OrganTable::named("word");
  std::vector<Organ> organs = word.organs();
  Organ target;
  target.label = kTarget;
  target.key = "ptv";
  target.name = "PTV";
  target.colour = target.displayColour = {255, 128, 0};
  target.overlaps = overlaps;
  organs.push_back(target);
  return OrganTable::made("word", organs, {word.hash()});
}

}  // namespace recontour
