#pragma once
#include <cstdint>
#include <string>

#include "core/image/axis_map.h"
#include "core/image/label_map.h"

namespace recontour {

/// What one reader tells the next of a place.
struct CaseComment {
  Label organ = 0;
  Plane plane = Plane::Axial;
  int slice = 0;  ///< number of that plane's slice
  std::string text;
  std::string reader = {};  ///< who says so
  std::uint64_t event = 0;  ///< of the log
  std::int64_t wallMs = 0;  ///< since 1970-01-01 UTC
};

/// What an expert says of an annotator's case as a whole.
struct CaseCheck {
  bool approved = false;  ///< else it goes back to the annotator
  std::string text;
  std::string reader = {};
  std::int64_t wallMs = 0;
};

}  // namespace recontour
