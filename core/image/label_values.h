#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/organ_table.h"
#include "core/image/shear.h"

namespace recontour {

/// A label map as its file has it: numbers that some data set gives to structures, not yet organs of a table.
struct LabelValues {
  Geometry geometry;
  LabelMap slots;                         ///< stands for a value in each voxel; 0 is background
  std::map<Label, std::int32_t> valueOf;  ///< by slot, 1..255; a value up to 255 has the slot of its own number where
                                          ///< that was free
  std::optional<Shear> shear = {};        ///< how the grid leans; only where that was allowed
};

/// Where what lies in a slot goes.
using SlotLabels = std::array<Label, 256>;
/// `map` with each label replaced by labels[label].
LabelMap relabelled(const LabelMap& map, const SlotLabels& labels);

/// Which organ the values of a data set's label maps stand for (resources/organs/values/,
/// docs/formats/label-values.md).
class LabelValueTable {
 public:
  struct Entry {
    std::int32_t value = 0;
    std::string name;   ///< by the data set
    std::string organ;  ///< key in the organ table; empty: left out
  };
  LabelValueTable(std::string name, std::string title, std::string organTable, std::vector<Entry> entries);
  /// @throws Error naming file and entry
  static LabelValueTable fromFile(const std::filesystem::path& file);
  /// A shipped table by name ("amos") or a table file by path. @throws Error naming the shipped ones
  static LabelValueTable named(const std::string& nameOrFile);
  /// Names of the shipped tables.
  static std::vector<std::string> shipped();

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }            ///< "TotalSegmentator 2"
  const std::string& organTable() const { return organTable_; }  ///< "word"
  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::int32_t value) const;  ///< null when the table does not know it

 private:
  std::string name_, title_, organTable_;
  std::vector<Entry> entries_;
};

/// The organs that a table makes of the values.
/// @throws Error for a table of other organs, and for values that it does not know, naming them
SlotLabels labelsByTable(const LabelValues& values, const LabelValueTable& table, const OrganTable& organs);
/// How many of the organs that these labels give have a volume that is unlikely for them (outside the organ table's
/// range x 0.5..2). A map read by the table of another data set has many such.
int unlikelyOrgans(const LabelValues& values, const SlotLabels& labels, const OrganTable& organs);
/// Whether the values can be taken as labels of `organs` without asking: the table knows them all, and no shipped table
/// of values makes a body of them that is clearly more likely.
bool areLabelsOf(const LabelValues& values, const OrganTable& organs);
/// Name of the shipped table that knows all values and makes the likeliest organs of them; none when no table does.
std::optional<std::string> likeliestTable(const LabelValues& values, const OrganTable& organs);
/// The map that the labels make of the slots.
LabelMap labelled(const LabelValues& values, const SlotLabels& labels);

/// The values as they are. @throws Error when one is above 255
SlotLabels labelsAsTheyAre(const LabelValues& values);

}  // namespace recontour
