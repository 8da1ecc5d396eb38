#include "core/workbench/inbox.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "core/base/error.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr int kFewestSlices = 3;  // fewer lie evenly wherever they are; scouts have one or two

bool isComplete(const CtSeries& series) { return series.problem.empty() && series.size.z >= kFewestSlices; }

/// "4711, Abdomen": who and what, as far as the files say it.
std::string rowName(const CtSeries& series, const fs::path& folder, const fs::path& inbox) {
  const bool isDescribed = series.name != series.uid;
  const std::string what = isDescribed ? series.name : std::to_string(series.size.z) + " slices";
  const std::string who = series.patient.empty() && folder != inbox ? folder.filename().string() : series.patient;
  return oneLine(who.empty() ? what : who + ", " + what, 200);
}

/// Why nothing can be revised of a series yet; empty where nothing is amiss.
std::string reasonOf(const CtSeries& series, std::size_t seriesInFolder) {
  if (!series.problem.empty()) return series.problem;
  if (isComplete(series) || seriesInFolder > 1) return {};  // a scout beside its CT is no news
  return "has " + std::to_string(series.size.z) + (series.size.z == 1 ? " slice" : " slices") + ", which is no volume";
}

void sleepUntilStopped(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

Inbox::Inbox(InboxSettings settings, std::shared_ptr<FileReader> reader, Listener listener)
    : settings_(std::move(settings)), reader_(std::move(reader)), listener_(std::move(listener)) {
  settings_.folder = fs::absolute(settings_.folder).lexically_normal();
  if (!settings_.folder.has_filename()) settings_.folder = settings_.folder.parent_path();  // "inbox/"
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

Inbox::~Inbox() = default;

void Inbox::run(const std::stop_token& stop) {
  known_ = readInboxMemory(settings_.sessions);
  while (!stop.stop_requested()) {
    try {
      look(stop);
      lastFailure_.clear();
    } catch (const std::exception& error) {  // the share is gone, most likely; it may come back
      if (!stop.stop_requested() && lastFailure_ != error.what()) listener_.tells(error.what());
      lastFailure_ = error.what();
    }
    sleepUntilStopped(settings_.looksEvery, stop);
  }
}

void Inbox::look(const std::stop_token& stop) {
  const Listing listing = foldersIn(settings_.folder, stop);
  if (stop.stop_requested()) return;
  const Time now = std::chrono::steady_clock::now();
  forgetGone(listing);
  std::vector<WorkItem> items;
  for (const fs::path& folder : updateWatched(listing, now))
    std::ranges::move(completeIn(folder), std::back_inserter(items));
  if (first_ || !items.empty()) listener_.arrived(std::move(items));
  first_ = false;
  for (auto& [folder, watched] : watched_) {
    if (stop.stop_requested()) return;
    if (!watched.read && isDue(watched, listing.at(folder).unfinished, now)) {
      if (auto found = read(folder, stop); !found.empty()) listener_.arrived(std::move(found));
    }
    tellWaiting(folder, watched, now);
  }
}

void Inbox::forgetGone(const Listing& listing) {
  std::erase_if(watched_, [&](const auto& one) { return !listing.contains(one.first); });
  std::erase_if(known_,
                [&](const auto& one) { return isWithin(one.first, settings_.folder) && !listing.contains(one.first); });
}

/// @return folders that were read in this state before the program was started, in the order in which they came
std::vector<fs::path> Inbox::updateWatched(const Listing& listing, Time now) {
  std::vector<fs::path> back;
  for (const auto& [folder, state] : listing) {
    Watched& watched = watched_[folder];
    if (watched.stamp == state.stamp) continue;
    watched = {state.stamp, now};
    const auto before = known_.find(folder);
    watched.read = before != known_.end() && before->second.stamp == state.stamp;
    if (watched.read) back.push_back(folder);
  }
  std::ranges::sort(back, {}, [this](const fs::path& folder) { return known_.at(folder).order; });
  return back;
}

/// A name that looks unfinished and stays is a leftover.
bool Inbox::isDue(const Watched& folder, bool unfinished, Time now) const {
  return now - folder.since >= (unfinished ? std::max(settings_.quiet, settings_.patience) : settings_.quiet);
}

std::vector<WorkItem> Inbox::read(const fs::path& folder, const std::stop_token& stop) {
  Watched& watched = watched_[folder];
  KnownFolder known{watched.stamp, {}, 0};
  failures_.erase(folder);
  try {
    known.series = reader_->listSeries(folder, stop);
  } catch (const std::exception& error) {
    failures_[folder] = error.what();
  }
  const Listing after = foldersIn(settings_.folder, stop);
  const auto same = after.find(folder);
  if (stop.stop_requested() || same == after.end() || same->second.stamp != watched.stamp)
    return {};  // looked at again
  watched.read = true;
  if (failures_.contains(folder)) return {};
  for (const auto& [path, other] : known_) known.order = std::max(known.order, other.order + 1);
  known_[folder] = std::move(known);
  writeInboxMemory(settings_.sessions, known_);
  return completeIn(folder);
}

/// Of several volumes in one series the first, which is the one that its UID opens.
std::vector<WorkItem> Inbox::completeIn(const fs::path& folder) const {
  std::vector<WorkItem> items;
  for (const CtSeries& series : known_.at(folder).series) {
    WorkItem item{.path = folder, .series = series.uid, .content = series.content};
    const auto isListed = [&](const WorkItem& other) { return other.isSameRow(item); };
    if (!isComplete(series) || std::ranges::any_of(items, isListed)) continue;
    item.name = rowName(series, folder, settings_.folder);
    items.push_back(workItemOf(settings_.sessions, settings_.reader, std::move(item)));
  }
  return items;
}

void Inbox::tellWaiting(const fs::path& folder, Watched& watched, Time now) {
  if (!watched.read || now - watched.since < settings_.patience) return;
  const auto failure = failures_.find(folder);
  const bool failed = failure != failures_.end(), toldBefore = std::exchange(watched.told, true);
  if (failed) watched.read = false;  // once more: a disk or a helper may have failed
  if (failed) watched.since = now;
  if (toldBefore) return;
  if (failed) return listener_.tells(failure->second);
  const auto& all = known_.at(folder).series;
  for (const CtSeries& series : all) {
    const std::string reason = reasonOf(series, all.size());
    if (!reason.empty()) listener_.tells(rowName(series, folder, settings_.folder) + " waits in the inbox: " + reason);
  }
}

}  // namespace recontour
