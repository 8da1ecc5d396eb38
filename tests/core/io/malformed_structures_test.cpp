// More than a thousand damaged structure sets and SEGs, each sent the whole way that a user sends one: read, named,
// placed on a CT, written again. Each is taken, or refused in one line that names the file and the cause.
#include <chrono>
#include <cstdio>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "core/io/file_reader.h"
#include "core/io/structure_job.h"
#include "core/structures/placed_structures.h"
#include "core/structures/roi_names.h"
#include "tests/core/io/rtstruct_bytes.h"
#include "tests/core/io/seg_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

constexpr double kLongestS = 2;

Case smallCt() {
  Case ct;
  ct.name = "small";
  ct.geometry = {{20, 16, 8}, {2, 2, 5}, {-19, -15, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  ct.imageHash = "abc";
  return ct;
}

std::string square(int z, int edge) {
  const std::string e = std::to_string(edge), s = "\\", end = s + std::to_string(5 * z);
  return "-" + e + s + "-" + e + end + s + e + s + "-" + e + end + s + e + s + e + end + s + "-" + e + s + e + end;
}

/// Implicit little endian, as most planning systems write it.
std::string implicitSet() {
  RtStructBytes set;
  set.rois = {{3, "Liver", {square(1, 8), square(2, 9), square(3, 7)}},
              {8, "PTV 60", {square(2, 12), square(2, 4)}, "CLOSEDPLANAR_XOR"},
              {9, "Isocenter", {}},
              {12, "Kidney L", {square(4, 3)}, "CLOSED_PLANAR", true, false}};
  return set.bytes();
}

/// Our own, with private attributes.
std::string ownSet() {
  RoiToWrite roi;
  roi.roi.name = "Bladder";
  roi.roi.snomed = "89837001";
  roi.roi.snomedMeaning = "Bladder";
  for (int z = 1; z < 5; ++z)
    roi.roi.contours.push_back({{{-5, -5, 5.0 * z}, {5, -5, 5.0 * z}, {5, 5, 5.0 * z}, {-5, 5.5, 5.0 * z}}});
  StructureSetFacts facts;
  facts.label = "One";
  facts.date = "20260101";
  facts.time = "101010";
  DicomDataset made = DicomDataset::parse("own.dcm", newStructureSet(smallCt(), nullptr, facts, {roi}));
  made.items().putAndInsertString(DcmTag(0x3007, 0x0010, EVR_LO), "VENDOR");
  made.items().putAndInsertString(DcmTag(0x3007, 0x1001, EVR_LO), "private");
  return made.bytes();
}

std::string segOf(const std::string& type, int bits) {
  SegBytes seg;
  seg.type = type;
  seg.bits = bits;
  seg.largestFraction = type == "FRACTIONAL" ? 200 : 0;
  seg.columns = 5;
  seg.rows = 3;
  for (int z = 0; z < 3; ++z)
    seg.frames.push_back({1, "0\\0\\" + std::to_string(5 * z), {0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1}, ""});
  return seg.bytes();
}

const std::map<std::string, std::string>& seeds() {
  static const std::map<std::string, std::string> kSeeds = {{"RTSTRUCT", implicitSet()},
                                                            {"RTSTRUCT of ours", ownSet()},
                                                            {"SEG, binary", segOf("BINARY", 1)},
                                                            {"SEG, fractional", segOf("FRACTIONAL", 8)},
                                                            {"SEG, label map", segOf("LABELMAP", 8)}};
  return kSeeds;
}

std::string cut(const std::string& good, std::mt19937& random) { return good.substr(0, random() % good.size()); }

std::string flipped(std::string bytes, std::mt19937& random) {
  for (unsigned flips = 1 + random() % 4; flips > 0; --flips)
    bytes[132 + random() % (bytes.size() - 132)] ^= char(1 << random() % 8);
  return bytes;
}

/// A length, number or tag at its boundary.
std::string boundary(std::string bytes, std::mt19937& random) {
  static const std::string kValues[] = {std::string(4, '\xff'), std::string(4, '\0'),      std::string("\xff\xff", 2),
                                        std::string(2, '\0'),   std::string("\x7f\xff"),   std::string("\0\0\0\x80", 4),
                                        std::string("\1\0", 2), std::string("\xfe\xff", 2)};
  const std::string& value = kValues[random() % std::size(kValues)];
  const std::size_t at = 132 + random() % (bytes.size() - 132 - value.size());
  return bytes.replace(at, value.size(), value);
}

/// A digit becomes something else: numbers that are texts, too large, not finite, empty.
std::string wrongNumber(std::string bytes, std::mt19937& random) {
  static const char* const kTexts[] = {"x", "-", "e999", "nan", "inf", "99999999999999", " ", "\\", "1e-400", "."};
  std::vector<std::size_t> digits;
  for (std::size_t i = 132; i < bytes.size(); ++i)
    if (bytes[i] >= '0' && bytes[i] <= '9') digits.push_back(i);
  const std::string text = kTexts[random() % std::size(kTexts)];
  const std::size_t at = std::min(digits[random() % digits.size()], bytes.size() - text.size());
  return bytes.replace(at, text.size(), text);
}

std::string rearranged(std::string bytes, std::mt19937& random) {
  const std::size_t at = 132 + random() % (bytes.size() - 132),
                    length = random() % std::min<std::size_t>(bytes.size() - at, 200);
  const std::string part = bytes.substr(at, length);
  if (random() % 2 == 0) return bytes.erase(at, length);
  return bytes.insert(132 + random() % (bytes.size() - 132), part);
}

/// Sequences within one another where an element was.
std::string nested(std::string bytes, std::mt19937& random) {
  std::string deep;
  const std::string item("\x06\x30\x20\x00\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff", 16);
  for (unsigned depth = 2 + random() % 12000; depth > 0; --depth) deep += item;
  return bytes.insert(132 + random() % (bytes.size() - 132), deep);
}

using Damage = std::string (*)(std::string, std::mt19937&);
const std::pair<const char*, Damage> kDamages[] = {
    {"cut", [](std::string good, std::mt19937& random) { return cut(good, random); }},
    {"bits flipped", flipped},
    {"boundary values", boundary},
    {"wrong numbers", wrongNumber},
    {"parts taken out or doubled", rearranged},
    {"nested", nested}};

struct Tally {
  int read = 0, refused = 0;
};

/// Anything but success or a one-line Error that names the file ends the test.
bool goesThrough(const std::filesystem::path& file) {
  static const OrganTable kOrgans = OrganTable::named("word");
  static const RoiSynonyms kSynonyms = shippedRoiSynonyms();
  Case ct = smallCt();
  try {
    if (file.stem() == "seg") ct.geometry = {{5, 3, 3}, {1, 2, 5}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
    const ReadStructures read = readStructureFile(file, ct.geometry);
    std::vector<std::optional<std::string>> keys;
    for (const MatchedRoi& match : matchRois(read.set, kOrgans, kSynonyms))
      keys.push_back(match.match == NameMatch::Exact ? std::optional(match.key) : std::nullopt);
    try {
      placeStructures(read.set, keys, ct.geometry, kOrgans, {}, read.voxels);
    } catch (const Error& error) {  // its caller names the file
      EXPECT_GT(std::string(error.what()).size(), 8U);
      return false;
    }
    if (read.kind != "rtstruct") return true;
    StructureSetJob job;
    job.ct = ct;
    job.predecessor = file;
    RoiToWrite wanted;
    wanted.isThere = !read.set.rois.empty();
    if (wanted.isThere) wanted.roi.number = read.set.rois[0].number;
    wanted.slices = {1, 2};
    job.rois = {wanted};
    structureSetBytes(job);
    return true;
  } catch (const Error& error) {
    const std::string text = error.what();
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    EXPECT_EQ(text.rfind(file.string() + ": ", 0), 0U) << text;
    EXPECT_GT(text.size(), file.string().size() + 8) << text;
    return false;
  }
}

TEST(MalformedStructures, TheSeedsGoThrough) {
  const TestFolder folder;
  for (const auto& [name, bytes] : seeds())
    EXPECT_TRUE(goesThrough(folder.write(name[0] == 'S' ? "seg.dcm" : "set.dcm", bytes))) << name;
}

TEST(MalformedStructures, MoreThanAThousandAreTakenOrRefusedInOneLine) {
  const TestFolder folder;
  std::mt19937 random(12);
  int files = 0;
  double longest = 0;
  std::printf("%-18s %-28s %6s %8s\n", "seed", "damage", "taken", "refused");
  for (const auto& [name, good] : seeds()) {
    for (const auto& [what, damage] : kDamages) {
      Tally tally;
      for (int round = 0; round < 50; ++round) {
        const auto file = folder.write(name[0] == 'S' ? "seg.dcm" : "set.dcm", damage(good, random));
        const auto start = std::chrono::steady_clock::now();
        ++(goesThrough(file) ? tally.read : tally.refused);
        longest = std::max(longest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        ++files;
      }
      std::printf("%-18s %-28s %6d %8d\n", name.c_str(), what, tally.read, tally.refused);
    }
  }
  std::printf("%d files, the longest took %.3f s\n", files, longest);
  EXPECT_GE(files, 1000);
  EXPECT_LT(longest, 30 * kLongestS) << "it hangs";
}

}  // namespace
}  // namespace recontour
