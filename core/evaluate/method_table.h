#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/evaluate/evaluation.h"

namespace recontour {

/// One method's evaluation against the truth that all are judged by.
struct MethodResult {
  std::string name;
  Evaluation evaluation;
};

enum class TableStyle { Markdown, Csv, Latex };
/// "md", "csv", "tex"; none for another name.
std::optional<TableStyle> tableStyleNamed(std::string_view name);

/// A table as WORD's paper prints them: a row a method, a column an organ, then the mean over organs; mean and SD over
/// cases ("96.55±0.89"), dsc and nsd in percent, the best of each column bold (not in CSV), "-" for an organ that no
/// case of the data set has.
/// @param organs    those that were evaluated
/// @param column    one that every evaluation has
/// @param baseline  name of a method, or empty: a second row a method tells the mean difference from it, over the cases
///                  and organs that both have
/// @throws Error when no method is called `baseline`
std::string methodTable(std::span<const MethodResult> methods, const OrganTable& organs, const MetricColumn& column,
                        TableStyle style, const std::string& baseline = {});

}  // namespace recontour
