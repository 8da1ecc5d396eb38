// The store in a database that speaks SQL by way of Qt. What one database says otherwise than another is in SqlDialect.
#include "core/base/error.h"
#include "core/study/next_reading.h"
#include "core/study/session_json.h"
#include "core/study/sql_database.h"
#include "core/study/sql_result_table.h"
#include "core/study/sql_values.h"
#include "core/study/study_store.h"

namespace recontour {
namespace {

constexpr int kStoreVersion = 1;

constexpr const char* kTaskColumns =
    "id, reader, case_id, arm, position, period, repetition, practice, planted, state, accepted_ms, facts";

StudySession sessionFrom(const QSqlQuery& query) {
  StudySession session;
  StudyTask& task = session.task;
  int column = 0;
  const auto next = [&](auto& to) { assign(to, query.value(column++)); };
  next(task.id), next(task.reader), next(task.caseId), next(task.arm), next(task.position), next(task.period);
  next(task.repeat), next(task.practice), next(task.planted);
  int state = 0;
  next(state), next(session.acceptedWallMs);
  session.state = static_cast<StudySession::State>(state);
  readJson(query.value(column).toString().toStdString(), session);
  return session;
}

class SqlStudyStore final : public StudyStore {
 public:
  SqlStudyStore(const std::filesystem::path& file, SqlDialect dialect) : database_(file, std::move(dialect)) {
    checkVersion();
  }

  std::optional<std::string> setting(const std::string& key) const override {
    auto query = database_.run("SELECT value FROM setting WHERE name = ?", {text(key)});
    if (!database_.advance(query)) return {};
    return query.value(0).toString().toStdString();
  }
  void setSetting(const std::string& key, const std::string& value) override {
    database_.run(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {text(key), text(value)});
  }

  void setTasks(std::span<const StudyTask> tasks) override {
    together([&] {
      clearResultTables(database_);
      database_.run("DELETE FROM task");
      auto query = database_.prepared(
          "INSERT INTO task (id, reader, case_id, arm, position, period, repetition, practice, "
          "planted, state, accepted_ms, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '')");
      for (const StudyTask& task : tasks)
        database_.execute(query, {text(task.id), text(task.reader), text(task.caseId), text(task.arm), task.position,
                                  task.period, task.repeat, variant(task.practice), variant(task.planted)});
    });
  }
  std::vector<StudySession> workList(const std::string& reader) const override {
    return sessionsOf(database_.run(selected("WHERE reader = ? ORDER BY position"), {text(reader)}));
  }
  std::vector<StudySession> sessions() const override {
    return sessionsOf(database_.run(selected("ORDER BY reader, position")));
  }
  std::optional<StudySession> session(const std::string& task) const override {
    auto found = sessionsOf(database_.run(selected("WHERE id = ?"), {text(task)}));
    return found.empty() ? std::optional<StudySession>() : std::move(found.front());
  }
  std::optional<StudySession> nextTask(const std::string& reader, std::int64_t nowWallMs, std::int64_t washoutMs,
                                       std::int64_t patientMs) const override {
    const auto next = nextReading(readingsOf(reader), nowWallMs - washoutMs, nowWallMs - patientMs);
    return next ? session(*next) : std::optional<StudySession>();
  }
  void putSession(const StudySession& session) override {
    auto query = database_.run("UPDATE task SET state = ?, accepted_ms = ?, facts = ? WHERE id = ?",
                               {static_cast<int>(session.state), variant(session.acceptedWallMs), text(toJson(session)),
                                text(session.task.id)});
    if (query.numRowsAffected() != 1) throw Error(database_.file(), "has no task " + session.task.id);
  }
  void setPatient(const std::string& caseId, const std::string& patientGroup) override {
    database_.run(
        "INSERT INTO patient (case_id, patient_group) VALUES (?, ?) ON CONFLICT (case_id) DO UPDATE SET patient_group "
        "= excluded.patient_group",
        {text(caseId), text(patientGroup)});
  }

  void putRows(const std::string& task, std::span<const StudyRow> rows) override {
    together([&] { putResultRows(database_, task, rows); });
  }
  void forEachRow(const std::function<void(const StudyRow&)>& visit) const override {
    forEachResultRow(database_, visit);
  }

  void addNote(const StudyNote& note) override {
    database_.run("INSERT INTO note (wall_ms, who, action, subject, reason) VALUES (?, ?, ?, ?, ?)",
                  {variant(note.wallMs), text(note.who), text(note.action), text(note.subject), text(note.reason)});
  }
  std::vector<StudyNote> notes() const override {
    std::vector<StudyNote> notes;
    auto query = database_.run("SELECT wall_ms, who, action, subject, reason FROM note ORDER BY number");
    while (database_.advance(query)) {
      StudyNote note;
      assign(note.wallMs, query.value(0)), assign(note.who, query.value(1)), assign(note.action, query.value(2));
      assign(note.subject, query.value(3)), assign(note.reason, query.value(4));
      notes.push_back(std::move(note));
    }
    return notes;
  }

  void together(const std::function<void()>& change) override { database_.together(change); }
  void backup(const std::filesystem::path& file) const override {
    if (std::filesystem::exists(file)) throw Error(file, "is there already", "give another name");
    database_.run(database_.dialect().backup, {text(file.string())});
  }

 private:
  static QString selected(const QString& rest) {
    return QStringLiteral("SELECT ") + QLatin1String(kTaskColumns) + QStringLiteral(" FROM task ") + rest;
  }
  static QString selected(const char* rest) { return selected(QLatin1String(rest)); }

  /// In the reader's order, read from an index alone.
  std::vector<ReadingState> readingsOf(const std::string& reader) const {
    std::vector<ReadingState> readings;
    auto query = database_.run(
        "SELECT task.id, task.case_id, task.state, task.accepted_ms, patient.patient_group FROM task LEFT JOIN patient "
        "ON patient.case_id = task.case_id WHERE task.reader = ? ORDER BY task.position",
        {text(reader)});
    while (database_.advance(query)) {
      ReadingState& one = readings.emplace_back();
      assign(one.task, query.value(0)), assign(one.caseId, query.value(1)), assign(one.state, query.value(2));
      assign(one.acceptedMs, query.value(3)), assign(one.patient, query.value(4));
    }
    return readings;
  }
  std::vector<StudySession> sessionsOf(QSqlQuery query) const {
    std::vector<StudySession> sessions;
    while (database_.advance(query)) sessions.push_back(sessionFrom(query));
    return sessions;
  }

  void checkVersion() {
    database_.run("CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
    const auto version = setting("store_version");
    if (version && QString::fromStdString(*version).toInt() > kStoreVersion)
      throw Error(database_.file(), "was made by a newer Recontour", "open it with that version");
    if (!version) create();
  }
  void create() {
    together([this] {
      database_.run(
          "CREATE TABLE task (id TEXT PRIMARY KEY, reader TEXT NOT NULL, case_id TEXT NOT NULL, arm TEXT NOT NULL, "
          "position INTEGER NOT NULL, period INTEGER NOT NULL, repetition INTEGER NOT NULL, practice INTEGER NOT NULL, "
          "planted INTEGER NOT NULL, state INTEGER NOT NULL, accepted_ms BIGINT NOT NULL, facts TEXT NOT NULL)");
      database_.run("CREATE UNIQUE INDEX task_position ON task (reader, position)");
      database_.run("CREATE INDEX task_reading ON task (reader, position, id, case_id, state, accepted_ms)");
      database_.run("CREATE TABLE patient (case_id TEXT PRIMARY KEY, patient_group TEXT NOT NULL)");
      createResultTables(database_);
      database_.run(
          QStringLiteral("CREATE TABLE note (number %1, wall_ms BIGINT NOT NULL, who TEXT NOT NULL, action TEXT NOT "
                         "NULL, subject TEXT NOT NULL, reason TEXT NOT NULL)")
              .arg(QLatin1String(database_.dialect().numberColumn)));
      setSetting("store_version", std::to_string(kStoreVersion));
    });
  }

  SqlDatabase database_;
};

}  // namespace

std::unique_ptr<StudyStore> openSqliteStore(const std::filesystem::path& file) {
  return std::make_unique<SqlStudyStore>(file, sqliteDialect());
}

}  // namespace recontour
