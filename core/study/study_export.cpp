#include "core/study/study_export.h"

#include "core/base/safe_file.h"
#include "core/study/study_courses.h"
#include "core/study/study_csv.h"
#include "core/study/study_evaluation.h"
#include "core/study/study_ratings.h"

namespace recontour {
namespace {

/// A table that is written line by line.
class LineFile {
 public:
  explicit LineFile(const std::filesystem::path& file) : file_(file) {}
  void line(const std::string& text) {
    buffer_ += text;
    if (buffer_.size() > kFlush) flush();
  }
  void commit() {
    flush();
    file_.commit();
  }

 private:
  static constexpr std::size_t kFlush = std::size_t{1} << 20;
  void flush() {
    file_.write(buffer_);
    buffer_.clear();
  }
  SafeFile file_;
  std::string buffer_;
};

void writeLongCsv(const CoordinatorStudy& study, const std::filesystem::path& target) {
  LineFile file(target);
  file.line(LongCsv::header(study.protocol().analysis));
  const bool named = study.stage() == StudyStage::Unblinded;
  study.store().forEachRow([&](StudyRow row) {
    if (!named) row.model.clear();
    file.line(LongCsv::line(row));
  });
  file.commit();
}

}  // namespace

void exportStudy(const CoordinatorStudy& study, const std::filesystem::path& folder) {
  createPrivateFolder(folder);
  writeLongCsv(study, folder / "long.csv");
  writeFileSafely(folder / "long_columns.csv", dataDictionaryCsv(study.protocol().analysis));
  writeFileSafely(folder / "model.R", rSnippet(study.protocol()));
  writeFileSafely(folder / "dsc_over_time.csv", coursesCsv(coursesOf(study)));
  writeFileSafely(folder / "ratings.csv", ratingsCsv(study.store().sessions(), study.protocol()));
}

}  // namespace recontour
