#pragma once
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace recontour {

inline bool haveReferenceData() { return std::getenv("RECONTOUR_DATA") != nullptr; }

/// A file or folder of the reference data that RECONTOUR_DATA names.
inline std::filesystem::path referenceData(const std::string& relative) {
  return std::filesystem::path(std::getenv("RECONTOUR_DATA")) / relative;
}

/// The label maps of WORD's test cases, by name.
inline std::vector<std::filesystem::path> wordMaps() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(referenceData("word_labels")))
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
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
