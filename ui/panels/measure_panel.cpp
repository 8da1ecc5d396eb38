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
  concerns_->setTextFormat(Qt::RichText);
  concerns_->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
  connect(concerns_, &QLabel::linkActivated, this,
          [this](const QString& number) { Q_EMIT concernClicked(number.toInt()); });
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
  addRow(*grid, QStringLiteral("path"), tr("path added"));
  addRow(*grid, QStringLiteral("shift"), tr("mean shift"));
  addRow(*grid, QStringLiteral("time"), tr("active time"));
  addRow(*grid, QStringLiteral("edits"), tr("edits"));
  for (const Row& row : rows_) {
    if (row.key == QLatin1String("path"))
      row.name->setToolTip(tr("Added path length: contour drawn in the axial slices that was not there at the start"));
    if (row.key == QLatin1String("shift"))
      row.name->setToolTip(tr("Mean distance between the surfaces at the start and now (ASSD)"));
  }
  auto* all = new QPushButton(tr("All organs..."), figures_);
  all->setProperty("role", QStringLiteral("link"));
  grid->addWidget(all, grid->rowCount(), 0, 1, 2, Qt::AlignLeft);
  connect(all, &QPushButton::clicked, this, &MeasurePanel::allOrgansAsked);
  layout->addWidget(figures_);
  promise_ = dimLabel({}, this);
  promise_->setWordWrap(true);
  layout->addWidget(promise_);
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

/// A warning a line; those with a place lead there.
void MeasurePanel::showConcerns(const MeasureState& state) {
  QStringList lines;
  const auto& concerns = state.status.concerns;
  for (std::size_t i = 0; i < concerns.size(); ++i) {
    QString line = QString::fromStdString(concerns[i].reason).toHtmlEscaped();
    if (!concerns[i].places.empty())
      line = QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a>").arg(i).arg(theme().warning.name(), line);
    if (state.place && state.place->first == i && concerns[i].places.size() > 1)
      line += tr(" (at %1 of %2)").arg(state.place->second + 1).arg(concerns[i].places.size());
    lines += QStringLiteral("&#8226; ") + line;
  }
  concerns_->setVisible(!lines.isEmpty());
  const QString text = lines.join(QStringLiteral("<br>"));
  if (concerns_->text() != text) concerns_->setText(text);  // or a link would lose the focus each second
}

/// What the revision did to the organ, where there was something to revise.
void MeasurePanel::showChange(const MeasureState& state) {
  const OrganStatus& status = state.status;
  const auto millilitres = [](double ml) { return tr("%1 mL").arg(ml, 0, 'f', 1); };
  const QString counting = tr("counting...");
  setRow(QStringLiteral("volume"), !state.hasLabels      ? QStringLiteral("-")
                                   : !state.counted      ? counting
                                   : status.volumeMl > 0 ? millilitres(status.volumeMl)
                                                         : tr("no contour"));
  const bool changed = state.counted && status.voxelsAdded + status.voxelsRemoved > 0;
  const double change = shownDifference(status.volumeBeforeMl, status.volumeMl, 1);
  setRow(QStringLiteral("volumeBefore"), millilitres(status.volumeBeforeMl), changed && state.hasStart);
  setRow(QStringLiteral("change"), tr("%1 mL").arg(signedText(change, 1)), changed && state.hasStart);
  setRow(QStringLiteral("voxels"), QStringLiteral("%1 / %2").arg(status.voxelsAdded).arg(status.voxelsRemoved),
         changed);
  setRow(QStringLiteral("path"), tr("%1 mm").arg(status.pathAddedMm, 0, 'f', 0), changed && state.hasStart);
  const QString shift =
      status.surfaceShiftMm ? tr("%1 mm").arg(*status.surfaceShiftMm, 0, 'f', 2) : QStringLiteral("-");
  setRow(QStringLiteral("shift"), shift, changed && state.hasStart);
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
  promise_->setVisible(expected.has_value());
  if (expected)
    promise_->setText(tr("The model's card: DSC %1 on other patients, not on this one.").arg(*expected, 0, 'f', 2));
}

void MeasurePanel::setState(const std::optional<MeasureState>& state) {
  empty_->setVisible(!state || !state->hasLabels);
  empty_->setText(state ? tr("No contours yet: run a model, open a label map, or draw them.")
                        : tr("Volume, changes and time of the active organ. Open a case to see them."));
  organ_->setVisible(state.has_value());
  figures_->setVisible(state.has_value());
  concerns_->setVisible(state.has_value());
  promise_->setVisible(false);
  if (!state) return;
  organ_->setText(QStringLiteral("<span style=\"color:%1\">&#9632;</span>&nbsp; %2")
                      .arg(state->colour.name(), state->organ.toHtmlEscaped()));
  showConcerns(*state);
  showChange(*state);
  showScores(*state);
  setRow(QStringLiteral("time"), minutesText(state->status.activeSeconds));
  setRow(QStringLiteral("edits"), QString::number(state->status.edits));
}

}  // namespace recontour
