#pragma once
#include <cstddef>
#include <optional>

#include "ui/panels/organ_model.h"

namespace recontour {

/// Goes from place to place of what the checks found: all of one organ, then those of the next one.
class ConcernTour {
 public:
  struct Stop {
    Label organ = 0;
    std::size_t concern = 0, place = 0;  ///< numbers within the organ's concerns, and within the concern's places
    Point3 world;                        ///< LPS mm
  };
  /// The place behind the last stop if that was the active organ's, else its first one, else that of the next organ of
  /// the list with an open warning. None when no open warning names a place.
  std::optional<Stop> next(const OrganModel& organs, Label active);
  /// The same within one concern of the active organ, round and round.
  std::optional<Stop> nextOf(const OrganModel& organs, Label active, std::size_t concern);
  const std::optional<Stop>& last() const { return last_; }
  void forget() { last_.reset(); }

 private:
  std::optional<Stop> stop(const OrganRow& row, std::size_t concern, std::size_t place);
  std::optional<Stop> last_;
};

}  // namespace recontour
