#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/core/io/nifti_bytes.h"

namespace recontour {

/// An NRRD file written line by line. Starts as a 3 x 2 x 2 int16 volume of 1 x 2 x 3 mm with origin 10, 20, 30, LPS.
class NrrdBytes {
 public:
  NrrdBytes() {
    set("type", "short").set("dimension", "3").set("sizes", "3 2 2").set("space", "left-posterior-superior");
    set("space directions", "(1,0,0) (0,2,0) (0,0,3)").set("space origin", "(10,20,30)");
    set("kinds", "domain domain domain").set("endian", "little").set("encoding", "raw");
  }
  NrrdBytes& set(const std::string& key, const std::string& value) {
    for (auto& [name, text] : fields_) {
      if (name == key) return text = value, *this;
    }
    fields_.emplace_back(key, value);
    return *this;
  }
  NrrdBytes& remove(const std::string& key) {
    std::erase_if(fields_, [&](const auto& field) { return field.first == key; });
    return *this;
  }
  std::string header() const {
    std::string text = "NRRD0004\n# by hand\n";
    for (const auto& [name, value] : fields_) text += name + ": " + value + "\n";
    return text + "\n";
  }
  /// The twelve voxels 0, 1, ... 11.
  static std::string counting() {
    std::string bytes;
    for (char i = 0; i < 12; ++i) bytes += std::string{i, '\0'};
    return bytes;
  }
  std::string withCounting() const { return header() + counting(); }
  std::string gzippedCounting() const {
    return NrrdBytes(*this).set("encoding", "gzip").header() + gzipped(counting());
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace recontour
