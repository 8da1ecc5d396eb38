#include "ui/window/orderly_close.h"

#include <QEventLoop>
#include <QMessageBox>
#include <QProgressDialog>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTimer>

#include "core/session/session.h"
#include "core/workbench/workbench.h"
#include "ui/panels/step_text.h"

namespace recontour {
namespace {

constexpr int kLookMs = 10, kNoteAfterMs = 300;
constexpr int kPatienceMs = 15000;  // then somebody is asked
constexpr int kUnattendedWriteMs = 3000, kUnattendedLeaveMs = 1500;

}  // namespace

OrderlyClose::OrderlyClose(Workbench& workbench, QWidget& window)
    : QObject(&window),
      workbench_(workbench),
      window_(window),
      ask_([this](const QString& loss) { return askBox(loss); }) {
  connect(&workbench, &Workbench::saveStatusChanged, this, &OrderlyClose::rememberSaved);
  connect(&workbench, &Workbench::caseOpened, this, [this] { stepsSaved_ = workbench_.history().size(); });
}

void OrderlyClose::rememberSaved() {
  if (state() == State::Written) stepsSaved_ = workbench_.history().size();
}

/// As the log's thread has it now; the workbench's status comes behind.
OrderlyClose::State OrderlyClose::state() const {
  if (workbench_.session() == nullptr || workbench_.readOnly()) return State::Written;
  const Session::SaveState now = workbench_.session()->saveState();
  if (now.error && now.elsewhere) return now.kept == now.appended ? State::Elsewhere : State::Waiting;
  if (now.error) return State::Failed;
  return now.saved == now.appended ? State::Written : State::Waiting;
}

bool OrderlyClose::isKept() const {
  const State now = state();
  return now == State::Written || now == State::Elsewhere;
}

void OrderlyClose::finishDrawing() {
  if (workbench_.session() == nullptr) return;
  workbench_.releaseStroke();
  workbench_.acceptCorrection();
}

/// Goes on with the window's events meanwhile.
/// @param mayStay  somebody may give up waiting, which keeps the window open
/// @return done()
bool OrderlyClose::waitFor(const std::function<bool()>& done, int limitMs, bool mayStay) {
  if (done()) return true;
  QEventLoop loop;
  QTimer look;
  connect(&look, &QTimer::timeout, &loop, [&] {
    if (done()) loop.quit();
  });
  look.start(kLookMs);
  QTimer::singleShot(limitMs, &loop, &QEventLoop::quit);
  QProgressDialog note(tr("Writing the last strokes..."), mayStay ? tr("Keep open") : QString(), 0, 0, &window_);
  note.setWindowTitle(tr("Recontour"));
  note.setWindowModality(Qt::WindowModal);
  note.setMinimumDuration(kNoteAfterMs);
  connect(&note, &QProgressDialog::canceled, &loop, &QEventLoop::quit);
  loop.exec();
  givenUp_ = note.wasCanceled();
  return done();
}

bool OrderlyClose::attended() {
  if (running_) return false;
  const QScopedValueRollback guard(running_, true);
  if (!mayLeave()) return false;
  const bool safe = isKept();
  leave(kPatienceMs);
  if (!safe || workbench_.leaving()) Q_EMIT leftUnsaved();
  return true;
}

bool OrderlyClose::mayLeave() {
  finishDrawing();
  waitFor([this] { return state() != State::Waiting; }, kPatienceMs, true);
  if (state() == State::Waiting && givenUp_) return false;
  if (isKept()) return true;
  const Answer answer = ask_(loss());
  if (answer == Answer::SaveElsewhere) Q_EMIT saveAsAsked();
  return answer == Answer::LeaveAnyway;
}

bool OrderlyClose::mayLeaveCase() {
  if (running_) return false;
  if (state() != State::Failed) return true;
  const QScopedValueRollback guard(running_, true);
  return mayLeave();
}

void OrderlyClose::leave(int limitMs) {
  workbench_.closeCase();
  waitFor([this] { return !workbench_.leaving(); }, limitMs, false);
}

void OrderlyClose::write() {
  finishDrawing();
  waitFor([this] { return state() != State::Waiting; }, kUnattendedWriteMs, false);
}

bool OrderlyClose::unattended() {
  write();
  const bool safe = isKept();
  leave(kUnattendedLeaveMs);
  return safe && !workbench_.leaving();
}

/// What would be lost, as a reader knows it.
QString OrderlyClose::loss() const {
  const auto steps = workbench_.history();
  QStringList lines;
  for (std::size_t step = stepsSaved_; step < steps.size(); ++step)
    lines += stepTimeText(steps[step]) + QStringLiteral("  ") + stepText(steps[step], workbench_.organs()) +
             QStringLiteral("  ") + stepSliceText(steps[step]);
  if (lines.isEmpty()) return tr("No stroke is lost, only what is known of the last seconds: times and slices.");
  constexpr int kNamed = 6;
  const auto more = lines.size() - kNamed;
  QString text =
      lines.size() == 1 ? tr("One change would be lost:") : tr("%1 changes would be lost:").arg(lines.size());
  text += QLatin1Char('\n') + lines.mid(std::max<qsizetype>(0, more)).join(QLatin1Char('\n'));
  return more > 0 ? text + QLatin1Char('\n') + tr("and %1 before these").arg(more) : text;
}

OrderlyClose::Answer OrderlyClose::askBox(const QString& loss) {
  const QString error = QString::fromStdString(workbench_.saveStatus().error);
  QMessageBox box(QMessageBox::Warning, tr("Not saved"), tr("The last changes cannot be written."),
                  QMessageBox::NoButton, &window_);
  box.setInformativeText(error.isEmpty() ? tr("The disk does not answer.\n\n%1").arg(loss)
                                         : QStringLiteral("%1\n\n%2").arg(error, loss));
  QAbstractButton* save = box.addButton(tr("Save label map as..."), QMessageBox::AcceptRole);
  QAbstractButton* leave = box.addButton(tr("Close and lose them"), QMessageBox::DestructiveRole);
  box.setDefaultButton(box.addButton(tr("Keep open"), QMessageBox::RejectRole));
  box.exec();
  if (box.clickedButton() == save) return Answer::SaveElsewhere;
  return box.clickedButton() == leave ? Answer::LeaveAnyway : Answer::KeepOpen;
}

}  // namespace recontour
