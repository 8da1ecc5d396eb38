#include "core/workbench/study_reading.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

constexpr int kAgainMs = 5000;

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

StudyReading::StudyReading(Workbench& workbench, ReaderPackage package, QObject* parent)
    : QObject(parent), workbench_(workbench), package_(std::move(package)), progress_(progressOf(package_)) {
  Workbench::Options& options = workbench_.state_->options;
  options.reader = package_.reader;
  options.model.reset();  // a reader's machine does not predict
  options.choosesSeries = options.choosesValues = false;
  if (package_.pinHash.empty()) phase_ = Phase::List;
  connect(&workbench_, &Workbench::caseOpened, this, &StudyReading::caseOpened);
  connect(&workbench_, &Workbench::caseFailed, this, &StudyReading::caseFailed);
  connect(&workbench_, &Workbench::acceptRefused, this, &StudyReading::acceptRefused);
  connect(&workbench_, &Workbench::acceptFailed, this, &StudyReading::acceptFailed);
  connect(&workbench_, &Workbench::acceptFinished, this, &StudyReading::writeReceipt);
  again_.setSingleShot(true);
  again_.setInterval(kAgainMs);
  connect(&again_, &QTimer::timeout, this, &StudyReading::writeReceipt);
}

const PackagedTask* StudyReading::task() const {
  return current_ ? &package_.tasks[static_cast<std::size_t>(*current_)] : nullptr;
}

int StudyReading::caseNumber() const { return current_ ? *current_ + 1 : 0; }

NextTask StudyReading::next() const { return nextTask(package_, progress_, workbench_.state_->clock.wallMs()); }

void StudyReading::setPhase(Phase phase) {
  phase_ = phase;
  Workbench::State& s = *workbench_.state_;
  s.held = !mayEdit();
  s.mayErase = allowsTool("eraser");
  Q_EMIT phaseChanged();
}

bool StudyReading::unlock(const QString& pin) {
  if (phase_ != Phase::Locked) return true;
  if (!package_.pinIsRight(pin.toStdString())) return false;
  setPhase(Phase::List);
  return true;
}

std::string StudyReading::factsOf(const PackagedTask& task) const {
  Json facts = {{"task", task.id},
                {"study", package_.study},
                {"freeze_hash", package_.freezeHash},
                {"start_sha256", task.startSha256},
                {"tools", task.tools},
                {"cues", task.cues},
                {"environment", parseJson(environment_, "what is known of the machine")}};
  return facts.dump();
}

StudyTaskFiles StudyReading::filesOf(const PackagedTask& task) const {
  // To ask for reasons would tell that an organ is missing.
  return {package_.imageOf(task), package_.sessionOf(task), task.imageHash, package_.startOf(task), task.startSha256,
          factsOf(task),          holds(task.cues, "flags")};
}

void StudyReading::openNext() {
  const NextTask following = next();
  if (phase_ != Phase::List || !following.task) return;
  current_ = following.task;
  readAhead();
  setPhase(Phase::Opening);
  workbench_.state_->openStudyTask(filesOf(*task()));
}

/// The image of the case that will come, as if the current one were through.
void StudyReading::readAhead() {
  ReaderProgress through = progress_;
  through.states[static_cast<std::size_t>(*current_)] = ReaderProgress::State::Accepted;
  const NextTask following = nextTask(package_, through, workbench_.state_->clock.wallMs());
  auto& image = workbench_.state_->nextStudyImage;
  image.reset();
  if (following.task) image = package_.imageOf(package_.tasks[static_cast<std::size_t>(*following.task)]);
}

/// A program that ended between accept and receipt left the case accepted; it is not read again.
bool StudyReading::lacksReceipt() const {
  const Session& session = *workbench_.state_->session;
  const auto receipts = readReceipts(package_.folder / "receipts.csv");
  const auto known = std::ranges::count(receipts, task()->id, &Receipt::task);
  return session.endsAccepted() && session.acceptCount() > known;
}

void StudyReading::caseOpened() {
  if (phase_ != Phase::Opening) return;
  const bool accepted = lacksReceipt();
  setPhase(accepted ? Phase::Saving : Phase::Ready);
  if (accepted) writeReceipt();
}

void StudyReading::caseFailed(const QString& message) {
  if (phase_ != Phase::Opening) return;
  current_.reset();
  setPhase(Phase::List);
  Q_EMIT failed(message);
}

void StudyReading::begin() {
  if (phase_ != Phase::Ready) return;
  const bool asked = workbench_.state_->session->hasForms();  // the start is rated once, before it was touched
  workbench_.state_->session->beginReading();
  asked ? setPhase(Phase::Reading) : openForm(Phase::FormBefore);
}

/// Where nothing is asked, what follows the form.
void StudyReading::openForm(Phase phase) {
  formSinceMs_ = workbench_.state_->clock.monotonicMs();
  phase_ = phase;
  if (!questions().empty()) return setPhase(phase);
  phase == Phase::FormBefore ? setPhase(Phase::Reading) : accept();
}

std::vector<StudyRating> StudyReading::questions() const {
  std::vector<StudyRating> asked;
  const bool fromNothing = task() != nullptr && task()->start.empty();
  for (const StudyRating& rating : package_.ratings) {
    const bool before = phase_ == Phase::FormBefore && rating.before && !fromNothing;
    if (before || (phase_ == Phase::FormAfter && rating.after)) asked.push_back(rating);
  }
  return asked;
}

void StudyReading::answer(const std::map<std::string, std::string>& answers) {
  if (phase_ != Phase::FormBefore && phase_ != Phase::FormAfter) return;
  const bool before = phase_ == Phase::FormBefore;
  workbench_.state_->session->noteForm(
      {before ? "before" : "after", answers, formSinceMs_, workbench_.state_->clock.monotonicMs()});
  before ? setPhase(Phase::Reading) : accept();
}

void StudyReading::setPaused(bool paused) {
  if (phase_ != (paused ? Phase::Reading : Phase::Paused)) return;
  if (paused) workbench_.releaseStroke();
  workbench_.setPaused(paused);
  setPhase(paused ? Phase::Paused : Phase::Reading);
}

void StudyReading::acceptable() {
  if (phase_ != Phase::Reading) return;
  workbench_.releaseStroke();
  workbench_.acceptCorrection();
  if (showsCue("flags") && !workbench_.organsWithoutReason().empty()) return Q_EMIT refused();
  workbench_.state_->session->noteStudy(factsOf(*task()));  // what was measured meanwhile
  workbench_.state_->session->noteAcceptable();
  openForm(Phase::FormAfter);
}

void StudyReading::accept() {
  setPhase(Phase::Saving);
  workbench_.accept();
}

void StudyReading::acceptRefused() {
  if (phase_ != Phase::Saving) return;
  workbench_.state_->session->beginReading();  // the clock goes on
  setPhase(Phase::Reading);
  Q_EMIT refused();
}

void StudyReading::acceptFailed() {
  if (phase_ != Phase::Saving) return;
  workbench_.state_->session->beginReading();  // the clock goes on
  setPhase(Phase::Reading);
}

void StudyReading::writeReceipt() {
  if (phase_ != Phase::Saving || task() == nullptr) return;
  Workbench::State& s = *workbench_.state_;
  const auto write = [file = package_.folder / "receipts.csv", id = task()->id, session = s.session,
                      now = s.clock.wallMs()] {
    const ChainHead head = session->chainHead();
    const Receipt receipt{id, head.sequence, head.hash, now};
    addReceipt(file, receipt);
    return receipt;
  };
  s.jobs.post("receipt", [this, &s, write, asked = s.generation](std::stop_token) {
    try {
      s.onGuiThread(asked, [this, receipt = write()] { receiptWritten(receipt); });
    } catch (const std::exception& error) {
      s.onGuiThread(asked, [this, text = QString::fromUtf8(error.what())] {
        Q_EMIT failed(text);
        again_.start();
      });
    }
  });
}

void StudyReading::receiptWritten(const Receipt& receipt) {
  progress_ = progressOf(package_);
  current_.reset();
  phase_ = Phase::List;
  workbench_.state_->leaveCase(true);  // what is read ahead goes on
  // Whoever hears of it may pack the session, so it has been let go of then.
  connect(
      &workbench_, &Workbench::sessionLeft, this,
      [this, task = QString::fromStdString(receipt.task), hash = QString::fromStdString(receipt.hash)] {
        Q_EMIT received(task, hash);
      },
      Qt::SingleShotConnection);
  setPhase(Phase::List);
}

void StudyReading::leave() {
  if (phase_ == Phase::Saving || phase_ == Phase::Locked) return;
  current_.reset();
  progress_ = progressOf(package_);
  workbench_.closeCase();
  setPhase(Phase::List);
}

bool StudyReading::showsImage() const {
  return phase_ == Phase::FormBefore || phase_ == Phase::Reading || phase_ == Phase::FormAfter;
}

bool StudyReading::allowsTool(const std::string& tool) const { return task() == nullptr || holds(task()->tools, tool); }
bool StudyReading::showsCue(const std::string& cue) const { return task() != nullptr && holds(task()->cues, cue); }

void StudyReading::noteHint(const std::string& cue, Label organ, bool used) {
  if (workbench_.state_->session) workbench_.state_->session->noteHint({cue, organ, used});
}

}  // namespace recontour
