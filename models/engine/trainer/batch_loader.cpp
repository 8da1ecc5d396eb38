#include "models/engine/trainer/batch_loader.h"

#include "models/engine/parallel.h"

namespace recontour {

std::vector<Patch> BatchLoader::draw(int iteration) const {
  std::vector<Patch> patches(static_cast<std::size_t>(batch_));
  const auto first = static_cast<std::uint64_t>(iteration) * static_cast<std::uint64_t>(batch_);
  parallelFor(threads_, batch_, [&](int i) {
    patches[static_cast<std::size_t>(i)] = source_.draw(first + static_cast<std::uint64_t>(i));
  });
  return patches;
}

std::vector<Patch> BatchLoader::batchOf(int iteration, bool last) {
  std::vector<Patch> patches = waiting_.valid() && next_ == iteration ? waiting_.get() : draw(iteration);
  next_ = iteration + 1;
  if (!last) waiting_ = std::async(std::launch::async, [this, next = next_] { return draw(next); });
  return patches;
}

}  // namespace recontour
