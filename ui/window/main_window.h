#pragma once
#include <QElapsedTimer>
#include <QMainWindow>
#include <QPointer>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "core/workbench/workbench.h"
#include "ui/panels/message_stack.h"
#include "ui/views/pointer_gesture.h"
#include "ui/window/concern_tour.h"
#include "ui/window/label_display.h"
#include "ui/window/settings.h"
#include "ui/window/shown_map.h"
#include "ui/window/window_actions.h"

class QLabel;
class QProgressDialog;
class QStackedWidget;
class QThread;
class QTimer;

namespace recontour {

class BrushPanel;
class CaseHeader;
class CrashMarker;
class CaseList;
class CommentPanel;
class HistoryPanel;
class MeasurePanel;
class ModelMenu;
class ModelQuestion;
class FiguresDialog;
class OperationDialog;
struct OperationChoice;
class OrderlyClose;
class OrganPanel;
class SafetyStrips;
class ScribblePanel;
class Section;
class SessionPlayer;
class RatingForm;
class StatusLine;
class StudyPage;
class StudyReading;
class Trainer;
class TrainingDialog;
class ViewGrid;
class WelcomePane;

/// The workstation's window. It shows what the workbench says and tells it what the reader does; it owns only what is
/// looked at (visibility, tool, window, layout). The workbench must outlive it.
class MainWindow final : public QMainWindow {
  Q_OBJECT
 public:
  struct Options {
    bool threeD = true;
    bool asksForModel = false;            ///< there is somebody who can answer
    std::filesystem::path crashMarker{};  ///< remembers that drawing 3D ended the program; empty: nothing does
    std::shared_ptr<Trainer> trainer{};   ///< null: the worker
    std::function<void()> endsAnyway{};   ///< called when the program is to end soon even if a disk hangs
  };
  MainWindow(Workbench& workbench, Settings settings, Options options);
  ~MainWindow() override;

  void openCase(const std::filesystem::path& path);
  /// A case, or a folder of cases as the work list.
  void openPath(const std::filesystem::path& path);
  /// Watches a folder for cases, see Workbench::watchInbox().
  void watchInbox(const InboxOptions& inbox);
  /// Accept writes a structure set from now on, and a copy of it into this folder; empty: none.
  void useOutbox(const std::filesystem::path& outbox);
  /// Opens the synthetic demo case with its reference, and runs the shipped model on it the first time.
  void openDemo();
  /// Looks in the background for cases that a crash cut short, for the start page.
  void offerUnfinished();
  /// Closes the case with nobody there to answer: all is written, in 4.5 s at the latest.
  void endUnattended();
  /// Follows a player that plays a session into the workbench.
  void showReplay(SessionPlayer& player);
  /// Becomes the window of a study's reader: cases come from there alone, and what is not to be seen is hidden.
  void showStudy(StudyReading& reading);
  /// True when the image is painted, no prediction runs, and the 3D view shows its labels (or 3D is off).
  bool settled() const;

  ViewGrid& views() { return *grid_; }
  WindowActions& actions() { return *actions_; }
  OrganPanel& organPanel() { return *organs_; }
  MeasurePanel& measurePanel() { return *measure_; }
  CaseList& caseList() { return *cases_; }
  ModelQuestion& modelQuestion() { return *question_; }
  ModelMenu& modelMenu() { return *modelMenu_; }
  HistoryPanel& historyPanel() { return *history_; }
  ScribblePanel& scribblePanel() { return *scribble_; }
  CommentPanel& commentPanel() { return *comments_; }
  StudyPage& studyPage() { return *studyPage_; }     ///< after showStudy()
  RatingForm& ratingForm() { return *ratingForm_; }  ///< after showStudy()
  StatusLine& statusLine() { return *status_; }
  SafetyStrips& safety() { return *safety_; }
  OrderlyClose& ending() { return *ending_; }
  TrainingDialog& training();  ///< made when it is first asked for
  WelcomePane& welcome() { return *welcome_; }
  MessageStack& messages() const { return *messages_; }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  // Layout (main_window.cpp)
  void buildMenuRow();
  QWidget* buildCentre();
  QWidget* buildDock();
  std::map<QString, Section*> sections() const;  ///< of the dock, by their names in the settings
  void keepCollapsed();
  bool isInFront() const;
  void noteFront();
  void noteOpenTool();
  void keepLayout();
  // Wiring (window_wiring.cpp)
  void connectCase();
  void connectEditing();
  void connectFileActions();
  void connectViewActions();
  void connectToolActions();
  void connectOrgans();
  void connectSurfaces();   ///< (window_surfaces.cpp)
  void connectHandOver();   ///< (window_hand_over.cpp)
  void connectScribbles();  ///< (window_scribbles.cpp)
  void connectReview();     ///< (window_review.cpp)
  void connectViews();
  void showMenu(void (WindowActions::*fill)(QMenu&), const QPoint& at);
  // Case (window_case.cpp)
  void showHeader();
  void showOpening(const QString& name);
  void showCases();
  void showOpenProgress(const QString& stage, int done, int total);
  void showCase();
  void showFailure(const QString& message);
  void showNoCase();
  void showLabels(const Box& changed);
  void showEditEnd();
  void showOrganStatus();
  void showMeasure();
  void showFigures();
  void refreshFigures();
  void showPrediction();
  void showNote();
  void showReference();
  void showOffer();
  void tellOffer();
  void showSaved();
  static QString whatIsLeftOpen(const OrganModel& model);
  void showAccepted(const QString& folder);
  void showUndo();
  QImage thumbnailOf(int number, const StepSummary& step) const;
  void enableActions();
  void startDemo();
  void runDemoModel();
  // The model (window_model.cpp)
  std::optional<QString> modelChoice() const;  ///< folder, empty for none, nothing before it was asked
  void askForModel();
  void answerModel(const QString& folder);
  void askOwnModel();
  void chooseDevice(const QString& device);
  void offerLabelMap(const QString& file, bool reference);
  void tellFailedPrediction(const QString& error);
  // 3D (window_surfaces.cpp)
  void startSurfaces();
  void chooseSurfaceOpacity(double opacity);
  // What is said of organs (window_review.cpp)
  void showOrganMenu(int organ, const QPoint& at);
  void acceptOrgan();
  void goToOpenOrgan();
  void goToNextPlace();
  void reviewNext();
  void goToPlace(const ConcernTour::Stop& stop);
  void askReasonsAndAccept();
  void askReasons(const std::vector<Label>& labels, const QString& goOn, const std::function<void()>& then);
  // From hand to hand (window_hand_over.cpp)
  void showComments();
  void askComment();
  void askReturn();
  // Studies from the menu (window_studies.cpp)
  void connectStudies();
  void askNewStudy();
  void askStudyToCoordinate();
  void askPackage();
  // In a study (window_study.cpp)
  bool showsCue(const char* cue) const;
  bool allowsTool(ViewTool tool) const;
  std::vector<OrganStatus> shownStatus() const;
  void acceptCase();
  void showStudyPhase();
  void showStudyHeader();
  void showGuideline();
  void restrictActions();
  void noteHints();
  void askSendBack();
  // Scribble mode (window_scribbles.cpp)
  void showScribbleMode();
  void showScribbleFigures();
  void flipOrGoOn();
  void askScribbles();
  void askSaveScribbles();
  // Networks that learn from strokes (window_training.cpp)
  void connectTraining();
  void useTrainedModel(const QString& folder);
  bool mayEndTraining() const;
  void stopTraining();
  // Organs, tools, strokes (window_tools.cpp)
  Label activeOrgan() const;
  QColor colourOf(Label organ) const;
  void chooseOrgan(Label organ);
  void showOrganInSlices(Label organ);
  void chooseNeighbour(int step);
  void centreOrgan(Label organ);
  void showActiveOrgan();
  void showMarks();
  void showPalette();
  void chooseTheme(bool light);
  void showSliceOptions();
  void keepWindow();
  OwnKeys ownKeys() const;
  void changeKeys();
  void keepKeys(const OwnKeys& keys);
  void changeFill(double by);
  void setFill(double opacity);  ///< of the contours in slices, 0..1
  void setOrganVisible(Label organ, bool visible);
  void hideUnreliable();
  /// @param endsScribbling  although it does not paint
  void chooseTool(ViewTool tool, bool endsScribbling = false);
  void fillPolygon(const std::vector<PointerSample>& corners, bool erase);
  void pickHu();
  void showForStroke();
  void connectOperations();
  Operation operationOf(const OperationChoice& choice) const;
  void askOperation(const OperationChoice& choice);
  void askAmount(const OperationChoice& choice, Operation operation);
  void askOther(const OperationChoice& choice, const Operation& operation);
  void runOperation(const Operation& operation);
  void showPreview(const LabelMap& labels);
  void endPreview();
  void putToolAway();
  void pickOrgan();
  void editOrganTable();
  void keepOrganTable(const OrganTable& table);
  void pickOrganAt(const Point3& world);
  std::vector<const Organ*> organsAt(const Point3& world) const;
  void showTool();
  void showCorrection();
  void stepBrush(int steps);
  void pressStroke(const PointerSample& sample, bool erase);
  void goToStep(int depth);
  void showPointer(const std::optional<Point3>& world);
  // Other maps beside the revision (window_compare.cpp)
  std::vector<ShownMap> otherMaps() const;
  void showInTurn(int step);
  void showRevision();
  void setBeside(bool beside);
  void refreshOtherMaps();
  void tellNothingToCompare();
  // Files (window_files.cpp)
  QString askFile(const QString& title, const QString& filter);
  void askCaseFile();
  void askCaseFolder();
  void askReference();
  void askStart();
  void askSave();
  void askSaveFigures();
  void askModel();
  // That nothing is lost (window_safety.cpp)
  void connectSafety();
  void tell(MessageKind kind, const QString& text);
  void showStep(const StepSummary& step);
  void askSessionsFolder(const QString& casePath);
  void askTrust(const QString& folder, const QString& name, const QString& hash, bool changed);
  bool mayLeaveCase();
  void openWorkItem(int number);
  void writeForSessionEnd();
  bool mayClose();
  // Structure sets and what leaves as DICOM (window_structures.cpp)
  void showOrganTable();  ///< which may grow with a case
  void askRoiNames(const StructureOffer& offer);
  void askExports();
  void askPrior();
  void askSecond();
  void showSecond();
  void changeSecond(double by);
  void connectBeside();
  void reviewAndAccept();  ///< tells what was changed and what was never seen before contours leave as DICOM
  // A watched folder (window_inbox.cpp)
  void connectInbox();
  void askInbox();
  void showInbox();
  // What only the reader can say of files (window_questions.cpp)
  void askSeries(const QString& path, const std::vector<CtSeries>& series);
  void askLabelValues(const LabelFile& file);
  void showLabelValues(const LabelFile& file);
  void changeLabelValues();
  void compareLabelMaps();

  Workbench& workbench_;
  Settings settings_;
  Options options_;
  LabelDisplay display_;
  QPointer<OperationDialog> operation_;
  QPointer<QProgressDialog> operationProgress_;
  std::optional<Point3> pointer_;  ///< where it was last on a picture
  ViewTool tool_ = ViewTool::Crosshair, previousTool_ = ViewTool::Brush;
  Point3 crosshairAtOpening_;
  std::pair<bool, LabelSet> dashed_;   ///< what dashed lines show: the reference, or organs that are offered
  int shown_ = 0;                      ///< 0 the revision, else the number of the other map in its place
  double secondPart_ = 0.5;            ///< of the second series in the pictures
  bool outlineBefore_ = false;         ///< before scribble mode
  bool modelChosen_ = false;           ///< in this run of the program
  bool opensDemo_ = false;             ///< the case that opens is the demo case
  bool front_ = false;                 ///< as it was noted last
  bool bringsChangeIntoView_ = false;  ///< during undo and redo

  WindowActions* actions_ = nullptr;
  CaseHeader* header_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  WelcomePane* welcome_ = nullptr;
  ViewGrid* grid_ = nullptr;
  QWidget* rail_ = nullptr;  ///< tools
  QWidget* left_ = nullptr;  ///< organs and cases
  OrganPanel* organs_ = nullptr;
  QLabel* organsNote_ = nullptr;  ///< before a case
  CaseList* cases_ = nullptr;
  QWidget* dock_ = nullptr;
  BrushPanel* brush_ = nullptr;
  MeasurePanel* measure_ = nullptr;
  HistoryPanel* history_ = nullptr;
  ScribblePanel* scribble_ = nullptr;
  CommentPanel* comments_ = nullptr;
  QPointer<QThread> packing_;      ///< of what is sent back
  StudyReading* study_ = nullptr;  ///< null outside of a study
  StudyPage* studyPage_ = nullptr;
  RatingForm* ratingForm_ = nullptr;
  QLabel* guideline_ = nullptr;
  std::map<std::string, LabelSet> hinted_;  ///< organs at which each cue has pointed in this case
  StatusLine* status_ = nullptr;
  MessageStack* messages_ = nullptr;
  ModelQuestion* question_ = nullptr;
  SafetyStrips* safety_ = nullptr;
  OrderlyClose* ending_ = nullptr;
  QElapsedTimer sessionEnds_;  ///< since the desktop said so
  QPointer<QThread> scanning_;
  ModelMenu* modelMenu_ = nullptr;
  QTimer* marksTimer_ = nullptr;
  QPointer<FiguresDialog> figures_;
  QPointer<TrainingDialog> training_;
  ConcernTour tour_;
  std::shared_ptr<CrashMarker> marker_;
};

}  // namespace recontour
