// Flags of readings, and what the coordinator did. Both are as files with a line each.
#include <algorithm>
#include <map>

#include "ui/report/study_tables.h"

namespace recontour {
namespace {

constexpr qsizetype kMostCases = 6;  // named in a line

QString withoutUnderscores(const std::string& kind) { return text(kind).replace(QLatin1Char('_'), QLatin1Char(' ')); }

/// "R1: C01, C02; R2: 20 readings"
QString readingsText(const std::map<std::string, QStringList>& casesByReader) {
  QStringList parts;
  for (const auto& [reader, cases] : casesByReader)
    parts << QStringLiteral("%1: %2").arg(text(reader), cases.size() > kMostCases
                                                            ? QStringLiteral("%1 readings").arg(cases.size())
                                                            : cases.join(QStringLiteral(", ")));
  return parts.join(QStringLiteral("; "));
}

/// Readings that have the same flag share a line.
ReportTable flagTable(const StudyContext& study) {
  ReportTable table{
      QStringLiteral("Flags"), {QStringLiteral("reading"), QStringLiteral("flag"), QStringLiteral("what")}, {}, 3};
  for (const StudyFlag& flag : study.results.flags)
    table.rows.push_back({QStringLiteral("study"), withoutUnderscores(flag.kind), text(flag.text)});
  std::map<std::pair<std::string, std::string>, std::map<std::string, QStringList>> readings;
  for (const StudySession& session : study.results.sessions)
    for (const StudyFlag& flag : session.flags)
      readings[{flag.kind, flag.text}][session.task.reader] << text(session.task.caseId);
  for (const auto& [flag, casesByReader] : readings)
    table.rows.push_back({readingsText(casesByReader), withoutUnderscores(flag.first), text(flag.second)});
  table.note = QStringLiteral("A line for each reading: flags.csv.");
  return table;
}

/// A hash is recognised by its first digits.
QString shortHash(const std::string& value) {
  constexpr std::size_t kHash = 64;
  const bool isHash = value.size() == kHash && value.find_first_not_of("0123456789abcdef") == std::string::npos;
  return isHash ? text(value).left(12) + QStringLiteral("...") : text(value);
}

bool sameKind(const StudyNote& a, const StudyNote& b) { return a.who == b.who && a.action == b.action; }

QStringList noteRow(std::span<const StudyNote> notes) {
  const StudyNote& first = notes.front();
  QString subject = shortHash(first.subject), reason = shortHash(first.reason);
  if (notes.size() > 1) {
    subject = QStringLiteral("%1 readings").arg(notes.size());
    reason.clear();
  }
  return {dateText(first.wallMs), text(first.who), text(first.action), subject, reason};
}

/// Many merges in a row, as a return brings them, are one line.
ReportTable noteTable(const StudyContext& study) {
  ReportTable table{QStringLiteral("What the coordinator did"),
                    {QStringLiteral("when"), QStringLiteral("who"), QStringLiteral("what"), QStringLiteral("of"),
                     QStringLiteral("why")},
                    {},
                    5};
  const std::span<const StudyNote> notes(study.results.notes);
  for (std::size_t first = 0, end = 0; first < notes.size(); first = end) {
    end = first + 1;
    while (notes[first].action == "merge" && end < notes.size() && sameKind(notes[first], notes[end])) ++end;
    table.rows.push_back(noteRow(notes.subspan(first, end - first)));
  }
  table.note = QStringLiteral("A line for each entry, with hashes in full: notes.csv.");
  return table;
}

}  // namespace

std::vector<ReportTable> noteTables(const StudyContext& study) {
  std::vector<ReportTable> tables;
  for (ReportTable& table : std::vector{flagTable(study), noteTable(study)})
    if (!table.rows.empty()) tables.push_back(table);
  return tables;
}

}  // namespace recontour
