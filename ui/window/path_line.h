#pragma once
#include <QWidget>

class QLineEdit;

namespace recontour {

/// A path to type, with a button that asks for it.
class PathLine final : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { Folder, NewFolder, File };
  /// @param filter  of files
  PathLine(Kind kind, const QString& name, const QString& toolTip, QWidget* parent, const QString& filter = {});
  QString path() const;
  void setPath(const QString& path);
  void setPlaceholder(const QString& text);  ///< what holds while there is no path

 Q_SIGNALS:
  void changed();  ///< when it was typed or chosen

 private:
  void ask();
  Kind kind_;
  QString name_, filter_;
  QLineEdit* path_ = nullptr;
};

}  // namespace recontour
