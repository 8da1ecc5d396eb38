#pragma once
#include <future>
#include <vector>

#include "models/engine/trainer/patch_source.h"

namespace recontour {

/// Draws the batch of the next iteration while the network learns from the one before. One thread asks.
class BatchLoader {
 public:
  /// @param source  must outlive this
  BatchLoader(const PatchSource& source, int batch, int threads) : source_(source), batch_(batch), threads_(threads) {}
  /// Patches iteration * batch ... of the source. @param last  no other will be asked for
  std::vector<Patch> batchOf(int iteration, bool last);

 private:
  std::vector<Patch> draw(int iteration) const;
  const PatchSource& source_;
  int batch_, threads_;
  int next_ = -1;
  std::future<std::vector<Patch>> waiting_;
};

}  // namespace recontour
