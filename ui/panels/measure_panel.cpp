#include "ui/panels/measure_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/panels/theme.h"

namespace recontour {

MeasurePanel::MeasurePanel(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 10, 12, 10);
  layout->setSpacing(8);
  layout->addWidget(headingLabel(tr("Measure"), this));
  empty_ = dimLabel(tr("Volume, time and edits of the active organ appear with a case."), this);
  empty_->setWordWrap(true);
  layout->addWidget(empty_);
  organ_ = new QLabel(this);
  organ_->setTextFormat(Qt::RichText);
  layout->addWidget(organ_);
  concerns_ = new QLabel(this);
  concerns_->setProperty("role", QStringLiteral("warning"));
  concerns_->setWordWrap(true);
  layout->addWidget(concerns_);
  body_ = new QWidget(this);
  auto* grid = new QGridLayout(body_);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setVerticalSpacing(4);
  grid->setColumnStretch(0, 1);
  addRow(*grid, QStringLiteral("volume"), tr("volume"));
  addRow(*grid, QStringLiteral("before"), tr("DSC before"));
  addRow(*grid, QStringLiteral("after"), tr("DSC after"));
  addRow(*grid, QStringLiteral("expected"), tr("DSC by the card"));
  addRow(*grid, QStringLiteral("time"), tr("active time"));
  addRow(*grid, QStringLiteral("edits"), tr("edits"));
  addRow(*grid, QStringLiteral("case"), tr("time, whole case"));
  addRow(*grid, QStringLiteral("undo"), tr("undo steps"));
  layout->addWidget(body_);
  setState(std::nullopt);
}

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

void MeasurePanel::showScores(const MeasureState& state) {
  const auto score = [](const std::optional<double>& dsc) {
    return dsc ? QString::number(*dsc, 'f', 3) : QStringLiteral("-");
  };
  const bool shown = state.hasReference && state.referenceShown;
  setRow(QStringLiteral("before"), score(state.status.dscBefore), shown);
  setRow(QStringLiteral("after"), score(state.status.dscAfter), shown);
  const auto& expected = state.status.expectedDsc;
  const QString promise = expected ? QString::number(*expected, 'f', 2) : QString();
  setRow(QStringLiteral("expected"), promise, expected.has_value());
}

void MeasurePanel::setState(const std::optional<MeasureState>& state) {
  empty_->setVisible(!state);
  organ_->setVisible(state.has_value());
  concerns_->setVisible(state && !state->status.concerns.empty());
  body_->setVisible(state.has_value());
  if (!state) return;
  organ_->setText(QStringLiteral("<span style=\"color:%1\">&#9632;</span>&nbsp; %2")
                      .arg(state->colour.name(), state->organ.toHtmlEscaped()));
  QStringList concerns;
  for (const OrganConcern& concern : state->status.concerns) concerns += QString::fromStdString(concern.reason);
  concerns_->setText(concerns.join(QLatin1Char('\n')));
  const QString volume = tr("%1 mL").arg(state->status.volumeMl, 0, 'f', 1);
  setRow(QStringLiteral("volume"), state->hasLabels ? volume : QStringLiteral("-"));
  showScores(*state);
  setRow(QStringLiteral("time"), minutesText(state->status.activeSeconds));
  setRow(QStringLiteral("edits"), QString::number(state->status.edits));
  setRow(QStringLiteral("case"), minutesText(state->caseSeconds));
  setRow(QStringLiteral("undo"), QString::number(state->undoDepth));
}

}  // namespace recontour
