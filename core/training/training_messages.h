#pragma once
// Private to core/training: the `train` job in the words of the job protocol (docs/formats/jobs.md).
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/json.h"
#include "core/image/label_values.h"
#include "core/image/organ_table.h"
#include "core/training/training_run.h"
#include "core/training/training_settings.h"

namespace recontour {

/// The organs of a table as a network's channels, 1..n without a gap in the order of their labels; channel 0 is the
/// background.
std::vector<const Organ*> channelsOf(const OrganTable& organs);
/// Label by label what becomes of it as a channel, and back. 0 and kUnlabelled stay.
SlotLabels toChannels(const OrganTable& organs);
SlotLabels fromChannels(const OrganTable& organs);

/// The request without its cases and without what may be another when it is resumed (folder, device, threads).
/// `spacing_mm` is null where it is to be the cases'.
Json settingsMessage(const TrainingSettings& settings, const OrganTable& organs);
/// The first thing that differs between two requests, without their cases if either has none.
/// @throws Error naming it
void requireSameRun(const std::filesystem::path& folder, const Json& stopped, const Json& now);

/// What a "curve" message tells. @throws Json::exception
TrainingPoint pointOf(const Json& message);
/// What a "picture" message tells; none where its file is not what it should be: it is only something to look at.
/// @throws Json::exception
std::optional<TrainingView> viewOf(const Json& message, const std::filesystem::path& folder, const OrganTable& organs);

}  // namespace recontour
