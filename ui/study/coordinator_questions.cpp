// What the coordinator's window asks before it does something.
#include <QAction>
#include <QFileDialog>
#include <QMenu>
#include <QPushButton>
#include <utility>

#include "ui/study/coordinator_page.h"
#include "ui/study/coordinator_window.h"
#include "ui/study/form_dialog.h"
#include "ui/study/study_draft.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

QStringList readersOf(const StudyProtocol& protocol) {
  QStringList names;
  for (const StudyReader& one : protocol.readers) names << shown(one.id);
  return names;
}

fs::path pathOf(const QString& text) { return text.toStdString(); }

}  // namespace

void CoordinatorWindow::makeMenu() {
  menu_ = new QMenu(this);
  const auto add = [this](const char* name, const QString& text, StudyStage from, StudyStage to, auto&& ask) {
    QAction* action = actions_[QLatin1String(name)] = menu_->addAction(text);
    action->setObjectName(QLatin1String(name));
    action->setProperty("from", static_cast<int>(from));
    action->setProperty("to", static_cast<int>(to));
    connect(action, &QAction::triggered, this, std::forward<decltype(ask)>(ask));
  };
  const auto draft = StudyStage::Draft, frozen = StudyStage::Frozen, closed = StudyStage::Closed;
  const auto last = StudyStage::Unblinded;
  add("cases", tr("Import cases..."), draft, draft, [this] { askCases(); });
  add("starts", tr("Import start maps..."), draft, draft, [this] { askStarts(); });
  add("reader", tr("Add a reader..."), draft, draft, [this] { askReader(); });
  add("freeze", tr("Freeze..."), draft, draft, [this] {
    askWho(tr("Freeze the study"),
           tr("Lays protocol and orders down. Cases, readers, arms, start maps and seed stay as they are from then on; "
              "title, analysis, ethics id and guidelines can be amended, which the report tells."),
           tr("Freeze"), &CoordinatorWindow::freeze);
  });
  menu_->addSeparator();
  add("exclude", tr("Exclude a reading..."), frozen, last, [this] { askReading(true); });
  add("reopen", tr("Reopen a reading..."), frozen, frozen, [this] { askReading(false); });
  add("amend", tr("Amend the protocol..."), frozen, last, [this] { askAmend(); });
  menu_->addSeparator();
  add("unblind", tr("Unblind..."), closed, closed, [this] {
    askWho(tr("Unblind the study"), tr("Reports name arms and models from then on. It cannot be taken back."),
           tr("Unblind"), &CoordinatorWindow::unblind);
  });
  add("backup", tr("Back up..."), draft, last,
      [this] { askFolder(tr("A new folder for the copy"), &CoordinatorWindow::backup); });
  add("export", tr("Export tables..."), closed, last,
      [this] { askFolder(tr("A folder for the tables"), &CoordinatorWindow::exportTo); });
  buttons_["more"]->setMenu(menu_);
}

void CoordinatorWindow::askWho(const QString& title, const QString& text, const QString& goOn,
                               void (CoordinatorWindow::*then)(const QString&)) {
  auto* form = new FormDialog(title, text, {{"who", tr("Who"), options_.who}}, goOn, this);
  connect(form, &FormDialog::answered, this, [this, then](const Values& values) {
    options_.who = values.at("who");
    (this->*then)(options_.who);
  });
  form->show();
}

/// The folder need not be there: it is named as a file to be written is.
void CoordinatorWindow::askFolder(const QString& title, void (CoordinatorWindow::*then)(const fs::path&)) {
  const QString chosen = QFileDialog::getSaveFileName(this, title, {}, {}, nullptr, QFileDialog::ShowDirsOnly);
  if (!chosen.isEmpty()) (this->*then)(pathOf(chosen));
}

void CoordinatorWindow::askPack() {
  const StudyProtocol& protocol = page_->overview().snapshot.protocol;
  auto* form =
      new FormDialog(tr("Pack for a reader"),
                     tr("Writes one .zip with images, start maps and rules. Send it to the reader, who opens it "
                        "with Recontour."),
                     {{"reader", tr("Reader"), {}, true, readersOf(protocol)}}, tr("Choose a file..."), this);
  connect(form, &FormDialog::answered, this, [this, id = protocol.id](const Values& values) {
    const QString reader = values.at("reader"), name = shown(id) + QLatin1Char('_') + reader + QStringLiteral(".zip");
    const QString zip =
        QFileDialog::getSaveFileName(this, tr("Package of %1").arg(reader), name, tr("Package (*.zip)"));
    if (!zip.isEmpty()) pack(reader, pathOf(zip));
  });
  form->show();
}

void CoordinatorWindow::askMerge() {
  const QStringList zips = QFileDialog::getOpenFileNames(this, tr("Returns of readers"), {}, tr("Return (*.zip)"));
  for (const QString& zip : zips) merge(pathOf(zip));
}

void CoordinatorWindow::askClose() {
  const StudyOverview& overview = page_->overview();
  const bool isClosed = overview.snapshot.stage >= StudyStage::Closed;
  const int left = overview.all - overview.done;
  QString text = tr("Figures are made from the references, and the report is written.");
  if (!isClosed)
    text = tr("No reading comes in any more, and the truth may be looked at. It cannot be taken back. ") +
           (left > 0 ? tr("%n reading(s) are not done.", nullptr, left) : tr("All readings are done."));
  auto* form = new FormDialog(isClosed ? tr("Report") : tr("Close the study and report"), text,
                              {{"who", tr("Who"), options_.who}}, tr("Choose a folder..."), this);
  connect(form, &FormDialog::answered, this, [this](const Values& values) {
    options_.who = values.at("who");
    const QString folder = QFileDialog::getSaveFileName(this, tr("A folder for the report"), tr("report"), {}, nullptr,
                                                        QFileDialog::ShowDirsOnly);
    if (!folder.isEmpty()) closeAndReport(pathOf(folder), options_.who);
  });
  form->show();
}

void CoordinatorWindow::askReading(bool excludes) {
  const std::vector<FormDialog::Field> fields = {
      {"task", tr("Task"), {}, true, {}, tr("a click on its cell in the table shows it")},
      {"who", tr("Who"), options_.who},
      {"reason", tr("Reason"), {}, true, {}, tr("the report tells it")}};
  auto* form = new FormDialog(
      excludes ? tr("Exclude a reading") : tr("Reopen a reading"),
      excludes ? tr("It is left out of all figures.") : tr("The reader can go on with it, from the next package."),
      fields, excludes ? tr("Exclude") : tr("Reopen"), this);
  connect(form, &FormDialog::answered, this, [this, excludes](const Values& values) {
    options_.who = values.at("who");
    if (excludes)
      exclude(values.at("task"), options_.who, values.at("reason"));
    else
      reopen(values.at("task"), options_.who, values.at("reason"));
  });
  form->show();
}

void CoordinatorWindow::askAmend() {
  const QStringList places = {QStringLiteral("/title"),
                              QStringLiteral("/ethicsId"),
                              QStringLiteral("/analysis/margin"),
                              QStringLiteral("/analysis/primaryIdleLimitS"),
                              QStringLiteral("/analysis/primaryEndpoint"),
                              QStringLiteral("/analysis/alpha"),
                              QStringLiteral("/analysis/bootstrapSamples"),
                              QStringLiteral("/analysis/tolerancesMm"),
                              QStringLiteral("/guidelines")};
  const std::vector<FormDialog::Field> fields = {
      {"path", tr("What"), {}, true, places},
      {"value", tr("New value"), {}, true, {}, tr("as in study.json: 0.03 or \"text\"")},
      {"who", tr("Who"), options_.who},
      {"reason", tr("Reason"), {}, true, {}, tr("the report tells it")}};
  auto* form = new FormDialog(tr("Amend the protocol"),
                              tr("A change after freezing, told in the report with who, when and why."), fields,
                              tr("Amend"), this);
  connect(form, &FormDialog::answered, this, [this](const Values& values) {
    options_.who = values.at("who");
    amend(values.at("path"), values.at("value"), options_.who, values.at("reason"));
  });
  form->show();
}

void CoordinatorWindow::askCases() {
  const QStringList files =
      QFileDialog::getOpenFileNames(this, tr("CTs of the study"), {}, tr("CTs (*.nii *.nii.gz *.nrrd *.zip)"));
  if (files.isEmpty()) return;
  const QString references =
      QFileDialog::getExistingDirectory(this, tr("Folder with their references; Cancel for cases without"));
  std::vector<fs::path> paths;
  for (const QString& file : files) paths.push_back(pathOf(file));
  const auto find = [paths, folder = pathOf(references)](StudyDesk&) { return findCases(paths, folder); };
  thread_->run({}, find, [this](const std::vector<DraftCase>& found) { addCases(found); });
}

void CoordinatorWindow::askStarts() {
  QStringList arms;
  for (const StudyArm& arm : page_->overview().snapshot.protocol.arms)
    if (!arm.fromNothing && !arm.checks) arms << shown(arm.id);
  if (arms.isEmpty()) return say(tr("No arm of this study begins from contours."));
  const std::vector<FormDialog::Field> fields = {{"arm", tr("Arm"), {}, true, arms},
                                                 {"model", tr("Model"), {}, false, {}, tr("its name, for the report")},
                                                 {"hash", tr("SHA-256 of its weights"), {}, false}};
  auto* form = new FormDialog(tr("Import start maps"),
                              tr("A folder with one label map of each case's name, by which every reader begins."),
                              fields, tr("Choose a folder..."), this);
  connect(form, &FormDialog::answered, this, [this](const Values& values) {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of start maps"));
    if (!folder.isEmpty())
      addStarts({values.at("arm").toStdString(), pathOf(folder)}, values.at("model"), values.at("hash"));
  });
  form->show();
}

void CoordinatorWindow::askReader() {
  const std::vector<FormDialog::Field> fields = {{"id", tr("Pseudonym"), {}, true, {}, QStringLiteral("R1")},
                                                 {"hospital", tr("Hospital"), {}, false},
                                                 {"years", tr("Years of experience"), {}, false},
                                                 {"pin", tr("PIN"), {}, false, {}, tr("none: not asked for")}};
  auto* form =
      new FormDialog(tr("Add a reader"), tr("One of the same pseudonym is replaced."), fields, tr("Add"), this);
  connect(form, &FormDialog::answered, this, [this](const Values& values) {
    DraftReader made;
    made.reader.id = values.at("id").toStdString();
    made.reader.hospital = values.at("hospital").toStdString();
    made.reader.years = values.at("years").toDouble();
    made.pin = values.at("pin").toStdString();
    putReader(made);
  });
  form->show();
}

}  // namespace recontour
