#pragma once
#include <filesystem>
#include <string>

#include "core/evaluate/evaluation.h"

namespace recontour::cli {

/// Writes the rows, and the summary beside them as NAME.summary.csv; both or neither. @throws Error
void writeEvaluation(const Evaluation& evaluation, const std::filesystem::path& csv);
/// One JSON document on standard output (docs/formats/evaluate-csv.md).
void printEvaluationJson(const Evaluation& evaluation, const EvaluationRequest& request, const std::string& profile);
/// A table for people: the organs of one case, or the summary over several.
void printEvaluation(const Evaluation& evaluation, bool withEmpty);

}  // namespace recontour::cli
