#include "ui/panels/scribble_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/panels/coverage_strip.h"
#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kWidthSteps = 2;  // of the slider to a mm
constexpr double kThinnestMm = 0.5, kThickestMm = 10;
constexpr std::size_t kConflictsShown = 8;

QString percent(const std::optional<double>& ratio, int digits) {
  return ratio ? QStringLiteral("%1 %").arg(100 * *ratio, 0, 'f', digits) : QStringLiteral("-");
}

QString link(const QString& target, const QString& text) {
  return QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a>").arg(target, theme().accent.name(), text);
}

}  // namespace

ScribblePanel::ScribblePanel(QWidget* parent) : Section(tr("Scribble"), parent) {
  buildPen();
  bodyLayout()->addWidget(headingLabel(tr("Coverage"), this));
  strip_ = new CoverageStrip(this);
  bodyLayout()->addWidget(strip_);
  connect(strip_, &CoverageStrip::sliceChosen, this, &ScribblePanel::sliceChosen);
  buildFigures();
  buildSuggested();
  buildAuthors();
  buildButtons();
  setBrush({});
  showCoverage({});
  showSuggested({});
  showAuthors({}, {}, {});
}

void ScribblePanel::buildPen() {
  auto* grid = new QGridLayout;  // two by two: four in a row are too wide for a narrow dock
  grid->setSpacing(1);
  tools_ = new QButtonGroup(this);
  const auto add = [&](Scribbling::Tool tool, const QString& text, const QString& tip) {
    auto* button = new QPushButton(text, this);
    button->setProperty("role", QStringLiteral("segment"));
    button->setCheckable(true);
    button->setToolTip(tip);
    tools_->addButton(button, static_cast<int>(tool));
    grid->addWidget(button, static_cast<int>(tool) / 2, static_cast<int>(tool) % 2);
  };
  add(Scribbling::Tool::Draw, tr("draw"), tr("Strokes of the active organ; right button: background"));
  add(Scribbling::Tool::Erase, tr("erase"), tr("Takes away what it goes over; so does Ctrl while drawing"));
  add(Scribbling::Tool::Cut, tr("cut"), tr("A click makes two strokes of one"));
  add(Scribbling::Tool::Organ, tr("organ"), tr("A click gives a stroke to the active organ; right button: background"));
  bodyLayout()->addLayout(grid);
  auto* line = new QHBoxLayout;
  widthText_ = new QLabel(this);
  line->addWidget(new QLabel(tr("Width"), this));
  line->addStretch(1);
  line->addWidget(widthText_);
  bodyLayout()->addLayout(line);
  width_ = new QSlider(Qt::Horizontal, this);
  width_->setRange(static_cast<int>(kThinnestMm * kWidthSteps), static_cast<int>(kThickestMm * kWidthSteps));
  width_->setAccessibleName(tr("Width of a stroke"));
  bodyLayout()->addWidget(width_);
  connect(tools_, &QButtonGroup::idClicked, this, [this](int tool) {
    brush_.tool = static_cast<Scribbling::Tool>(tool);
    Q_EMIT brushChanged(brush_);
  });
  connect(width_, &QSlider::valueChanged, this, [this](int value) {
    brush_.radiusMm = value / (2.0 * kWidthSteps);
    Q_EMIT brushChanged(brush_);
  });
}

void ScribblePanel::buildFigures() {
  auto* coverage = new QGridLayout;
  addRow(*coverage, QStringLiteral("slices"), tr("slices with strokes"));
  addRow(*coverage, QStringLiteral("without"), tr("organs without"));
  addRow(*coverage, QStringLiteral("background"), tr("background strokes"));
  bodyLayout()->addLayout(coverage);
  bodyLayout()->addWidget(headingLabel(tr("Cost so far"), this));
  cost_ = new QLabel(this);
  QFont large = cost_->font();
  large.setPixelSize(28);
  cost_->setFont(large);
  bodyLayout()->addWidget(cost_);
  costNote_ = dimLabel({}, this);
  costNote_->setWordWrap(true);
  bodyLayout()->addWidget(costNote_);
  auto* costs = new QGridLayout;
  addRow(*costs, QStringLiteral("total"), tr("all voxels"));
  addRow(*costs, QStringLiteral("sliceRatio"), tr("slices with organs"));
  addRow(*costs, QStringLiteral("strokes"), tr("strokes"));
  addRow(*costs, QStringLiteral("length"), tr("length"));
  addRow(*costs, QStringLiteral("time"), tr("time"));
  bodyLayout()->addLayout(costs);
}

void ScribblePanel::buildSuggested() {
  bodyLayout()->addWidget(headingLabel(tr("Suggested slices"), this));
  suggested_ = new QLabel(this);
  suggested_->setWordWrap(true);
  suggested_->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
  bodyLayout()->addWidget(suggested_);
  connect(suggested_, &QLabel::linkActivated, this, [this](const QString& target) {
    if (target.isEmpty())
      Q_EMIT suggestAsked();
    else
      Q_EMIT sliceChosen(target.toInt());
  });
}

void ScribblePanel::buildAuthors() {
  authorPart_ = new QWidget(this);
  auto* layout = new QVBoxLayout(authorPart_);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(headingLabel(tr("Authors"), this));
  authors_ = new QComboBox(this);
  authors_->setAccessibleName(tr("Whose strokes are seen"));
  layout->addWidget(authors_);
  auto* agreement = new QComboBox(this);
  agreement->setAccessibleName(tr("How strokes of several authors are saved as one map"));
  agreement->addItem(tr("Saved: what anybody drew"));
  agreement->addItem(tr("Saved: what all drew alike"));
  agreement->setToolTip(tr("Where two say different things, neither is saved"));
  for (QComboBox* box : {authors_, agreement}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
  }
  layout->addWidget(agreement);
  conflicts_ = new QLabel(this);
  conflicts_->setWordWrap(true);
  conflicts_->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
  layout->addWidget(conflicts_);
  bodyLayout()->addWidget(authorPart_);
  connect(authors_, &QComboBox::activated, this, [this] { Q_EMIT authorChosen(authors_->currentData().toString()); });
  connect(agreement, &QComboBox::activated, this,
          [this](int number) { Q_EMIT agreementChosen(number == 0 ? Agreement::Union : Agreement::Intersection); });
  connect(conflicts_, &QLabel::linkActivated, this, [this](const QString& target) {
    const auto number = target.toUInt();
    if (number < conflictPlaces_.size()) Q_EMIT placeChosen(conflictPlaces_[number]);
  });
}

void ScribblePanel::buildButtons() {
  const auto add = [this](const QString& text, const QString& tip, void (ScribblePanel::*call)()) {
    auto* button = new QPushButton(text, this);
    button->setToolTip(tip);
    bodyLayout()->addWidget(button);
    connect(button, &QPushButton::clicked, this, call);
    return button;
  };
  add(tr("Contours from this slice"),
      tr("What lies near the strokes of the active view's slice is shared out between them"),
      &ScribblePanel::fillAsked);
  add(tr("Strokes from corrections"), tr("A line through each region that you added or took away"),
      &ScribblePanel::correctionsAsked);
  ofOthers_ = {add(tr("Add strokes..."), tr("Of another reader, from a scribbles.json"), &ScribblePanel::addAsked),
               add(tr("Save strokes..."), tr("As scribbles.json, or as a label map with 255 where there is none"),
                   &ScribblePanel::saveAsked),
               add(tr("Export for training..."), tr("As nnU-Net, WORD, PyMIC, WSL4MIS and MONAI read them"),
                   &ScribblePanel::exportAsked)};
  add(tr("Back to contours"), tr("The strokes stay beside them"), &ScribblePanel::ended);
  auto* hint = dimLabel(tr("Tab: next organ without a stroke. Right button: background. Ctrl: erase."), this);
  hint->setWordWrap(true);
  bodyLayout()->addWidget(hint);
}

void ScribblePanel::addRow(QGridLayout& grid, const QString& key, const QString& name) {
  const int line = grid.rowCount();
  auto* value = new QLabel(this);
  value->setAlignment(Qt::AlignRight);
  grid.addWidget(dimLabel(name, this), line, 0);
  grid.addWidget(value, line, 1);
  rows_[key] = value;
}

void ScribblePanel::setRow(const QString& key, const QString& value, bool warns) {
  rows_.at(key)->setText(value);
  rows_.at(key)->setStyleSheet(warns ? QStringLiteral("color:%1").arg(theme().warning.name()) : QString());
}

QString ScribblePanel::text(const QString& key) const {
  if (key == QLatin1String("fg")) return cost_->text();
  const auto row = rows_.find(key);
  return row == rows_.end() ? QString() : row->second->text();
}

QString ScribblePanel::organName(Label label) const {
  const Organ* organ = organs_.find(label);
  return label == 0         ? tr("background")
         : organ != nullptr ? QString::fromStdString(organ->name)
                            : QString::number(label);
}

QColor ScribblePanel::colourOf(Label label) const {
  const Organ* organ = organs_.find(label);
  if (organ == nullptr) return theme().text;
  return {organ->displayColour[0], organ->displayColour[1], organ->displayColour[2]};
}

void ScribblePanel::setBrush(const Scribbling::Brush& brush) {
  const QSignalBlocker quiet(width_);
  brush_ = brush;
  tools_->button(static_cast<int>(brush.tool))->setChecked(true);
  width_->setValue(static_cast<int>(std::lround(brush.radiusMm * 2 * kWidthSteps)));
  widthText_->setText(tr("%1 mm").arg(2 * brush.radiusMm, 0, 'f', 1));
}

void ScribblePanel::showCoverage(const ScribbleCoverage& coverage) {
  std::vector<CoverageStrip::Tick> ticks;
  for (const auto& [slice, labels] : coverage.slices) {
    ticks.push_back({slice, {}});
    for (const Label label : labels) ticks.back().colours.push_back(colourOf(label));
  }
  strip_->setTicks(coverage.sliceCount, ticks);
  int strokes = 0;
  for (const auto& [label, count] : coverage.strokes) strokes += count;
  const auto background = coverage.strokes.find(0);
  const int backgrounds = background == coverage.strokes.end() ? 0 : background->second;
  const auto open = static_cast<int>(coverage.without.size());
  setRow(QStringLiteral("slices"), tr("%1 of %2").arg(coverage.slices.size()).arg(coverage.sliceCount));
  setRow(QStringLiteral("without"), tr("%1 of %2").arg(open).arg(organs_.organs().size()), open > 0);
  setRow(QStringLiteral("background"), QString::number(backgrounds), backgrounds == 0);
  const ScribbleCost& cost = coverage.cost;
  cost_->setText(percent(cost.foregroundRatio(), 1));
  costNote_->setText(cost.foregroundRatio()
                         ? tr("of the contours' voxels have a stroke of their organ: WORD's \"less than 4 %\"")
                         : tr("There are no contours to compare with."));
  setRow(QStringLiteral("total"), percent(cost.totalRatio(), 3));
  setRow(QStringLiteral("sliceRatio"), percent(cost.sliceRatio(), 0));
  setRow(QStringLiteral("strokes"), QString::number(strokes));
  setRow(QStringLiteral("length"), tr("%1 cm").arg(coverage.lengthMm / 10, 0, 'f', 1));
}

void ScribblePanel::showSeconds(double active) {
  setRow(QStringLiteral("time"), showsTime_ ? minutesText(active) : QStringLiteral("-"));
}

void ScribblePanel::setInStudy(bool withTime) {
  showsTime_ = withTime;
  for (QPushButton* button : ofOthers_) button->hide();
}

void ScribblePanel::showSuggested(const std::vector<SuggestedSlice>& slices) {
  QStringList lines;
  for (const SuggestedSlice& one : slices) {
    QStringList names;
    for (const Label organ : one.organs) names << organName(organ);
    lines << link(QString::number(one.slice), tr("z %1").arg(one.slice + 1)) + QStringLiteral("&nbsp; ") +
                 names.join(QStringLiteral(", ")).toHtmlEscaped();
  }
  const QString again = slices.empty() ? tr("Suggest slices") : tr("Suggest again");
  suggested_->setText((lines << link({}, again)).join(QStringLiteral("<br>")));
}

void ScribblePanel::showAuthors(const std::vector<std::string>& authors, const std::optional<std::string>& shown,
                                const std::vector<StrokeConflict>& conflicts) {
  authorPart_->setVisible(authors.size() > 1);
  authors_->clear();
  authors_->addItem(tr("Strokes of all"), QString());
  for (const std::string& author : authors) {
    const QString name = QString::fromStdString(author);
    authors_->addItem(tr("Strokes of %1 alone").arg(name), name);
  }
  authors_->setCurrentIndex(std::max(0, authors_->findData(QString::fromStdString(shown.value_or("")))));
  QStringList lines;
  conflictPlaces_.clear();
  for (const StrokeConflict& one : conflicts) {
    conflictPlaces_.push_back(one.centreMm);
    if (conflictPlaces_.size() > kConflictsShown) continue;
    const QString text = tr("z %1: %2 %3, %4 %5")
                             .arg(one.axialSlice + 1)
                             .arg(QString::fromStdString(one.firstAuthor), organName(one.firstLabel),
                                  QString::fromStdString(one.secondAuthor), organName(one.secondLabel));
    lines << link(QString::number(conflictPlaces_.size() - 1), text.toHtmlEscaped());
  }
  if (conflicts.size() > kConflictsShown) lines << tr("and %1 more").arg(conflicts.size() - kConflictsShown);
  conflicts_->setText(lines.isEmpty() ? tr("They nowhere say different things.")
                                      : tr("Different things are said at") + QStringLiteral("<br>") +
                                            lines.join(QStringLiteral("<br>")));
}

}  // namespace recontour
