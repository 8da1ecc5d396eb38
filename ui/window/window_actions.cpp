#include "ui/window/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>

#include "ui/panels/theme.h"
#include "ui/views/window_presets.h"

namespace recontour {
namespace {

QKeySequence keySequence(const char* text) { return QKeySequence(QLatin1String(text)); }

void addAll(QMenu& menu, std::initializer_list<QAction*> actions) {
  for (QAction* action : actions) {
    if (action == nullptr) {
      menu.addSeparator();
    } else {
      menu.addAction(action);
    }
  }
}

QString windowText(const WindowLevel& window) {
  return WindowActions::tr("W %1 L %2").arg(window.widthHu, 0, 'f', 0).arg(window.levelHu, 0, 'f', 0);
}

/// "Brush  2": what a tool button's tip says.
void putKeyIntoToolTip(QAction& action) {
  action.setToolTip(QStringLiteral("%1  %2").arg(action.text(), action.shortcut().toString(QKeySequence::NativeText)));
}

}  // namespace

WindowActions::WindowActions(QWidget* window) : QObject(window), window_(window) {
  makeFileActions();
  makeToolActions();
  makeOrganActions();
  makeViewActions();
  makeOtherActions();
  renewIcons();
}

QAction* WindowActions::make(const QString& text, const QList<QKeySequence>& shortcuts, const char* iconName) {
  auto* action = new QAction(text, this);
  action->setShortcuts(shortcuts);
  if (iconName != nullptr) action->setProperty("iconName", QString::fromLatin1(iconName));
  window_->addAction(action);  // keys work whatever menu is shown
  return action;
}

void WindowActions::renewIcons() {
  for (QAction* action : findChildren<QAction*>()) {
    const QString name = action->property("iconName").toString();
    if (!name.isEmpty()) action->setIcon(icon(name, theme().text));
  }
}

QAction* WindowActions::makeSwitch(const QString& text, const QList<QKeySequence>& shortcuts) {
  QAction* action = make(text, shortcuts);
  action->setCheckable(true);
  return action;
}

void WindowActions::makeFileActions() {
  openFile = make(tr("Open CT file..."), {QKeySequence::Open});
  openFolder = make(tr("Open DICOM folder or folder of cases..."), {keySequence("Ctrl+Shift+O")});
  openReference = make(tr("Open reference..."));
  openStart = make(tr("Open label map as start..."));
  saveAs = make(tr("Save label map as..."), {QKeySequence::Save});
  accept = make(tr("Accept"), {keySequence("Ctrl+Return"), keySequence("Ctrl+Enter"), keySequence("Ctrl+Alt+A")});
  nextCase = make(tr("Next case"), {keySequence("Ctrl+Alt+N")});
  previousCase = make(tr("Previous case"), {keySequence("Ctrl+Alt+P")});
  for (QAction* step : {nextCase, previousCase}) step->setEnabled(false);
  quit = make(tr("Quit"), {QKeySequence::Quit});
  undo = make(tr("Undo"), {keySequence("Ctrl+Z"), keySequence("Z")});
  redo = make(tr("Redo"), {keySequence("Ctrl+Shift+Z"), keySequence("Ctrl+Y"), keySequence("Y")});
}

void WindowActions::makeToolActions() {
  browse = make(tr("Browse"), {keySequence("1")}, "browse");
  brush = make(tr("Brush"), {keySequence("2")}, "brush");
  eraser = make(tr("Eraser"), {keySequence("3")}, "eraser");
  auto* group = new QActionGroup(this);
  for (QAction* tool : tools()) {
    tool->setCheckable(true);
    group->addAction(tool);
    putKeyIntoToolTip(*tool);
  }
  browse->setChecked(true);
  larger = make(tr("Larger brush"), {keySequence("]"), keySequence("+")});
  smaller = make(tr("Smaller brush"), {keySequence("["), keySequence("-")});
  ball = makeSwitch(tr("Ball instead of disc"), {keySequence("B")});
}

void WindowActions::makeOrganActions() {
  nextOrgan = make(tr("Next organ"), {keySequence("W"), keySequence(".")});
  previousOrgan = make(tr("Previous organ"), {keySequence("Q"), keySequence(",")});
  centre = make(tr("Centre views on organ"), {keySequence("C")});
  lock = make(tr("Lock or unlock organ"), {keySequence("L")});
  takeOver = make(tr("Take the new contour over"), {keySequence("T")});
  for (int i = 0; i < 9; ++i) {
    QAction* organ = make(tr("Organ %1").arg(i + 1), {QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i))});
    organ->setData(i);
    organs_.push_back(organ);
  }
}

void WindowActions::makeViewActions() {
  fit = make(tr("Fit all views"), {keySequence("R"), keySequence("Ctrl+F")});
  hideLabels = makeSwitch(tr("Hide labels in slices"), {keySequence("S"), keySequence("G")});
  outlineOnly = makeSwitch(tr("Outline only"), {keySequence("O")});
  moreOpaque = make(tr("More fill"), {keySequence("D")});
  lessOpaque = make(tr("Less fill"), {keySequence("A")});
  showReference = makeSwitch(tr("Show reference"));
  keepWindow = make(tr("Keep this window"));
  forgetWindows = make(tr("Forget own windows"));
  lightTheme = makeSwitch(tr("Light theme"));
  smooth = makeSwitch(tr("Smooth picture"));
  crosshair = makeSwitch(tr("Crosshair"), {keySequence("Shift+X")});
  annotations = makeSwitch(tr("Texts on the pictures"), {keySequence("X")});
  for (QAction* on : {smooth, crosshair, annotations}) on->setChecked(true);
  surfaces = makeSwitch(tr("3D"));
  maximise = make(tr("Maximise or restore the active view"), {keySequence("Ctrl+M")});
  arrangement = make(tr("Next arrangement of the views"), {keySequence("|")});
}

void WindowActions::makeOtherActions() {
  chooseModel = make(tr("Run a model folder..."));
  cancelPrediction = make(tr("Cancel the prediction"));
  about = make(tr("About Recontour"));
  keySheet = make(tr("Keys and mouse"), {QKeySequence::HelpContents});
  messages = make(tr("Messages"));
}

void WindowActions::fill(QMenuBar& bar, const std::vector<ModelEntry>& models) {
  QMenu* file = bar.addMenu(tr("&File"));
  addAll(*file, {openFile, openFolder, nullptr, openReference, openStart, nullptr, saveAs, accept, nullptr, nextCase,
                 previousCase, nullptr, quit});
  addAll(*bar.addMenu(tr("&Edit")), {undo, redo});
  QMenu* view = bar.addMenu(tr("&View"));
  addAll(*view,
         {fit, maximise, arrangement, surfaces, nullptr, hideLabels, outlineOnly, moreOpaque, lessOpaque, nullptr});
  fillWindows(*view->addMenu(tr("Window and level")));
  addAll(*view, {smooth, crosshair, annotations, nullptr, showReference, nullptr, lightTheme});
  QMenu* toolMenu = bar.addMenu(tr("&Tools"));
  addAll(*toolMenu, {browse, brush, eraser, nullptr, larger, smaller, ball, nullptr, nextOrgan, previousOrgan, centre,
                     lock, takeOver});
  fillModels(*bar.addMenu(tr("&Model")), models);
  addAll(*bar.addMenu(tr("&Help")), {keySheet, messages, nullptr, about});
}

QAction* WindowActions::addWindow(QMenu& menu, const QString& text, const WindowLevel& window) {
  QAction* action = menu.addAction(text);
  connect(action, &QAction::triggered, this, [this, window] { Q_EMIT windowChosen(window); });
  return action;
}

void WindowActions::fillWindows(QMenu& menu) {
  windows_ = &menu;
  int number = 0;
  for (const WindowPreset& preset : kWindowPresets) {
    QAction* action =
        addWindow(menu, QStringLiteral("%1 (%2)").arg(tr(preset.name), windowText(preset.window)), preset.window);
    action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number++)));
  }
  menu.addSeparator();
  addAll(menu, {keepWindow, forgetWindows, nullptr});
}

void WindowActions::setOwnWindows(const std::vector<WindowLevel>& windows) {
  qDeleteAll(ownWindows_);
  ownWindows_.clear();
  for (const WindowLevel& window : windows) ownWindows_.push_back(addWindow(*windows_, windowText(window), window));
  forgetWindows->setEnabled(!windows.empty());
}

void WindowActions::fillModels(QMenu& menu, const std::vector<ModelEntry>& models) {
  for (const ModelEntry& model : models) {
    QAction* run = menu.addAction(tr("Run %1").arg(model.name));
    const QString folder = QString::fromStdString(model.folder.string());
    connect(run, &QAction::triggered, this, [this, folder] { Q_EMIT modelChosen(folder); });
  }
  addAll(menu, {chooseModel, nullptr, cancelPrediction});
}

}  // namespace recontour
