#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenuBar>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QThread>
#include <QTimer>
#include <QVBoxLayout>
#include <QWindow>

#include "core/workbench/scribbling.h"
#include "core/workbench/study_reading.h"
#include "ui/panels/brush_panel.h"
#include "ui/panels/case_header.h"
#include "ui/panels/case_list.h"
#include "ui/panels/comment_panel.h"
#include "ui/panels/history_panel.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/model_question.h"
#include "ui/panels/organ_panel.h"
#include "ui/panels/scribble_panel.h"
#include "ui/panels/status_line.h"
#include "ui/panels/theme.h"
#include "ui/panels/tool_rail.h"
#include "ui/panels/welcome_pane.h"
#include "ui/window/model_menu.h"
#include "ui/window/safety_strips.h"
#include "ui/window/training_dialog.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

constexpr int kWideWindow = 1600;  // narrower ones get narrower panels, so that the views keep their room
constexpr int kNarrowOrganPanel = 336, kNarrowDock = 200;
constexpr QSize kFirstSize{1440, 900};
constexpr int kMarksDelayMs = 120;
constexpr int kFocusMs = 30;

QFrame* dividingLine(QWidget* parent) {
  auto* line = new QFrame(parent);
  line->setProperty("role", QStringLiteral("line"));
  line->setFixedHeight(1);
  return line;
}

std::vector<ModelQuestion::Answer> answersOf(const std::vector<ModelEntry>& models) {
  std::vector<ModelQuestion::Answer> answers;
  for (const ModelEntry& model : models) {
    const QString folder = QString::fromStdString(model.folder.string());
    const QString note = model.demo ? MainWindow::tr("A demo model: expect errors") : folder;
    answers.push_back({model.name, folder, note});
  }
  return answers;
}

/// Space and Enter press the button that has the keyboard; they are no command then.
bool isKeyOfButton(const QKeyEvent& event) {
  const bool presses = event.key() == Qt::Key_Space || event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
  return presses && event.modifiers() == Qt::NoModifier &&
         qobject_cast<QAbstractButton*>(QApplication::focusWidget()) != nullptr;
}

}  // namespace

MainWindow::MainWindow(Workbench& workbench, Settings settings, Options options)
    : workbench_(workbench), settings_(std::move(settings)), options_(std::move(options)) {
  setWindowTitle(tr("Recontour"));
  setAcceptDrops(true);
  if (!restoreGeometry(settings_.windowGeometry())) resize(kFirstSize.boundedTo(screen()->availableSize()));
  display_.fillOpacity = settings_.fillOpacity();
  actions_ = new WindowActions(this);
  buildMenuRow();
  setCentralWidget(buildCentre());
  marksTimer_ = new QTimer(this);
  marksTimer_->setSingleShot(true);
  marksTimer_->setInterval(kMarksDelayMs);
  showOrganTable();
  organs_->setFill(display_.fillOpacity);
  connectCase();
  connectBeside();
  connectEditing();
  connectFileActions();
  connectViewActions();
  connectToolActions();
  connectOperations();
  connectOrgans();
  connectHandOver();
  connectScribbles();
  connectTraining();
  connectStudies();
  connectReview();
  connectSurfaces();
  connectViews();
  connectSafety();
  connectInbox();
  workbench_.setBrush(settings_.brush());
  workbench_.setExports(settings_.exports());
  actions_->lightTheme->setChecked(settings_.lightTheme());
  actions_->concernsFirst->setChecked(settings_.concernsFirst());
  actions_->setOwnWindows(settings_.ownWindows());
  actions_->setOwnKeys(ownKeys());
  modelMenu_->setModel(modelChoice());
  modelMenu_->setDevice(QString::fromStdString(workbench_.options().device));
  grid_->setArrangement(settings_.arrangement());
  showTool();
  showPalette();
  showNoCase();
  startSurfaces();
  qApp->installEventFilter(this);
  // From window to dialog there is a moment in which neither has the keyboard.
  connect(qApp, &QGuiApplication::focusWindowChanged, this,
          [this] { QTimer::singleShot(kFocusMs, this, &MainWindow::noteFront); });
}

MainWindow::~MainWindow() {
  if (packing_) packing_->wait();
  if (scanning_) scanning_->wait();
  workbench_.disconnect(this);
}

void MainWindow::buildMenuRow() {
  auto* row = new QWidget(this);
  row->setProperty("role", QStringLiteral("panel"));
  row->setAttribute(Qt::WA_StyledBackground);
  row->setFixedHeight(kMenuBarHeight);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(12, 0, 0, 0);
  layout->setSpacing(6);
  auto* brand = new QLabel(QStringLiteral("Recontour"), row);
  brand->setProperty("role", QStringLiteral("brand"));
  auto* bar = new QMenuBar(row);
  bar->setNativeMenuBar(false);
  bar->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  actions_->fill(*bar, shippedModels());
  modelMenu_ = new ModelMenu(*actions_->modelMenu(), shippedModels(), this);
  header_ = new CaseHeader(row);
  layout->addWidget(brand);
  layout->addWidget(bar, 0, Qt::AlignVCenter);
  layout->addStretch(1);
  layout->addWidget(header_);
  setMenuWidget(row);
}

QWidget* MainWindow::buildCentre() {
  auto* centre = new QWidget(this);
  centre->setObjectName(QStringLiteral("central"));
  grid_ = new ViewGrid;
  welcome_ = new WelcomePane;
  stack_ = new QStackedWidget;
  stack_->addWidget(welcome_);
  stack_->addWidget(grid_);
  messages_ = new MessageStack(stack_);
  left_ = new QWidget(centre);
  organs_ = new OrganPanel(left_);
  organsNote_ = dimLabel(tr("The organs to revise. Open a case to see which are drawn."), left_);
  organsNote_->setObjectName(QStringLiteral("organsNote"));
  organsNote_->setWordWrap(true);
  cases_ = new CaseList(left_);
  auto* leftColumn = new QVBoxLayout(left_);
  leftColumn->setContentsMargins(0, 0, 0, 0);
  leftColumn->setSpacing(1);
  leftColumn->addWidget(organs_, 1);
  leftColumn->addWidget(organsNote_);
  leftColumn->addWidget(cases_);
  dock_ = buildDock();
  status_ = new StatusLine(centre);
  auto* row = new QHBoxLayout;
  row->setSpacing(1);
  rail_ = new ToolRail(actions_->tools(), centre);
  row->addWidget(rail_);
  row->addWidget(left_);
  row->addWidget(stack_, 1);
  row->addWidget(dock_);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 1, 0, 0);
  column->setSpacing(0);
  question_ = new ModelQuestion(answersOf(shippedModels()), centre);
  question_->hide();
  safety_ = new SafetyStrips(workbench_, centre);
  column->addWidget(safety_);
  column->addWidget(question_);
  column->addLayout(row, 1);
  column->addWidget(status_);
  return centre;
}

/// What does not fit into a low window is scrolled to; nothing is squeezed, and the window does not grow.
QWidget* MainWindow::buildDock() {
  auto* dock = new QWidget;
  dock->setProperty("role", QStringLiteral("panel"));
  dock->setAttribute(Qt::WA_StyledBackground);
  auto* layout = new QVBoxLayout(dock);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  brush_ = new BrushPanel(dock);
  brush_->layout()->addWidget(dividingLine(brush_));  // goes with the panel when the tool has none
  comments_ = new CommentPanel(dock);
  scribble_ = new ScribblePanel(dock);
  scribble_->hide();
  measure_ = new MeasurePanel(dock);
  history_ = new HistoryPanel(dock);
  history_->setThumbnails([this](int number, const StepSummary& step) { return thumbnailOf(number, step); });
  layout->addWidget(comments_);
  layout->addWidget(brush_);
  layout->addWidget(scribble_);
  layout->addWidget(measure_);
  layout->addWidget(dividingLine(dock));
  layout->addWidget(history_, 1);
  for (const auto& [name, section] : sections()) {
    section->setCollapsed(settings_.collapsedPanels().contains(name));
    connect(section, &Section::collapsedChanged, this, &MainWindow::keepCollapsed);
  }
  auto* scrolled = new QScrollArea(this);
  scrolled->setObjectName(QStringLiteral("dock"));
  scrolled->setFrameShape(QFrame::NoFrame);
  scrolled->setFocusPolicy(Qt::NoFocus);
  scrolled->setWidgetResizable(true);
  scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scrolled->setWidget(dock);
  return scrolled;
}

std::map<QString, Section*> MainWindow::sections() const {
  return {{QStringLiteral("brush"), brush_},
          {QStringLiteral("scribble"), scribble_},
          {QStringLiteral("comments"), comments_},
          {QStringLiteral("measure"), measure_},
          {QStringLiteral("history"), history_}};
}

void MainWindow::keepCollapsed() {
  QStringList names;
  for (const auto& [name, section] : sections()) {
    if (section->isCollapsed()) names += name;
  }
  settings_.setCollapsedPanels(names);
}

bool MainWindow::settled() const {
  if (workbench_.caseState() != CaseState::Open) return false;
  if (workbench_.prediction().state == PredictionStatus::State::Running) return false;
  if (workbench_.scribbling().on() && !workbench_.scribbling().settled()) return false;
  return grid_->surfacesSettled();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  const bool wide = width() >= kWideWindow;
  left_->setFixedWidth(wide ? kOrganPanelWidth : kNarrowOrganPanel);
  dock_->setFixedWidth(wide ? kDockWidth : kNarrowDock);
}

/// The window or a dialog of it has the keyboard; a dialog is part of the work.
bool MainWindow::isInFront() const {
  for (const QWidget* active = QApplication::activeWindow(); active != nullptr; active = active->parentWidget())
    if (active == this) return true;
  return false;
}

/// A dialog in front, or a form of a study.
void MainWindow::noteOpenTool() {
  const bool form = study_ != nullptr && !study_->questions().empty();
  const QWidget* active = QApplication::activeWindow();
  const bool watches = active != nullptr && active == training_;  // a training that goes on by itself is no work
  workbench_.setToolOpen(form || (isInFront() && active != this && !watches));
}

void MainWindow::noteFront() {
  const bool front = isInFront();
  noteOpenTool();
  if (study_ != nullptr) showStudyPhase();  // views are blank without the keyboard
  if (front == front_) return;
  front_ = front;
  workbench_.noteFocus(front);
}

/// Keys, clicks and wheels anywhere in the program are activity; moves are told by the views.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  const auto type = event->type();
  if (type == QEvent::ShortcutOverride && isKeyOfButton(static_cast<const QKeyEvent&>(*event))) event->accept();
  const bool acts = type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::Wheel ||
                    type == QEvent::TabletPress;
  if (acts && watched->isWindowType()) workbench_.noteActivity();  // once an event: at the window, not at each widget
  return QMainWindow::eventFilter(watched, event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!mayClose()) return event->ignore();
  keepLayout();
  event->accept();
}

void MainWindow::keepLayout() {
  settings_.setWindowGeometry(saveGeometry());
  settings_.setBrush(workbench_.brush());
  settings_.setFillOpacity(display_.fillOpacity);
  settings_.setArrangement(grid_->arrangement());
}

}  // namespace recontour
