#pragma once
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <map>
#include <vector>

#include "core/image/compositor.h"
#include "ui/window/shipped_files.h"

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace recontour {

/// Keys that the reader chose, by command name (QAction::objectName); other commands have their standard keys.
using OwnKeys = std::map<QString, QList<QKeySequence>>;

struct Command {
  QAction* action;
  QList<QKeySequence> standardKeys;
};

/// Commands that are listed under one heading.
struct CommandGroup {
  QString heading;
  std::vector<Command> commands;
};

/// Every command of the window with its name, text and keys. What they do is connected by the window.
class WindowActions : public QObject {
  Q_OBJECT
 public:
  /// @param window  widget whose keys they are
  explicit WindowActions(QWidget* window);
  void fill(QMenuBar& bar, const std::vector<ModelEntry>& models);
  std::vector<QAction*> tools() const {
    return {crosshairTool, browse,    windowTool,    ruler,  ellipse, brush,   eraser, thresholdBrush,
            lasso,         floodFill, adaptiveBrush, redraw, nudge,   correct, cut,    scribble};
  }
  const std::vector<CommandGroup>& groups() const { return groups_; }
  void setOwnKeys(const OwnKeys& keys);
  /// What a right click on a picture offers.
  void fillPictureMenu(QMenu& menu);
  /// What can be said of the active organ, and done with it.
  void fillOrganMenu(QMenu& menu);
  QMenu* modelMenu() const { return modelMenu_; }  ///< null before fill()
  QMenu* studyMenu() const { return studyMenu_; }  ///< null before fill()
  void renewIcons();                               ///< in the theme's colours
  /// Fills the part of the window/level menu that holds the reader's own windows.
  void setOwnWindows(const std::vector<WindowLevel>& windows);
  /// Organs 1..9 by Alt + number; the action's data is the number from 0.
  const std::vector<QAction*>& organs() const { return organs_; }
  /// In the order of kOperationChoices.
  const std::vector<QAction*>& operations() const { return operations_; }

  QAction *openFile, *openFolder, *watchFolder, *stopWatching, *openReference, *openStart, *labelValues, *compareMaps,
      *saveAs, *openPrior, *openSecond, *closeBeside, *moreSecond, *lessSecond, *exports, *accept, *quit, *nextCase,
      *previousCase;
  QAction *newStudy, *openStudy, *readStudy;
  QAction *undo, *redo;
  QAction *crosshairTool, *browse, *windowTool, *ruler, *ellipse, *brush, *eraser, *thresholdBrush, *lasso, *floodFill,
      *adaptiveBrush, *redraw, *nudge, *correct, *cut, *scribble, *acceptCorrection, *flipRedraw, *pickHu, *lastTool,
      *noTool, *swapErase, *larger, *smaller, *ball;
  QAction *nextOrgan, *previousOrgan, *centre, *centreCursor, *pickOrgan, *lock, *takeOver;
  QAction *nextPlace, *comment, *approveCase, *returnCase, *acceptOrgan, *absent, *outsideScan, *notContourable,
      *explain, *cutByScanEdge, *takeBack, *concernsFirst, *allOrgans, *organTable,
      *operationTarget = nullptr;  // the last: which organ the operations are about
  QAction *planes, *volumeRendering, *rebuildSurfaces;
  QAction *fit, *hideLabels, *outlineOnly, *moreOpaque, *lessOpaque, *showReference, *surfaces, *maximise, *arrangement;
  QAction *nextShown, *previousShown, *compare, *nextSlice, *previousSlice, *autoWindow, *resetWindow;
  QAction *smooth, *crosshair, *annotations, *keepWindow, *forgetWindows, *lightTheme;
  QAction *chooseModel, *train, *cancelPrediction;
  QAction *about, *keySheet, *editKeys, *messages;

 Q_SIGNALS:
  void surfaceOpacityChosen(double opacity);  ///< of the active organ, 0..1
  void windowChosen(const recontour::WindowLevel& window);
  void modelChosen(const QString& folder);

 private:
  QAction* make(const char* name, const QString& text, const QList<QKeySequence>& keys = {},
                const char* iconName = nullptr);
  QAction* makeSwitch(const char* name, const QString& text, const QList<QKeySequence>& keys = {});
  void makeFileActions();
  void makeToolActions();
  void makeOrganActions();
  void makeOperations();
  void makeViewActions();
  void makeOtherActions();
  void fillModels(QMenu& menu, const std::vector<ModelEntry>& models);
  void fillWindows(QMenu& menu);
  QAction* addWindow(QMenu& menu, const QString& text, const WindowLevel& window);
  QWidget* window_;
  std::vector<CommandGroup> groups_;
  std::vector<QAction*> organs_, operations_, presets_;
  QMenu* windows_ = nullptr;
  QMenu* modelMenu_ = nullptr;
  QMenu* studyMenu_ = nullptr;
  std::vector<QAction*> opacities_;
  std::vector<QAction*> ownWindows_;
};

}  // namespace recontour
