#include "core/study/study_csv.h"

#include <cmath>

#include "core/metrics/metric_table.h"

namespace recontour {
namespace {

using Row = StudyRow;
using Figure = std::optional<double> StudyMetrics::*;

struct Column {
  const char *name, *type, *unit, *meaning;
  std::string (*value)(const Row& row);
};

std::string whole(std::int64_t value) { return std::to_string(value); }
std::string flag(bool value) { return value ? "1" : "0"; }

template <auto metrics, Figure figure>
std::string measured(const Row& row) {
  const std::optional<StudyMetrics>& of = row.*metrics;
  return isMeasured(of) ? csvNumber((*of).*figure) : std::string();
}

/// An added path needs only the organ that it leads to; from nothing it is the whole contour.
template <auto metrics>
std::string path(const Row& row) {
  const std::optional<StudyMetrics>& of = row.*metrics;
  return of && (of->empty == "none" || of->empty == "prediction") ? csvNumber(of->aplMm) : std::string();
}

/// A volume is known where the organ's other figures are not.
template <auto metrics, auto ml>
std::string volume(const Row& row) {
  const std::optional<StudyMetrics>& of = row.*metrics;
  return csvNumber(of && of->volumeMl ? of->volumeMl : row.*ml);
}

template <std::size_t limit>
std::string active(const Row& row) {
  return csvNumber(row.activeS[limit]);
}

// Active time has its names from the protocol.
constexpr Column kColumns[] = {
    {"study", "text", "", "name of the study", [](const Row& row) { return csvText(row.study); }},
    {"site", "text", "", "hospital of the reader", [](const Row& row) { return csvText(row.site); }},
    {"reader", "text", "", "pseudonym of the reader", [](const Row& row) { return csvText(row.reader); }},
    {"years", "number", "a", "experience of the reader", [](const Row& row) { return csvNumber(row.years); }},
    {"case", "text", "", "name of the case in the study", [](const Row& row) { return csvText(row.caseId); }},
    {"patient_group", "text", "", "cases of one patient share it, so they are not independent",
     [](const Row& row) { return csvText(row.patientGroup); }},
    {"organ", "text", "", "key of the organ table; review: time that belongs to no organ, without metrics",
     [](const Row& row) { return csvText(row.organ); }},
    {"arm", "text", "", "arm of the protocol", [](const Row& row) { return csvText(row.arm); }},
    {"period", "integer", "", "period of a crossover, from 1", [](const Row& row) { return whole(row.period); }},
    {"position", "integer", "", "place in the reader's order, from 1",
     [](const Row& row) { return whole(row.position); }},
    {"repeat", "integer", "", "1: the case was read again in the same arm",
     [](const Row& row) { return whole(row.repeat); }},
    {"practice", "boolean", "", "a case to practise on, outside of all figures",
     [](const Row& row) { return flag(row.practice); }},
    {"planted", "boolean", "", "errors were put into the start, so it is outside of DSC and time endpoints",
     [](const Row& row) { return flag(row.planted); }},
    {"interrupted", "boolean", "", "the reading had a crash or a gap of more than 10 min",
     [](const Row& row) { return flag(row.interrupted); }},
    {"organ_state", "text", "", "the reader's statement on the organ", [](const Row& row) { return row.organState; }},
    {"start_hash", "text", "", "hash of the label map that the reader started from",
     [](const Row& row) { return csvText(row.startHash); }},
    {"final_hash", "text", "", "hash of the accepted label map", [](const Row& row) { return csvText(row.finalHash); }},
    {"app", "text", "", "version of the reader's program", [](const Row& row) { return csvText(row.app); }},
    {"model", "text", "", "model behind the start; empty where there is none",
     [](const Row& row) { return csvText(row.model); }},
    {"", "number", "s", "", active<0>},
    {"", "number", "s", "", active<1>},
    {"", "number", "s", "", active<2>},
    {"", "number", "s", "", active<3>},
    {"edit_s", "number", "s", "of the active time at the primary idle limit: inside strokes and operations",
     [](const Row& row) { return csvNumber(row.editS); }},
    {"inspect_s", "number", "s", "of the active time at the primary idle limit: the rest",
     [](const Row& row) { return csvNumber(row.inspectS); }},
    {"before_dsc", "number", "", "DSC of the start with the reference", measured<&Row::before, &StudyMetrics::dsc>},
    {"after_dsc", "number", "", "DSC of the accepted contour with the reference",
     measured<&Row::after, &StudyMetrics::dsc>},
    {"before_hd95_mm", "number", "mm", "95 % Hausdorff distance of the start",
     measured<&Row::before, &StudyMetrics::hd95Mm>},
    {"after_hd95_mm", "number", "mm", "95 % Hausdorff distance of the accepted contour",
     measured<&Row::after, &StudyMetrics::hd95Mm>},
    {"before_assd_mm", "number", "mm", "average symmetric surface distance of the start",
     measured<&Row::before, &StudyMetrics::assdMm>},
    {"after_assd_mm", "number", "mm", "average symmetric surface distance of the accepted contour",
     measured<&Row::after, &StudyMetrics::assdMm>},
    {"before_nsd", "number", "", "surface DSC of the start within the protocol's tolerance",
     measured<&Row::before, &StudyMetrics::nsd>},
    {"after_nsd", "number", "", "surface DSC of the accepted contour within the protocol's tolerance",
     measured<&Row::after, &StudyMetrics::nsd>},
    {"before_apl_mm", "number", "mm", "added path length from the start to the reference", path<&Row::before>},
    {"after_apl_mm", "number", "mm", "added path length from the accepted contour to the reference", path<&Row::after>},
    {"before_volume_ml", "number", "mL", "volume of the start", volume<&Row::before, &Row::startMl>},
    {"after_volume_ml", "number", "mL", "volume of the accepted contour", volume<&Row::after, &Row::finalMl>},
    {"work_dsc", "number", "", "DSC of the start with the accepted contour", measured<&Row::work, &StudyMetrics::dsc>},
    {"work_apl_mm", "number", "mm", "added path length from the start to the accepted contour", path<&Row::work>},
    {"voxels_added", "integer", "voxels", "in the accepted contour but not in the start",
     [](const Row& row) { return whole(row.voxelsAdded); }},
    {"voxels_removed", "integer", "voxels", "in the start but not in the accepted contour",
     [](const Row& row) { return whole(row.voxelsRemoved); }},
    {"strokes", "integer", "", "strokes and operations on the organ",
     [](const Row& row) { return whole(row.strokes); }},
    {"undos", "integer", "", "steps taken back on the organ", [](const Row& row) { return whole(row.undos); }},
    {"edited", "boolean", "", "the accepted contour differs from the start",
     [](const Row& row) { return flag(row.edited); }},
    {"seen", "boolean", "", "the reader looked through the organ", [](const Row& row) { return flag(row.seen); }},
    {"missing_reason", "text", "", "why figures against the reference are empty",
     [](const Row& row) { return csvText(missingReasonOf(row)); }},
};

std::string secondsText(double seconds) { return csvNumber(seconds); }

}  // namespace

bool isMeasured(const std::optional<StudyMetrics>& metrics) { return metrics && metrics->empty == "none"; }

std::string missingReasonOf(const StudyRow& row) {
  if (!row.missingReason.empty() || row.organ == "review") return row.missingReason;
  const std::string empty = row.after ? row.after->empty : "none";
  if (empty == "both") return "organ absent in reference and contour";
  if (empty == "truth") return "organ absent in reference";
  if (empty == "prediction") return "organ absent in contour";
  return row.after ? "" : "no reference";
}

std::vector<LongCsvColumn> longCsvColumns(const StudyAnalysis& analysis) {
  std::vector<LongCsvColumn> columns;
  std::size_t limit = 0;
  for (const Column& column : kColumns) {
    columns.push_back({column.name, column.type, column.unit, column.meaning});
    if (!columns.back().name.empty()) continue;
    const std::string seconds = secondsText(analysis.idleLimitsS.at(limit++));
    columns.back().name = "active_" + seconds + "_s";
    columns.back().meaning = "active time of the organ; time beyond " + seconds + " s without an action does not count";
  }
  return columns;
}

std::string LongCsv::header(const StudyAnalysis& analysis) {
  std::string line;
  for (const LongCsvColumn& column : longCsvColumns(analysis)) line += (line.empty() ? "" : ",") + column.name;
  return line + "\n";
}

std::string LongCsv::line(const StudyRow& row) {
  std::string line;
  for (const Column& column : kColumns) line += column.value(row) + ',';
  line.back() = '\n';
  return line;
}

std::string dataDictionaryCsv(const StudyAnalysis& analysis) {
  std::string csv = "column,type,unit,meaning\n";
  for (const LongCsvColumn& column : longCsvColumns(analysis))
    csv += column.name + ',' + column.type + ',' + column.unit + ',' + csvText(column.meaning) + '\n';
  return csv;
}

LongCsvFile::LongCsvFile(const std::filesystem::path& file, const StudyAnalysis& analysis)
    : file_(file), waiting_(LongCsv::header(analysis)) {}

void LongCsvFile::add(const StudyRow& row) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  waiting_ += LongCsv::line(row);
  if (waiting_.size() > kPiece) flush();
}

void LongCsvFile::flush() {
  file_.write(waiting_);
  waiting_.clear();
}

void LongCsvFile::commit() {
  flush();
  file_.commit();
}

}  // namespace recontour
