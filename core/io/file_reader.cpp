#include "core/io/file_reader.h"

#include "core/io/label_file.h"

namespace recontour {
namespace {

class LocalReader final : public FileReader {
 public:
  Case openCase(const std::filesystem::path& path, const std::string& series, OpenProgress& progress,
                std::stop_token stop) override {
    return recontour::openCase(path, progress, std::move(stop), {series, LeaningGrid::Refused});
  }
  LabelValues readLabels(const std::filesystem::path& file, std::stop_token) override {
    OpenProgress nothing;
    return readLabelValues(file, nothing);
  }
};

}  // namespace

std::shared_ptr<FileReader> makeLocalReader() { return std::make_shared<LocalReader>(); }

}  // namespace recontour
