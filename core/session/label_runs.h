#pragma once
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/edit/undo_stack.h"

namespace recontour {

/// Voxels in a row that changed alike. `start` counts over the whole grid, x fastest.
struct LabelRun {
  std::uint64_t start = 0;
  std::uint32_t length = 0;
  Label before = 0, after = 0;
  friend bool operator==(const LabelRun&, const LabelRun&) = default;
};

/// What a step changed in one layer, in rising order; runs do not cross rows. @param map  any of that grid
std::vector<LabelRun> runsOf(const UndoStep& step, const LabelMap& map, Label layer);
/// All voxels of a map that are not background, as runs from 0.
std::vector<LabelRun> runsOf(const LabelMap& map);

/// Labels other than background that runs take away or write.
std::bitset<256> organsIn(const std::vector<LabelRun>& runs);

/// Writes `after` (or, backwards, `before`) of every run. @throws Error when a run leaves the grid
void applyRuns(const std::vector<LabelRun>& runs, LabelMap& map);

/// Bytes: u64 count, then per run u64 start, u32 length, u8 before, u8 after; little endian.
std::string encodeRuns(const std::vector<LabelRun>& runs);
/// Takes one block of runs from the front of `bytes`. @throws Error when it is cut short
std::vector<LabelRun> decodeRuns(std::string_view& bytes);

}  // namespace recontour
