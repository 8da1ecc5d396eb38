#pragma once
#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVariantMap>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/image/compositor.h"
#include "core/workbench/workbench.h"
#include "core/workbench/workbench_state.h"
#include "ui/window/view_arrangement.h"

namespace recontour {

class SettingsFile;

/// What the window remembers from one start to the next, in an ini file.
class Settings {
 public:
  /// Remembers nothing and gives the defaults: for screenshots, the unattended demo and tests.
  Settings();
  explicit Settings(const std::filesystem::path& file);
  ~Settings();  ///< saves; says on stderr when that fails, since the window is gone then, and leaves the old file
  Settings(Settings&&) noexcept;
  Settings& operator=(Settings&&) noexcept;
  static std::filesystem::path standardFile();  ///< configFolder() / "recontour.ini"
  void reset();                                 ///< forgets everything

  QByteArray windowGeometry() const;
  void setWindowGeometry(const QByteArray& geometry);
  BrushSettings brush() const;
  void setBrush(const BrushSettings& brush);
  /// The table with structures of one's own; empty for the shipped one.
  QString organTable() const;
  void setOrganTable(const QString& file);
  QString organTableFile() const;  ///< where such a table is kept, beside the settings; empty where nothing is kept
  double fillOpacity() const;      ///< 0..1
  void setFillOpacity(double opacity);
  bool concernsFirst() const;  ///< in the organ list
  void setConcernsFirst(bool first);
  std::map<QString, double> surfaceOpacity() const;  ///< 0..1 in 3D, by organ key
  void setSurfaceOpacity(const QString& organ, double opacity);
  QStringList collapsedPanels() const;  ///< of the dock, by name
  void setCollapsedPanels(const QStringList& names);
  bool lightTheme() const;
  void setLightTheme(bool light);
  ViewArrangement arrangement() const;
  void setArrangement(ViewArrangement arrangement);
  std::vector<WindowLevel> ownWindows() const;  ///< that the reader kept, in their order
  void setOwnWindows(const std::vector<WindowLevel>& windows);
  /// Keys the reader changed: texts of key sequences by command name.
  std::map<QString, QStringList> ownKeys() const;
  void setOwnKeys(const std::map<QString, QStringList>& keys);
  /// The model that draws first contours: a folder, empty for none, nothing before the reader was asked or
  /// when the folder is gone.
  std::optional<QString> modelChoice() const;
  void setModelChoice(const QString& folder);
  QString device() const;  ///< auto, cpu or cuda
  void setDevice(const QString& device);
  /// What values of a folder's label maps stand for: organ keys by value, empty for left out; nothing when not kept.
  std::map<std::int32_t, QString> labelMeaning(const QString& folder) const;
  void setLabelMeaning(const QString& folder, const std::map<std::int32_t, QString>& meaning);  ///< empty: forgets it
  /// Choices of the training dialog.
  QVariantMap training() const;
  void setTraining(const QVariantMap& choices);
  ExportOptions exports() const;  ///< without an approval
  void setExports(const ExportOptions& exports);
  QString inbox() const;  ///< the folder that was watched last; empty for none
  void setInbox(const QString& folder);
  bool inboxOpensFirst() const;
  void setInboxOpensFirst(bool opens);
  QString lastFolder() const;
  /// The last five cases, latest first; those that are gone are left out.
  QStringList recentCases() const;
  void addRecentCase(const QString& path);  ///< also the last folder

 private:
  std::unique_ptr<SettingsFile> file_;
};

}  // namespace recontour
