#include "ui/window/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>

#include "ui/panels/theme.h"
#include "ui/views/window_presets.h"
#include "ui/window/operation_choices.h"

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

/// "Brush  4": what a tool button's tip says.
void putKeyIntoToolTip(QAction& action) {
  action.setToolTip(QStringLiteral("%1  %2").arg(action.text(), action.shortcut().toString(QKeySequence::NativeText)));
}

}  // namespace

WindowActions::WindowActions(QWidget* window) : QObject(window), window_(window) {
  makeFileActions();
  makeToolActions();
  makeOrganActions();
  makeOperations();
  makeViewActions();
  makeOtherActions();
  renewIcons();
  setOwnKeys({});
}

void WindowActions::setOwnKeys(const OwnKeys& keys) {
  for (const CommandGroup& group : groups_) {
    for (const auto& [action, standard] : group.commands) {
      const auto own = keys.find(action->objectName());
      action->setShortcuts(own == keys.end() ? standard : own->second);
    }
  }
  for (QAction* tool : tools()) putKeyIntoToolTip(*tool);
}

QAction* WindowActions::make(const char* name, const QString& text, const QList<QKeySequence>& keys,
                             const char* iconName) {
  auto* action = new QAction(text, this);
  action->setObjectName(QLatin1String(name));
  groups_.back().commands.push_back({action, keys});
  action->setShortcuts(keys);
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

QAction* WindowActions::makeSwitch(const char* name, const QString& text, const QList<QKeySequence>& keys) {
  QAction* action = make(name, text, keys);
  action->setCheckable(true);
  return action;
}

void WindowActions::makeFileActions() {
  groups_.push_back({tr("File and case"), {}});
  openFile = make("openFile", tr("Open CT file..."), {keySequence("Ctrl+O"), keySequence("Ctrl+G")});
  openFolder = make("openFolder", tr("Open DICOM folder or folder of cases..."), {keySequence("Ctrl+Shift+O")});
  watchFolder = make("watchFolder", tr("Watch a folder..."));
  watchFolder->setToolTip(tr("CTs that come into it become the work list; after Accept the next one opens"));
  stopWatching = make("stopWatching", tr("Stop watching"));
  stopWatching->setEnabled(false);
  openReference = make("openReference", tr("Open reference..."));
  openStart = make("openStart", tr("Open label map or structure set as start..."));
  openPrior = make("openPrior", tr("Open prior contours to look at..."));
  openPrior->setToolTip(tr("A structure set, SEG or label map as dashed outlines: never edited, never written"));
  openSecond = make("openSecond", tr("Open second series to look at..."));
  openSecond->setToolTip(tr("Another CT in the same frame of reference, blended into the slices"));
  moreSecond = make("moreSecond", tr("More of the second series"), {keySequence("Ctrl+Shift+Right")});
  lessSecond = make("lessSecond", tr("Less of the second series"), {keySequence("Ctrl+Shift+Left")});
  closeBeside = make("closeBeside", tr("Close prior contours and second series"));
  compareMaps = make("compareMaps", tr("Compare label maps..."));
  compareMaps->setToolTip(tr("DSC and HD95 of files or folders against a reference, with figures"));
  labelValues = make("labelValues", tr("Label values..."));
  labelValues->setToolTip(tr("What the values of the label map opened last stand for"));
  saveAs = make("saveAs", tr("Save label map as..."), {keySequence("Ctrl+S")});
  exports = make("exports", tr("DICOM export..."));
  exports->setToolTip(tr("What Accept writes besides the label map, and where a copy goes"));
  accept = make("accept", tr("Accept case"),
                {keySequence("Ctrl+Return"), keySequence("Ctrl+Enter"), keySequence("Ctrl+Alt+A")});
  approveCase = make("approveCase", tr("Checked: approve the case"));
  returnCase = make("returnCase", tr("Checked: return the case..."));
  nextCase = make("nextCase", tr("Next case"), {keySequence("Ctrl+Alt+N")});
  previousCase = make("previousCase", tr("Previous case"), {keySequence("Ctrl+Alt+P")});
  for (QAction* step : {nextCase, previousCase}) step->setEnabled(false);
  newStudy = make("newStudy", tr("New study..."));
  openStudy = make("openStudy", tr("Open a study as coordinator..."));
  readStudy = make("readStudy", tr("Read in a study..."));
  readStudy->setToolTip(tr("Opens the package that the coordinator has sent"));
  quit = make("quit", tr("Quit"), {keySequence("Ctrl+Q")});
  undo = make("undo", tr("Undo"), {keySequence("Ctrl+Z"), keySequence("Z")});
  redo = make("redo", tr("Redo"), {keySequence("Ctrl+Shift+Z"), keySequence("Ctrl+Y"), keySequence("Y")});
}

void WindowActions::makeToolActions() {
  groups_.push_back({tr("Tools"), {}});
  crosshairTool = make("crosshairTool", tr("Crosshair"), {keySequence("1")}, "crosshair");
  browse = make("browse", tr("Browse (pan, zoom)"), {keySequence("2")}, "browse");
  windowTool = make("windowTool", tr("Window and level"), {keySequence("7")}, "window");
  ruler = make("ruler", tr("Ruler"), {keySequence("M")}, "ruler");
  ellipse = make("ellipse", tr("HU in an ellipse"), {keySequence("E")}, "ellipse");
  brush = make("brush", tr("Brush"), {keySequence("4")}, "brush");
  eraser = make("eraser", tr("Eraser"), {keySequence("6")}, "eraser");
  thresholdBrush = make("thresholdBrush", tr("Threshold brush"), {keySequence("8")}, "threshold-brush");
  lasso = make("lasso", tr("Lasso and polygon"), {keySequence("3")}, "lasso");
  floodFill = make("floodFill", tr("Flood fill"), {keySequence("9")}, "flood-fill");
  adaptiveBrush = make("adaptiveBrush", tr("Adaptive brush"), {keySequence("H")}, "adaptive-brush");
  redraw = make("redraw", tr("Redraw contour"), {keySequence("0")}, "redraw");
  nudge = make("nudge", tr("Nudge contour"), {keySequence("U")}, "nudge");
  correct = make("correct", tr("Correct by strokes"), {keySequence("5")}, "correct");
  cut = make("cut", tr("Split at a line"), {keySequence("K")}, "cut");
  scribble = make("scribble", tr("Scribble"), {keySequence("P")}, "scribble");
  scribble->setToolTip(tr("Strokes for training, beside the contours"));
  acceptCorrection =
      make("acceptCorrection", tr("Accept the correction"), {keySequence("Return"), keySequence("Enter")});
  acceptCorrection->setEnabled(false);
  flipRedraw = make("flipRedraw", tr("Redraw, split: the other piece; scribbling: next organ"), {keySequence("Tab")});
  pickHu = make("pickHu", tr("Take the HU range from the pointer"), {keySequence("I")});
  auto* group = new QActionGroup(this);
  for (QAction* tool : tools()) {
    tool->setCheckable(true);
    group->addAction(tool);
  }
  crosshairTool->setChecked(true);
  lastTool = make("lastTool", tr("Back to the last tool"), {keySequence("Space")});
  noTool = make("noTool", tr("Give the stroke up, put the tool away"), {keySequence("Esc")});
  swapErase = make("swapErase", tr("Swap organ and background"), {keySequence("Ctrl+Shift+L")});
  larger = make("larger", tr("Larger brush"), {keySequence("]"), keySequence("+"), keySequence("=")});
  smaller = make("smaller", tr("Smaller brush"), {keySequence("["), keySequence("-")});
  ball = makeSwitch("ball", tr("Ball instead of disc"), {keySequence("B")});
}

void WindowActions::makeOperations() {
  groups_.push_back({tr("Operations on the active organ"), {}});
  for (const OperationChoice& choice : kOperationChoices) {
    const QList<QKeySequence> keys = *choice.keys != 0 ? QList{keySequence(choice.keys)} : QList<QKeySequence>();
    operations_.push_back(make(choice.command, QCoreApplication::translate("recontour", choice.text), keys));
  }
}

void WindowActions::makeOrganActions() {
  groups_.push_back({tr("Organs"), {}});
  nextOrgan = make("nextOrgan", tr("Next organ"), {keySequence("."), keySequence("W"), keySequence(">")});
  previousOrgan = make("previousOrgan", tr("Previous organ"), {keySequence(","), keySequence("Q"), keySequence("<")});
  centre = make("centre", tr("Centre views on organ"), {keySequence("C")});
  centreCursor = make("centreCursor", tr("Centre views on the crosshair"), {keySequence("Shift+C")});
  pickOrgan = make("pickOrgan", tr("Choose an organ by name..."), {keySequence("L")});
  lock = make("lock", tr("Lock or unlock organ"), {keySequence("Shift+L")});
  takeOver = make("takeOver", tr("Take the new contour over"), {keySequence("T")});
  nextPlace = make("nextPlace", tr("Next place with a warning"), {keySequence("J")});
  comment = make("comment", tr("Comment on organ and slice..."), {keySequence("Shift+M")});
  acceptOrgan = make("acceptOrgan", tr("Accept organ, go to the next"), {keySequence("N")});
  absent = make("absent", tr("Absent"));
  outsideScan = make("outsideScan", tr("Outside the scan"));
  notContourable = make("notContourable", tr("Not contourable"));
  explain = make("explain", tr("Say why there is no contour..."));
  cutByScanEdge = make("cutByScanEdge", tr("Cut by the scan's edge"));
  takeBack = make("takeBack", tr("Take back what was said"));
  allOrgans = make("allOrgans", tr("Figures of all organs..."), {keySequence("Ctrl+T")});
  organTable = make("organTable", tr("Organ table..."));
  concernsFirst = makeSwitch("concernsFirst", tr("Warnings first in the list"));
  for (const int percent : {100, 60, 30, 10}) {
    auto* opacity = new QAction(tr("%1 %").arg(percent), this);
    connect(opacity, &QAction::triggered, this, [this, percent] { Q_EMIT surfaceOpacityChosen(percent / 100.0); });
    opacities_.push_back(opacity);
  }
  for (int i = 0; i < 9; ++i) {
    const QByteArray name = "organ" + QByteArray::number(i + 1);
    QAction* organ = make(name.constData(), tr("Organ %1").arg(i + 1),
                          {QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i))});
    organ->setData(i);
    organs_.push_back(organ);
  }
}

void WindowActions::makeViewActions() {
  groups_.push_back({tr("Views"), {}});
  fit = make("fit", tr("Fit all views"), {keySequence("R"), keySequence("Ctrl+F")});
  hideLabels = makeSwitch("hideLabels", tr("Hide labels in slices"), {keySequence("S"), keySequence("G")});
  outlineOnly = makeSwitch("outlineOnly", tr("Outline only"), {keySequence("O")});
  moreOpaque = make("moreOpaque", tr("More fill"), {keySequence("D")});
  lessOpaque = make("lessOpaque", tr("Less fill"), {keySequence("A")});
  showReference = makeSwitch("showReference", tr("Show reference"));
  nextSlice = make("nextSlice", tr("Next slice"), {keySequence("PgUp")});
  previousSlice = make("previousSlice", tr("Previous slice"), {keySequence("PgDown")});
  autoWindow = make("autoWindow", tr("Window from what is seen"), {keySequence("Ctrl+J")});
  resetWindow = make("resetWindow", tr("Reset window and level"), {keySequence("Ctrl+Shift+J")});
  int number = 0;
  for (const WindowPreset& preset : kWindowPresets) {
    const QByteArray name = "window" + QByteArray::number(++number);
    QAction* action = make(name.constData(), QStringLiteral("%1 (%2)").arg(tr(preset.name), windowText(preset.window)),
                           {QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number))});
    connect(action, &QAction::triggered, this, [this, window = preset.window] { Q_EMIT windowChosen(window); });
    presets_.push_back(action);
  }
  keepWindow = make("keepWindow", tr("Keep this window"));
  forgetWindows = make("forgetWindows", tr("Forget own windows"));
  lightTheme = makeSwitch("lightTheme", tr("Light theme"));
  smooth = makeSwitch("smooth", tr("Smooth picture"));
  crosshair = makeSwitch("crosshair", tr("Crosshair"), {keySequence("Shift+X")});
  annotations = makeSwitch("annotations", tr("Texts on the pictures"), {keySequence("X")});
  for (QAction* on : {smooth, crosshair, annotations}) on->setChecked(true);
  nextShown = make("nextShown", tr("Next: revision, prediction, reference, difference"), {keySequence("}")});
  previousShown = make("previousShown", tr("Previous of these"), {keySequence("{")});
  compare = makeSwitch("compare", tr("Side by side"), {keySequence("Ctrl+D")});
  surfaces = makeSwitch("surfaces", tr("3D"));
  planes = makeSwitch("planes", tr("Slices in 3D"));
  planes->setChecked(true);
  volumeRendering = makeSwitch("volumeRendering", tr("Volume rendering"), {keySequence("V")});
  rebuildSurfaces = make("rebuildSurfaces", tr("Make all surfaces anew"), {keySequence("Ctrl+Shift+U")});
  maximise = make("maximise", tr("Maximise or restore the active view"), {keySequence("Ctrl+M")});
  arrangement = make("arrangement", tr("Next arrangement of the views"), {keySequence("|")});
}

void WindowActions::makeOtherActions() {
  groups_.push_back({tr("Model and help"), {}});
  chooseModel = make("chooseModel", tr("Run a model folder..."));
  train = make("train", tr("Train from strokes..."));
  train->setToolTip(tr("A network that learns from cases with strokes"));
  cancelPrediction = make("cancelPrediction", tr("Cancel the prediction"));
  about = make("about", tr("About Recontour"));
  keySheet = make("keySheet", tr("Keys and mouse"), {keySequence("F1")});
  editKeys = make("editKeys", tr("Change keys..."));
  messages = make("messages", tr("Messages"));
}

void WindowActions::fillPictureMenu(QMenu& menu) {
  addAll(menu, {fit, centreCursor, centre, maximise, arrangement, compare, pickHu, nullptr});
  menu.addMenu(windows_);
  addAll(menu, {smooth, nullptr, hideLabels, outlineOnly, moreOpaque, lessOpaque, nullptr, crosshair, annotations});
}

void WindowActions::fillOrganMenu(QMenu& menu) {
  addAll(menu, {acceptOrgan, cutByScanEdge, nullptr, absent, outsideScan, notContourable, explain, nullptr, takeBack,
                nullptr, centre, lock, takeOver, nullptr});
  QMenu* opacity = menu.addMenu(tr("Opacity in 3D"));
  for (QAction* one : opacities_) opacity->addAction(one);
  menu.addAction(concernsFirst);
}

void WindowActions::fill(QMenuBar& bar, const std::vector<ModelEntry>& models) {
  QMenu* file = bar.addMenu(tr("&File"));
  addAll(*file, {openFile,   openFolder,  watchFolder, stopWatching, nullptr,  openReference, openStart, openPrior,
                 openSecond, closeBeside, labelValues, compareMaps,  nullptr,  saveAs,        exports,   accept,
                 nullptr,    approveCase, returnCase,  nullptr,      nextCase, previousCase,  nullptr,   quit});
  addAll(*bar.addMenu(tr("&Edit")), {undo, redo});
  QMenu* view = bar.addMenu(tr("&View"));
  addAll(*view,
         {fit,     centreCursor,  maximise,  arrangement,     compare,         nullptr,     moreSecond, lessSecond,
          nullptr, previousShown, nextShown, nullptr,         hideLabels,      outlineOnly, moreOpaque, lessOpaque,
          nullptr, surfaces,      planes,    volumeRendering, rebuildSurfaces, nullptr});
  fillWindows(*view->addMenu(tr("Window and level")));
  addAll(*view, {smooth, crosshair, annotations, nullptr, showReference, nullptr, lightTheme});
  QMenu* toolMenu = bar.addMenu(tr("&Tools"));
  addAll(*toolMenu, {crosshairTool, browse,   windowTool, ruler,  ellipse,   brush, eraser,    thresholdBrush,
                     adaptiveBrush, lasso,    redraw,     nudge,  floodFill, cut,   correct,   acceptCorrection,
                     scribble,      lastTool, nullptr,    larger, smaller,   ball,  swapErase, pickHu});
  QMenu* organMenu = bar.addMenu(tr("&Organ"));
  addAll(*organMenu, {pickOrgan, nextOrgan, previousOrgan, nextPlace, comment, nullptr});
  fillOrganMenu(*organMenu);
  organMenu->addAction(allOrgans);
  organMenu->addAction(organTable);
  QMenu* operationMenu = bar.addMenu(tr("O&perations"));
  operationTarget = operationMenu->addAction(QString());
  operationTarget->setEnabled(false);
  operationMenu->addSeparator();
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    if (kOperationChoices[i].startsGroup) operationMenu->addSeparator();
    operationMenu->addAction(operations_[i]);
  }
  modelMenu_ = bar.addMenu(tr("&Model"));
  fillModels(*modelMenu_, models);
  studyMenu_ = bar.addMenu(tr("&Study"));
  addAll(*studyMenu_, {readStudy, nullptr, newStudy, openStudy});
  addAll(*bar.addMenu(tr("&Help")), {keySheet, editKeys, messages, nullptr, about});
}

QAction* WindowActions::addWindow(QMenu& menu, const QString& text, const WindowLevel& window) {
  QAction* action = menu.addAction(text);
  connect(action, &QAction::triggered, this, [this, window] { Q_EMIT windowChosen(window); });
  return action;
}

void WindowActions::fillWindows(QMenu& menu) {
  windows_ = &menu;
  for (QAction* preset : presets_) menu.addAction(preset);
  addAll(menu, {nullptr, autoWindow, resetWindow, nullptr, keepWindow, forgetWindows, nullptr});
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
  addAll(menu, {chooseModel, cancelPrediction, nullptr, train});
}

}  // namespace recontour
