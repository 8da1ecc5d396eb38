// What a changed log gives away by itself, and what only a hash that is kept elsewhere can tell.
#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/log_record.h"
#include "core/session/session_log_reader.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

class TamperTest : public SessionTest {
 protected:
  TamperTest() {
    const auto session = open();
    session->selectOrgan(kSpleen);
    session->selectOrgan(kLiver);
    finish(*session);
    whole = readWholeFile(log());
    const SessionLogContent content = readSessionLog(log());
    ends = content.ends;
    head = toHex(content.lastHash);
  }
  enum class Finding { Damage, Refused, OtherHead, Nothing };
  Finding finding(const std::string& bytes) {
    writeFileSafely(log(), bytes);
    try {
      const SessionLogContent content = readSessionLog(log());
      if (content.damage) return Finding::Damage;
      return toHex(content.lastHash) == head ? Finding::Nothing : Finding::OtherHead;
    } catch (const Error&) {
      return Finding::Refused;
    }
  }
  std::string record(std::size_t number) const {
    const std::size_t from = number == 0 ? 0 : ends[number - 1];
    return whole.substr(from, ends[number] - from);
  }
  /// The log of these records.
  std::string of(const std::vector<std::size_t>& numbers) const {
    std::string bytes;
    for (const std::size_t number : numbers) bytes += record(number);
    return bytes;
  }
  std::string whole, head;
  std::vector<std::uint64_t> ends;
};

TEST_F(TamperTest, EveryBitThatIsFlippedIsFound) {
  ASSERT_GT(whole.size(), 900U);
  ASSERT_LT(whole.size(), 3000U);
  ASSERT_EQ(finding(whole), Finding::Nothing);
  std::size_t found = 0;
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string bytes = whole;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    const Finding what = finding(bytes);
    found += what == Finding::Damage || what == Finding::Refused;
  }
  EXPECT_EQ(found, whole.size() * 8);
}

TEST_F(TamperTest, EventsThatAreTakenOutSwappedOrPutInAreFound) {
  const std::size_t count = ends.size();
  ASSERT_GE(count, 5U);
  std::vector<std::size_t> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = i;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    auto deleted = all, swapped = all, doubled = all;
    deleted.erase(deleted.begin() + static_cast<std::ptrdiff_t>(i));
    std::swap(swapped[i], swapped[i + 1]);
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), i);
    for (const auto& order : {deleted, swapped, doubled}) {
      const Finding what = finding(of(order));
      EXPECT_TRUE(what == Finding::Damage || what == Finding::Refused) << "at event " << i;
    }
  }
}

TEST_F(TamperTest, ATailCutWithinAnEventIsFoundAndOneCutBetweenEventsOnlyByAHead) {
  for (std::size_t keep = ends[0] + 1; keep < whole.size(); ++keep) {
    const bool atEnd = std::ranges::find(ends, keep) != ends.end();
    EXPECT_EQ(finding(whole.substr(0, keep)), atEnd ? Finding::OtherHead : Finding::Damage) << keep << " bytes";
  }
}

TEST_F(TamperTest, AChainThatIsBuiltAnewIsFoundOnlyByAHead) {
  std::string bytes;
  Sha256Digest hash{};
  for (Event event : readSessionLog(log()).events) {
    if (const auto at = event.header.find("\"R1\""); at != std::string::npos) event.header.replace(at, 4, "\"R2\"");
    const LogRecord made = encodeRecord(event, hash);
    bytes += made.bytes;
    hash = made.hash;
  }
  EXPECT_EQ(finding(bytes), Finding::OtherHead);
}

}  // namespace
}  // namespace recontour
