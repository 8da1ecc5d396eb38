#pragma once
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/image/label_map.h"

namespace recontour {

/// One structure that a label map may hold.
struct Organ {
  Label label = 0;     ///< 1..255
  std::string key;     ///< machine name, e.g. "kidney_left"
  std::string name;    ///< for people, e.g. "Kidney left"
  std::string tg263;   ///< TG-263 name, e.g. "Kidney_L"
  std::string snomed;  ///< SNOMED CT code of the type
  std::string snomedMeaning;
  std::string modifier;                                ///< SNOMED CT code of the laterality, may be empty
  std::array<std::uint8_t, 3> colour;                  ///< published palette (ITK-SNAP's default), sRGB
  std::optional<std::array<double, 2>> volumeRangeMl;  ///< least and largest volume in a published set of label maps
  int parts = 1;                                       ///< connected parts that the label has by nature
  bool overlaps = false;                               ///< may lie over other organs: it has a layer of its own
  std::array<std::uint8_t, 3> displayColour;           ///< the same, or one near it that is told apart on black
};

/// The organs of a study in their order, with names, codes and colours.
class OrganTable {
 public:
  /// Reads a table such as resources/organs/word.json. @throws Error
  static OrganTable fromFile(const std::filesystem::path& file);
  /// A shipped table by name ("word") or a table file by path. @throws Error naming the shipped ones
  static OrganTable named(const std::string& nameOrFile);

  /// @param continues  hashes of tables whose labels and keys are all in this one
  /// @throws Error when a label or key is there twice, or there is no organ
  static OrganTable made(std::string name, std::vector<Organ> organs, std::vector<std::string> continues = {});

  const std::string& name() const { return name_; }
  const std::vector<Organ>& organs() const { return organs_; }
  const Organ* find(Label label) const;           ///< null when the table lacks it
  const Organ* find(std::string_view key) const;  ///< by key
  /// Structures that may lie over others, with their keys.
  std::map<Label, std::string> overlapping() const;
  /// SHA-256 of labels and keys: two tables with equal hashes mean the same by a number.
  const std::string& hash() const { return hash_; }
  const std::vector<std::string>& continues() const { return continues_; }
  /// Whether the numbers of a table with that hash mean the same here.
  bool reads(const std::string& hash) const;

 private:
  std::string name_;
  std::vector<Organ> organs_;
  std::string hash_;
  std::vector<std::string> continues_;
};

/// One organ as an entry of a table file. @throws std::exception when it is none
Json organJson(const Organ& organ);
Organ organOf(const Json& json);

/// Writes a table that fromFile() reads. @throws Error
void writeOrganTable(const std::filesystem::path& file, const OrganTable& table);

}  // namespace recontour
