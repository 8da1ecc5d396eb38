#pragma once
#include <functional>
#include <stop_token>

namespace recontour {

/// Runs work(worker, item) for items 0..count-1 on `threads` threads, the caller's among them, each item once.
/// @param done  called on the caller's thread with the number of finished items
/// @throws Error of kind Cancelled when `stop` was requested; the first exception that `work` threw
void forEachItem(int count, int threads, const std::stop_token& stop,
                 const std::function<void(int worker, int item)>& work, const std::function<void(int)>& done);

}  // namespace recontour
