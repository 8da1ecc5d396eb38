#pragma once
#include <QWidget>
#include <vector>

#include "core/workbench/work_list.h"

class QTreeWidget;

namespace recontour {

/// The cases of the work list with their states; a click opens one. Without a folder it says what it is for.
class CaseList : public QWidget {
  Q_OBJECT
 public:
  explicit CaseList(QWidget* parent = nullptr);
  /// @param current  number of the open case, -1 for none
  void setCases(const std::vector<WorkItem>& cases, int current);
  bool isEmpty() const;
  QString stateText(int number) const;  ///< as the row shows it

 Q_SIGNALS:
  void caseChosen(int number);
  void folderAsked();  ///< the reader wants to choose one

 private:
  QWidget* makeEmpty();
  QWidget* empty_ = nullptr;
  QTreeWidget* list_ = nullptr;
};

}  // namespace recontour
