#include "ui/panels/step_text.h"

#include <QCoreApplication>
#include <QDateTime>

namespace recontour {
namespace {

QString translated(const char* text) { return QCoreApplication::translate("recontour::HistoryPanel", text); }

QString planeText(const std::string& plane) {
  if (plane == "axial") return translated("axial");
  return plane == "coronal" ? translated("coronal") : translated("sagittal");
}

/// The log's names are lower case and the same in every language.
QString nameText(const std::string& name) {
  if (name == "clear organ") return translated("Clear");
  QString text = QString::fromStdString(name);
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text;
}

}  // namespace

QString stepText(const StepSummary& step, const OrganTable& organs) {
  if (step.isStart) return translated("Contours from %1").arg(QString::fromStdString(step.name));
  const Organ* organ = organs.find(step.organ);
  const QString name = nameText(step.name);
  return organ != nullptr ? name + QStringLiteral(", ") + QString::fromStdString(organ->name) : name;
}

QString stepSliceText(const StepSummary& step) {
  if (step.slice < 0) return {};
  return QStringLiteral("%1 %2").arg(planeText(step.plane)).arg(step.slice + 1);
}

QString stepTimeText(const StepSummary& step) {
  const QDateTime time = QDateTime::fromMSecsSinceEpoch(step.wallMs);
  const bool today = time.date() == QDate::currentDate();
  const QString clock = time.toString(QStringLiteral("HH:mm"));
  return today ? clock : time.date().toString(Qt::ISODate) + QLatin1Char(' ') + clock;
}

}  // namespace recontour
