#include "core/evaluate/method_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

namespace recontour {
namespace {

constexpr std::array<std::string_view, 3> kStyles = {"md", "csv", "tex"};
constexpr const char* kNone = "-";

/// How a metric is printed and which way is better: 1 more, -1 less, 0 neither.
struct Look {
  double factor = 1;
  int better = 0;
  std::string heading;
};

Look lookOf(const MetricColumn& column) {
  const bool namesMm = column.name.ends_with("_mm");
  switch (column.kind) {
    case MetricKind::Overlap:
      return {100, 1, column.name == "dsc" ? "DSC (%)" : column.name + " (%)"};
    case MetricKind::Distance:
      return {1, -1, namesMm ? column.name : column.name + " (mm)"};
    case MetricKind::Count:
    case MetricKind::Fraction:
      return {1, -1, column.name};
    case MetricKind::Given:
      break;
  }
  return {1, 0, column.name};
}

struct Cell {
  std::optional<double> mean, sd;
  std::string text = kNone;
  bool best = false;
};

/// A row of cells: one an organ, then the mean.
struct Row {
  std::string name;
  std::vector<Cell> cells;
};

std::string fixed(double value, const char* format = "%.2f") {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

Cell cellOf(const MetricSummary& summary, const Look& look) {
  Cell cell;
  if (!summary.mean) return cell;
  cell.mean = *summary.mean * look.factor;
  cell.text = fixed(*cell.mean);
  if (!summary.sdCases) return cell;
  cell.sd = *summary.sdCases * look.factor;
  cell.text += "±" + fixed(*cell.sd);
  return cell;
}

/// Number of an organ of the table.
std::size_t placeOf(const OrganTable& organs, Label label) {
  return static_cast<std::size_t>(std::ranges::find(organs.organs(), label, &Organ::label) - organs.organs().begin());
}

Row rowOf(const MethodResult& method, const OrganTable& organs, const std::string& metric, const Look& look) {
  Row row{method.name, std::vector<Cell>(organs.organs().size() + 1)};
  for (const MetricSummary& summary : method.evaluation.summary) {
    if (summary.metric != metric) continue;
    row.cells[summary.label ? placeOf(organs, *summary.label) : organs.organs().size()] = cellOf(summary, look);
  }
  return row;
}

/// Judged as printed: what reads the same is equally good.
void markBest(std::vector<Row>& rows, int better) {
  if (better == 0 || rows.size() < 2) return;
  const auto rank = [better](const Cell& cell) { return better * std::round(*cell.mean * 100); };
  for (std::size_t column = 0; column < rows.front().cells.size(); ++column) {
    std::optional<double> best;
    for (const Row& row : rows) {
      const Cell& cell = row.cells[column];
      if (cell.mean && (!best || rank(cell) > *best)) best = rank(cell);
    }
    for (Row& row : rows) {
      Cell& cell = row.cells[column];
      cell.best = cell.mean && rank(cell) == *best;
    }
  }
}

using CaseOrgan = std::pair<std::string, Label>;

std::map<CaseOrgan, double> valuesOf(const MethodResult& method, const std::string& metric) {
  std::map<CaseOrgan, double> values;
  for (const MetricColumn& column : method.evaluation.columns) {
    if (column.name != metric) continue;
    for (const MetricRow& row : method.evaluation.rows) {
      const auto value = column.of(row);
      if (value && column.source(row)->empty == Empty::None) values[{row.caseName, row.metrics.label}] = *value;
    }
  }
  return values;
}

/// Mean differences by organ, then over all, of what both have.
Row differenceRow(const MethodResult& method, const MethodResult& baseline, const OrganTable& organs,
                  const std::string& metric, const Look& look) {
  const auto mine = valuesOf(method, metric), theirs = valuesOf(baseline, metric);
  const std::size_t count = organs.organs().size();
  std::vector<double> sums(count + 1, 0), numbers(count + 1, 0);
  for (const auto& [key, value] : mine) {
    const auto other = theirs.find(key);
    if (other == theirs.end()) continue;
    for (const std::size_t at : {placeOf(organs, key.second), count}) {
      sums[at] += (value - other->second) * look.factor;
      numbers[at] += 1;
    }
  }
  Row row{method.name + " - " + baseline.name, std::vector<Cell>(count + 1)};
  for (std::size_t i = 0; i <= count; ++i) {
    if (numbers[i] > 0) row.cells[i].text = fixed(sums[i] / numbers[i], "%+.2f");
  }
  return row;
}

std::string escapedForLatex(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string joined(const std::vector<std::string>& fields, const char* before, const char* between, const char* after) {
  std::string line = before;
  for (std::size_t i = 0; i < fields.size(); ++i) line += (i == 0 ? "" : between) + fields[i];
  return line + after;
}

std::string plain(const std::string& text, TableStyle style) {
  return style == TableStyle::Csv ? csvText(text) : style == TableStyle::Latex ? escapedForLatex(text) : text;
}

std::vector<std::string> fieldsOf(const Row& row, TableStyle style) {
  std::vector<std::string> fields;
  fields.push_back(plain(row.name, style));
  for (const Cell& cell : row.cells) {
    std::string text = plain(cell.text, style);
    if (style == TableStyle::Latex && text.find("±") != std::string::npos)
      text.replace(text.find("±"), std::string("±").size(), "$\\pm$");
    if (cell.best && style == TableStyle::Markdown) text = "**" + text + "**";
    if (cell.best && style == TableStyle::Latex) text = "\\textbf{" + text + "}";
    fields.push_back(text);
  }
  return fields;
}

std::string printed(const std::vector<std::string>& heading, const std::vector<Row>& rows, TableStyle style) {
  const bool latex = style == TableStyle::Latex;
  const char* before = style == TableStyle::Markdown ? "| " : "";
  const char* between = style == TableStyle::Markdown ? " | " : latex ? " & " : ",";
  const char* after = style == TableStyle::Markdown ? " |\n" : latex ? " \\\\\n" : "\n";
  std::string text;
  if (latex) text += "\\begin{tabular}{l" + std::string(heading.size() - 1, 'r') + "}\n\\hline\n";
  text += joined(heading, before, between, after);
  if (style == TableStyle::Markdown) {
    std::vector<std::string> rule(heading.size(), "---:");
    rule.front() = "---";
    text += joined(rule, before, between, after);
  }
  if (latex) text += "\\hline\n";
  for (const Row& row : rows) text += joined(fieldsOf(row, style), before, between, after);
  if (latex) text += "\\hline\n\\end{tabular}\n";
  return text;
}

}  // namespace

std::optional<TableStyle> tableStyleNamed(std::string_view name) {
  const auto found = std::ranges::find(kStyles, name);
  if (found == kStyles.end()) return std::nullopt;
  return static_cast<TableStyle>(found - kStyles.begin());
}

std::string methodTable(std::span<const MethodResult> methods, const OrganTable& organs, const MetricColumn& column,
                        TableStyle style, const std::string& baseline) {
  const Look look = lookOf(column);
  const std::string& metric = column.name;
  std::vector<Row> rows;
  for (const MethodResult& method : methods) rows.push_back(rowOf(method, organs, metric, look));
  markBest(rows, look.better);
  if (!baseline.empty()) {
    const auto base = std::ranges::find(methods, baseline, &MethodResult::name);
    if (base == methods.end()) throw Error("no method is called '" + baseline + "'");
    for (const MethodResult& method : methods) {
      if (method.name != baseline) rows.push_back(differenceRow(method, *base, organs, metric, look));
    }
  }
  std::vector<std::string> heading = {plain(look.heading, style)};
  for (const Organ& organ : organs.organs()) heading.push_back(plain(organ.name, style));
  heading.push_back("Mean");
  return printed(heading, rows, style);
}

}  // namespace recontour
