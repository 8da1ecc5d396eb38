#include "ui/window/settings_file.h"

#include <QEvent>
#include <QFile>
#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// An ini file knows texts and lists of texts; an empty list and no value are one.
QStringList textsOf(const QVariant& value) {
  const bool isList = value.typeId() == QMetaType::QStringList || value.typeId() == QMetaType::QVariantList;
  const QStringList texts = isList ? value.toStringList() : QStringList(value.toString());
  return texts == QStringList(QString()) ? QStringList() : texts;
}

bool same(const QSettings& a, const QSettings& b) {
  const QStringList keys = a.allKeys();
  return keys == b.allKeys() && std::ranges::all_of(keys, [&](const QString& key) {
           const QVariant one = a.value(key), other = b.value(key);
           return one == other || textsOf(one) == textsOf(other);
         });
}

/// Past what QSettings remembers of the file: by another name, it is read anew.
bool holds(const fs::path& file, const QSettings& settings) {
  QFile open(QString::fromStdString(file.string()));
  if (!open.open(QIODevice::ReadOnly)) return settings.allKeys().isEmpty();
  return same(settings, QSettings(QStringLiteral("/proc/self/fd/%1").arg(open.handle()), QSettings::IniFormat));
}

/// Once more with calls that are looked at: after an fsync that failed a later one succeeds, whatever was lost.
bool writtenAgain(const fs::path& file) {
  try {
    writeFileSafely(file, readWholeFile(file));
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// A second name takes no space.
bool keepOld(const fs::path& file, const fs::path& aside) {
  ::unlink(aside.c_str());  // of a program that ended in between
  if (::link(file.c_str(), aside.c_str()) == 0) return true;
  try {
    writeFileSafely(aside, readWholeFile(file));
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

SettingsFile::SettingsFile(const fs::path& file)
    : QSettings(QString::fromStdString(file.string()), QSettings::IniFormat), file_(file) {}

SettingsFile::~SettingsFile() { save(); }

void SettingsFile::save() {
  if (holds(file_, *this)) return;
  std::error_code missing;
  const fs::path real = fs::canonical(file_, missing);  // a link stays one
  const bool hadOne = !missing;
  const fs::path file = hadOne ? real : file_;
  const fs::path aside = file.parent_path() / (".partial-" + file.filename().string());
  const bool saved = (!hadOne || keepOld(file, aside)) && write(file);
  if (!saved && hadOne) ::rename(aside.c_str(), file.c_str());
  if (!saved && !hadOne) ::unlink(file.c_str());
  ::unlink(aside.c_str());
  if (saved) return;
  std::fprintf(stderr, "recontour: %s: the settings could not be saved; check the folder and the free space\n",
               file_.c_str());
}

bool SettingsFile::write(const fs::path& file) {
  sync();
  return holds(file, *this) && writtenAgain(file);
}

bool SettingsFile::event(QEvent* event) {
  if (event->type() != QEvent::UpdateRequest) return QSettings::event(event);
  save();
  return true;
}

}  // namespace recontour
