// Which axial slices are worth a stroke.
#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <set>

#include "core/base/error.h"
#include "core/image/axis_map.h"
#include "core/scribble/scribble_generator.h"

namespace recontour {
namespace {

constexpr int kFewest = 5, kMost = 10;
constexpr int kEvenly = 8;  // slices where nothing is known of organs

using Organs = std::bitset<256>;

/// Organs on each axial slice, by slice number.
std::vector<Organs> organsBySlice(const LabelMap& labels, const Geometry& geometry) {
  const AxisMap axisMap(geometry);
  const int axis = axisMap.axes(Plane::Axial).sliceAxis;
  std::vector<Organs> organs(static_cast<std::size_t>(axisMap.slices(Plane::Axial)));
  for (std::size_t slice = 0; slice < organs.size(); ++slice) {
    Box box = geometry.box();
    box.lower[axis] = axisMap.voxelAt(Plane::Axial, 0, 0, static_cast<int>(slice))[axis];
    box.upper[axis] = box.lower[axis] + 1;
    labels.forEachBrickIn(box, [&](const LabelMap::Brick&, const Box& part) {
      for (const Label label : labels.copy(part).labels) organs[slice].set(label);
    });
    organs[slice].reset(0);
  }
  return organs;
}

std::vector<int> slicesOf(const std::vector<Organs>& organs, std::size_t organ) {
  std::vector<int> slices;
  for (std::size_t slice = 0; slice < organs.size(); ++slice) {
    if (organs[slice][organ]) slices.push_back(static_cast<int>(slice));
  }
  return slices;
}

/// Evenly through each organ: in the middle of as many equal pieces.
std::set<int> perOrgan(const std::vector<Organs>& organs, int count) {
  std::set<int> chosen;
  for (std::size_t organ = 1; organ < 256; ++organ) {
    const auto slices = slicesOf(organs, organ);
    const int wanted = std::min(count, static_cast<int>(slices.size()));
    for (int i = 0; i < wanted; ++i)
      chosen.insert(slices[static_cast<std::size_t>((2 * i + 1) * static_cast<int>(slices.size()) / (2 * wanted))]);
  }
  return chosen;
}

/// The slice that shows most of what is not shown yet, again and again; then those that show most, far from the others.
std::set<int> suggested(const std::vector<Organs>& organs) {
  std::set<int> chosen;
  Organs open;
  for (const Organs& here : organs) open |= here;
  while (static_cast<int>(chosen.size()) < kMost) {
    const bool covers = open.any();
    if (!covers && static_cast<int>(chosen.size()) >= kFewest) break;
    int best = -1;
    std::size_t most = 0;
    for (std::size_t slice = 0; slice < organs.size(); ++slice) {
      const auto number = static_cast<int>(slice);
      const bool near = std::ranges::any_of(chosen, [&](int other) { return std::abs(other - number) < 3; });
      const std::size_t shown = (covers ? organs[slice] & open : organs[slice]).count();
      if (chosen.contains(number) || (!covers && near) || shown <= most) continue;
      most = shown;
      best = number;
    }
    if (best < 0) break;
    chosen.insert(best);
    open &= ~organs[static_cast<std::size_t>(best)];
  }
  return chosen;
}

}  // namespace

SliceChoice sliceChoiceNamed(const std::string& text) {
  if (text == "all") return {};
  if (text == "suggested") return {SliceChoice::Kind::Suggested};
  for (const auto& [name, kind] :
       {std::pair("every=", SliceChoice::Kind::Every), std::pair("per-organ=", SliceChoice::Kind::PerOrgan)}) {
    if (!text.starts_with(name)) continue;
    const std::string number = text.substr(std::string(name).size());
    int count = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (error == std::errc() && end == number.data() + number.size() && count > 0) return {kind, count};
  }
  throw Error("slices '" + text + "' are unknown", "use all, every=N, per-organ=K or suggested");
}

std::vector<SuggestedSlice> suggestedSlices(const LabelMap& labels, const Geometry& geometry) {
  const auto organs = organsBySlice(labels, geometry);
  std::vector<SuggestedSlice> slices;
  for (const int slice : suggested(organs)) {
    slices.push_back({slice, {}});
    for (std::size_t organ = 1; organ < 256; ++organ) {
      if (organs[static_cast<std::size_t>(slice)][organ]) slices.back().organs.push_back(static_cast<Label>(organ));
    }
  }
  if (!slices.empty()) return slices;
  const auto all = static_cast<int>(organs.size()), count = std::min(kEvenly, all);
  for (int i = 0; i < count; ++i) slices.push_back({(2 * i + 1) * all / (2 * count), {}});
  return slices;
}

std::vector<int> chosenSlices(const LabelMap& labels, const Geometry& geometry, const SliceChoice& choice) {
  const auto organs = organsBySlice(labels, geometry);
  if (choice.kind == SliceChoice::Kind::PerOrgan || choice.kind == SliceChoice::Kind::Suggested) {
    const auto chosen = choice.kind == SliceChoice::Kind::PerOrgan ? perOrgan(organs, choice.count) : suggested(organs);
    return {chosen.begin(), chosen.end()};
  }
  std::vector<int> slices;
  const int step = choice.kind == SliceChoice::Kind::Every ? choice.count : 1;
  for (int slice = 0; slice < static_cast<int>(organs.size()); slice += step) slices.push_back(slice);
  return slices;
}

}  // namespace recontour
