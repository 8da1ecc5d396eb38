#include "ui/window/concern_tour.h"

namespace recontour {

/// The first place from there on, if the row has one.
std::optional<ConcernTour::Stop> ConcernTour::stop(const OrganRow& row, std::size_t concern, std::size_t place) {
  if (!row.concerned()) return std::nullopt;
  const auto& concerns = row.status.concerns;
  for (; concern < concerns.size(); ++concern, place = 0) {
    if (place >= concerns[concern].places.size()) continue;
    last_ = Stop{row.status.organ, concern, place, concerns[concern].places[place]};
    return last_;
  }
  return std::nullopt;
}

std::optional<ConcernTour::Stop> ConcernTour::next(const OrganModel& organs, Label active) {
  const int rows = organs.rowCount(), first = organs.rowOf(active);
  if (first < 0) return std::nullopt;
  const bool goesOn = last_ && last_->organ == active;
  if (auto found = stop(organs.row(first), goesOn ? last_->concern : 0, goesOn ? last_->place + 1 : 0)) return found;
  for (int step = 1; step <= rows; ++step) {  // at last the active one from its beginning
    if (auto found = stop(organs.row((first + step) % rows), 0, 0)) return found;
  }
  return std::nullopt;
}

std::optional<ConcernTour::Stop> ConcernTour::nextOf(const OrganModel& organs, Label active, std::size_t concern) {
  const int number = organs.rowOf(active);
  if (number < 0) return std::nullopt;
  const OrganRow& row = organs.row(number);
  const auto& concerns = row.status.concerns;
  if (concern >= concerns.size() || concerns[concern].places.empty()) return std::nullopt;
  const bool goesOn = last_ && last_->organ == active && last_->concern == concern;
  const std::size_t place = goesOn ? (last_->place + 1) % concerns[concern].places.size() : 0;
  return stop(row, concern, place);
}

}  // namespace recontour
