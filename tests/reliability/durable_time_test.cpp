// How long a stroke takes from the release until the disk has it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/data/temporary_folder.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/scripted_editing.h"

namespace recontour {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

double msOf(const std::function<void()>& action) {
  const auto start = std::chrono::steady_clock::now();
  action();
  return Milliseconds(std::chrono::steady_clock::now() - start).count();
}

/// Appends bytes to a file and waits for the disk: what any log pays.
class PlainLog {
 public:
  explicit PlainLog(const std::filesystem::path& file)
      : descriptor_(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
  ~PlainLog() { ::close(descriptor_); }
  PlainLog(const PlainLog&) = delete;
  PlainLog& operator=(const PlainLog&) = delete;
  void append(std::size_t bytes) const {
    const std::string text(bytes, 'x');
    EXPECT_EQ(::write(descriptor_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    EXPECT_EQ(::fdatasync(descriptor_), 0);
  }

 private:
  int descriptor_;
};

double percentile(std::vector<double> values, double part) {
  std::ranges::sort(values);
  return values.at(static_cast<std::size_t>(part * static_cast<double>(values.size() - 1)));
}

TEST(DurableTime, OfAStrokeIsThatOfTheDisk) {
  const int strokes = amount(2000, 20'000);
  const TemporaryFolder folder;
  const SystemClock clock;
  const Case opened = scriptedCase({512, 512, 200}, 0.8);
  const auto session = Session::open(folder / "R1", opened, OrganTable::named("word"), "R1", clock);
  ASSERT_TRUE(session->flush());
  ScriptedEditing::Pace pace{.samples = 60};
  std::chrono::steady_clock::time_point released;
  pace.released = [&] { released = std::chrono::steady_clock::now(); };
  ScriptedEditing script(*session, opened, 8, pace);
  const PlainLog plain(folder / "plain");
  std::vector<double> durable, plainly;
  const auto log = folder / "R1" / "session.rclog";
  for (int i = 0; i < strokes; ++i) {
    const auto before = std::filesystem::file_size(log);
    script.stroke(i % 8 == 7);
    ASSERT_TRUE(session->flush());
    durable.push_back(Milliseconds(std::chrono::steady_clock::now() - released).count());
    const auto bytes = std::max<std::size_t>(1, std::filesystem::file_size(log) - before);
    plainly.push_back(msOf([&] { plain.append(bytes); }));
  }
  const double p99 = percentile(durable, 0.99), plainP99 = percentile(plainly, 0.99);
  std::printf(
      "D8 from release to disk, %d strokes on 512x512x200: p50 %.2f ms, p99 %.2f ms; a plain append and fdatasync of "
      "as "
      "many bytes: p50 %.2f ms, p99 %.2f ms; ratio of p50 %.1f, of p99 %.1f\n",
      strokes, percentile(durable, 0.5), p99, percentile(plainly, 0.5), plainP99,
      percentile(durable, 0.5) / percentile(plainly, 0.5), p99 / plainP99);
  EXPECT_LE(p99, std::max(20.0, 4 * plainP99)) << "ms; a disk that is slow or busy itself is not the log's fault";
}

}  // namespace
}  // namespace recontour
