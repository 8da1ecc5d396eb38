#include "ui/window/unfinished_work.h"

#include <QCoreApplication>

#include "core/io/open_case.h"
#include "core/session/unfinished_sessions.h"
#include "core/workbench/work_list.h"
#include "ui/panels/step_text.h"

namespace recontour {
namespace {

constexpr std::size_t kMostOffered = 5;

QString tr(const char* text) { return QCoreApplication::translate("recontour::WelcomePane", text); }

QString strokesText(int count) { return count == 1 ? tr("one change") : tr("%1 changes").arg(count); }

/// "Liver, last stroke at 14:02 (37 changes)"
QString workText(const UnfinishedSession& session, const OrganTable& organs) {
  if (!session.last) return tr("nothing was changed");
  const Organ* organ = organs.find(session.last->organ);
  const QString name = organ != nullptr ? QString::fromStdString(organ->name) + QStringLiteral(", ") : QString();
  return tr("%1last stroke at %2 (%3)").arg(name, stepTimeText(*session.last), strokesText(session.edits));
}

UnfinishedWork workOf(const UnfinishedSession& session, const std::filesystem::path& sessions,
                      const OrganTable& organs) {
  const auto file = lastPlaceOfImage(sessions, session.imageHash);
  const QString work = workText(session, organs);
  if (!file) {
    const QString folder = QString::fromStdString(session.folder.string());
    return {tr("A case that is not known by name"),
            tr("%1. Open it, and it goes on. Its session: %2").arg(work, folder),
            {}};
  }
  const QString name = QString::fromStdString(caseName(*file)), path = QString::fromStdString(file->string());
  std::error_code error;
  if (std::filesystem::exists(*file, error)) return {tr("Continue: %1").arg(name), work, path};
  return {name, tr("%1. The case was at %2; open it where it is now, and it goes on.").arg(work, path), {}};
}

}  // namespace

std::vector<UnfinishedWork> findUnfinishedWork(const std::filesystem::path& sessions, const std::string& reader,
                                               const OrganTable& organs) {
  std::vector<UnfinishedWork> works;
  for (const UnfinishedSession& session : unfinishedSessions(sessions)) {
    if (session.reader == reader && works.size() < kMostOffered) works.push_back(workOf(session, sessions, organs));
  }
  return works;
}

}  // namespace recontour
