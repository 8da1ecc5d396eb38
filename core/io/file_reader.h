#pragma once
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "core/image/label_values.h"
#include "core/io/open_case.h"

namespace recontour {

/// Opens medical files. Blocks, so it is for background threads; may be used from several.
class FileReader {
 public:
  virtual ~FileReader() = default;
  /// As openCase() of core/io/open_case.h.
  virtual Case openCase(const std::filesystem::path& path, const std::string& series, OpenProgress& progress,
                        std::stop_token stop) = 0;
  /// As readLabelValues() of core/io/label_file.h.
  virtual LabelValues readLabels(const std::filesystem::path& file, std::stop_token stop) = 0;
};

/// Reads in this process.
std::shared_ptr<FileReader> makeLocalReader();

}  // namespace recontour
