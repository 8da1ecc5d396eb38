#include "ui/window/safety_strips.h"

#include <QVBoxLayout>
#include <algorithm>

#include "core/session/session.h"
#include "core/workbench/workbench.h"
#include "ui/panels/step_text.h"

namespace recontour {
namespace {

constexpr std::size_t kStepsNamed = 3;

/// The latest first.
QString lastStepsText(const std::vector<StepSummary>& steps, const OrganTable& organs) {
  QStringList texts;
  for (auto step = steps.rbegin(); step != steps.rend() && texts.size() < static_cast<int>(kStepsNamed); ++step) {
    const QString slice = stepSliceText(*step);
    const QString what = stepText(*step, organs) + (slice.isEmpty() ? QString() : QStringLiteral(", ") + slice);
    texts += QStringLiteral("%1 %2").arg(stepTimeText(*step), what);
  }
  return texts.join(QStringLiteral("  |  "));
}

const StepSummary* lastWithSlice(const std::vector<StepSummary>& steps) {
  const auto found =
      std::find_if(steps.rbegin(), steps.rend(), [](const StepSummary& step) { return step.slice >= 0; });
  return found == steps.rend() ? nullptr : &*found;
}

}  // namespace

SafetyStrips::SafetyStrips(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (Strip** strip : {&refusal_, &saving_, &access_, &recovery_}) {
    *strip = new Strip(this);
    column->addWidget(*strip);
  }
  connect(&workbench, &Workbench::caseOpening, this, &SafetyStrips::forgetCase);
  connect(&workbench, &Workbench::caseClosed, this, &SafetyStrips::forgetCase);
  connect(&workbench, &Workbench::caseOpened, this, &SafetyStrips::showCase);
  connect(&workbench, &Workbench::saveStatusChanged, this, &SafetyStrips::showSaving);
  connect(&workbench, &Workbench::sessionRefused, this, &SafetyStrips::showRefusal);
}

void SafetyStrips::forgetCase() {
  for (Strip* strip : {recovery_, saving_, access_, refusal_}) strip->hide();
}

void SafetyStrips::showCase() {
  forgetCase();
  showRecovery();
  showAccess();
  showSaving();
}

void SafetyStrips::showRecovery() {
  const Recovery* found = workbench_.recovery();
  if (found == nullptr) return;
  QStringList notes;
  for (const std::string& note : workbench_.session()->notes()) notes += QString::fromStdString(note);
  if (found->unfinishedStroke) notes += tr("The stroke that was being drawn is there up to its last half second.");
  QStringList lines{notes.join(QLatin1Char(' '))};
  const QString steps = lastStepsText(found->lastSteps, workbench_.organs());
  if (!steps.isEmpty()) lines += tr("Last: %1").arg(steps);
  StripContent content{MessageKind::Warning,
                       tr("Recovered: your last session on this case was cut short"),
                       lines.join(QLatin1Char('\n')),
                       {}};
  if (const StepSummary* last = lastWithSlice(found->lastSteps))
    content.actions.push_back({tr("Show"), [this, step = *last] { Q_EMIT stepWanted(step); }});
  content.actions.push_back({tr("Close"), [this] { recovery_->hide(); }});
  recovery_->setContent(content);
}

void SafetyStrips::showAccess() {
  const auto holder = workbench_.heldBy();
  const bool onlyHere = workbench_.readOnly() && !workbench_.options().readOnly;
  if (!holder && !onlyHere) return;
  const auto again = [this, path = workbench_.currentCase()->source] { workbench_.openCase(path); };
  StripContent content{
      MessageKind::Warning, tr("Read only: nothing of this case is saved"), {}, {{tr("Try again to edit"), again}}};
  if (holder) {
    content.text = tr("Read only: another program edits this case");
    content.detail =
        tr("It is open at %1. You see it as it was when you opened it.").arg(QString::fromStdString(*holder));
  }
  access_->setContent(content);
}

void SafetyStrips::showSaving() {
  const SaveStatus& status = workbench_.saveStatus();
  if (status.state != SaveStatus::State::Failed) return saving_->hide();
  const QString cause = QString::fromStdString(status.error);
  const MessageAction save{tr("Save label map as..."), [this] { Q_EMIT saveAsWanted(); }};
  if (status.elsewhere) {
    const QString file = QString::fromStdString(status.elsewhere->string());
    return saving_->setContent(
        {MessageKind::Warning,
         tr("The session's disk refuses: your strokes are kept elsewhere"),
         tr("%1.\nThey are in %2 and go back by themselves once that disk takes them.").arg(cause, file),
         {save}});
  }
  saving_->setContent({MessageKind::Failure,
                       tr("NOT SAVED: your last strokes are in memory alone"),
                       tr("%1.\nFree space on that disk: saving is tried again every two seconds, and this goes when "
                          "it works. Or save the label map on another disk now.")
                           .arg(cause),
                       {save}});
}

void SafetyStrips::showRefusal(const QString& casePath, const QString& cause) {
  StripContent content{MessageKind::Failure, tr("The case was read, but its session cannot be opened"), cause, {}};
  if (offersOtherWays_) {
    content.actions.push_back({tr("Open read only"), [this, casePath] { Q_EMIT readWanted(casePath); }});
    content.actions.push_back(
        {tr("Other folder for sessions..."), [this, casePath] { Q_EMIT otherFolderWanted(casePath); }});
  }
  content.actions.push_back({tr("Close"), [this] { refusal_->hide(); }});
  refusal_->setContent(content);
}

}  // namespace recontour
