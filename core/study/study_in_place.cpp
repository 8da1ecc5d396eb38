#include "core/study/study_in_place.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/study/coordinator_study.h"
#include "core/study/study_packages.h"

namespace recontour {

bool isCoordinatorStudy(const std::filesystem::path& folder) { return std::filesystem::exists(folder / "study.json"); }

ReaderPackage packageInPlace(const std::filesystem::path& study, const std::string& reader) {
  const SystemClock clock;
  return readPackage(placePackage(CoordinatorStudy::open(study, clock), reader, study / "readers"));
}

void mergeInPlace(const std::filesystem::path& study, const ReaderPackage& package) {
  const SystemClock clock;
  const auto zip = study / "readers" / ("return-" + package.reader + ".zip");
  packReturn(package, zip);
  CoordinatorStudy coordinator = CoordinatorStudy::open(study, clock);
  const MergeReport report = mergeReturn(coordinator, zip);
  std::filesystem::remove(zip);
  if (!report.refused.empty()) throw Error(report.refused.front());
}

}  // namespace recontour
