#include "core/evaluate/method_table.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Label kLiver = 1;

/// A method that was tried on as many cases as there are values; only the liver is there.
MethodResult method(const std::string& name, const std::vector<double>& liverDsc) {
  MethodResult result{name, {}};
  const std::vector<std::string> metrics = {"dsc"};
  result.evaluation.columns = metricColumns(metrics, {}, false);
  const OrganTable organs = OrganTable::named("word");
  for (std::size_t i = 0; i < liverDsc.size(); ++i) {
    for (const Organ& organ : organs.organs()) {
      MetricRow row{"case" + std::to_string(i), organ.key, {.label = organ.label, .dsc = 0.0}, {}};
      if (organ.label == kLiver) row.metrics = {.label = kLiver, .empty = Empty::None, .dsc = liverDsc[i]};
      result.evaluation.rows.push_back(row);
    }
  }
  result.evaluation.summary = summarise(result.evaluation.rows, result.evaluation.columns, false);
  return result;
}

/// First two fields of a line of the table, and the last.
std::string cells(const std::string& table, int line) {
  std::vector<std::string> lines, fields;
  std::size_t begin = 0;
  for (std::size_t end; (end = table.find('\n', begin)) != std::string::npos; begin = end + 1)
    lines.push_back(table.substr(begin, end - begin));
  const std::string& text = lines.at(static_cast<std::size_t>(line));
  begin = 0;
  for (std::size_t end; (end = text.find(',', begin)) != std::string::npos; begin = end + 1)
    fields.push_back(text.substr(begin, end - begin));
  return fields.at(0) + " " + fields.at(1) + " " + fields.at(2) + " " + text.substr(begin);
}

TEST(MethodTable, HasMeanAndSdInPercentAndADashForOrgansThatAreNotThere) {
  const std::vector<MethodResult> methods = {method("A", {0.9, 0.8})};
  const std::string table =
      methodTable(methods, OrganTable::named("word"), methods[0].evaluation.columns[0], TableStyle::Csv);
  EXPECT_EQ(cells(table, 0), "DSC (%) Liver Spleen Mean");
  EXPECT_EQ(cells(table, 1), "A 85.00±7.07 - 85.00±7.07");
}

TEST(MethodTable, TheBestIsBoldAndWhatReadsTheSameIsEquallyGood) {
  const std::vector<MethodResult> methods = {method("A", {0.9}), method("B", {0.95}), method("C", {0.950001})};
  const std::string table =
      methodTable(methods, OrganTable::named("word"), methods[0].evaluation.columns[0], TableStyle::Markdown);
  EXPECT_NE(table.find("| A | 90.00 |"), std::string::npos) << table;
  EXPECT_NE(table.find("| B | **95.00** |"), std::string::npos);
  EXPECT_NE(table.find("| C | **95.00** |"), std::string::npos);
}

TEST(MethodTable, LatexIsEscaped) {
  const std::vector<MethodResult> methods = {method("nn_U&Net", {0.9, 0.8}), method("B", {0.1, 0.2})};
  const std::string table =
      methodTable(methods, OrganTable::named("word"), methods[0].evaluation.columns[0], TableStyle::Latex);
  EXPECT_NE(table.find("nn\\_U\\&Net & \\textbf{85.00$\\pm$7.07}"), std::string::npos) << table;
  EXPECT_NE(table.find("\\begin{tabular}{lrrrrrrrrrrrrrrrrr}"), std::string::npos);
}

TEST(MethodTable, DifferencesAreOverTheCasesThatBothHave) {
  const std::vector<MethodResult> methods = {method("A", {0.9, 0.8}), method("B", {0.95})};
  const std::string table =
      methodTable(methods, OrganTable::named("word"), methods[0].evaluation.columns[0], TableStyle::Csv, "A");
  EXPECT_EQ(cells(table, 3), "B - A +5.00 - +5.00");
  EXPECT_THROW(methodTable(methods, OrganTable::named("word"), methods[0].evaluation.columns[0], TableStyle::Csv, "X"),
               Error);
}

}  // namespace
}  // namespace recontour
