// Every file of the reference data opens with the geometry, or is refused with the reason, that reference_files.txt
// states; none is missing from it.
#include <algorithm>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/io/open_case.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

struct Line {
  std::string file, kind, text;  ///< kind: "opens" or "refused"
};

std::vector<Line> readTable() {
  std::vector<Line> lines;
  std::ifstream in(RECONTOUR_REFERENCE_FILES);
  for (std::string text; std::getline(in, text);) {
    const auto first = text.find(" | "), second = text.find(" | ", first + 3);
    if (text.starts_with('#') || second == std::string::npos) continue;
    lines.push_back({text.substr(0, first), text.substr(first + 3, second - first - 3), text.substr(second + 3)});
  }
  return lines;
}

bool matches(const std::string& pattern, const std::string& file) {
  const auto star = pattern.find('*');
  if (star == std::string::npos) return pattern == file;
  return file.size() + 1 >= pattern.size() && file.starts_with(pattern.substr(0, star)) &&
         file.ends_with(pattern.substr(star + 1)) && file.find('/', star) == std::string::npos;
}

std::string text(const char* format, double a, double b, double c) {
  char buffer[96];
  std::snprintf(buffer, sizeof buffer, format, a, b, c);
  return buffer;
}

std::string describe(const Case& opened) {
  const Geometry& g = opened.geometry;
  const auto [least, largest] = std::ranges::minmax_element(opened.volume.voxels());
  return text("%.0f x %.0f x %.0f voxels of ", g.size.x, g.size.y, g.size.z) +
         text("%.6g x %.6g x %.6g mm, ", g.spacing.x, g.spacing.y, g.spacing.z) + orientationCode(g) +
         text(", from %.6g, %.6g, %.6g mm, ", g.origin.x, g.origin.y, g.origin.z) + std::to_string(*least) + ".." +
         std::to_string(*largest) + " HU";
}

/// "opens | ..." or "refused | ..."
std::string outcomeOf(const fs::path& file) {
  try {
    return "opens | " + describe(openCase(file));
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    return std::string("refused | ") + error.what();
  }
}

TEST(ReferenceFiles, EachOpensOrIsRefusedAsTheTableStates) {
  REQUIRE_REFERENCE_DATA();
  const std::vector<Line> table = readTable();
  std::vector<std::size_t> found(table.size(), 0);
  const fs::path root = referenceData("");
  int opened = 0, refused = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = fs::relative(entry.path(), root).string();
    const auto line = std::ranges::find_if(table, [&](const Line& l) { return matches(l.file, name); });
    ASSERT_NE(line, table.end()) << name << " is not in reference_files.txt";
    (line->kind == "opens" ? opened : refused) += 1;
    if (++found[static_cast<std::size_t>(line - table.begin())] > 1) continue;  // another slice of that series
    const std::string outcome = outcomeOf(entry.path());
    EXPECT_TRUE(outcome.starts_with(line->kind)) << name << ": " << outcome;
    EXPECT_NE(outcome.find(line->text), std::string::npos) << name << ": " << outcome;
  }
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_GE(found[i], 1u) << table[i].file << " is not there";
    if (table[i].file.find('*') == std::string::npos) continue;
    const std::string slices = " x " + std::to_string(found[i]) + " voxels";
    EXPECT_NE(table[i].text.find(slices), std::string::npos) << table[i].file << ": " << found[i] << " files";
  }
  std::printf("%d files open, %d are refused, %zu lines\n", opened, refused, table.size());
}

}  // namespace
}  // namespace recontour
