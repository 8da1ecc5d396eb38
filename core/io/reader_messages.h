#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/label_values.h"
#include "core/io/open_case.h"

namespace recontour {

// What recontour-reader and its client say to each other (docs/formats/jobs.md). The voxels lie beside the messages in
// the job folder. Functions that read throw Error, or Json::exception for a message that lacks something.

/// Bytes of a path that may not be UTF-8, as ASCII: what is not printable or '%' stands as %XX.
std::string percentEncoded(const std::filesystem::path& path);
std::filesystem::path percentDecoded(const std::string& text);

Json referenceMessage(const DicomReference& reference);
DicomReference readReference(const Json& json);

/// Writes the slice into `folder`. @return a "slice" message
Json sliceMessage(const FirstSlice& slice, const std::filesystem::path& folder);
FirstSlice readSlice(const Json& message, const std::filesystem::path& folder);

/// Writes the voxels into `folder`. @return the result of "open"
Json caseMessage(const Case& opened, const std::filesystem::path& folder);
/// Checks length and hash of the voxels. Name and source are left to the caller.
Case readCase(const Json& message, const std::filesystem::path& folder);

/// Writes the slots into `folder`. @return the result of "labels"
Json labelsMessage(const LabelValues& values, const std::filesystem::path& folder);
LabelValues readLabelsMessage(const Json& message, const std::filesystem::path& folder);

/// Holds the list of "series", which may be longer than a message.
inline constexpr const char* kSeriesFile = "series.json";

Json seriesMessage(const std::vector<CtSeries>& series);
std::vector<CtSeries> readSeries(const Json& list);

}  // namespace recontour
