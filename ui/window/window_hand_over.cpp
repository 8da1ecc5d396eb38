// A case that goes from an annotator to an expert and back: comments, approval, return.
#include <QAction>
#include <QInputDialog>

#include "core/session/session.h"
#include "ui/panels/comment_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {

void MainWindow::connectHandOver() {
  connect(&workbench_, &Workbench::commentsChanged, this, &MainWindow::showComments);
  connect(comments_, &CommentPanel::placeChosen, this, [this](int organ, Plane plane, int slice) {
    workbench_.selectOrgan(static_cast<Label>(organ));
    grid_->view(plane).setSlice(slice);
  });
  connect(actions_->comment, &QAction::triggered, this, &MainWindow::askComment);
  connect(actions_->approveCase, &QAction::triggered, this, [this] { workbench_.check(true, {}); });
  connect(actions_->returnCase, &QAction::triggered, this, &MainWindow::askReturn);
}

void MainWindow::showComments() {
  const Session* session = workbench_.session();
  if (session == nullptr) return comments_->show({}, {});
  comments_->show(session->comments(), session->lastCheck());
}

void MainWindow::askComment() {
  const SliceView& view = grid_->activeSlice();
  const Organ* organ = workbench_.organs().find(activeOrgan());
  if (organ == nullptr || workbench_.caseState() != CaseState::Open) return;
  const QString text = QInputDialog::getMultiLineText(
      this, tr("Comment"),
      tr("On %1, %2 slice %3")
          .arg(QString::fromStdString(organ->name), QString::fromLatin1(planeName(view.plane())))
          .arg(view.sliceNumber() + 1));
  workbench_.comment(view.plane(), view.sliceNumber(), text);
}

void MainWindow::askReturn() {
  if (workbench_.caseState() != CaseState::Open) return;
  bool goesBack = false;
  const QString text =
      QInputDialog::getMultiLineText(this, tr("Return the case"), tr("What is to be done"), {}, &goesBack);
  if (goesBack) workbench_.check(false, text);
}

}  // namespace recontour
