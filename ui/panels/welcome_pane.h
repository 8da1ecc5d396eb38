#pragma once
#include <QStringList>
#include <QWidget>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace recontour {

/// Work on a case that a crash cut short.
struct UnfinishedWork {
  QString text;    ///< "Continue: CASE"
  QString detail;  ///< what was done last
  QString path;    ///< of the case; empty when it is not where it was, which `detail` says
};

/// What the window shows before a case: the ways in, the last cases, and why the last one did not open.
class WelcomePane : public QWidget {
  Q_OBJECT
 public:
  explicit WelcomePane(QWidget* parent = nullptr);
  void setRecent(const QStringList& paths);
  void setDemoAvailable(bool available);
  void setUnfinished(const std::vector<UnfinishedWork>& works);
  void setFailure(const QString& text);  ///< one line; empty for none
  QString failure() const;

 Q_SIGNALS:
  void openFileClicked();
  void openFolderClicked();
  void demoClicked();
  void studyClicked();
  void unfinishedClicked(const QString& path);
  void recentClicked(const QString& path);

 private:
  QLabel* failure_ = nullptr;
  QWidget* demo_ = nullptr;
  QWidget* unfinished_ = nullptr;
  QVBoxLayout* unfinishedList_ = nullptr;
  QWidget* recent_ = nullptr;
  QVBoxLayout* recentList_ = nullptr;
};

}  // namespace recontour
