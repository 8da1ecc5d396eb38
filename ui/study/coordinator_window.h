#pragma once
#include <QMainWindow>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/study/study_results.h"
#include "ui/study/study_thread.h"

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;

namespace recontour {

class CoordinatorPage;
struct DraftCase;
struct DraftReader;
struct DraftStarts;
struct StudyOverview;

/// The coordinator's window: a study while it runs, and what can be done with it. All work on the study is done on a
/// thread of its own; a window that is closed meanwhile goes out of sight and ends when it is through.
class CoordinatorWindow final : public QMainWindow {
  Q_OBJECT
 public:
  using ReportWriter = std::function<void(const StudyResults&, const std::filesystem::path&)>;
  struct Options {
    ReportWriter writeReport{};  ///< without one, Close and report writes the tables alone
    int refreshMs = 4000;
    QString who = {};  ///< who is asked about is this at first; "coordinator" when empty
  };
  /// @param clock  must outlive the window
  CoordinatorWindow(const std::filesystem::path& folder, const Clock& clock, Options options,
                    QWidget* parent = nullptr);
  ~CoordinatorWindow() override;
  CoordinatorPage& page() { return *page_; }
  StudyThread& thread() { return *thread_; }
  QString said() const;
  QPushButton& button(const QString& name);  ///< "pack", "merge", "verify", "close", "more"
  QMenu& menu() { return *menu_; }

  void refresh();  ///< reads the study anew if anything has changed
  // What the buttons and the menu do, once they have asked:
  void pack(const QString& reader, const std::filesystem::path& zip);
  void merge(const std::filesystem::path& zip);
  void verify();
  void closeAndReport(const std::filesystem::path& folder, const QString& who);
  void freeze(const QString& who);
  void exclude(const QString& task, const QString& who, const QString& reason);
  void reopen(const QString& task, const QString& who, const QString& reason);
  void amend(const QString& path, const QString& value, const QString& who, const QString& reason);
  void unblind(const QString& who);
  void backup(const std::filesystem::path& folder);
  void exportTo(const std::filesystem::path& folder);
  void addCases(std::vector<DraftCase> cases);
  void addStarts(const DraftStarts& starts, const QString& model, const QString& modelHash);
  void putReader(const DraftReader& reader);

 Q_SIGNALS:
  void refreshed();
  void finished(bool done);  ///< one of the works above

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  using Values = std::map<QString, QString>;
  QWidget* makeHeader();
  QWidget* makeStatus();
  void makeMenu();
  void enable();
  void say(const QString& text, const QString& role = QStringLiteral("dim"));
  void change(const QString& what, const std::function<QString(StudyDesk&)>& work);
  void showOverview(const StudyOverview& overview);
  void showReading(const QString& task);
  void askPack();
  void askMerge();
  void askClose();
  void askReading(bool exclude);
  void askAmend();
  void askFolder(const QString& title, void (CoordinatorWindow::*then)(const std::filesystem::path&));
  void askCases();
  void askStarts();
  void askReader();
  void askWho(const QString& title, const QString& text, const QString& goOn,
              void (CoordinatorWindow::*then)(const QString&));

  Options options_;
  CoordinatorPage* page_ = nullptr;
  StudyThread* thread_ = nullptr;
  QLabel *title_ = nullptr, *line_ = nullptr, *said_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QPushButton* cancel_ = nullptr;
  std::map<QString, QPushButton*> buttons_;
  std::map<QString, QAction*> actions_;
  QMenu* menu_ = nullptr;
  QTimer timer_;
  std::shared_ptr<std::string> stamp_;  ///< of what the page shows, for the thread alone
  bool refreshing_ = false, closing_ = false;
};

}  // namespace recontour
