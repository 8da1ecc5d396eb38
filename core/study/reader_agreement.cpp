#include "core/study/reader_agreement.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/study/staple.h"

namespace recontour {
namespace {

constexpr std::size_t kMostReaders = 32;
constexpr int kMargin = 2;

void requireComparable(std::span<const ReaderMap> maps) {
  if (maps.empty() || maps.size() > kMostReaders) throw Error("agreement is computed of 1 to 32 readers");
  std::set<std::string> readers;
  for (const ReaderMap& map : maps) {
    if (!(map.labels.size() == maps[0].labels.size()))
      throw Error("contours of " + map.reader + " lie on another grid than those of " + maps[0].reader);
    if (!readers.insert(map.reader).second) throw Error("reader " + map.reader + " is there twice");
  }
}

/// Voxels of a contour a, of a contour b, and of both.
struct Counts {
  std::int64_t a = 0, b = 0, both = 0;
  void add(bool inA, bool inB) {
    a += inA;
    b += inB;
    both += inA && inB;
  }
  std::optional<double> dice() const {
    if (a + b == 0) return std::nullopt;
    return 2.0 * static_cast<double>(both) / static_cast<double>(a + b);
  }
};

bool has(std::uint32_t readers, std::size_t reader) { return ((readers >> reader) & 1U) != 0; }

std::optional<double> pairDice(const OrganVotes& votes, std::size_t first, std::size_t second) {
  Counts counts;
  for (const std::uint32_t readers : votes.readers) counts.add(has(readers, first), has(readers, second));
  return counts.dice();
}

/// DSC of one reader with a consensus. @param isOf(i)  voxel i is of the consensus
template <typename IsOf>
std::optional<double> consensusDice(const OrganVotes& votes, std::size_t reader, IsOf isOf) {
  Counts counts;
  for (std::size_t i = 0; i < votes.readers.size(); ++i) counts.add(has(votes.readers[i], reader), isOf(i));
  return counts.dice();
}

bool isMajority(std::uint32_t readers, std::size_t count) {
  return 2 * static_cast<std::size_t>(std::popcount(readers)) > count;
}

void addPairs(const OrganVotes& votes, std::span<const ReaderMap> maps, ReaderAgreement& agreement) {
  for (std::size_t a = 0; a < maps.size(); ++a) {
    for (std::size_t b = a + 1; b < maps.size(); ++b) {
      if (const auto dsc = pairDice(votes, a, b)) agreement.pairs[std::minmax(maps[a].reader, maps[b].reader)] = *dsc;
    }
  }
}

void addGeneralised(const OrganVotes& votes, std::size_t count, ReaderAgreement& agreement) {
  std::int64_t all = 0, any = 0;
  for (const std::uint32_t readers : votes.readers) {
    all += static_cast<std::size_t>(std::popcount(readers)) == count;
    any += readers != 0;
  }
  if (any > 0) agreement.generalised = static_cast<double>(all) / static_cast<double>(any);
}

void addVolumes(const OrganVotes& votes, std::span<const ReaderMap> maps, double voxelMl, ReaderAgreement& agreement) {
  for (std::size_t n = 0; n < maps.size(); ++n) {
    const auto voxels = std::ranges::count_if(votes.readers, [&](std::uint32_t readers) { return has(readers, n); });
    agreement.volumeMl[maps[n].reader] = static_cast<double>(voxels) * voxelMl;
  }
}

void addMajority(const OrganVotes& votes, std::span<const ReaderMap> maps, ReaderAgreement& agreement) {
  for (std::size_t n = 0; n < maps.size(); ++n) {
    const auto dsc = consensusDice(votes, n, [&](std::size_t i) { return isMajority(votes.readers[i], maps.size()); });
    if (dsc) agreement.toMajority[maps[n].reader] = *dsc;
  }
}

Staple stapleOf(const OrganVotes& votes, std::size_t count) {
  std::vector<std::vector<std::uint8_t>> byReader(count);
  for (std::size_t n = 0; n < count; ++n) {
    byReader[n].reserve(votes.readers.size());
    for (const std::uint32_t readers : votes.readers) byReader[n].push_back(has(readers, n) ? 1 : 0);
  }
  return staple(votes.box.size(), byReader);
}

void addStaple(const OrganVotes& votes, std::span<const ReaderMap> maps, ReaderAgreement& agreement) {
  const auto voted = [](std::uint32_t readers) { return readers != 0; };
  if (std::ranges::none_of(votes.readers, voted)) return;
  const Staple found = stapleOf(votes, maps.size());
  for (std::size_t n = 0; n < maps.size(); ++n) {
    const std::string& reader = maps[n].reader;
    agreement.sensitivity[reader] = found.sensitivity[n];
    agreement.specificity[reader] = found.specificity[n];
    const auto dsc = consensusDice(votes, n, [&](std::size_t i) { return found.weights[i] >= 0.5; });
    if (dsc) agreement.toStaple[reader] = *dsc;
  }
}

}  // namespace

OrganVotes organVotes(Label organ, std::span<const ReaderMap> maps) {
  requireComparable(maps);
  OrganVotes votes;
  for (const ReaderMap& map : maps) votes.box = unite(votes.box, boundingBox(map.labels, organ));
  if (votes.box.empty()) return votes;
  votes.box = intersect(grow(votes.box, kMargin), {{0, 0, 0}, maps[0].labels.size()});
  votes.readers.resize(voxelCount(votes.box.size()));
  for (std::size_t n = 0; n < maps.size(); ++n) {
    const DenseBox labels = maps[n].labels.copy(votes.box);
    for (std::size_t i = 0; i < votes.readers.size(); ++i)
      votes.readers[i] |= (labels.labels[i] == organ ? 1U : 0U) << n;
  }
  return votes;
}

ReaderAgreement readerAgreement(Label organ, std::span<const ReaderMap> maps, const Geometry& geometry) {
  const OrganVotes votes = organVotes(organ, maps);
  ReaderAgreement agreement;
  addPairs(votes, maps, agreement);
  addGeneralised(votes, maps.size(), agreement);
  addVolumes(votes, maps, geometry.voxelVolumeMm3() / 1000, agreement);
  addMajority(votes, maps, agreement);
  addStaple(votes, maps, agreement);
  return agreement;
}

LabelMap majorityMap(Label organ, std::span<const ReaderMap> maps) {
  const OrganVotes votes = organVotes(organ, maps);
  LabelMap majority(maps[0].labels.size());
  if (votes.box.empty()) return majority;
  DenseBox labels{votes.box.size(), {}};
  for (const std::uint32_t readers : votes.readers)
    labels.labels.push_back(isMajority(readers, maps.size()) ? organ : Label{0});
  majority.write(votes.box, labels);
  return majority;
}

}  // namespace recontour
