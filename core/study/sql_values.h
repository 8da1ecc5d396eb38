#pragma once
// Private to core/study: what columns hold, as Qt's database drivers take and give it.
#include <QString>
#include <QVariant>
#include <cstdint>
#include <optional>
#include <string>

namespace recontour {

inline QString text(const std::string& value) { return QString::fromStdString(value); }

inline const char* typeOf(const std::string&) { return " TEXT NOT NULL"; }
inline const char* typeOf(double) { return " DOUBLE PRECISION NOT NULL"; }
inline const char* typeOf(const std::optional<double>&) { return " DOUBLE PRECISION"; }
inline const char* typeOf(std::int64_t) { return " BIGINT NOT NULL"; }
inline const char* typeOf(int) { return " INTEGER NOT NULL"; }
inline const char* typeOf(bool) { return " INTEGER NOT NULL"; }

inline QVariant variant(const std::string& value) { return text(value); }
inline QVariant variant(double value) { return value; }
inline QVariant variant(std::int64_t value) { return QVariant::fromValue<qlonglong>(value); }
inline QVariant variant(int value) { return value; }
inline QVariant variant(bool value) { return value ? 1 : 0; }
inline QVariant variant(const std::optional<double>& value) {
  return value ? QVariant(*value) : QVariant(QMetaType::fromType<double>());
}

inline void assign(std::string& to, const QVariant& from) { to = from.toString().toStdString(); }
inline void assign(double& to, const QVariant& from) { to = from.toDouble(); }
inline void assign(std::int64_t& to, const QVariant& from) { to = from.toLongLong(); }
inline void assign(int& to, const QVariant& from) { to = from.toInt(); }
inline void assign(bool& to, const QVariant& from) { to = from.toInt() != 0; }
inline void assign(std::optional<double>& to, const QVariant& from) {
  to = from.isNull() ? std::optional<double>() : from.toDouble();
}

}  // namespace recontour
