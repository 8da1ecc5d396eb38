#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "core/image/label_map.h"

namespace recontour {

/// Answers that a reader gave in a form, and how long that took.
struct StudyForm {
  std::string when;                            ///< "before" or "after" the revision
  std::map<std::string, std::string> answers;  ///< by question, "acceptability" or "acceptability.liver"
  std::int64_t fromMs = 0, toMs = 0;           ///< monotonic
};

/// Something that pointed at an error was seen or used.
struct StudyHint {
  std::string cue;  ///< "flags", "uncertainty", ...
  Label organ = 0;
  bool used = false;  ///< clicked; else shown
};

/// The last event of a log and its hash: with it, no event before can be changed unseen.
struct ChainHead {
  std::uint64_t sequence = 0;
  std::string hash;  ///< 64 hex digits
  friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

}  // namespace recontour
