#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace recontour {

inline bool haveReferenceData() { return std::getenv("RECONTOUR_DATA") != nullptr; }

/// A file or folder of the reference data that RECONTOUR_DATA names.
inline std::filesystem::path referenceData(const std::string& relative) {
  return std::filesystem::path(std::getenv("RECONTOUR_DATA")) / relative;
}

inline bool isContinuousIntegration() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string(ci) == "true";
}

}  // namespace recontour

/// First line of a test that needs the reference data: skips without it, fails under continuous integration.
#define REQUIRE_REFERENCE_DATA()                                                     \
  if (!recontour::haveReferenceData()) {                                             \
    if (recontour::isContinuousIntegration()) FAIL() << "RECONTOUR_DATA is not set"; \
    GTEST_SKIP() << "RECONTOUR_DATA is not set";                                     \
  }
