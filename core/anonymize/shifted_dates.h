#pragma once
#include <optional>
#include <string>

namespace recontour {

/// Dates moved back by whole days. Several values ("a\b") are moved alike, empty ones stay empty.
/// @param dates  DICOM's DA: "20240229", or "2024.02.29" of old. @return none where one of them is no date
std::optional<std::string> shiftedDates(const std::string& dates, int daysBack);

/// The same of DT: "20240229", "20240229131500.25+0100", "202402", "2024". The time stays; what follows it, an offset
/// from UTC, goes, since it tells a place.
std::optional<std::string> shiftedDateTimes(const std::string& dateTimes, int daysBack);

/// Whether a text is nothing but times (TM): "131500.25\0930".
bool areTimes(const std::string& times);

}  // namespace recontour
