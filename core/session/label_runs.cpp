#include "core/session/label_runs.h"

#include <algorithm>
#include <cstring>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr std::size_t kRunBytes = 14;
constexpr int kEdge = LabelMap::kBrickEdge;

const Label* brickRow(const LabelMap::BrickPointer& brick, int y, int z) {
  static constexpr std::array<Label, kEdge> kBackground{};
  if (brick.get() == nullptr) return kBackground.data();
  return &brick.get()->labels[static_cast<std::size_t>((z % kEdge) * kEdge + y % kEdge) * kEdge];
}

void appendRowRuns(const Label* before, const Label* after, int count, std::uint64_t start,
                   std::vector<LabelRun>& runs) {
  if (std::memcmp(before, after, static_cast<std::size_t>(count)) == 0) return;  // as nearly all rows of a brick are
  for (int x = 0; x < count; ++x) {
    if (before[x] == after[x]) continue;
    const int first = x;
    while (x + 1 < count && before[x + 1] == before[first] && after[x + 1] == after[first]) ++x;
    runs.push_back({start + static_cast<std::uint64_t>(first), static_cast<std::uint32_t>(x - first + 1), before[first],
                    after[first]});
  }
}

std::uint64_t voxelNumber(const Size3& size, int x, int y, int z) {
  return (static_cast<std::uint64_t>(z) * static_cast<std::uint64_t>(size.y) + static_cast<std::uint64_t>(y)) *
             static_cast<std::uint64_t>(size.x) +
         static_cast<std::uint64_t>(x);
}

}  // namespace

std::vector<LabelRun> runsOf(const UndoStep& step, const LabelMap& map, Label layer) {
  std::vector<LabelRun> runs;
  for (const BrickChange& change : step.bricks) {
    if (change.layer != layer) continue;
    const Box box = map.brickBox(change.number);
    for (int z = box.lower.z; z < box.upper.z; ++z) {
      for (int y = box.lower.y; y < box.upper.y; ++y) {
        appendRowRuns(brickRow(change.before, y, z), brickRow(change.after, y, z), box.size().x,
                      voxelNumber(map.size(), box.lower.x, y, z), runs);
      }
    }
  }
  std::ranges::sort(runs, {}, &LabelRun::start);
  return runs;
}

std::vector<LabelRun> runsOf(const LabelMap& map) {
  return runsOf(differenceOf(LabelMap(map.size()), map), map, LabelLayers::kOrgans);
}

std::bitset<256> organsIn(const std::vector<LabelRun>& runs) {
  std::bitset<256> organs;
  for (const LabelRun& run : runs) organs.set(run.before).set(run.after);
  return organs.reset(0);
}

void applyRuns(const std::vector<LabelRun>& runs, LabelMap& map) {
  const auto width = static_cast<std::uint64_t>(map.size().x), height = static_cast<std::uint64_t>(map.size().y);
  const std::uint64_t voxels = voxelCount(map.size());
  std::vector<Label> row;
  for (const LabelRun& run : runs) {
    const std::uint64_t x = run.start % width;
    if (run.start >= voxels || run.length > width - x)
      throw Error("an event of the log changes voxels outside the grid");
    row.assign(run.length, run.after);
    map.writeRow(static_cast<int>(run.start / width % height), static_cast<int>(run.start / (width * height)),
                 static_cast<int>(x), row);
  }
}

std::string encodeRuns(const std::vector<LabelRun>& runs) {
  const std::uint64_t count = runs.size();
  std::string bytes(sizeof count + runs.size() * kRunBytes, '\0');
  std::memcpy(bytes.data(), &count, sizeof count);
  char* out = bytes.data() + sizeof count;
  for (const LabelRun& run : runs) {
    std::memcpy(out, &run.start, 8);
    std::memcpy(out + 8, &run.length, 4);
    std::memcpy(out + 12, &run.before, 1);
    std::memcpy(out + 13, &run.after, 1);
    out += kRunBytes;
  }
  return bytes;
}

std::vector<LabelRun> decodeRuns(std::string_view& bytes) {
  std::uint64_t count = 0;
  if (bytes.size() >= sizeof count) std::memcpy(&count, bytes.data(), sizeof count);
  if (bytes.size() < sizeof count || count > (bytes.size() - sizeof count) / kRunBytes) {
    throw Error("the runs of an event are cut short");
  }
  bytes.remove_prefix(sizeof count);
  std::vector<LabelRun> runs(count);
  for (LabelRun& run : runs) {
    std::memcpy(&run.start, bytes.data(), 8);
    std::memcpy(&run.length, bytes.data() + 8, 4);
    std::memcpy(&run.before, bytes.data() + 12, 1);
    std::memcpy(&run.after, bytes.data() + 13, 1);
    bytes.remove_prefix(kRunBytes);
  }
  return runs;
}

}  // namespace recontour
