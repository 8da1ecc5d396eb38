#include "core/study/sql_database.h"

#include <QCoreApplication>
#include <QSqlError>
#include <atomic>

#include "core/base/error.h"

namespace recontour {
namespace {

/// Qt loads its database drivers only where there is an application.
void ownApplication() {
  static int count = 1;
  static char name[] = "recontour";
  static char* arguments[] = {name, nullptr};
  static QCoreApplication application(count, arguments);
}

QString freshName() {
  static std::atomic<int> number = 0;
  return QStringLiteral("study-%1").arg(++number);
}

}  // namespace

SqlDialect sqliteDialect() {
  return {"QSQLITE",
          {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
           "PRAGMA busy_timeout = 5000"},
          "INTEGER PRIMARY KEY",
          "BEGIN IMMEDIATE",
          "VACUUM INTO ?",
          {{"PRAGMA journal_mode", "wal"}, {"PRAGMA synchronous", "2"}}};
}

SqlDatabase::Connection::Connection(const char* driver, const std::filesystem::path& file) : name_(freshName()) {
  if (QCoreApplication::instance() == nullptr) ownApplication();
  auto database = QSqlDatabase::addDatabase(QLatin1String(driver), name_);
  database.setDatabaseName(QString::fromStdString(file.string()));
}

SqlDatabase::Connection::~Connection() { QSqlDatabase::removeDatabase(name_); }

SqlDatabase::SqlDatabase(const std::filesystem::path& file, SqlDialect dialect)
    : file_(file), dialect_(std::move(dialect)), connection_(dialect_.driver, file) {
  database_ = connection_.database();
  if (!database_.isValid()) throw Error(std::string("Qt's driver ") + dialect_.driver + " is missing");
  if (!database_.open()) fail(database_.lastError());
  for (const char* statement : dialect_.atOpening) run(statement);
  for (const auto& [question, answer] : dialect_.durability) requireAnswer(question, answer);
}

void SqlDatabase::fail(const QSqlError& error) const {
  throw Error(file_, "the study's store failed: " + error.text().toStdString(), "check the disk, or restore a backup");
}

void SqlDatabase::requireAnswer(const char* question, const char* answer) const {
  auto query = run(question);
  const std::string told = advance(query) ? query.value(0).toString().toStdString() : "";
  if (told != answer)
    throw Error(file_, std::string("cannot be kept safely: ") + question + " is " + told,
                "keep the study on a local disk");
}

QSqlQuery SqlDatabase::prepared(const QString& sql) const {
  QSqlQuery query(database_);
  query.setForwardOnly(true);
  if (!query.prepare(sql)) fail(query.lastError());
  return query;
}

void SqlDatabase::execute(QSqlQuery& query, const QVariantList& values) const {
  for (qsizetype i = 0; i < values.size(); ++i) query.bindValue(static_cast<int>(i), values[i]);
  if (!query.exec()) fail(query.lastError());
}

QSqlQuery SqlDatabase::run(const QString& sql, const QVariantList& values) const {
  QSqlQuery query = prepared(sql);
  execute(query, values);
  return query;
}

bool SqlDatabase::advance(QSqlQuery& query) const {
  if (query.next()) return true;
  if (query.lastError().isValid()) fail(query.lastError());
  return false;
}

void SqlDatabase::together(const std::function<void()>& change) {
  if (inTransaction_) return change();
  run(dialect_.begin);
  inTransaction_ = true;
  try {
    change();
  } catch (...) {
    inTransaction_ = false;
    database_.rollback();
    throw;
  }
  inTransaction_ = false;
  commit();
}

void SqlDatabase::commit() {
  if (database_.commit()) return;
  const auto error = database_.lastError();
  database_.rollback();
  fail(error);
}

}  // namespace recontour
