#pragma once
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/study/study_overview.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace recontour {

class FlagList;
class OrganBars;
class ReadingTable;
class StudyTile;
struct StudyCheck;

/// What a coordinator sees of a study that runs: figures, readings, organs, flags. Of a draft, what it still lacks.
class CoordinatorPage final : public QWidget {
  Q_OBJECT
 public:
  explicit CoordinatorPage(QWidget* parent = nullptr);
  void show(StudyOverview overview);
  using QWidget::show;
  void showCheck(const StudyCheck& check);
  const StudyOverview& overview() const { return overview_; }

  enum Tile { kSessions, kActive, kEdited, kFlags, kChains, kTiles };
  StudyTile& tile(Tile tile) { return *tiles_[static_cast<std::size_t>(tile)]; }
  ReadingTable& table() { return *table_; }
  FlagList& flagList() { return *flags_; }
  OrganBars& times() { return *times_; }
  OrganBars& changes() { return *changes_; }
  bool isSealed() const;  ///< the change of DSC is not shown
  QString missingText() const;

 Q_SIGNALS:
  void readingChosen(const QString& task);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* makeTiles();
  QWidget* makeTable();
  QWidget* makePanels();
  void setColumns(ReadingColumns columns);
  void fitTable();
  void showTiles();
  void showDraft();

  StudyOverview overview_;
  ReadingColumns columns_ = ReadingColumns::Cases;
  int doneAtCheck_ = -1;  ///< readings when the chains were verified; -1: never
  std::vector<StudyTile*> tiles_;
  QStackedWidget *middle_ = nullptr, *sealed_ = nullptr;
  QLabel* missing_ = nullptr;
  ReadingTable* table_ = nullptr;
  QWidget *tableCard_ = nullptr, *panels_ = nullptr;
  QPushButton *byCase_ = nullptr, *byOrder_ = nullptr;
  OrganBars *times_ = nullptr, *changes_ = nullptr;
  FlagList* flags_ = nullptr;
};

}  // namespace recontour
