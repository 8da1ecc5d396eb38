#pragma once
#include <cstdlib>
#include <string_view>

namespace recontour {

/// The reliability tests have a short form, which ctest runs, and a long one with the full figures, which is run by
/// hand: RECONTOUR_RELIABILITY=long ctest --test-dir build/dev -L reliability -V
inline bool longForm() {
  const char* form = std::getenv("RECONTOUR_RELIABILITY");
  return form != nullptr && std::string_view(form) == "long";
}

/// How often something is done: by the form that runs.
inline int amount(int shortForm, int longFormAmount) { return longForm() ? longFormAmount : shortForm; }

}  // namespace recontour
