#pragma once
// Private to core/study: rows of long.csv in two tables, `reading` with what all rows of a reading have in common, and
// `result` with what each organ has.
#include <functional>
#include <span>
#include <string>

#include "core/study/sql_database.h"
#include "core/study/study_results.h"

namespace recontour {

void createResultTables(SqlDatabase& database);
/// In the place of the task's rows. @throws Error where they differ in what they have in common
void putResultRows(SqlDatabase& database, const std::string& task, std::span<const StudyRow> rows);
void clearResultTables(SqlDatabase& database);
/// By reader and position, in the order in which they were put.
void forEachResultRow(const SqlDatabase& database, const std::function<void(const StudyRow&)>& visit);

}  // namespace recontour
