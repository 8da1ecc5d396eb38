#pragma once
#include <QStringList>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace recontour {

/// What the window shows before a case: the ways in, the last cases, and why the last one did not open.
class WelcomePane : public QWidget {
  Q_OBJECT
 public:
  explicit WelcomePane(QWidget* parent = nullptr);
  void setRecent(const QStringList& paths);
  void setDemoAvailable(bool available);
  void setFailure(const QString& text);  ///< one line; empty for none
  QString failure() const;

 Q_SIGNALS:
  void openFileClicked();
  void openFolderClicked();
  void demoClicked();
  void studyClicked();
  void recentClicked(const QString& path);

 private:
  QLabel* failure_ = nullptr;
  QWidget* demo_ = nullptr;
  QWidget* recent_ = nullptr;
  QVBoxLayout* recentList_ = nullptr;
};

}  // namespace recontour
