#include "app/workstation/study_start.h"

#include <QApplication>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/study/study_in_place.h"
#include "core/workbench/job_queue.h"
#include "core/workbench/study_reading.h"
#include "ui/report/study_report.h"
#include "ui/study/coordinator_window.h"

namespace recontour {
namespace {

/// A table that a study was not made with would name other organs.
OrganTable organTableOf(const ReaderPackage& package) {
  OrganTable table = OrganTable::named(package.organTable);
  if (!table.reads(package.organTableHash)) throw Error(package.organTable, "is not the study's organ table");
  return table;
}

}  // namespace

OpenedStudy startOfStudy(const std::filesystem::path& file, const std::string& reader) {
  OpenedStudy start;
  if (isCoordinatorStudy(file)) {
    start.inPlace = file;
    start.package = packageInPlace(file, reader);
  } else if (std::filesystem::is_directory(file)) {
    start.package = readPackage(file);
  } else {
    start.package = readPackage(unpackPackage(file, dataFolder() / "studies"));
  }
  start.organs = organTableOf(start.package);
  return start;
}

int runCoordinator(const std::filesystem::path& study) {
  static const SystemClock kClock;
  CoordinatorWindow window(study, kClock, {.writeReport = writeStudyReport});
  window.resize(1440, 860);
  window.show();
  return QApplication::exec();
}

void mergeWhatIsRead(const OpenedStudy& start, StudyReading& reading) {
  if (!start.inPlace) return;
  auto jobs = std::make_shared<JobQueue>();
  const auto merge = [jobs, study = *start.inPlace, package = start.package, &reading] {
    jobs->post("merge", [study, package, &reading](std::stop_token) {
      try {
        mergeInPlace(study, package);
      } catch (const std::exception& error) {
        const QString text = QString::fromUtf8(error.what());
        QMetaObject::invokeMethod(&reading, [&reading, text] { Q_EMIT reading.failed(text); });
      }
    });
  };
  QObject::connect(&reading, &StudyReading::received, &reading, merge);
  if (reading.progress().accepted() > 0) merge();  // what could not be merged the last time
}

void beginNextCase(StudyReading& reading) {
  QObject::connect(&reading, &StudyReading::phaseChanged, &reading, [&reading] {
    if (reading.phase() == StudyReading::Phase::Ready) reading.begin();
    if (reading.phase() == StudyReading::Phase::FormBefore) reading.answer({});
  });
  reading.openNext();
}

}  // namespace recontour
