#pragma once
#include <QListView>
#include <QWidget>

#include "ui/panels/organ_model.h"

class QContextMenuEvent;
class QLabel;
class QPushButton;
class QSlider;

namespace recontour {

/// The list itself: tells clicks on eye and lock from clicks on the row.
class OrganList : public QListView {
  Q_OBJECT
 public:
  explicit OrganList(OrganModel& model, QWidget* parent = nullptr);

 Q_SIGNALS:
  void organChosen(int organ);
  void organCentred(int organ);  ///< double click
  void eyeClicked(int organ);
  void lockClicked(int organ);
  void menuAsked(int organ, const QPoint& at);  ///< right click or the Menu key. @param at  on the screen

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;  ///< Space = eye, L = lock, Return = centre
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  int organAt(const QModelIndex& index) const { return model_.row(index.row()).status.organ; }
  OrganModel& model_;
  bool quiet_ = false;  ///< the current row follows the active organ and chooses nothing
  friend class OrganPanel;
};

/// The organ list with its headings. Choosing, eyes and locks are told by signals; what is shown is set from outside.
class OrganPanel : public QWidget {
  Q_OBJECT
 public:
  explicit OrganPanel(QWidget* parent = nullptr);
  void setOrgans(const OrganTable& organs) { model_.setOrgans(organs); }
  void setStatus(const std::vector<OrganStatus>& status, const OrganListState& list);
  void setOrganVisible(Label organ, bool visible);
  void setLocked(Label organ, bool locked) { model_.setLocked(organ, locked); }
  void setActive(Label organ);
  void setConcernsFirst(bool first);
  void setColumns(bool volumes, bool checks, bool times);  ///< which headings there are
  void setFill(double opacity);                            ///< of the contours in slices, 0..1
  void flashLock(Label organ);
  const OrganModel& model() const { return model_; }
  OrganList& list() { return *list_; }

 Q_SIGNALS:
  void organChosen(int organ);
  void organCentred(int organ);
  void visibilityToggled(int organ, bool visible);
  void lockToggled(int organ, bool locked);
  void menuAsked(int organ, const QPoint& at);
  void fillChanged(double opacity);
  void showAllAsked();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void buildHeadings();
  void buildFill();
  void showHidden();
  void layHeadings();
  void showCurrent();
  OrganModel model_;
  OrganList* list_ = nullptr;
  QLabel* done_ = nullptr;
  QLabel* lastHeading_ = nullptr;
  QLabel* volumeHeading_ = nullptr;
  QLabel* noteHeading_ = nullptr;
  QSlider* fill_ = nullptr;
  QLabel* fillText_ = nullptr;
  QPushButton* hidden_ = nullptr;
};

}  // namespace recontour
