#include "tests/reliability/log_damage.h"

#include <algorithm>
#include <array>
#include <functional>

#include "core/base/portable_random.h"

namespace recontour {
namespace {

class Damager {
 public:
  Damager(const std::string& log, const std::vector<std::uint64_t>& ends, std::uint64_t seed)
      : log_(log), ends_(ends), random_(seed) {}

  DamagedLog cut(std::size_t event, int beside) const {
    const auto at = static_cast<std::int64_t>(ends_[event]) + beside;
    return {"cut at the end of event " + std::to_string(event) +
                (beside < 0   ? " - 1"
                 : beside > 0 ? " + 1"
                              : ""),
            log_.substr(0, static_cast<std::size_t>(at))};
  }
  DamagedLog cutNearAnEnd() { return cut(random_.uniformBelow(ends_.size() - 1), random_.below(3) - 1); }
  DamagedLog flippedBits() {
    DamagedLog made = {"bits flipped", log_};
    for (int flips = 1 + random_.below(3); flips > 0; --flips) {
      char& byte = made.bytes[anywhere()];
      byte = static_cast<char>(byte ^ (1 << random_.below(8)));
    }
    return made;
  }
  DamagedLog zeroedPage() {
    const std::size_t page = random_.below(2) == 0 ? 512 : 4096, from = anywhere() / page * page;
    DamagedLog made = {"a page of zeros at byte " + std::to_string(from), log_};
    std::fill_n(made.bytes.begin() + static_cast<std::ptrdiff_t>(from), std::min(page, log_.size() - from), '\0');
    return made;
  }
  DamagedLog garbageBehind() { return {"garbage behind it", log_ + garbage(1 + random_.uniformBelow(10'000))}; }
  DamagedLog garbageWithin() {
    const std::size_t at = anywhere();
    return {"garbage from byte " + std::to_string(at) + " on", log_.substr(0, at) + garbage(log_.size() - at)};
  }
  DamagedLog zerosBehind() { return {"zeros behind it", log_ + std::string(1 + random_.uniformBelow(10'000), '\0')}; }
  DamagedLog swappedEvents() {
    const std::size_t first = 1 + random_.uniformBelow(ends_.size() - 2);
    return {"events " + std::to_string(first) + " and the next swapped",
            log_.substr(0, ends_[first - 1]) + record(first + 1) + record(first) + log_.substr(ends_[first + 1])};
  }
  DamagedLog brokenFirst() {
    DamagedLog made = {"the first event damaged", log_};
    made.bytes[random_.uniformBelow(ends_.front())] ^= 0x55;
    return made;
  }

 private:
  std::size_t anywhere() { return random_.uniformBelow(log_.size()); }
  std::string record(std::size_t number) const {
    return log_.substr(ends_[number - 1], ends_[number] - ends_[number - 1]);
  }
  std::string garbage(std::size_t size) {
    std::string made(size, '\0');
    for (char& byte : made) byte = static_cast<char>(random_.below(256));
    return made;
  }
  const std::string& log_;
  const std::vector<std::uint64_t>& ends_;
  PortableRandom random_;
};

}  // namespace

std::vector<DamagedLog> damagedLogs(const std::string& log, const std::vector<std::uint64_t>& ends, int count,
                                    std::uint64_t seed) {
  Damager damager(log, ends, seed);
  std::vector<DamagedLog> made = {{"empty", ""}, damager.cut(0, 0), damager.cut(0, -1), {"one byte", log.substr(0, 1)}};
  const auto kinds = std::to_array<std::function<DamagedLog()>>({
      [&] { return damager.cutNearAnEnd(); },
      [&] { return damager.cutNearAnEnd(); },
      [&] { return damager.cutNearAnEnd(); },
      [&] { return damager.flippedBits(); },
      [&] { return damager.flippedBits(); },
      [&] { return damager.flippedBits(); },
      [&] { return damager.zeroedPage(); },
      [&] { return damager.zeroedPage(); },
      [&] { return damager.garbageBehind(); },
      [&] { return damager.garbageWithin(); },
      [&] { return damager.zerosBehind(); },
      [&] { return damager.swappedEvents(); },
      [&] { return damager.brokenFirst(); },
  });
  for (std::size_t kind = 0; made.size() < static_cast<std::size_t>(count); ++kind)
    made.push_back(kinds[kind % kinds.size()]());
  return made;
}

std::size_t intactEvents(const std::string& log, const std::vector<std::uint64_t>& ends, const std::string& damaged) {
  const auto differs = std::ranges::mismatch(log, damaged).in1 - log.begin();
  return static_cast<std::size_t>(std::ranges::upper_bound(ends, static_cast<std::uint64_t>(differs)) - ends.begin());
}

}  // namespace recontour
