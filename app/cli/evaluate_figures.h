#pragma once
#include <filesystem>
#include <span>

#include "core/evaluate/method_table.h"

namespace recontour::cli {

/// Writes a box plot of each metric: FILE itself for one, FILE with the metric's name before its ending for several.
/// @throws Error
void writeBoxPlots(const std::filesystem::path& file, std::span<const MethodResult> methods, const OrganTable& organs,
                   bool withEmpty);
/// @throws Error
void writeVolumePlot(const std::filesystem::path& file, const Evaluation& evaluation, const OrganTable& organs);

}  // namespace recontour::cli
