#include "core/study/study_export.h"

#include "core/base/files_together.h"
#include "core/study/study_courses.h"
#include "core/study/study_csv.h"
#include "core/study/study_evaluation.h"
#include "core/study/study_ratings.h"

namespace recontour {
namespace {

void writeLongCsv(const CoordinatorStudy& study, const std::filesystem::path& target) {
  LongCsvFile file(target, study.protocol().analysis);
  const bool named = study.stage() == StudyStage::Unblinded;
  study.store().forEachRow([&](StudyRow row) {
    if (!named) row.model.clear();
    file.add(row);
  });
  file.commit();
}

}  // namespace

void exportStudy(const CoordinatorStudy& study, const std::filesystem::path& folder) {
  FilesTogether files;
  writeLongCsv(study, files.add(folder / "long.csv"));
  files.write(folder / "long_columns.csv", dataDictionaryCsv(study.protocol().analysis));
  files.write(folder / "model.R", rSnippet(study.protocol()));
  files.write(folder / "dsc_over_time.csv", coursesCsv(coursesOf(study)));
  files.write(folder / "ratings.csv", ratingsCsv(study.store().sessions(), study.protocol()));
  files.commit();
}

}  // namespace recontour
