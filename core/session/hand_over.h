#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/image/label_layers.h"
#include "core/session/case_check.h"
#include "core/session/edit_times.h"
#include "core/session/event.h"

namespace recontour {

/// A reader's stay in a session that goes from hand to hand: the openings in a row that are his.
struct ReaderStay {
  std::string reader;
  std::uint64_t firstEvent = 0, lastEvent = 0;
  EditTimes times;     ///< of these openings alone
  LabelLayers labels;  ///< when he was through
  std::vector<CaseComment> comments;
  std::optional<CaseCheck> check;  ///< the last thing that he said of the case
};
/// @throws Error naming the event that cannot be applied
std::vector<ReaderStay> readerStays(const std::vector<Event>& events, double idleLimitS = 30);

/// What time accounting needs, by whose openings the events lie in.
std::map<std::string, std::vector<TimedEvent>> timedEventsByReader(const std::vector<Event>& events);

/// What one stay did to an organ.
struct OrganDifference {
  Label organ = 0;
  std::int64_t voxelsBefore = 0, voxelsAfter = 0, added = 0, removed = 0;
  std::optional<double> dsc;  ///< none where neither has the organ
};
/// Organs that either has, by label.
std::vector<OrganDifference> organDifferences(const LabelLayers& before, const LabelLayers& after);

/// Events by which contours or strokes that nobody drew here, or a reference, came to be seen. With none, and an intact
/// hash chain, a case was annotated from nothing.
std::vector<std::uint64_t> eventsThatShowContours(const std::vector<Event>& events);

}  // namespace recontour
