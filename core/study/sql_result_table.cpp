#include "core/study/sql_result_table.h"

#include "core/base/error.h"
#include "core/study/sql_rows.h"
#include "core/study/sql_values.h"

namespace recontour {
namespace {

constexpr const char* kMetricPrefixes[] = {"before_", "after_", "work_"};

/// Names of columns, with their types where a table is made, "," before each.
class Columns {
 public:
  explicit Columns(bool types) : types_(types) {}
  template <typename Member>
  void add(const std::string& name, const Member&, const char* type) {
    text_ += QStringLiteral(", ") + text(name) + (types_ ? QLatin1String(type) : QLatin1String());
    marks_ += QStringLiteral(", ?");
  }
  const QString& names() const { return text_; }
  const QString& marks() const { return marks_; }

 private:
  bool types_;
  QString text_, marks_;
};

Columns readingColumns(bool types) {
  Columns columns(types);
  const StudyRow row;
  visitReadingColumns(row, [&](const std::string& name, const auto& of) { columns.add(name, of, typeOf(of)); });
  return columns;
}

Columns organColumns(bool types) {
  Columns columns(types);
  const StudyRow row;
  const StudyMetrics metrics;
  visitOrganColumns(row, [&](const std::string& name, const auto& of) { columns.add(name, of, typeOf(of)); });
  // Whether a comparison is there at all is told by its "empty".
  for (const char* prefix : kMetricPrefixes)
    visitMetricColumns(metrics, prefix, [&](const std::string& name, const auto& of) {
      using Member = std::decay_t<decltype(of)>;
      columns.add(name, of, std::is_same_v<Member, std::string> ? " TEXT" : typeOf(of));
    });
  return columns;
}

QVariantList readingValues(const std::string& task, const StudyRow& row) {
  QVariantList values = {text(task)};
  visitReadingColumns(row, [&](const std::string&, const auto& member) { values.push_back(variant(member)); });
  return values;
}

QVariantList organValues(const std::string& task, const StudyRow& row) {
  QVariantList values = {text(task)};
  const auto add = [&](const std::string&, const auto& member) { values.push_back(variant(member)); };
  visitOrganColumns(row, add);
  for (const auto* metrics : {&row.before, &row.after, &row.work}) {
    const StudyMetrics none;
    visitMetricColumns(metrics->has_value() ? **metrics : none, "", add);
    if (!metrics->has_value()) values.back() = QVariant(QMetaType::fromType<QString>());
  }
  return values;
}

void readOrgan(const QSqlQuery& query, StudyRow& row) {
  int column = 0;
  const auto take = [&](const std::string&, auto& member) { assign(member, query.value(column++)); };
  visitOrganColumns(row, take);
  for (auto* comparison : {&row.before, &row.after, &row.work}) {
    StudyMetrics metrics;
    visitMetricColumns(metrics, "", take);
    comparison->reset();
    if (!query.value(column - 1).isNull()) *comparison = std::move(metrics);
  }
}

QString insertInto(const char* table, const Columns& columns) {
  return QStringLiteral("INSERT INTO %1 (task_id%2) VALUES (?%3)")
      .arg(QLatin1String(table), columns.names(), columns.marks());
}

}  // namespace

void createResultTables(SqlDatabase& database) {
  database.run(QStringLiteral("CREATE TABLE reading (task_id TEXT PRIMARY KEY REFERENCES task (id)") +
               readingColumns(true).names() + QStringLiteral(")"));
  database.run("CREATE INDEX reading_order ON reading (reader, position, task_id)");
  database.run(QStringLiteral("CREATE TABLE result (number %1, task_id TEXT NOT NULL REFERENCES reading (task_id)%2)")
                   .arg(QLatin1String(database.dialect().numberColumn), organColumns(true).names()));
  database.run("CREATE INDEX result_task ON result (task_id, number)");
}

void clearResultTables(SqlDatabase& database) {
  database.run("DELETE FROM result");
  database.run("DELETE FROM reading");
}

void putResultRows(SqlDatabase& database, const std::string& task, std::span<const StudyRow> rows) {
  database.run("DELETE FROM result WHERE task_id = ?", {text(task)});
  database.run("DELETE FROM reading WHERE task_id = ?", {text(task)});
  if (rows.empty()) return;
  const QVariantList reading = readingValues(task, rows.front());
  database.run(insertInto("reading", readingColumns(false)), reading);
  auto query = database.prepared(insertInto("result", organColumns(false)));
  for (const StudyRow& row : rows) {
    if (readingValues(task, row) != reading) throw Error("rows of task " + task + " are of different readings");
    database.execute(query, organValues(task, row));
  }
}

void forEachResultRow(const SqlDatabase& database, const std::function<void(const StudyRow&)>& visit) {
  auto readings = database.run(QStringLiteral("SELECT task_id%1 FROM reading ORDER BY reader, position, task_id")
                                   .arg(readingColumns(false).names()));
  auto organs = database.prepared(QStringLiteral("SELECT %1 FROM result WHERE task_id = ? ORDER BY number")
                                      .arg(organColumns(false).names().mid(2)));
  while (database.advance(readings)) {
    StudyRow row;
    int column = 1;
    visitReadingColumns(row, [&](const std::string&, auto& member) { assign(member, readings.value(column++)); });
    database.execute(organs, {readings.value(0)});
    while (database.advance(organs)) {
      readOrgan(organs, row);
      visit(row);
    }
  }
}

}  // namespace recontour
