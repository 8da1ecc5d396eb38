#include "core/image/islands.h"

#include <algorithm>
#include <functional>

namespace recontour {
namespace {

/// Voxels x0 <= x < x1 of one row of the organ.
struct Run {
  int x0, x1;
};

/// Sets of runs that are connected (union-find with path halving).
class Sets {
 public:
  std::size_t add() {
    parents_.push_back(parents_.size());
    return parents_.size() - 1;
  }
  std::size_t root(std::size_t run) {
    while (parents_[run] != run) run = parents_[run] = parents_[parents_[run]];
    return run;
  }
  void join(std::size_t a, std::size_t b) { parents_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parents_;
};

/// Runs of all rows one after the other; `first[row]` is where those of a row begin.
struct Rows {
  std::vector<Run> runs;
  std::vector<std::size_t> first{0};
};

Rows rowsOf(const DenseBox& box, Label organ) {
  Rows rows;
  const Label* label = box.labels.data();
  for (int row = 0; row < box.size.y * box.size.z; ++row) {
    for (int x = 0; x < box.size.x; ++x, ++label) {
      if (*label != organ) continue;
      const bool continues = rows.runs.size() > rows.first.back() && rows.runs.back().x1 == x;
      if (continues) {
        ++rows.runs.back().x1;
      } else {
        rows.runs.push_back({x, x + 1});
      }
    }
    rows.first.push_back(rows.runs.size());
  }
  return rows;
}

/// Joins the runs of two neighbouring rows that have a column in common.
void joinRows(const Rows& rows, std::size_t a, std::size_t b, Sets& sets) {
  std::size_t i = rows.first[a], j = rows.first[b];
  while (i < rows.first[a + 1] && j < rows.first[b + 1]) {
    const Run one = rows.runs[i], other = rows.runs[j];
    if (one.x0 < other.x1 && other.x0 < one.x1) sets.join(i, j);
    (one.x1 < other.x1 ? i : j) += 1;
  }
}

/// Adds up the runs of each set.
std::vector<Island> gathered(const Rows& rows, Sets& sets, int height, std::vector<std::size_t>& order) {
  std::vector<Island> islands(rows.runs.size());
  std::vector<int> longest(rows.runs.size(), 0);
  for (std::size_t row = 0; row + 1 < rows.first.size(); ++row) {
    for (std::size_t i = rows.first[row]; i < rows.first[row + 1]; ++i) {
      const Run& run = rows.runs[i];
      const std::size_t root = sets.root(i);
      islands[root].voxels += run.x1 - run.x0;
      if (run.x1 - run.x0 <= longest[root]) continue;
      longest[root] = run.x1 - run.x0;
      const int number = static_cast<int>(row);
      islands[root].place = {(run.x0 + run.x1 - 1) / 2, number % height, number / height};
    }
  }
  for (std::size_t root = 0; root < islands.size(); ++root) {
    if (islands[root].voxels > 0) order.push_back(root);
  }
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t root) { return islands[root].voxels; });
  std::vector<Island> sorted;
  for (const std::size_t root : order) sorted.push_back(islands[root]);
  return sorted;
}

Sets connected(const DenseBox& box, const Rows& rows) {
  Sets sets;
  for (std::size_t run = 0; run < rows.runs.size(); ++run) sets.add();
  const auto height = static_cast<std::size_t>(box.size.y), depth = static_cast<std::size_t>(box.size.z);
  for (std::size_t z = 0; z < depth; ++z) {
    for (std::size_t y = 0; y < height; ++y) {
      const std::size_t row = z * height + y;
      if (y > 0) joinRows(rows, row - 1, row, sets);
      if (z > 0) joinRows(rows, row - height, row, sets);
    }
  }
  return sets;
}

}  // namespace

std::vector<Island> islandsOf(const DenseBox& box, Label organ) {
  const Rows rows = rowsOf(box, organ);
  Sets sets = connected(box, rows);
  std::vector<std::size_t> order;
  return gathered(rows, sets, box.size.y, order);
}

std::vector<int> islandNumbers(const DenseBox& box, Label organ) {
  const Rows rows = rowsOf(box, organ);
  Sets sets = connected(box, rows);
  std::vector<std::size_t> order;
  gathered(rows, sets, box.size.y, order);
  std::vector<int> numberOf(rows.runs.size());
  for (std::size_t place = 0; place < order.size(); ++place) numberOf[order[place]] = static_cast<int>(place) + 1;
  std::vector<int> numbers(box.labels.size());
  for (std::size_t row = 0; row + 1 < rows.first.size(); ++row) {
    const auto start = numbers.begin() + static_cast<std::ptrdiff_t>(row) * box.size.x;
    for (std::size_t i = rows.first[row]; i < rows.first[row + 1]; ++i)
      std::fill(start + rows.runs[i].x0, start + rows.runs[i].x1, numberOf[sets.root(i)]);
  }
  return numbers;
}

}  // namespace recontour
