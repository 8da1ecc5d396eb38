#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/study/coordinator_study.h"
#include "core/study/study_results.h"

namespace recontour {

/// A mean over readings of one organ.
struct OrganFigure {
  std::string organ, name;
  double value = 0;  ///< minutes a case, or change of DSC
  int readings = 0;
};

/// All that a page shows is made from, as it is in the store at one moment.
struct StudySnapshot {
  std::string folder;
  StudyProtocol protocol;
  std::string freezeHash;
  StudyStage stage = StudyStage::Draft;
  std::vector<StudySession> sessions;
  std::vector<StudyNote> notes;
  std::vector<OrganFigure> changes;  ///< of DSC, in the protocol's order; none before the study is closed
  std::vector<std::string> missing;  ///< of a draft: why it cannot be frozen, one sentence each
  std::int64_t nowWallMs = 0;
};
/// Reads a study anew, as it is on disk now: other programs may have changed it. Reads the disk.
StudySnapshot snapshotOf(CoordinatorStudy& study);

/// Another text once anything of the study has changed on disk, and every ten minutes, since what is expected does.
std::string stampOf(const CoordinatorStudy& study);

struct ShownFlag {
  std::string kind, reader, caseId, task;  ///< the last three are empty for a flag of the study
  std::string text;
};

/// A column of the table: a case as it is read in an arm, or a place in the readers' orders.
struct ReadingColumn {
  std::string head, below;  ///< "C07", "B": the arm where there are several
};
struct ReaderLine {
  std::string reader, about;  ///< about: "Chengdu West, 2 y"
  int done = 0, all = 0;
  std::vector<int> cells;  ///< by column: index of the session, -1 where there is none
};
enum class ReadingColumns { Cases, Order };

/// What a coordinator is shown of a study. Practice is in the table, and in no figure.
struct StudyOverview {
  StudySnapshot snapshot;
  int done = 0, all = 0;                      ///< readings; excluded ones are in neither
  std::optional<std::int64_t> expectedEndMs;  ///< at the readers' pace so far; none until each has three readings
  std::optional<double> activeS, edited;      ///< medians of accepted readings
  std::vector<OrganFigure> times;             ///< mean minutes, the longest first
  std::vector<ShownFlag> flags;
};
StudyOverview overviewOf(StudySnapshot snapshot, const OrganTable& organs);

/// Neither practice nor excluded.
bool countsInFigures(const StudySession& session);

struct ReadingGrid {
  std::vector<ReadingColumn> columns;
  std::vector<ReaderLine> lines;
};
ReadingGrid readingGrid(const StudySnapshot& snapshot, ReadingColumns by);

}  // namespace recontour
