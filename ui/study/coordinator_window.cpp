#include "ui/study/coordinator_window.h"

#include <QCloseEvent>
#include <QFrame>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "core/study/study_import.h"
#include "ui/panels/theme.h"
#include "ui/study/coordinator_page.h"
#include "ui/study/reading_dialog.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

constexpr int kHeaderHeight = 44, kWidth = 1456, kHeight = 819;

}  // namespace

CoordinatorWindow::CoordinatorWindow(const std::filesystem::path& folder, const Clock& clock, Options options,
                                     QWidget* parent)
    : QMainWindow(parent), options_(std::move(options)) {
  stamp_ = std::make_shared<std::string>();
  if (options_.who.isEmpty()) options_.who = QStringLiteral("coordinator");
  setWindowTitle(tr("Study"));
  resize(kWidth, kHeight);
  thread_ = new StudyThread(clock, this);
  page_ = new CoordinatorPage(this);
  auto* central = new QWidget(this);
  auto* layout = new QVBoxLayout(central);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(makeHeader());
  layout->addWidget(page_, 1);
  layout->addWidget(makeStatus());
  setCentralWidget(central);
  connect(page_, &CoordinatorPage::readingChosen, this, &CoordinatorWindow::showReading);
  connect(thread_, &StudyThread::busyChanged, this, &CoordinatorWindow::enable);
  connect(thread_, &StudyThread::progressed, this, [this](const QString& stage, int done, int all) {
    progress_->setRange(0, all);
    progress_->setValue(done);
    progress_->setToolTip(stage);
  });
  connect(thread_, &StudyThread::failed, this, [this](const QString& what, const QString& why) {
    refreshing_ = false;
    say(what.isEmpty() ? why : tr("%1: %2").arg(what, why), QStringLiteral("error"));
    if (!what.isEmpty()) Q_EMIT finished(false);
  });
  connect(&timer_, &QTimer::timeout, this, &CoordinatorWindow::refresh);
  thread_->open(folder);
  refresh();
  timer_.start(options_.refreshMs);
}

CoordinatorWindow::~CoordinatorWindow() = default;

QWidget* CoordinatorWindow::makeHeader() {
  auto* header = new QFrame(this);
  header->setProperty("role", QStringLiteral("studyHeader"));
  header->setFixedHeight(kHeaderHeight);
  auto* layout = new QHBoxLayout(header);
  layout->setContentsMargins(16, 0, 16, 0);
  layout->setSpacing(12);
  auto* brand = new QLabel(tr("Recontour"), header);
  brand->setProperty("role", QStringLiteral("brand"));
  title_ = new QLabel(header);
  title_->setProperty("role", QStringLiteral("studyTitle"));
  line_ = dimLabel({}, header);
  line_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  layout->addWidget(brand);
  layout->addWidget(title_);
  layout->addWidget(line_, 1);
  const std::pair<const char*, QString> texts[] = {{"pack", tr("Pack for a reader")},
                                                   {"merge", tr("Merge a return")},
                                                   {"verify", tr("Verify")},
                                                   {"close", tr("Close and report")},
                                                   {"more", tr("Study")}};
  for (const auto& [name, text] : texts) {
    auto* made = buttons_[QLatin1String(name)] = new QPushButton(text, header);
    made->setProperty("role", QLatin1String(name) == QLatin1String("close") ? QStringLiteral("studyMain")
                                                                            : QStringLiteral("studyButton"));
    layout->addWidget(made);
  }
  makeMenu();
  connect(buttons_["pack"], &QPushButton::clicked, this, &CoordinatorWindow::askPack);
  connect(buttons_["merge"], &QPushButton::clicked, this, &CoordinatorWindow::askMerge);
  connect(buttons_["verify"], &QPushButton::clicked, this, &CoordinatorWindow::verify);
  connect(buttons_["close"], &QPushButton::clicked, this, &CoordinatorWindow::askClose);
  return header;
}

QWidget* CoordinatorWindow::makeStatus() {
  auto* status = new QFrame(this);
  status->setProperty("role", QStringLiteral("studyStatus"));
  status->setFixedHeight(kStatusHeight);
  auto* layout = new QHBoxLayout(status);
  layout->setContentsMargins(16, 0, 16, 0);
  said_ = dimLabel({}, status);
  said_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  said_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  progress_ = new QProgressBar(status);
  progress_->setFixedWidth(160);
  progress_->setTextVisible(false);
  cancel_ = new QPushButton(tr("Cancel"), status);
  cancel_->setProperty("role", QStringLiteral("link"));
  layout->addWidget(said_, 1);
  layout->addWidget(progress_);
  layout->addWidget(cancel_);
  connect(cancel_, &QPushButton::clicked, this, [this] { thread_->cancel(); });
  return status;
}

QString CoordinatorWindow::said() const { return said_->text(); }
QPushButton& CoordinatorWindow::button(const QString& name) { return *buttons_.at(name); }

void CoordinatorWindow::say(const QString& text, const QString& role) {
  said_->setText(text);
  said_->setToolTip(text);
  setRole(*said_, role);
}

void CoordinatorWindow::refresh() {
  if (std::exchange(refreshing_, true)) return;
  using Read = std::shared_ptr<const StudyOverview>;
  const auto read = [stamp = stamp_](StudyDesk& desk) -> Read {
    CoordinatorStudy& study = desk.opened();
    const std::string now = stampOf(study);  // before it is read: what is written meanwhile is seen next time
    if (now == *stamp) return nullptr;
    StudySnapshot snapshot = snapshotOf(study);
    *stamp = now;
    const OrganTable organs = organTableOf(snapshot.protocol);
    return std::make_shared<StudyOverview>(overviewOf(std::move(snapshot), organs));
  };
  thread_->run({}, read, [this](const Read& overview) {
    refreshing_ = false;
    if (overview != nullptr) showOverview(*overview);
    Q_EMIT refreshed();
  });
}

void CoordinatorWindow::showOverview(const StudyOverview& overview) {
  const StudySnapshot& snapshot = overview.snapshot;
  page_->show(overview);
  title_->setText(tr("Study %1").arg(shown(snapshot.protocol.id)));
  title_->setToolTip(shown(snapshot.protocol.title));
  line_->setText(studyLine(snapshot));
  line_->setToolTip(shown(snapshot.folder + "\n" + snapshot.freezeHash));
  setWindowTitle(tr("%1 - study").arg(shown(snapshot.protocol.id)));
  if (said().isEmpty()) say(shown(snapshot.folder));
  enable();
}

/// One thing at a time: what changes the study waits until nothing else does.
void CoordinatorWindow::enable() {
  const StudyStage stage = page_->overview().snapshot.stage;
  const bool isOpen = !page_->overview().snapshot.folder.empty(), isWorking = !thread_->underWay().isEmpty();
  const bool isFree = isOpen && !isWorking;
  buttons_["pack"]->setEnabled(isFree && stage == StudyStage::Frozen);
  buttons_["merge"]->setEnabled(isFree && stage == StudyStage::Frozen);
  buttons_["verify"]->setEnabled(isFree && stage != StudyStage::Draft);
  buttons_["close"]->setEnabled(isFree && stage != StudyStage::Draft);
  buttons_["close"]->setText(stage >= StudyStage::Closed ? tr("Report") : tr("Close and report"));
  for (const auto& [name, action] : actions_) {
    const QVariant from = action->property("from"), to = action->property("to");
    action->setEnabled(isFree && static_cast<int>(stage) >= from.toInt() && static_cast<int>(stage) <= to.toInt());
  }
  progress_->setVisible(isWorking);
  cancel_->setVisible(isWorking);
  if (isWorking) say(tr("%1...").arg(thread_->underWay()));
  if (!isWorking) progress_->setRange(0, 0);
  if (!isWorking && said().endsWith(QLatin1String("..."))) say(shown(page_->overview().snapshot.folder));
  if (closing_ && !thread_->isBusy()) deleteLater();
}

void CoordinatorWindow::showReading(const QString& task) {
  const StudySnapshot& snapshot = page_->overview().snapshot;
  for (const StudySession& one : snapshot.sessions) {
    if (shown(one.task.id) != task) continue;
    auto* dialog = new ReadingDialog(one, snapshot.protocol, snapshot.stage, this);
    connect(dialog, &ReadingDialog::excluded, this,
            [this](const QString& id, const QString& reason) { exclude(id, options_.who, reason); });
    connect(dialog, &ReadingDialog::reopened, this,
            [this](const QString& id, const QString& reason) { reopen(id, options_.who, reason); });
    dialog->show();
    return;
  }
}

/// What is under way is brought to its end out of sight; nobody waits for it.
void CoordinatorWindow::closeEvent(QCloseEvent* event) {
  timer_.stop();
  if (!thread_->isBusy()) return QMainWindow::closeEvent(event);
  closing_ = testAttribute(Qt::WA_DeleteOnClose);
  event->ignore();
  hide();
}

}  // namespace recontour
