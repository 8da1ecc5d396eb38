// A store of 10,000 cases that 20 readers have read, 16 organs and review each: how long work list, next case and
// export take. What comes out is counted and compared before a time is printed.
//   study_bench [CASES]      fewer cases, for a look
#include <QCoreApplication>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "core/base/portable_random.h"
#include "core/base/safe_file.h"
#include "core/study/study_csv.h"
#include "core/study/study_store.h"
#include "tests/data/temporary_folder.h"

namespace recontour::bench {
namespace {

constexpr int kReaders = 20, kOrgans = 16;
constexpr double kWorkListS = 1, kNextS = 0.1, kExportS = 60;
constexpr std::int64_t kDayMs = 86'400'000;

std::string numbered(const char* letter, int number) { return letter + std::to_string(number); }

/// What a person waits for, and what this program alone takes of a processor.
struct Took {
  double wallS = 0, cpuS = 0;
};
Took timeOf(const std::function<void()>& what) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  what();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC};
}

class Filler {
 public:
  Filler(StudyStore& store, int cases) : store_(store), cases_(cases) {}

  void fill() {
    store_.setTasks(tasks());
    store_.together([this] {
      for (int i = 0; i < cases_; ++i) store_.setPatient(numbered("C", i), numbered("P", i - i % 2));  // two each
    });
    for (int i = 0; i < cases_; i += kBatch) store_.together([this, i] { fillCases(i, std::min(i + kBatch, cases_)); });
  }
  std::int64_t rows() const { return rows_; }

 private:
  static constexpr int kBatch = 50;

  std::vector<StudyTask> tasks() const {
    std::vector<StudyTask> tasks;
    for (int reader = 0; reader < kReaders; ++reader)
      for (int i = 0; i < cases_; ++i) tasks.push_back(task(reader, i));
    return tasks;
  }
  /// Cases lie in another order for each reader, 7919 being prime.
  StudyTask task(int reader, int number) const {
    StudyTask made;
    made.id = "T" + std::to_string(reader) + "-" + std::to_string(number);
    made.reader = numbered("R", reader);
    made.caseId = numbered("C", number);
    made.arm = "A";
    made.position = static_cast<int>((std::int64_t{number} * 7919 + reader) % cases_) + 1;
    return made;
  }
  /// As figures are made: case by case. The last hundredth still waits.
  void fillCases(int from, int to) {
    for (int number = from; number < to; ++number)
      for (int reader = 0; reader < kReaders; ++reader)
        if (task(reader, number).position <= cases_ - cases_ / 100) fillReading(task(reader, number));
  }
  void fillReading(const StudyTask& of) {
    StudySession session;
    session.task = of;
    session.state = StudySession::State::Accepted;
    session.acceptedWallMs = of.position;
    session.chainHead = session.logHead = session.labelsHash = session.startHash = std::string(64, 'a');
    session.environment = std::string(300, 'e');
    for (int i = 0; i < kOrgans; ++i) session.organActiveS[numbered("organ_number_", i)] = random_.uniform() * 100;
    session.ratings["before.acceptability"] = "4";
    store_.putSession(session);
    std::vector<StudyRow> rows;
    for (int organ = 0; organ < kOrgans; ++organ) rows.push_back(row(of, organ));
    store_.putRows(of.id, rows);
    rows_ += kOrgans;
  }
  StudyRow row(const StudyTask& of, int organ) {
    StudyRow made;
    made.study = "large";
    made.site = "hospital";
    made.reader = of.reader;
    made.caseId = of.caseId;
    made.patientGroup = of.caseId;
    made.organ = numbered("organ_number_", organ);
    made.arm = of.arm;
    made.position = of.position;
    made.organState = "accepted";
    made.startHash = made.finalHash = std::string(64, 'b');
    made.app = "1.0.0";
    made.model = "a model";
    for (double& seconds : made.activeS) seconds = random_.uniform() * 100;
    made.before = metrics();
    made.after = metrics();
    made.work = metrics();
    return made;
  }
  StudyMetrics metrics() {
    StudyMetrics made;
    for (auto* figure : {&made.dsc, &made.hd95Mm, &made.assdMm, &made.nsd, &made.aplMm, &made.volumeMl})
      *figure = random_.uniform();
    return made;
  }

  StudyStore& store_;
  int cases_;
  std::int64_t rows_ = 0;
  PortableRandom random_{1};
};

/// As recontour-cli study export writes it. @return lines
std::int64_t writeLongCsv(const StudyStore& store, const std::filesystem::path& file) {
  SafeFile out(file);
  std::string buffer = LongCsv::header({});
  std::int64_t lines = 0;
  store.forEachRow([&](const StudyRow& row) {
    buffer += LongCsv::line(row);
    ++lines;
    if (buffer.size() < (std::size_t{1} << 20)) return;
    out.write(buffer);
    buffer.clear();
  });
  out.write(buffer);
  out.commit();
  return lines;
}

int failures = 0;
void report(const char* what, const Took& took, double limitS, bool right) {
  const bool holds = right && took.wallS <= limitS;
  std::printf("%-10s %8.3f s (processor %.3f s), at most %g s%s\n", what, took.wallS, took.cpuS, limitS,
              holds   ? ""
              : right ? ": TOO SLOW"
                      : ": WRONG");
  std::fflush(stdout);
  failures += !holds;
}

int run(int cases) {
  const TemporaryFolder folder;
  const auto store = openSqliteStore(folder / "store.sqlite");
  Filler filler(*store, cases);
  std::printf("filled in %.1f s\n", timeOf([&] { filler.fill(); }).wallS);
  std::printf("%lld rows, %.2f GB\n", static_cast<long long>(filler.rows()),
              static_cast<double>(std::filesystem::file_size(folder / "store.sqlite")) / 1e9);
  std::vector<StudySession> list;
  const Took listTook = timeOf([&] { list = store->workList("R7"); });
  report("work list", listTook, kWorkListS,
         static_cast<int>(list.size()) == cases && list.back().task.position == cases);
  std::optional<StudySession> next;
  const Took nextTook = timeOf([&] { next = store->nextTask("R7", 100 * kDayMs, 28 * kDayMs, 7 * kDayMs); });
  report("next case", nextTook, kNextS, next && next->task.position == cases - cases / 100 + 1);
  const Took noneTook = timeOf([&] { next = store->nextTask("R7", 0, 28 * kDayMs, 7 * kDayMs); });
  report("held back", noneTook, kNextS, true);
  std::int64_t lines = 0;
  const Took exportTook = timeOf([&] { lines = writeLongCsv(*store, folder / "long.csv"); });
  report("long.csv", exportTook, kExportS, lines == filler.rows());
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  return recontour::bench::run(argc > 1 ? std::atoi(argv[1]) : 10'000);
}
