#include "ui/window/settings.h"

#include <QDir>
#include <QFileInfo>

#include "core/base/folders.h"
#include "ui/panels/brush_panel.h"
#include "ui/window/settings_file.h"

namespace recontour {
namespace {

constexpr double kFillOpacity = 0.35;
constexpr qsizetype kRecentCases = 5;

QVariant read(const std::unique_ptr<SettingsFile>& file, const char* key, const QVariant& otherwise = {}) {
  return file ? file->value(QLatin1String(key), otherwise) : otherwise;
}

void write(const std::unique_ptr<SettingsFile>& file, const char* key, const QVariant& value) {
  if (file) file->setValue(QLatin1String(key), value);
}

/// A number between limits; the file may hold anything.
double readNumber(const std::unique_ptr<SettingsFile>& file, const char* key, double otherwise, double least,
                  double most) {
  bool isNumber = false;
  const double value = read(file, key).toDouble(&isNumber);
  return isNumber && value >= least && value <= most ? value : otherwise;
}

}  // namespace

Settings::Settings() = default;
Settings::Settings(const std::filesystem::path& file) : file_(std::make_unique<SettingsFile>(file)) {}
Settings::~Settings() = default;
Settings::Settings(Settings&&) noexcept = default;
Settings& Settings::operator=(Settings&&) noexcept = default;

std::filesystem::path Settings::standardFile() { return configFolder() / "recontour.ini"; }

void Settings::reset() {
  if (file_) file_->clear();
}

QByteArray Settings::windowGeometry() const { return read(file_, "window/geometry").toByteArray(); }
void Settings::setWindowGeometry(const QByteArray& geometry) { write(file_, "window/geometry", geometry); }

BrushSettings Settings::brush() const {
  BrushSettings brush;
  brush.radiusMm = readNumber(file_, "brush/radiusMm", brush.radiusMm, kSmallestRadiusMm, kLargestRadiusMm);
  brush.ball = read(file_, "brush/ball", brush.ball).toBool();
  brush.pressureSize = read(file_, "brush/pressureSize", brush.pressureSize).toBool();
  return brush;
}

void Settings::setBrush(const BrushSettings& brush) {
  write(file_, "brush/radiusMm", brush.radiusMm);
  write(file_, "brush/ball", brush.ball);
  write(file_, "brush/pressureSize", brush.pressureSize);
}

QString Settings::organTable() const {
  return file_ ? file_->value(QStringLiteral("organs/table")).toString() : QString();
}

void Settings::setOrganTable(const QString& file) {
  if (file_) file_->setValue(QStringLiteral("organs/table"), file);
}

QString Settings::organTableFile() const {
  return file_ ? QFileInfo(file_->fileName()).dir().filePath(QStringLiteral("organs.json")) : QString();
}

double Settings::fillOpacity() const { return readNumber(file_, "labels/fillOpacity", kFillOpacity, 0, 1); }
void Settings::setFillOpacity(double opacity) { write(file_, "labels/fillOpacity", opacity); }

bool Settings::concernsFirst() const { return read(file_, "organs/concernsFirst", false).toBool(); }
void Settings::setConcernsFirst(bool first) { write(file_, "organs/concernsFirst", first); }

std::map<QString, double> Settings::surfaceOpacity() const {
  std::map<QString, double> opacities;
  if (!file_) return opacities;
  file_->beginGroup(QStringLiteral("surfaceOpacity"));
  const QStringList organs = file_->childKeys();
  file_->endGroup();
  for (const QString& organ : organs)
    opacities[organ] = readNumber(file_, ("surfaceOpacity/" + organ.toLatin1()).constData(), 1, 0, 1);
  return opacities;
}

void Settings::setSurfaceOpacity(const QString& organ, double opacity) {
  write(file_, ("surfaceOpacity/" + organ.toLatin1()).constData(), opacity);
}

QStringList Settings::collapsedPanels() const { return read(file_, "window/collapsed", QStringList()).toStringList(); }
void Settings::setCollapsedPanels(const QStringList& names) { write(file_, "window/collapsed", names); }

bool Settings::lightTheme() const { return read(file_, "window/lightTheme", false).toBool(); }
void Settings::setLightTheme(bool light) { write(file_, "window/lightTheme", light); }

ViewArrangement Settings::arrangement() const {
  return static_cast<ViewArrangement>(static_cast<int>(readNumber(file_, "views/arrangement", 0, 0, 2)));
}

void Settings::setArrangement(ViewArrangement arrangement) {
  write(file_, "views/arrangement", static_cast<int>(arrangement));
}

std::vector<WindowLevel> Settings::ownWindows() const {
  std::vector<WindowLevel> windows;
  for (const QString& text : read(file_, "views/windows").toStringList()) {
    const QStringList parts = text.split(QLatin1Char('/'));
    const double width = parts.value(0).toDouble();
    if (parts.size() == 2 && width >= 1) windows.push_back({width, parts[1].toDouble()});
  }
  return windows;
}

void Settings::setOwnWindows(const std::vector<WindowLevel>& windows) {
  QStringList texts;
  for (const WindowLevel& window : windows) texts << QStringLiteral("%1/%2").arg(window.widthHu).arg(window.levelHu);
  write(file_, "views/windows", texts);
}

std::map<QString, QStringList> Settings::ownKeys() const {
  std::map<QString, QStringList> keys;
  if (!file_) return keys;
  file_->beginGroup(QStringLiteral("keys"));
  for (const QString& command : file_->childKeys()) keys[command] = file_->value(command).toStringList();
  file_->endGroup();
  return keys;
}

void Settings::setOwnKeys(const std::map<QString, QStringList>& keys) {
  if (!file_) return;
  file_->remove(QStringLiteral("keys"));
  for (const auto& [command, texts] : keys) file_->setValue(QStringLiteral("keys/") + command, texts);
}

std::optional<QString> Settings::modelChoice() const {
  const QVariant choice = read(file_, "model/folder");
  const bool usable = choice.isValid() && (choice.toString().isEmpty() || QFileInfo::exists(choice.toString()));
  return usable ? std::optional(choice.toString()) : std::nullopt;
}

void Settings::setModelChoice(const QString& folder) { write(file_, "model/folder", folder); }

QString Settings::device() const {
  const QString device = read(file_, "model/device").toString();
  return device == QLatin1String("cpu") || device == QLatin1String("cuda") ? device : QStringLiteral("auto");
}

void Settings::setDevice(const QString& device) { write(file_, "model/device", device); }

std::map<std::int32_t, QString> Settings::labelMeaning(const QString& folder) const {
  std::map<std::int32_t, QString> meaning;
  const QVariantMap folders = read(file_, "labels/meaningByFolder").toMap();
  const QStringList entries = folders.value(folder).toStringList();
  for (const QString& entry : entries) meaning[entry.section('=', 0, 0).toInt()] = entry.section('=', 1);
  return meaning;
}

void Settings::setLabelMeaning(const QString& folder, const std::map<std::int32_t, QString>& meaning) {
  QVariantMap folders = read(file_, "labels/meaningByFolder").toMap();
  QStringList entries;
  for (const auto& [value, organ] : meaning) entries << QStringLiteral("%1=%2").arg(value).arg(organ);
  if (entries.isEmpty()) folders.remove(folder);
  if (!entries.isEmpty()) folders[folder] = entries;
  write(file_, "labels/meaningByFolder", folders);
}

QVariantMap Settings::training() const { return read(file_, "model/training").toMap(); }
void Settings::setTraining(const QVariantMap& choices) { write(file_, "model/training", choices); }

ExportOptions Settings::exports() const {
  ExportOptions exports;
  exports.structureSet = read(file_, "export/structureSet").toBool();
  exports.segmentation = read(file_, "export/segmentation").toBool();
  exports.outbox = read(file_, "export/outbox").toString().toStdString();
  if (read(file_, "export/voxelEdges").toBool()) exports.contours.edge = ContourEdge::VoxelEdge;
  if (read(file_, "export/xorHoles").toBool()) exports.contours.holes = ContourHoles::Xor;
  const QString root = read(file_, "export/uidRoot").toString();
  if (!root.isEmpty()) exports.uidRoot = root.toStdString();
  return exports;
}
void Settings::setExports(const ExportOptions& exports) {
  write(file_, "export/structureSet", exports.structureSet);
  write(file_, "export/segmentation", exports.segmentation);
  write(file_, "export/outbox", QString::fromStdString(exports.outbox.string()));
  write(file_, "export/voxelEdges", exports.contours.edge == ContourEdge::VoxelEdge);
  write(file_, "export/xorHoles", exports.contours.holes == ContourHoles::Xor);
  write(file_, "export/uidRoot", QString::fromStdString(exports.uidRoot));
}

QString Settings::inbox() const { return read(file_, "inbox/folder").toString(); }
void Settings::setInbox(const QString& folder) { write(file_, "inbox/folder", folder); }
bool Settings::inboxOpensFirst() const { return read(file_, "inbox/opensFirst").toBool(); }
void Settings::setInboxOpensFirst(bool opens) { write(file_, "inbox/opensFirst", opens); }

QString Settings::lastFolder() const { return read(file_, "files/lastFolder").toString(); }

QStringList Settings::recentCases() const {
  QStringList paths = read(file_, "files/recent").toStringList();
  paths.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
  return paths;
}

void Settings::addRecentCase(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  QStringList paths = recentCases();
  paths.removeAll(absolute);
  paths.prepend(absolute);
  write(file_, "files/recent", QStringList(paths.mid(0, kRecentCases)));
  write(file_, "files/lastFolder", QFileInfo(absolute).absolutePath());
}

}  // namespace recontour
