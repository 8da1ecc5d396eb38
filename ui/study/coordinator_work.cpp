// What the coordinator's window does, once it has asked.
#include <QPushButton>

#include "core/base/error.h"
#include "core/study/study_evaluation.h"
#include "core/study/study_export.h"
#include "core/study/study_packages.h"
#include "ui/study/coordinator_page.h"
#include "ui/study/coordinator_window.h"
#include "ui/study/study_draft.h"
#include "ui/study/study_steps.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

QString mergeText(const MergeReport& report) {
  QString text = CoordinatorWindow::tr("%1: %2 merged, %3 were there already")
                     .arg(shown(report.reader))
                     .arg(report.merged.size())
                     .arg(report.unchanged.size());
  for (const std::string& one : report.refused) text += CoordinatorWindow::tr("; refused: %1").arg(shown(one));
  return text;
}

QString nameOf(const std::filesystem::path& file) { return shown(file.string()); }

}  // namespace

/// Does it on the thread, says what came of it, and shows the study as it is then.
void CoordinatorWindow::change(const QString& what, const std::function<QString(StudyDesk&)>& work) {
  thread_->run(what, work, [this](const QString& text) {
    say(text, text.contains(QLatin1String("refused")) ? QStringLiteral("warning") : QStringLiteral("dim"));
    refresh();
    Q_EMIT finished(true);
  });
}

void CoordinatorWindow::pack(const QString& reader, const std::filesystem::path& zip) {
  change(tr("Packing for %1").arg(reader), [reader, zip](StudyDesk& desk) {
    packStudy(desk.opened(), reader.toStdString(), zip);
    return tr("%1 is what %2 works from. It holds no truth, no arm, no model, no other reader.")
        .arg(nameOf(zip), reader);
  });
}

void CoordinatorWindow::merge(const std::filesystem::path& zip) {
  change(tr("Merging %1").arg(nameOf(zip.filename())),
         [zip](StudyDesk& desk) { return mergeText(mergeReturn(desk.opened(), zip)); });
}

void CoordinatorWindow::verify() {
  const auto check = [](StudyDesk& desk) { return checkReadings(desk.opened(), desk.progress, desk.stop); };
  thread_->run(tr("Verifying"), check, [this](const StudyCheck& found) {
    page_->showCheck(found);
    const auto broken = static_cast<int>(found.broken.size());
    if (broken == 0)
      say(tr("All chains hold, and end as the store's receipts say."));
    else
      say(shown(found.broken.front()), QStringLiteral("error"));
    Q_EMIT finished(broken == 0);
  });
}

void CoordinatorWindow::closeAndReport(const std::filesystem::path& folder, const QString& who) {
  change(tr("Comparing with the references"), [folder, who, write = options_.writeReport](StudyDesk& desk) {
    CoordinatorStudy& study = desk.opened();
    if (study.stage() == StudyStage::Frozen) study.close(who.toStdString());
    evaluateStudy(study, desk.progress, desk.stop);
    if (!write) {
      exportStudy(study, folder);
      return tr("The tables are in %1.").arg(nameOf(folder));
    }
    write(gatherResults(study), folder);
    return tr("The report is in %1.").arg(nameOf(folder));
  });
}

void CoordinatorWindow::freeze(const QString& who) {
  change(tr("Freezing"), [who](StudyDesk& desk) {
    desk.opened().freeze(who.toStdString());
    return tr("Frozen as %1. Pack for each reader next.").arg(shown(desk.opened().freezeHash()));
  });
}

void CoordinatorWindow::exclude(const QString& task, const QString& who, const QString& reason) {
  change(tr("Excluding %1").arg(task), [=](StudyDesk& desk) {
    desk.opened().exclude(task.toStdString(), who.toStdString(), reason.toStdString());
    return tr("%1 is excluded: %2").arg(task, reason);
  });
}

void CoordinatorWindow::reopen(const QString& task, const QString& who, const QString& reason) {
  change(tr("Reopening %1").arg(task), [=](StudyDesk& desk) {
    desk.opened().reopen(task.toStdString(), who.toStdString(), reason.toStdString());
    return tr("%1 is open again: %2. Pack for the reader anew.").arg(task, reason);
  });
}

void CoordinatorWindow::amend(const QString& path, const QString& value, const QString& who, const QString& reason) {
  change(tr("Amending"), [=](StudyDesk& desk) {
    desk.opened().amend(path.toStdString(), value.toStdString(), who.toStdString(), reason.toStdString());
    return tr("%1 is amended; the report tells it.").arg(path);
  });
}

void CoordinatorWindow::unblind(const QString& who) {
  change(tr("Unblinding"), [who](StudyDesk& desk) {
    desk.opened().unblind(who.toStdString());
    return tr("Arms and models are named from now on.");
  });
}

void CoordinatorWindow::backup(const std::filesystem::path& folder) {
  change(tr("Backing up"), [folder](StudyDesk& desk) {
    desk.opened().backup(folder);
    return tr("%1 has the store and the protocol. Images and sessions are not in it.").arg(nameOf(folder));
  });
}

void CoordinatorWindow::exportTo(const std::filesystem::path& folder) {
  change(tr("Exporting"), [folder](StudyDesk& desk) {
    evaluateStudy(desk.opened(), desk.progress, desk.stop);
    exportStudy(desk.opened(), folder);
    return tr("%1 has long.csv, its columns and a script for R.").arg(nameOf(folder));
  });
}

void CoordinatorWindow::addCases(std::vector<DraftCase> cases) {
  change(tr("Importing"), [cases = std::move(cases)](StudyDesk& desk) {
    std::vector<DraftCase> all = cases;
    const auto pairs = groupPatients(all, desk.progress, desk.stop);
    importCases(desk.opened(), all, desk.progress, desk.stop);
    const QString text = tr("%n case(s) brought in", nullptr, static_cast<int>(all.size()));
    return pairs.empty() ? text : text + tr("; %1, and are kept as one").arg(shown(pairs.front()));
  });
}

void CoordinatorWindow::addStarts(const DraftStarts& starts, const QString& model, const QString& modelHash) {
  change(tr("Importing start maps"), [=](StudyDesk& desk) {
    importStarts(desk.opened(), starts, desk.progress, desk.stop);
    desk.opened().edit([&](StudyProtocol& protocol) {
      for (StudyArm& arm : protocol.arms) {
        if (arm.id != starts.arm) continue;
        arm.model = model.toStdString();
        arm.modelHash = modelHash.toStdString();
      }
    });
    return tr("Arm %1 has a start map of every case.").arg(shown(starts.arm));
  });
}

void CoordinatorWindow::putReader(const DraftReader& reader) {
  change(tr("Adding a reader"), [reader](StudyDesk& desk) {
    addReader(desk.opened(), reader);
    return tr("%1 is a reader.").arg(shown(reader.reader.id));
  });
}

}  // namespace recontour
