#pragma once
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/study/coordinator_study.h"

namespace recontour {

/// The files of a reading that counts, as a network learns from them.
struct AcceptedReading {
  std::string name;             ///< CASE_READER_ARM
  std::string patient;          ///< patientGroup of the case, else its id
  std::filesystem::path image;  ///< they all lie on its grid; not compared with its hash, which takes reading it
  std::string imageHash;
  std::optional<std::filesystem::path> contours;   ///< that were accepted; none where they hold no organ
  std::optional<std::filesystem::path> strokes;    ///< 0 background, organs, 255 none; scribbles.json is beside it
  std::optional<std::filesystem::path> reference;  ///< of the case
};

/// Those of a closed study by name, without practice, planted cases and repeats. Blocks for a second a reading: each
/// file is held against the hash that was frozen or accepted, strokes against the log. @throws Error unless the study
/// is closed, or where one is not what it was (CheckFailed); Cancelled
std::vector<AcceptedReading> acceptedReadings(const CoordinatorStudy& study, const std::stop_token& stop = {});

}  // namespace recontour
