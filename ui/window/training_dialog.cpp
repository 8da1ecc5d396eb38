#include "ui/window/training_dialog.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QMetaObject>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "core/workbench/scribbling.h"
#include "core/workbench/workbench.h"
#include "ui/panels/theme.h"
#include "ui/window/training_form.h"
#include "ui/window/training_live.h"
#include "ui/window/training_texts.h"

namespace recontour {
namespace {

constexpr int kSlowMs = 500;
constexpr int kWidth = 1260, kHeight = 690, kFormWidth = 420;

QPushButton* addButton(QHBoxLayout& row, const QString& text) {
  auto* button = new QPushButton(text);
  button->setAutoDefault(false);
  row.addWidget(button);
  return button;
}

}  // namespace

TrainingDialog::TrainingDialog(Workbench& workbench, std::shared_ptr<Trainer> trainer, const QVariantMap& kept,
                               QWidget* parent)
    : QDialog(parent),
      workbench_(workbench),
      trainer_(std::move(trainer)),
      ask_([this] { return askBox(); }),
      runner_(trainer_) {
  setWindowTitle(tr("Train from strokes"));
  setProperty("role", QStringLiteral("study"));  // fields and tables look as a study's
  resize(kWidth, kHeight);
  auto* column = new QVBoxLayout(this);
  auto* row = new QHBoxLayout;
  row->setSpacing(12);
  live_ = new TrainingLive(workbench.organs(), this);
  row->addWidget(buildForm());
  row->addWidget(live_, 1);
  column->addLayout(row, 1);
  column->addWidget(buildFoot());
  form_->restore(kept);
  connectRunner();
  connect(form_, &TrainingForm::folderChanged, this, &TrainingDialog::lookAtCases);
  connect(form_, &TrainingForm::changed, this, &TrainingDialog::lookAhead);
  connect(form_, &TrainingForm::addAsked, this, [this](bool dense) {
    const TrainingJob job = form_->job();
    if (job.cases.empty()) return say(tr("Choose a folder that collects cases first."), true);
    workbench_.scribbling().putInto(job.cases, dense);
  });
  connect(&workbench.scribbling(), &Scribbling::casePut, this, [this] {
    lookAtCases();
    lookAhead();
  });
  const auto noteCase = [this] { form_->setCaseOpen(workbench_.caseState() == CaseState::Open); };
  connect(&workbench, &Workbench::caseOpened, this, noteCase);
  connect(&workbench, &Workbench::caseClosed, this, noteCase);
  noteCase();
  lookAtCases();
  lookAhead();
}

TrainingDialog::~TrainingDialog() = default;

/// Whatever of the form does not fit is scrolled to.
QWidget* TrainingDialog::buildForm() {
  form_ = new TrainingForm(workbench_.organs(), this);
  auto* scrolled = new QScrollArea(this);
  scrolled->setFrameShape(QFrame::NoFrame);
  scrolled->setWidgetResizable(true);
  scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scrolled->setFixedWidth(kFormWidth);
  scrolled->setWidget(form_);
  return scrolled;
}

QWidget* TrainingDialog::buildFoot() {
  auto* foot = new QWidget(this);
  auto* column = new QVBoxLayout(foot);
  column->setContentsMargins(0, 0, 0, 0);
  warned_ = new QLabel(foot);
  warned_->setWordWrap(true);
  warned_->setProperty("role", QStringLiteral("warning"));
  warned_->hide();
  column->addWidget(warned_);
  progress_ = new QProgressBar(foot);
  progress_->setTextVisible(false);
  column->addWidget(progress_);
  auto* row = new QHBoxLayout;
  column->addLayout(row);
  said_ = new QLabel(foot);
  said_->setWordWrap(true);
  said_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  row->addWidget(said_, 1);
  folder_ = addButton(*row, tr("Open folder"));
  use_ = addButton(*row, tr("Use this model"));
  resume_ = addButton(*row, tr("Resume"));
  start_ = addButton(*row, tr("Start"));
  cancel_ = addButton(*row, tr("Cancel"));
  use_->setToolTip(tr("Draws first contours with it from now on, and those of the open case"));
  resume_->setToolTip(
      tr("Goes on from the last epoch of a training that was stopped, with the same cases and choices"));
  connect(start_, &QPushButton::clicked, this, [this] { start(false); });
  connect(resume_, &QPushButton::clicked, this, [this] { start(true); });
  connect(cancel_, &QPushButton::clicked, this, &TrainingDialog::cancel);
  connect(use_, &QPushButton::clicked, this, [this] { Q_EMIT modelWanted(model_); });
  connect(folder_, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(model_)); });
  showButtons();
  return foot;
}

void TrainingDialog::connectRunner() {
  connect(&runner_, &TrainingRunner::runsOn, this, [this](const QString&, const QString& device) { device_ = device; });
  connect(&runner_, &TrainingRunner::progressed, this, &TrainingDialog::showProgress);
  connect(&runner_, &TrainingRunner::pointsCame, live_, &TrainingLive::add);
  connect(&runner_, &TrainingRunner::viewCame, live_, &TrainingLive::setView);
  connect(&runner_, &TrainingRunner::warned, this, [this](const QString& sentence) {
    warnings_ += sentence;
    showWarnings();
  });
  connect(&runner_, &TrainingRunner::finished, this, &TrainingDialog::showFinished);
  connect(&runner_, &TrainingRunner::failed, this,
          [this](const QString& error, bool resumable) { showStopped(error, resumable, true); });
  connect(&runner_, &TrainingRunner::refused, this, &TrainingDialog::showRefused);
  connect(&runner_, &TrainingRunner::cancelled, this,
          [this](bool resumable) { showStopped(tr("Stopped."), resumable, false); });
}

void TrainingDialog::setFolders(const QString& cases, const QString& model) { form_->setFolders(cases, model); }

void TrainingDialog::lookAtCases() {
  looking_.post("cases", [this, folder = form_->job().cases, organs = workbench_.organs()](std::stop_token stop) {
    std::vector<CaseOutlook> cases;
    try {
      if (!folder.empty()) cases = caseOutlooks(folder, organs, stop);
    } catch (const std::exception&) {  // the outlook says why
    }
    QMetaObject::invokeMethod(this, [this, cases = std::move(cases)] {
      form_->setCases(cases);
      form_->setOutlook(outlook_);
    });
  });
}

void TrainingDialog::lookAhead() {
  Q_EMIT choicesChanged(form_->kept());
  if (running()) return;
  known_ = false;
  showButtons();
  QTimer::singleShot(kSlowMs, this, [this, number = looks_ + 1] {
    if (number == looks_ && !known_ && !running()) say(tr("Looking at the cases"));
  });
  looking_.post("ahead", [this, job = form_->job(), trainer = trainer_, number = ++looks_](std::stop_token stop) {
    TrainingOutlook outlook;
    if (!job.cases.empty()) outlook = trainingOutlook(job, *trainer, stop);
    QMetaObject::invokeMethod(this, [this, outlook = std::move(outlook), number] {
      if (number == looks_ && !running()) showOutlook(outlook);
    });
  });
}

void TrainingDialog::showOutlook(const TrainingOutlook& outlook) {
  outlook_ = outlook;
  known_ = true;
  form_->setOutlook(outlook);
  const TrainingJob job = form_->job();
  const QString model = QString::fromStdString(job.model.filename().string());
  const auto all = outlook.heldBack.size();
  const auto held =
      static_cast<std::size_t>(std::ranges::count_if(outlook.heldBack, [](const auto& one) { return one.second; }));
  const QString cases = tr("%n case(s) to learn from, %1 held back.", nullptr, static_cast<int>(all - held)).arg(held);
  if (job.cases.empty())
    say(tr("Choose a folder that collects cases, and put cases with strokes into it."));
  else if (!outlook.problem.empty())
    say(QString::fromStdString(outlook.problem), true);
  else if (job.model.empty())
    say(cases + QLatin1Char(' ') + tr("Choose a folder to write the model to."));
  else if (outlook.modelThere && QString::fromStdString(job.model.string()) != model_)
    say(cases + QLatin1Char(' ') + tr("%1 is there already: choose another folder for the model.").arg(model), true);
  else if (outlook.resumable)
    say(tr("A training of %1 was stopped. Resume goes on from its last epoch; to begin anew, choose another folder.")
            .arg(model));
  else if (!outlook.modelThere)
    say(cases);
  showButtons();
  Q_EMIT looked();
}

void TrainingDialog::start(bool resumes) {
  if (running()) return;
  TrainingJob job = form_->job();
  job.settings.resume = resumes;
  job.settings.allowUnsandboxed = workbench_.options().allowUnsandboxed;
  model_.clear();
  device_.clear();
  warnings_.clear();
  showWarnings();
  live_->begin(QString::fromStdString(job.model.string()), job.settings.epochs * job.settings.iterationsPerEpoch,
               job.settings.iterationsPerEpoch, resumes);
  form_->setLocked(true);
  progress_->setRange(0, 0);
  say(tr("Starting"));
  runner_.start(job);
  showButtons();
}

void TrainingDialog::showProgress(const QString& stage, int done, int total, double secondsLeft) {
  progress_->setRange(0, total);
  progress_->setValue(done);
  QStringList parts{stageText(stage, done, total)};
  if (!device_.isEmpty()) parts += tr("on %1").arg(device_);
  if (const QString left = timeLeftText(secondsLeft); !left.isEmpty()) parts += left;
  say(parts.join(QStringLiteral(", ")));
}

void TrainingDialog::showFinished(const TrainingReport& report) {
  model_ = QString::fromStdString(report.model.string());
  const QString name = QString::fromStdString(report.model.filename().string());
  QStringList said{
      tr("%1 is trained: %2 iterations in %3.").arg(name).arg(report.iterations).arg(minutesText(report.seconds))};
  if (report.dscMean) said += tr("DSC of held-back cases %1.").arg(*report.dscMean, 0, 'f', 3);
  if (!report.fallback.empty()) said += QString::fromStdString(report.fallback);
  warnings_.clear();
  for (const std::string& warning : report.warnings) warnings_ += QString::fromStdString(warning);
  showWarnings();
  form_->setLocked(false);
  say(said.join(QLatin1Char(' ')));
  outlook_.modelThere = true;
  outlook_.resumable = false;
  showButtons();
  Q_EMIT ended(true, said.first());
}

/// What was learned until then is kept where it can go on.
void TrainingDialog::showStopped(const QString& what, bool resumable, bool fails) {
  endWith(resumable ? what + QLatin1Char(' ') + tr("Resume goes on from the last epoch.") : what, resumable, fails,
          what);
}

/// Nothing was learned: what is chosen has to change first.
void TrainingDialog::showRefused(const QString& error, bool resumable) { endWith(error, resumable, true, error); }

void TrainingDialog::endWith(const QString& text, bool resumable, bool fails, const QString& what) {
  form_->setLocked(false);
  outlook_.resumable = resumable;
  say(text, fails);
  showButtons();
  Q_EMIT ended(false, what);
}

/// What can be done now; the one that is most likely wanted stands out.
void TrainingDialog::showButtons() {
  const bool ready = !running() && known_ && outlook_.problem.empty() && !outlook_.heldBack.empty() &&
                     !outlook_.modelThere && !form_->job().model.empty();
  const bool done = !running() && !model_.isEmpty();
  cancel_->setVisible(running());
  start_->setVisible(!running());
  start_->setEnabled(ready && !outlook_.resumable);
  resume_->setVisible(ready && outlook_.resumable);
  use_->setVisible(done);
  folder_->setVisible(done);
  progress_->setVisible(running());
  const QString accent = QStringLiteral("accent");
  setRole(*use_, done ? accent : QString());
  setRole(*resume_, accent);
  setRole(*start_, done || outlook_.resumable ? QString() : accent);
}

/// They stand until the next training.
void TrainingDialog::showWarnings() {
  warned_->setText(warnings_.join(QLatin1Char('\n')));
  warned_->setVisible(!warnings_.isEmpty());
}

QString TrainingDialog::said() const { return said_->text(); }

void TrainingDialog::say(const QString& text, bool fails) {
  said_->setText(text);
  setRole(*said_, fails ? QStringLiteral("error") : QString());
}

bool TrainingDialog::askBox() {
  QMessageBox box(QMessageBox::Question, tr("A training runs"),
                  tr("A training runs, and ends when the program closes."), QMessageBox::NoButton, parentWidget());
  box.setInformativeText(
      tr("What it has learned up to its last epoch is kept: Model > Train from strokes, Resume goes on from there."));
  QAbstractButton* stop = box.addButton(tr("Stop it and close"), QMessageBox::AcceptRole);
  box.setDefaultButton(box.addButton(tr("Keep open"), QMessageBox::RejectRole));
  box.exec();
  return box.clickedButton() == stop;
}

}  // namespace recontour
