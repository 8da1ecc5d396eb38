#include "core/workbench/figures_csv.h"

#include "core/metrics/metric_table.h"

namespace recontour {
namespace {

constexpr const char* kIntendedUse = "research software, not a medical device";

std::optional<double> changeOf(const OrganStatus& status) {
  if (!status.dscBefore || !status.dscAfter) return std::nullopt;
  return *status.dscAfter - *status.dscBefore;
}

std::string concernsOf(const OrganStatus& status) {
  std::string text;
  for (const OrganConcern& concern : status.concerns) text += (text.empty() ? "" : "; ") + concern.reason;
  return text;
}

std::string lineOf(const FiguresTable& table, const OrganStatus& status) {
  const Organ* organ = table.organs.find(status.organ);
  std::string line = csvText(table.caseName) + "," + csvText(table.reader) + "," +
                     csvText(organ != nullptr ? organ->key : "") + "," + std::to_string(status.organ) + "," +
                     (status.seen ? "yes" : "no") + "," + std::to_string(status.edits) + "," +
                     verdictName(status.statement.verdict) + "," + csvText(status.statement.reason) + "," +
                     csvNumber(status.volumeBeforeMl) + "," + csvNumber(status.volumeMl) + "," +
                     std::to_string(status.voxelsAdded) + "," + std::to_string(status.voxelsRemoved) + ",";
  if (table.withDsc)
    line += csvNumber(status.dscBefore) + "," + csvNumber(status.dscAfter) + "," + csvNumber(changeOf(status)) + ",";
  return line + csvNumber(status.activeSeconds) + "," + csvText(concernsOf(status)) + "," + csvText(kIntendedUse) +
         "\n";
}

}  // namespace

std::string figuresCsv(const FiguresTable& table) {
  std::string text =
      "case,reader,organ,label,seen,edits,state,reason,volume_before_ml,volume_ml,voxels_added,voxels_removed,";
  if (table.withDsc) text += "dsc_before,dsc_after,dsc_change,";
  text += "active_s,warnings,intended_use\n";
  for (const OrganStatus& status : table.status) text += lineOf(table, status);
  return text;
}

}  // namespace recontour
