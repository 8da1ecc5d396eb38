#include "core/study/study_export.h"

#include "core/base/safe_file.h"
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
  createPrivateFolder(folder);
  writeLongCsv(study, folder / "long.csv");
  writeFileSafely(folder / "long_columns.csv", dataDictionaryCsv(study.protocol().analysis));
  writeFileSafely(folder / "model.R", rSnippet(study.protocol()));
  writeFileSafely(folder / "dsc_over_time.csv", coursesCsv(coursesOf(study)));
  writeFileSafely(folder / "ratings.csv", ratingsCsv(study.store().sessions(), study.protocol()));
}

}  // namespace recontour
