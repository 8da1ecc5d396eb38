#pragma once
#include <QSettings>
#include <filesystem>

namespace recontour {

/// An ini file whose old content stays where the new one cannot be written. QSettings alone takes no notice of a write
/// or fsync that fails (Qt 6.4) and then puts an empty or half file in the old one's place.
class SettingsFile final : public QSettings {
 public:
  explicit SettingsFile(const std::filesystem::path& file);
  ~SettingsFile() override;  ///< saves
  /// Writes what was changed and looks whether it is there; else brings the old file back and says so on stderr.
  void save();

 protected:
  bool event(QEvent* event) override;  ///< QSettings saves a moment after each change

 private:
  bool write(const std::filesystem::path& file);
  std::filesystem::path file_;
};

}  // namespace recontour
