#pragma once
// Private to core/study.
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <filesystem>
#include <functional>
#include <utility>
#include <vector>

class QSqlError;

namespace recontour {

/// What one database says otherwise than another.
struct SqlDialect {
  const char* driver;                  ///< of Qt
  std::vector<const char*> atOpening;  ///< what a connection says first
  const char* numberColumn;            ///< type of a primary key that counts by itself
  const char* begin;                   ///< statement that begins a change which another connection waits for
  const char* backup;                  ///< statement that copies all into the file ?
  std::vector<std::pair<const char*, const char*>> durability;  ///< what a connection must answer
};

/// A write-ahead log, every commit flushed to disk; another connection's change is waited for.
SqlDialect sqliteDialect();

/// A connection to a database whose every failure is one Error. Closed at destruction.
class SqlDatabase {
 public:
  /// @throws Error when it cannot be opened, or does not keep changes safely
  SqlDatabase(const std::filesystem::path& file, SqlDialect dialect);

  const std::filesystem::path& file() const { return file_; }
  const SqlDialect& dialect() const { return dialect_; }

  QSqlQuery prepared(const QString& sql) const;
  QSqlQuery prepared(const char* sql) const { return prepared(QString::fromLatin1(sql)); }
  void execute(QSqlQuery& query, const QVariantList& values) const;
  QSqlQuery run(const QString& sql, const QVariantList& values = {}) const;
  QSqlQuery run(const char* sql, const QVariantList& values = {}) const {
    return run(QString::fromLatin1(sql), values);
  }
  /// The next row. @throws Error where the table cannot be read on; without that, the rest would seem not to be there
  bool advance(QSqlQuery& query) const;
  /// All that `change` does is there when it returns, or nothing of it when it throws; one within another is part of
  /// it.
  void together(const std::function<void()>& change);

 private:
  /// Qt keeps connections by name until they are removed.
  class Connection {
   public:
    Connection(const char* driver, const std::filesystem::path& file);
    ~Connection();  ///< closes it
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    QSqlDatabase database() const { return QSqlDatabase::database(name_, false); }

   private:
    QString name_;
  };

  [[noreturn]] void fail(const QSqlError& error) const;
  void requireAnswer(const char* question, const char* answer) const;
  void commit();

  std::filesystem::path file_;
  SqlDialect dialect_;
  Connection connection_;
  QSqlDatabase database_;  // goes before its connection
  bool inTransaction_ = false;
};

}  // namespace recontour
