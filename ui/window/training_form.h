#pragma once
#include <QVariantMap>
#include <QWidget>
#include <vector>

#include "core/workbench/training_outlook.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace recontour {

class PathLine;
class TrainingMore;

/// What is learned from, by which network and loss, and where the model goes.
class TrainingForm final : public QWidget {
  Q_OBJECT
 public:
  TrainingForm(const OrganTable& organs, QWidget* parent);
  TrainingJob job() const;
  QVariantMap kept() const;  ///< all choices, to be remembered
  void restore(const QVariantMap& kept);
  void setFolders(const QString& cases, const QString& model);
  void setCases(const std::vector<CaseOutlook>& cases);
  void setOutlook(const TrainingOutlook& outlook);  ///< of the cases shown
  void setCaseOpen(bool open);                      ///< that can be added
  void setLocked(bool locked);                      ///< while a training runs

  TrainingMore& more() { return *more_; }
  QComboBox& networks() { return *networks_; }
  QComboBox& losses() { return *losses_; }
  QTableWidget& caseTable() { return *cases_; }
  QLabel& problems() { return *problems_; }  ///< of the cases
  QPushButton& addButton() { return *add_; }

 Q_SIGNALS:
  void changed();        ///< what job() says
  void folderChanged();  ///< of the cases; changed() follows
  void addAsked(bool dense);

 private:
  void buildCases(const QString& heading);
  void buildNetwork(const QString& heading);
  QLabel* addSentence();
  void showProblems(const std::vector<CaseOutlook>& cases);
  void showSentences();
  bool ownNetwork() const;
  OrganTable organs_;
  PathLine *folder_ = nullptr, *network_ = nullptr, *model_ = nullptr;
  QPushButton* add_ = nullptr;
  QCheckBox* dense_ = nullptr;
  QTableWidget* cases_ = nullptr;
  QComboBox *networks_ = nullptr, *losses_ = nullptr;
  QLabel *networkText_ = nullptr, *lossText_ = nullptr, *problems_ = nullptr;
  TrainingMore* more_ = nullptr;
  bool caseOpen_ = false, locked_ = false;
};

}  // namespace recontour
