#pragma once
// Private to core/study: rows of long.csv as columns of tables.
#include "core/study/study_results.h"

namespace recontour {

/// Calls visit(column, member) for each column that all rows of a reading have in common.
/// @param row  a StudyRow, const or not
template <typename Row, typename Visit>
void visitReadingColumns(Row& row, Visit&& visit) {
  visit("study", row.study);
  visit("site", row.site);
  visit("reader", row.reader);
  visit("years", row.years);
  visit("case_id", row.caseId);
  visit("patient_group", row.patientGroup);
  visit("arm", row.arm);
  visit("period", row.period);
  visit("position", row.position);
  visit("repetition", row.repeat);
  visit("practice", row.practice);
  visit("planted", row.planted);
  visit("interrupted", row.interrupted);
  visit("start_hash", row.startHash);
  visit("final_hash", row.finalHash);
  visit("app", row.app);
  visit("model", row.model);
}

/// The same for those of an organ, but for its metrics.
template <typename Row, typename Visit>
void visitOrganColumns(Row& row, Visit&& visit) {
  visit("organ", row.organ);
  visit("organ_state", row.organState);
  visit("active_1_s", row.activeS[0]);
  visit("active_2_s", row.activeS[1]);
  visit("active_3_s", row.activeS[2]);
  visit("active_4_s", row.activeS[3]);
  visit("edit_s", row.editS);
  visit("inspect_s", row.inspectS);
  visit("voxels_added", row.voxelsAdded);
  visit("voxels_removed", row.voxelsRemoved);
  visit("start_ml", row.startMl);
  visit("final_ml", row.finalMl);
  visit("strokes", row.strokes);
  visit("undos", row.undos);
  visit("edited", row.edited);
  visit("seen", row.seen);
  visit("missing_reason", row.missingReason);
}

/// The same for the figures of one comparison, each column's name behind `prefix`.
template <typename Metrics, typename Visit>
void visitMetricColumns(Metrics& metrics, const std::string& prefix, Visit&& visit) {
  visit(prefix + "dsc", metrics.dsc);
  visit(prefix + "hd95_mm", metrics.hd95Mm);
  visit(prefix + "assd_mm", metrics.assdMm);
  visit(prefix + "nsd", metrics.nsd);
  visit(prefix + "apl_mm", metrics.aplMm);
  visit(prefix + "volume_ml", metrics.volumeMl);
  visit(prefix + "empty", metrics.empty);
}

}  // namespace recontour
