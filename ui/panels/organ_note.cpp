#include "ui/panels/organ_note.h"

#include <algorithm>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

/// A verdict in a word or two, where the dot does not say it.
QString verdictWord(OrganVerdict verdict) {
  switch (verdict) {
    case OrganVerdict::Absent:
      return OrganModel::tr("absent");
    case OrganVerdict::OutsideScan:
      return OrganModel::tr("outside");
    case OrganVerdict::CutByScanEdge:
      return OrganModel::tr("cut by scan");
    case OrganVerdict::NotContourable:
      return OrganModel::tr("not drawn");
    case OrganVerdict::None:
    case OrganVerdict::Accepted:
      return {};
  }
  return {};
}

/// "7 islands, scan edge", "7 islands...", "7 islands", "islands"
QStringList concernTexts(const std::vector<OrganConcern>& concerns) {
  QStringList words;
  for (const OrganConcern& concern : concerns) {
    const QString word = QString::fromStdString(concern.word);
    words += concern.count > 0 ? QStringLiteral("%1 %2").arg(concern.count).arg(word) : word;
  }
  QStringList texts = {words.join(QStringLiteral(", "))};
  if (words.size() > 1) texts += words.front() + QChar(0x2026);
  return texts << words.front() << QString::fromStdString(concerns.front().word);
}

QString stateText(const OrganRow& row) {
  const OrganStatement& said = row.status.statement;
  if (said.verdict != OrganVerdict::None) {
    const QString reason = QString::fromStdString(said.reason);
    return reason.isEmpty() ? verdictText(said.verdict)
                            : QStringLiteral("%1: %2").arg(verdictText(said.verdict), reason);
  }
  if (row.status.edited) return OrganModel::tr("edits: %1").arg(row.status.edits);
  return row.status.seen ? OrganModel::tr("All its slices were viewed")
                         : OrganModel::tr("Not all its slices were viewed yet");
}

/// Why there is nothing to see of the organ.
OrganNote noteOfNothing(const OrganRow& row) {
  using Weight = OrganNote::Weight;
  if (!row.list.hasStart) return {Weight::Quiet, {OrganModel::tr("not drawn")}};
  if (!row.status.wanted) return {Weight::Quiet, {OrganModel::tr("not in the set"), OrganModel::tr("not in set")}};
  if (!row.status.inModel) return {Weight::Quiet, {OrganModel::tr("not in the model"), OrganModel::tr("no model")}};
  return {Weight::Quiet, {OrganModel::tr("no contour")}};
}

OrganNote noteOfStrokes(const OrganRow& row) {
  const int strokes = row.status.scribbles;
  if (strokes == 0) return {OrganNote::Weight::Slight, {OrganModel::tr("none yet")}};
  return {OrganNote::Weight::Quiet,
          {strokes == 1 ? OrganModel::tr("1 stroke") : OrganModel::tr("%1 strokes").arg(strokes)}};
}

}  // namespace

QString verdictText(OrganVerdict verdict) {
  switch (verdict) {
    case OrganVerdict::None:
      return {};
    case OrganVerdict::Accepted:
      return OrganModel::tr("Accepted");
    case OrganVerdict::Absent:
      return OrganModel::tr("Absent");
    case OrganVerdict::OutsideScan:
      return OrganModel::tr("Outside the scan");
    case OrganVerdict::CutByScanEdge:
      return OrganModel::tr("Cut by the scan's edge");
    case OrganVerdict::NotContourable:
      return OrganModel::tr("Not contourable");
  }
  return {};
}

OrganNote organNote(const OrganRow& row) {
  using Weight = OrganNote::Weight;
  if (row.list.scribbling) return noteOfStrokes(row);
  if (const QString word = verdictWord(row.status.statement.verdict); !word.isEmpty()) return {Weight::Quiet, {word}};
  if (row.concerned()) {
    const bool serious = std::ranges::any_of(row.status.concerns, &OrganConcern::serious);
    return {serious ? Weight::Serious : Weight::Slight, concernTexts(row.status.concerns)};
  }
  if (row.empty() && !row.done()) return noteOfNothing(row);
  if (row.done() || !row.list.hasLabels || !row.list.counted) return {};
  if (!row.list.dots) return {};
  if (row.status.edited) return {Weight::Quiet, {OrganModel::tr("edited")}};
  return {Weight::Quiet, {row.status.seen ? OrganModel::tr("viewed") : OrganModel::tr("not viewed")}};
}

QString lastColumnText(const OrganRow& row) {
  const auto& [before, after] = std::pair(row.status.dscBefore, row.status.dscAfter);
  if (row.list.referenceShown && after) {
    if (!before || scoreText(*before) == scoreText(*after)) return scoreText(*after);
    return QStringLiteral("%1 > %2").arg(scoreText(*before), scoreText(*after));
  }
  const bool timed = row.status.activeSeconds >= 1 && !row.list.referenceShown;
  return timed ? minutesText(row.status.activeSeconds) : QString();
}

QString organToolTip(const OrganRow& row) {
  QStringList lines = {row.name};
  if (row.list.hasLabels && row.list.volumes && !row.empty())
    lines += OrganModel::tr("%1 mL").arg(row.status.volumeMl, 0, 'f', 1);
  const bool said = row.status.statement.verdict != OrganVerdict::None;
  if (row.list.hasLabels && (row.list.dots || said)) lines += stateText(row);
  for (const OrganConcern& concern : row.status.concerns) lines += QString::fromStdString(concern.reason);
  if (row.locked) lines += OrganModel::tr("locked: no stroke changes it");
  if (!row.status.inModel) lines += OrganModel::tr("the model was not made for this organ");
  if (!row.reliable()) {
    lines += OrganModel::tr("not reliable: the model's card expects a DSC of %1 here")
                 .arg(*row.status.expectedDsc, 0, 'f', 2);
  }
  return lines.join(QLatin1Char('\n'));
}

}  // namespace recontour
