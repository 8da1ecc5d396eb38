// What any StudyStore holds. A second database comes in as another way to make one, see kDialects.
#include "core/study/study_store.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <atomic>
#include <fstream>
#include <limits>

#include <dlfcn.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/portable_random.h"
#include "core/base/safe_file.h"
#include "core/study/sql_rows.h"
#include "tests/data/temporary_folder.h"

namespace {
std::atomic<int> flushes = 0;
}  // namespace

/// Counts what the database flushes to disk. It finds this one, since a program's functions come before a library's.
extern "C" int fdatasync(int descriptor) {
  using Function = int (*)(int);
  static const auto kReal = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "fdatasync"));
  ++flushes;
  return kReal(descriptor);
}

namespace recontour {
namespace {

struct Dialect {
  const char* name;
  std::unique_ptr<StudyStore> (*open)(const std::filesystem::path& file);
};
const Dialect kDialects[] = {{"Sqlite", openSqliteStore}};

StudyTask task(const std::string& id, const std::string& reader, const std::string& caseId, int position) {
  StudyTask made;
  made.id = id;
  made.reader = reader;
  made.caseId = caseId;
  made.arm = "A";
  made.position = position;
  return made;
}

/// Each field differs from every other and from its default.
StudySession fullSession(const StudyTask& of) {
  StudySession session;
  session.task = of;
  session.state = StudySession::State::Accepted;
  session.acceptedWallMs = 1'763'999'999'123;
  session.chainHead = std::string(64, '1');
  session.logHead = std::string(64, '2');
  session.labelsHash = std::string(64, '3');
  session.startHash = std::string(64, '4');
  session.activeS = 0.1;
  session.wallS = 1e300;
  session.activeAtS = {1.5, 2.5, 3.5, 4.5};
  session.ratingS = 5e-324;
  session.organsEdited = 6;
  session.strokes = 7;
  session.undos = 8;
  session.interrupted = true;
  session.organActiveS = {{"liver", 9.25}, {"review", 10.75}};
  session.ratings = {{"after.acceptability.liver", "\"4\"; it's g\xc3\xbcnstig"}};
  session.flags = {{"interrupted", "a, \"b\"\nc"}, {"left_right", "d"}};
  session.environment = R"({"screen":"3840 x 2160"})";
  session.appVersion = "9.8.7";
  session.excludedReason = "no consent";
  return session;
}

void expectSame(const StudySession& a, const StudySession& b) {
  EXPECT_EQ(a.task.id, b.task.id);
  EXPECT_EQ(a.task.reader, b.task.reader);
  EXPECT_EQ(a.task.caseId, b.task.caseId);
  EXPECT_EQ(a.task.arm, b.task.arm);
  EXPECT_EQ(a.task.position, b.task.position);
  EXPECT_EQ(a.task.period, b.task.period);
  EXPECT_EQ(a.task.repeat, b.task.repeat);
  EXPECT_EQ(a.task.practice, b.task.practice);
  EXPECT_EQ(a.task.planted, b.task.planted);
  EXPECT_EQ(a.state, b.state);
  EXPECT_EQ(a.acceptedWallMs, b.acceptedWallMs);
  EXPECT_EQ(a.chainHead, b.chainHead);
  EXPECT_EQ(a.logHead, b.logHead);
  EXPECT_EQ(a.labelsHash, b.labelsHash);
  EXPECT_EQ(a.startHash, b.startHash);
  EXPECT_EQ(a.activeS, b.activeS);
  EXPECT_EQ(a.wallS, b.wallS);
  EXPECT_EQ(a.activeAtS, b.activeAtS);
  EXPECT_EQ(a.ratingS, b.ratingS);
  EXPECT_EQ(a.organsEdited, b.organsEdited);
  EXPECT_EQ(a.strokes, b.strokes);
  EXPECT_EQ(a.undos, b.undos);
  EXPECT_EQ(a.interrupted, b.interrupted);
  EXPECT_EQ(a.organActiveS, b.organActiveS);
  EXPECT_EQ(a.ratings, b.ratings);
  ASSERT_EQ(a.flags.size(), b.flags.size());
  for (std::size_t i = 0; i < a.flags.size(); ++i) {
    EXPECT_EQ(a.flags[i].kind, b.flags[i].kind);
    EXPECT_EQ(a.flags[i].text, b.flags[i].text);
  }
  EXPECT_EQ(a.environment, b.environment);
  EXPECT_EQ(a.appVersion, b.appVersion);
  EXPECT_EQ(a.excludedReason, b.excludedReason);
}

/// Gives every column a value of its own.
struct Filler {
  int number = 0;
  void operator()(const std::string&, std::string& to) {
    to = "text, \"" + std::to_string(++number) + "\" \xe8\x82\x9d'";
  }
  void operator()(const std::string&, double& to) { to = ++number + 0.1; }
  void operator()(const std::string&, std::optional<double>& to) { to = ++number / 7.0; }
  void operator()(const std::string&, std::int64_t& to) { to = (std::int64_t{1} << 40) + ++number; }
  void operator()(const std::string&, int& to) { to = ++number; }
  void operator()(const std::string&, bool& to) { to = ++number % 2 == 0; }
};

StudyRow fullRow() {
  StudyRow row;
  Filler fill;
  visitReadingColumns(row, fill);
  visitOrganColumns(row, fill);
  for (auto* metrics : {&row.before, &row.after, &row.work}) {
    metrics->emplace();
    visitMetricColumns(**metrics, "", fill);
  }
  return row;
}

/// All columns as text, with 17 digits.
std::vector<std::string> told(const StudyRow& row) {
  std::vector<std::string> values;
  const auto add = [&](const std::string& name, const auto& value) {
    std::ostringstream text;
    text.precision(17);
    if constexpr (requires { value.has_value(); })
      value ? text << *value : text << "none";
    else
      text << value;
    values.push_back(name + "=" + text.str());
  };
  visitReadingColumns(row, add);
  visitOrganColumns(row, add);
  for (const auto* metrics : {&row.before, &row.after, &row.work}) {
    values.emplace_back(metrics->has_value() ? "metrics" : "no metrics");
    if (metrics->has_value()) visitMetricColumns(**metrics, "", add);
  }
  return values;
}

std::vector<StudyRow> rowsOf(const StudyStore& store) {
  std::vector<StudyRow> rows;
  store.forEachRow([&](const StudyRow& row) { rows.push_back(row); });
  return rows;
}

std::vector<std::string> ids(const std::vector<StudySession>& sessions) {
  std::vector<std::string> found;
  for (const StudySession& session : sessions) found.push_back(session.task.id);
  return found;
}
using Ids = std::vector<std::string>;

class StudyStoreTest : public testing::TestWithParam<Dialect> {
 protected:
  std::unique_ptr<StudyStore> open() const { return GetParam().open(file()); }
  std::filesystem::path file() const { return folder.path() / "store.sqlite"; }
  void accept(StudyStore& store, const std::string& id, std::int64_t wallMs) {
    StudySession session = store.session(id).value();
    session.state = StudySession::State::Accepted;
    session.acceptedWallMs = wallMs;
    store.putSession(session);
  }
  std::string next(const StudyStore& store, std::int64_t now, std::int64_t washout, std::int64_t patient = 0) {
    const auto found = store.nextTask("R1", now, washout, patient);
    return found ? found->task.id : "none";
  }
  TemporaryFolder folder;
};
INSTANTIATE_TEST_SUITE_P(Dialects, StudyStoreTest, testing::ValuesIn(kDialects),
                         [](const auto& dialect) { return std::string(dialect.param.name); });

TEST_P(StudyStoreTest, KeepsSettings) {
  {
    const auto store = open();
    EXPECT_EQ(store->setting("stage"), std::nullopt);
    store->setSetting("stage", "draft");
    store->setSetting("stage", "it's \"frozen\"");
    store->setSetting("empty", "");
  }
  const auto store = open();
  EXPECT_EQ(store->setting("stage"), "it's \"frozen\"");
  EXPECT_EQ(store->setting("empty"), "");
}

TEST_P(StudyStoreTest, ListsTasksInTheReadersOrder) {
  const auto store = open();
  StudyTask full = task("T1", "R2", "C1", 2);
  full.arm = "B";
  full.period = 2;
  full.repeat = 1;
  full.practice = full.planted = true;
  store->setTasks(std::vector{full, task("T2", "R1", "C1", 10), task("T3", "R1", "C2", 9), task("T4", "R2", "C2", 1)});
  EXPECT_EQ(ids(store->workList("R1")), (Ids{"T3", "T2"}));
  EXPECT_EQ(ids(store->workList("R3")), Ids{});
  EXPECT_EQ(ids(store->sessions()), (Ids{"T3", "T2", "T4", "T1"}));
  StudySession expected;
  expected.task = full;
  expectSame(store->session("T1").value(), expected);
  EXPECT_FALSE(store->session("T9").has_value());
}

TEST_P(StudyStoreTest, ForgetsReadingsWithTheirTasks) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1)});
  accept(*store, "T1", 5);
  store->putRows("T1", std::vector{StudyRow()});
  store->setTasks(std::vector{task("T1", "R1", "C1", 1)});
  EXPECT_EQ(store->session("T1")->state, StudySession::State::Waiting);
  EXPECT_TRUE(rowsOf(*store).empty());
}

TEST_P(StudyStoreTest, KeepsEveryFieldOfAReading) {
  const StudySession session = fullSession(task("T1", "R1", "C1", 1));
  {
    const auto store = open();
    store->setTasks(std::vector{session.task, task("T2", "R1", "C2", 2)});
    store->putSession(session);
  }
  const auto store = open();
  expectSame(store->session("T1").value(), session);
  EXPECT_EQ(store->session("T2")->state, StudySession::State::Waiting);
}

TEST_P(StudyStoreTest, RefusesAReadingOfNoTask) {
  EXPECT_THROW(open()->putSession(fullSession(task("T1", "R1", "C1", 1))), Error);
}

TEST_P(StudyStoreTest, KeepsATextThatIsNoUtf8ReadableAllTheSame) {
  const auto store = open();
  StudySession session = fullSession(task("T1", "R1", "C1", 1));
  session.excludedReason = "caf\xe9";
  store->setTasks(std::vector{session.task});
  store->putSession(session);
  EXPECT_EQ(store->session("T1")->excludedReason, "caf\xef\xbf\xbd");
}

TEST_P(StudyStoreTest, GivesTheFirstTaskThatWaitsOrIsOpen) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1), task("T2", "R1", "C2", 2), task("T3", "R2", "C3", 1)});
  EXPECT_EQ(next(*store, 100, 0), "T1");
  accept(*store, "T1", 50);
  EXPECT_EQ(next(*store, 100, 0), "T2");
  StudySession open2 = store->session("T2").value();
  open2.state = StudySession::State::Open;
  store->putSession(open2);
  EXPECT_EQ(next(*store, 100, 0), "T2");
  open2.state = StudySession::State::Excluded;
  store->putSession(open2);
  EXPECT_EQ(next(*store, 100, 0), "none");
}

TEST_P(StudyStoreTest, HoldsACaseBackUntilItsWashoutIsOver) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1), task("T2", "R1", "C1", 2), task("T3", "R2", "C1", 1)});
  accept(*store, "T1", 1000);
  accept(*store, "T3", 5000);  // another reader's
  EXPECT_EQ(next(*store, 1499, 500), "none");
  EXPECT_EQ(next(*store, 1500, 500), "T2");
}

TEST_P(StudyStoreTest, AReopenedReadingGoesOnAndHoldsTheOthersOfItsCaseBack) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 2), task("T2", "R1", "C1", 1)});
  accept(*store, "T1", 1000);
  StudySession reopened = store->session("T1").value();
  reopened.state = StudySession::State::Open;
  store->putSession(reopened);
  EXPECT_EQ(next(*store, 1499, 500), "T1");
  EXPECT_EQ(next(*store, 1500, 500), "T2");
}

TEST_P(StudyStoreTest, HoldsACaseBackBehindAReadingThatWasExcludedSinceItWasSeenAllTheSame) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1), task("T2", "R1", "C1", 2)});
  accept(*store, "T1", 1000);
  StudySession excluded = store->session("T1").value();
  excluded.state = StudySession::State::Excluded;
  store->putSession(excluded);
  EXPECT_EQ(next(*store, 1499, 500), "none");
  EXPECT_EQ(next(*store, 1500, 500), "T2");
}

TEST_P(StudyStoreTest, HoldsAnotherCaseOfThePatientBack) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1), task("T2", "R1", "C2", 2), task("T3", "R1", "C3", 3)});
  store->setPatient("C1", "other");
  store->setPatient("C1", "P1");
  store->setPatient("C2", "P1");
  store->setPatient("C3", "P2");
  accept(*store, "T1", 1000);
  EXPECT_EQ(next(*store, 1499, 0, 500), "T3");
  EXPECT_EQ(next(*store, 1500, 0, 500), "T2");
}

TEST_P(StudyStoreTest, KeepsEveryFieldOfARow) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1), task("T2", "R1", "C1", 2)});
  StudyRow other = fullRow();  // of the same reading
  other.organ = "another organ";
  other.strokes += 1;
  other.before.reset();
  other.work->dsc.reset();
  StudyRow bare, extreme;
  extreme.after.emplace();
  extreme.after->hd95Mm = std::numeric_limits<double>::infinity();
  extreme.after->dsc = std::numeric_limits<double>::denorm_min();
  extreme.after->volumeMl = -0.1;
  extreme.after->empty = "prediction";
  const std::vector rows = {fullRow(), other, bare, extreme};
  store->putRows("T1", std::span(rows).first(2));
  store->putRows("T2", std::span(rows).last(2));
  const auto found = rowsOf(*store);
  ASSERT_EQ(found.size(), 4U);
  std::vector<std::vector<std::string>> expected, got;
  for (const StudyRow& row : rows) expected.push_back(told(row));
  for (const StudyRow& row : found) got.push_back(told(row));
  std::ranges::sort(expected);
  std::ranges::sort(got);
  EXPECT_EQ(got, expected);
  EXPECT_GT(told(fullRow()).size(), 50U);
}

TEST_P(StudyStoreTest, RefusesRowsOfDifferentReadingsUnderOneTask) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1)});
  store->putRows("T1", std::vector{fullRow()});
  StudyRow other = fullRow();
  other.finalHash = "another";
  EXPECT_THROW(store->putRows("T1", std::vector{fullRow(), other}), Error);
  EXPECT_EQ(rowsOf(*store).size(), 1U);
}

TEST_P(StudyStoreTest, ReplacesTheRowsOfATaskAndGivesThemInTheReadersOrder) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1), task("T2", "R1", "C2", 2)});
  const auto row = [](int position, const std::string& organ) {
    StudyRow made;
    made.reader = "R1";
    made.position = position;
    made.organ = organ;
    return made;
  };
  store->putRows("T2", std::vector{row(2, "spleen"), row(2, "liver")});
  store->putRows("T1", std::vector{row(1, "colon")});
  store->putRows("T1", std::vector{row(1, "spleen"), row(1, "rectum")});
  std::vector<std::string> organs;
  for (const StudyRow& one : rowsOf(*store)) organs.push_back(one.organ);
  EXPECT_EQ(organs, (Ids{"spleen", "rectum", "spleen", "liver"}));
  store->putRows("T2", {});
  EXPECT_EQ(rowsOf(*store).size(), 2U);
}

TEST_P(StudyStoreTest, KeepsNotesInTheirOrder) {
  const auto store = open();
  store->addNote({5, "coordinator", "exclude", "T2", "it's \"wrong\""});
  store->addNote({4, "", "pack", "R1", ""});
  const auto notes = store->notes();
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].wallMs, 5);
  EXPECT_EQ(notes[0].who, "coordinator");
  EXPECT_EQ(notes[0].action, "exclude");
  EXPECT_EQ(notes[0].subject, "T2");
  EXPECT_EQ(notes[0].reason, "it's \"wrong\"");
  EXPECT_EQ(notes[1].action, "pack");
}

TEST_P(StudyStoreTest, TakesAWholeChangeBackWhenItThrows) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1)});
  store->putRows("T1", std::vector{fullRow()});
  const auto change = [&] {
    store->setSetting("stage", "frozen");
    accept(*store, "T1", 5);
    store->together([&] { store->putRows("T1", {}); });  // a change within a change
    store->addNote({1, "a", "b", "c", ""});
    throw Error("half way");
  };
  EXPECT_THROW(store->together(change), Error);
  EXPECT_EQ(store->setting("stage"), std::nullopt);
  EXPECT_EQ(store->session("T1")->state, StudySession::State::Waiting);
  EXPECT_EQ(rowsOf(*store).size(), 1U);
  EXPECT_TRUE(store->notes().empty());
  store->together([&] { store->setSetting("stage", "frozen"); });
  EXPECT_EQ(store->setting("stage"), "frozen");
}

TEST_P(StudyStoreTest, IsSeenAndWrittenByTwoProgramsAtOnce) {
  const auto one = open(), other = open();
  one->setTasks(std::vector{task("T1", "R1", "C1", 1), task("T2", "R1", "C2", 2)});
  EXPECT_EQ(ids(other->workList("R1")), (Ids{"T1", "T2"}));
  one->together([&] {
    one->setSetting("stage", "closed");
    EXPECT_EQ(other->setting("stage"), std::nullopt);  // not before it is whole
  });
  EXPECT_EQ(other->setting("stage"), "closed");
  accept(*other, "T1", 7);
  accept(*one, "T2", 8);
  EXPECT_EQ(one->session("T1")->acceptedWallMs, 7);
  EXPECT_EQ(other->session("T2")->acceptedWallMs, 8);
}

TEST_P(StudyStoreTest, IsBackedUpWholeWhileItIsUsed) {
  const auto store = open();
  store->setTasks(std::vector{task("T1", "R1", "C1", 1)});
  store->putSession(fullSession(task("T1", "R1", "C1", 1)));
  store->putRows("T1", std::vector{fullRow()});
  store->addNote({1, "a", "b", "c", "d"});
  const auto copy = folder / "it's a copy.sqlite";
  store->backup(copy);
  store->setSetting("stage", "later");
  const auto restored = GetParam().open(copy);
  expectSame(restored->session("T1").value(), fullSession(task("T1", "R1", "C1", 1)));
  ASSERT_EQ(rowsOf(*restored).size(), 1U);
  EXPECT_EQ(told(rowsOf(*restored)[0]), told(fullRow()));
  EXPECT_EQ(restored->notes().size(), 1U);
  EXPECT_EQ(restored->setting("stage"), std::nullopt);
  EXPECT_THROW(store->backup(copy), Error);
}

TEST_P(StudyStoreTest, RefusesWhatANewerVersionMade) {
  open()->setSetting("store_version", "2");
  EXPECT_THROW(open(), Error);
}

class SqliteStoreTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::filesystem::path file = folder / "store.sqlite";
};

TEST_F(SqliteStoreTest, WritesAheadAndFlushesEveryCommit) {
  const auto store = openSqliteStore(file);
  store->setSetting("stage", "draft");
  for (int i = 0; i < 5; ++i) {
    const int before = flushes;
    store->setSetting("count", std::to_string(i));
    EXPECT_GT(flushes, before);  // with synchronous=NORMAL a log written ahead is not flushed
  }
  {
    auto other = QSqlDatabase::addDatabase("QSQLITE", "look");
    other.setDatabaseName(QString::fromStdString(file.string()));
    ASSERT_TRUE(other.open());
    QSqlQuery query("PRAGMA journal_mode", other);
    ASSERT_TRUE(query.next());
    EXPECT_EQ(query.value(0).toString(), "wal");
  }
  QSqlDatabase::removeDatabase("look");
}

TEST_F(SqliteStoreTest, TellsDamageInOneErrorAndLetsTheFileGo) {
  writeFileSafely(file, std::string(8192, 'x'));
  const auto connections = QSqlDatabase::connectionNames().size();
  EXPECT_THROW(openSqliteStore(file), Error);
  EXPECT_THROW(openSqliteStore(folder / "missing" / "store.sqlite"), Error);
  EXPECT_EQ(QSqlDatabase::connectionNames().size(), connections);
}

/// Reads all there is.
void readWhole(const StudyStore& store) {
  store.sessions();
  store.notes();
  store.setting("stage");
  store.nextTask("R1", 0, 0, 0);
  store.forEachRow([](const StudyRow&) {});
}

TEST_F(SqliteStoreTest, NeverGivesAPartForTheWhole) {
  constexpr std::size_t kTasks = 40;
  {
    const auto store = openSqliteStore(file);
    std::vector<StudyTask> tasks;
    for (std::size_t i = 0; i < kTasks; ++i)
      tasks.push_back(task("T" + std::to_string(i), "R1", "C" + std::to_string(i), static_cast<int>(i)));
    store->setTasks(tasks);
    for (const StudyTask& one : tasks) store->putRows(one.id, std::vector{fullRow(), fullRow()});
  }
  const std::string whole = readWholeFile(file);
  int refused = 0;
  for (std::size_t keep = 4096; keep < whole.size(); keep += 4096) {
    writeFileSafely(file, whole.substr(0, keep));
    std::filesystem::remove(folder / "store.sqlite-wal");
    std::filesystem::remove(folder / "store.sqlite-shm");
    std::size_t rows = 0;
    try {
      const auto store = openSqliteStore(file);
      EXPECT_EQ(store->sessions().size(), kTasks);
      store->forEachRow([&](const StudyRow&) { ++rows; });
      EXPECT_EQ(rows, 2 * kTasks);
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 5);
}

TEST_F(SqliteStoreTest, SurvivesAnyBytes) {
  {
    const auto store = openSqliteStore(file);
    store->setTasks(std::vector{task("T1", "R1", "C1", 1)});
    store->putSession(fullSession(task("T1", "R1", "C1", 1)));
    store->putRows("T1", std::vector{fullRow()});
  }
  const std::string whole = readWholeFile(file);
  PortableRandom random(11);
  for (int round = 0; round < 150; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 20; ++i) bytes[random.uniformBelow(bytes.size())] = static_cast<char>(random.next() & 0xff);
    writeFileSafely(file, bytes);
    std::filesystem::remove(folder / "store.sqlite-wal");
    std::filesystem::remove(folder / "store.sqlite-shm");
    try {
      readWhole(*openSqliteStore(file));
    } catch (const Error&) {  // anything else fails the test
    }
  }
}

}  // namespace
}  // namespace recontour
