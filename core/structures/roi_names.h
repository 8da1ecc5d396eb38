#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/structures/structure_set.h"

namespace recontour {

/// How sure it is which organ a name means.
enum class NameMatch {
  None,
  Likely,  ///< a slip of the pen, or an addition ("Liver_new"): someone must say so
  Exact,   ///< TG-263 name, the table's own names, a synonym, or the SNOMED CT code with its side
};
struct MatchedRoi {
  NameMatch match = NameMatch::None;
  std::string key;  ///< of the organ; empty without a match
};

/// What clinics call organs, by key of the organ table: resources/organs/roi_synonyms.json. Letters and digits alone,
/// lower case, without the side.
using RoiSynonyms = std::map<std::string, std::vector<std::string>>;
/// @throws Error
RoiSynonyms shippedRoiSynonyms();

/// Which organ an ROI stands for. Sides count: a kidney without one is neither. Parts ("~"), margins (PRV) and planning
/// structures (PTV, "Liver-PTV") are none.
MatchedRoi matchRoi(const Roi& roi, const OrganTable& organs, const RoiSynonyms& synonyms);

/// The same for all ROIs of a set; where several mean one organ, the surer and then the first one has it.
std::vector<MatchedRoi> matchRois(const StructureSet& set, const OrganTable& organs, const RoiSynonyms& synonyms);

}  // namespace recontour
