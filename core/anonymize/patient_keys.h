#pragma once
// Private to core/anonymize.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace recontour {

/// Who a file says that it is of, as it says it; empty where it does not.
struct Identity {
  std::string study, id, name;
};

/// Reads the beginning of a file. @return empty ones where it cannot be read
Identity identityOf(const std::filesystem::path& file);

/// Which files are of one patient. Some files of a study may lack the Patient ID or write it in other letters: what one
/// of them says holds for all of the study.
class PatientKeys {
 public:
  /// To be called with all files before the first `of`. The first ID and name of a study are the ones that hold.
  void add(const std::filesystem::path& file, const Identity& identity);

  /// The Patient ID in capitals, else the name, else the study.
  std::string of(const Identity& identity) const;
  /// A line for each study that has two different IDs.
  const std::vector<Error>& mixed() const { return mixed_; }

 private:
  struct Study {
    std::string id, name;
    bool isMixed = false;
  };
  std::map<std::string, Study> studies_;
  std::vector<Error> mixed_;
};

}  // namespace recontour
