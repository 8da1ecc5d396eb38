#include "ui/panels/measure_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {

MeasurePanel::MeasurePanel(QWidget* parent) : Section(tr("Measure"), parent) {
  QVBoxLayout* layout = bodyLayout();
  empty_ = dimLabel({}, this);
  empty_->setWordWrap(true);
  organ_ = new QLabel(this);
  organ_->setTextFormat(Qt::RichText);
  organ_->setWordWrap(true);  // a table's organ may have a long name
  layout->addWidget(organ_);
  layout->addWidget(empty_);
  concerns_ = new QLabel(this);
  concerns_->setProperty("role", QStringLiteral("warning"));
  concerns_->setWordWrap(true);
  layout->addWidget(concerns_);
  figures_ = new QWidget(this);
  auto* grid = new QGridLayout(figures_);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setVerticalSpacing(4);
  grid->setColumnStretch(0, 1);
  addRow(*grid, QStringLiteral("volume"), tr("volume"));
  addRow(*grid, QStringLiteral("volumeBefore"), tr("volume before"));
  addRow(*grid, QStringLiteral("change"), tr("change"));
  addRow(*grid, QStringLiteral("voxels"), tr("voxels + / -"));
  addRow(*grid, QStringLiteral("before"), tr("DSC before"));
  addRow(*grid, QStringLiteral("after"), tr("DSC after"));
  addRow(*grid, QStringLiteral("dscChange"), tr("DSC change"));
  addRow(*grid, QStringLiteral("expected"), tr("model card's DSC"));
  addRow(*grid, QStringLiteral("path"), tr("path added"));
  addRow(*grid, QStringLiteral("shift"), tr("surface shift"));
  addRow(*grid, QStringLiteral("time"), tr("active time"));
  addRow(*grid, QStringLiteral("edits"), tr("edits"));
  addRow(*grid, QStringLiteral("case"), tr("time, whole case"));
  addRow(*grid, QStringLiteral("undo"), tr("undo steps"));
  for (const Row& row : rows_) {
    if (row.key == QLatin1String("path") || row.key == QLatin1String("shift"))
      row.value->setToolTip(tr("This version does not measure it"));
  }
  auto* all = new QPushButton(tr("All organs..."), figures_);
  all->setProperty("role", QStringLiteral("link"));
  grid->addWidget(all, grid->rowCount(), 0, 1, 2, Qt::AlignLeft);
  connect(all, &QPushButton::clicked, this, &MeasurePanel::allOrgansAsked);
  layout->addWidget(figures_);
  setState(std::nullopt);
}

QString MeasurePanel::emptyText() const { return empty_->isHidden() ? QString() : empty_->text(); }

void MeasurePanel::addRow(QGridLayout& grid, const QString& key, const QString& name) {
  const int line = static_cast<int>(rows_.size());
  Row row{key, dimLabel(name, this), new QLabel(this)};
  row.value->setAlignment(Qt::AlignRight);
  grid.addWidget(row.name, line, 0);
  grid.addWidget(row.value, line, 1);
  rows_.push_back(row);
}

void MeasurePanel::setRow(const QString& key, const QString& value, bool shown) {
  for (const Row& row : rows_) {
    if (row.key != key) continue;
    row.name->setVisible(shown);
    row.value->setVisible(shown);
    row.value->setText(shown ? value : QString());
  }
}

QString MeasurePanel::text(const QString& key) const {
  for (const Row& row : rows_) {
    if (row.key == key) return row.value->text();
  }
  return {};
}

/// What the revision did to the organ, where there was something to revise.
void MeasurePanel::showChange(const MeasureState& state) {
  const OrganStatus& status = state.status;
  const auto millilitres = [](double ml) { return tr("%1 mL").arg(ml, 0, 'f', 1); };
  const QString counting = tr("counting...");
  setRow(QStringLiteral("volume"), !state.hasLabels ? QStringLiteral("-")
                                   : state.counted  ? millilitres(status.volumeMl)
                                                    : counting);
  const bool changed = state.counted && status.voxelsAdded + status.voxelsRemoved > 0;
  const double change = status.volumeMl - status.volumeBeforeMl;
  setRow(QStringLiteral("volumeBefore"), millilitres(status.volumeBeforeMl), changed && state.hasStart);
  setRow(QStringLiteral("change"), tr("%1 mL").arg(signedText(change, 1)), changed && state.hasStart);
  setRow(QStringLiteral("voxels"), QStringLiteral("%1 / %2").arg(status.voxelsAdded).arg(status.voxelsRemoved),
         changed);
  for (const QString& notYet : {QStringLiteral("path"), QStringLiteral("shift")})
    setRow(notYet, QStringLiteral("-"), changed);
}

void MeasurePanel::showScores(const MeasureState& state) {
  const OrganStatus& status = state.status;
  const auto score = [](const std::optional<double>& dsc) {
    return dsc ? QString::number(*dsc, 'f', 3) : QStringLiteral("-");
  };
  const bool shown = state.hasReference && state.referenceShown;
  const bool both = status.dscBefore && status.dscAfter;
  const double change = both ? *status.dscAfter - *status.dscBefore : 0;
  setRow(QStringLiteral("before"), score(status.dscBefore), shown);
  setRow(QStringLiteral("after"), score(status.dscAfter), shown);
  setRow(QStringLiteral("dscChange"), signedText(change, 3), shown && both);
  const auto& expected = status.expectedDsc;
  const QString promise = expected ? QString::number(*expected, 'f', 2) : QString();
  setRow(QStringLiteral("expected"), promise, expected.has_value());
}

void MeasurePanel::setState(const std::optional<MeasureState>& state) {
  empty_->setVisible(!state || !state->hasLabels);
  empty_->setText(state ? tr("No contours yet: run a model, open a label map, or draw them.")
                        : tr("Volume, changes and time of the active organ. Open a case to see them."));
  organ_->setVisible(state.has_value());
  concerns_->setVisible(state && !state->status.concerns.empty());
  figures_->setVisible(state.has_value());
  if (!state) return;
  organ_->setText(QStringLiteral("<span style=\"color:%1\">&#9632;</span>&nbsp; %2")
                      .arg(state->colour.name(), state->organ.toHtmlEscaped()));
  QStringList concerns;
  for (const OrganConcern& concern : state->status.concerns) concerns += QString::fromStdString(concern.reason);
  concerns_->setText(concerns.join(QLatin1Char('\n')));
  showChange(*state);
  showScores(*state);
  setRow(QStringLiteral("time"), minutesText(state->status.activeSeconds));
  setRow(QStringLiteral("edits"), QString::number(state->status.edits));
  setRow(QStringLiteral("case"), minutesText(state->caseSeconds));
  setRow(QStringLiteral("undo"), QString::number(state->undoDepth));
}

}  // namespace recontour
