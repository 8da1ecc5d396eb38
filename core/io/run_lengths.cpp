#include "core/io/run_lengths.h"

#include <algorithm>

namespace recontour {
namespace {

constexpr std::size_t kHeaderBytes = 64, kMostSegments = 15;
constexpr std::size_t kLongestRun = 128;

std::size_t wordAt(std::span<const std::uint8_t> bytes, std::size_t at) {
  return bytes[at] | std::size_t{bytes[at + 1]} << 8 | std::size_t{bytes[at + 2]} << 16 |
         std::size_t{bytes[at + 3]} << 24;
}

/// Appends `wanted` bytes. @return false when the packed ones end before
bool unpack(std::span<const std::uint8_t> packed, std::size_t wanted, std::vector<std::uint8_t>& out) {
  const std::size_t end = out.size() + wanted;
  std::size_t at = 0;
  while (out.size() < end && at < packed.size()) {
    const std::size_t control = packed[at++];
    if (control == kLongestRun) continue;  // says nothing
    const bool repeats = control > kLongestRun;
    const std::size_t count = std::min(repeats ? 257 - control : control + 1, end - out.size());
    const std::size_t stored = repeats ? 1 : count;
    if (packed.size() - at < stored) return false;
    if (repeats) out.insert(out.end(), count, packed[at]);
    if (!repeats)
      out.insert(out.end(), packed.begin() + std::ptrdiff_t(at), packed.begin() + std::ptrdiff_t(at + count));
    at += stored;
  }
  return out.size() == end;
}

}  // namespace

std::vector<std::uint8_t> unpackedRunLengths(std::span<const std::uint8_t> frame, std::size_t segments,
                                             std::size_t segmentBytes) {
  if (frame.size() < kHeaderBytes || segments > kMostSegments || wordAt(frame, 0) != segments) return {};
  if (frame.size() * kLongestRun < segments * segmentBytes) return {};  // before memory is taken for it
  std::vector<std::uint8_t> out;
  out.reserve(segments * segmentBytes);
  for (std::size_t i = 0; i < segments; ++i) {
    const std::size_t start = wordAt(frame, 4 * (i + 1));
    const std::size_t end = i + 1 < segments ? wordAt(frame, 4 * (i + 2)) : frame.size();
    if (start < kHeaderBytes || start > end || end > frame.size()) return {};
    if (!unpack(frame.subspan(start, end - start), segmentBytes, out)) return {};
  }
  return out;
}

}  // namespace recontour
