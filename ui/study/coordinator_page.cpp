#include "ui/study/coordinator_page.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"
#include "ui/study/flag_list.h"
#include "ui/study/organ_bars.h"
#include "ui/study/reading_table.h"
#include "ui/study/study_steps.h"
#include "ui/study/study_texts.h"
#include "ui/study/study_tile.h"

namespace recontour {
namespace {

constexpr int kMargin = 16, kSlack = 4, kLeastTable = 110, kPanelsHeight = 230;

QString minutes(double value) { return QStringLiteral("%1 min").arg(value, 0, 'f', 1); }
QString change(double value) { return signedText(value, 3); }

/// Bars that scroll where there are more organs than fit.
QWidget* scrolled(QWidget* inside) {
  auto* area = new QScrollArea;
  area->setWidget(inside);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return area;
}

QPushButton* segment(const QString& text, QWidget* parent) {
  auto* button = new QPushButton(text, parent);
  button->setProperty("role", QStringLiteral("segment"));
  button->setCheckable(true);
  return button;
}

}  // namespace

CoordinatorPage::CoordinatorPage(QWidget* parent) : QWidget(parent) {
  setProperty("role", QStringLiteral("studyPage"));
  setAttribute(Qt::WA_StyledBackground);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  layout->setSpacing(12);
  layout->addWidget(makeTiles());
  middle_ = new QStackedWidget(this);
  middle_->addWidget(makeTable());
  QVBoxLayout* draft = nullptr;
  middle_->addWidget(studyCard(tr("What the draft lacks"), draft, this));
  missing_ = new QLabel(this);
  missing_->setWordWrap(true);
  missing_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  missing_->setAlignment(Qt::AlignTop);
  draft->addWidget(missing_, 1);
  layout->addWidget(middle_);
  layout->addWidget(makePanels(), 1);
}

QWidget* CoordinatorPage::makeTiles() {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(12);
  for (const QString& caption :
       {tr("sessions done"), tr("active minutes a case"), tr("organs edited"), tr("flags"), tr("chains")}) {
    tiles_.push_back(new StudyTile(caption, row));
    layout->addWidget(tiles_.back(), 1);
  }
  tile(kChains).show(QStringLiteral("-"), tr("not verified yet"));
  return row;
}

QWidget* CoordinatorPage::makeTable() {
  QVBoxLayout* layout = nullptr;
  tableCard_ = studyCard({}, layout, this);
  auto* head = new QHBoxLayout;
  auto* title = headingLabel(tr("Reader x case: active minutes"), tableCard_);
  QFont font = title->font();
  font.setBold(true);
  title->setFont(font);
  byCase_ = segment(tr("by case"), tableCard_);
  byOrder_ = segment(tr("in each reader's order"), tableCard_);
  head->addWidget(title);
  head->addStretch(1);
  head->setSpacing(0);
  head->addWidget(byCase_);
  head->addWidget(byOrder_);
  layout->addLayout(head);
  table_ = new ReadingTable(tableCard_);
  layout->setSpacing(4);
  layout->addWidget(table_, 1);
  connect(table_, &ReadingTable::readingChosen, this, &CoordinatorPage::readingChosen);
  connect(byCase_, &QPushButton::clicked, this, [this] { setColumns(ReadingColumns::Cases); });
  connect(byOrder_, &QPushButton::clicked, this, [this] { setColumns(ReadingColumns::Order); });
  setColumns(ReadingColumns::Cases);
  return tableCard_;
}

QWidget* CoordinatorPage::makePanels() {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(12);
  QVBoxLayout* inside = nullptr;
  layout->addWidget(studyCard(tr("Active time by organ (look-back)"), inside, row), 1);
  times_ = new OrganBars(minutes);
  inside->addWidget(scrolled(times_), 1);
  layout->addWidget(studyCard(tr("Change of DSC by organ"), inside, row), 1);
  sealed_ = new QStackedWidget(row);
  auto* text = dimLabel({}, row);
  text->setObjectName(QStringLiteral("sealed"));
  text->setAlignment(Qt::AlignCenter);
  changes_ = new OrganBars(change);
  sealed_->addWidget(text);
  sealed_->addWidget(scrolled(changes_));
  inside->addWidget(sealed_, 1);
  layout->addWidget(studyCard(tr("Flags"), inside, row), 1);
  flags_ = new FlagList(row);
  inside->addWidget(flags_, 1);
  connect(flags_, &FlagList::readingChosen, this, &CoordinatorPage::readingChosen);
  row->setMinimumHeight(std::max(kPanelsHeight, row->minimumSizeHint().height()));
  panels_ = row;
  return row;
}

void CoordinatorPage::setColumns(ReadingColumns columns) {
  columns_ = columns;
  byCase_->setChecked(columns == ReadingColumns::Cases);
  byOrder_->setChecked(columns == ReadingColumns::Order);
  table_->show(overview_.snapshot, columns_);
  fitTable();
}

/// The table is as high as its readers, but leaves room for the panels below.
void CoordinatorPage::fitTable() {
  if (tiles_.empty() || middle_ == nullptr) return;
  const int around = tableCard_->layout()->sizeHint().height() - table_->sizeHint().height();
  const int wanted = around + table_->linesHeight(static_cast<int>(table_->grid().lines.size()));
  const int tiles = tiles_.front()->parentWidget()->sizeHint().height();
  const int panels = panels_ == nullptr ? 0 : std::max(panels_->minimumHeight(), panels_->minimumSizeHint().height());
  const int room = height() - 2 * kMargin - 2 * layout()->spacing() - tiles - panels;
  middle_->setFixedHeight(std::clamp(wanted + kSlack, kLeastTable, std::max(kLeastTable, room)));
}

void CoordinatorPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitTable();
}

bool CoordinatorPage::isSealed() const { return sealed_->currentIndex() == 0; }
QString CoordinatorPage::missingText() const { return middle_->currentIndex() == 1 ? missing_->text() : QString(); }

void CoordinatorPage::show(StudyOverview overview) {
  overview_ = std::move(overview);
  const bool isDraft = overview_.snapshot.stage == StudyStage::Draft;
  middle_->setCurrentIndex(isDraft ? 1 : 0);
  table_->show(overview_.snapshot, columns_);
  showTiles();
  if (isDraft) showDraft();
  times_->setFigures(overview_.times);
  changes_->setFigures(overview_.snapshot.changes);
  const bool isClosed = overview_.snapshot.stage >= StudyStage::Closed;
  sealed_->setCurrentIndex(isClosed && !overview_.snapshot.changes.empty() ? 1 : 0);
  findChild<QLabel*>(QStringLiteral("sealed"))
      ->setText(isClosed ? tr("No figures yet: Close and report makes them.\nThey need references.")
                         : tr("Sealed until the study is closed.\nThe protocol hides truth from everyone but the "
                              "store."));
  flags_->show(overview_.flags);
  fitTable();
}

void CoordinatorPage::showTiles() {
  const StudySnapshot& snapshot = overview_.snapshot;
  const QString none = QStringLiteral("-");
  const auto figure = [&](const std::optional<double>& value) {
    return value ? QString::number(*value, 'f', 1) : none;
  };
  const QString end = overview_.expectedEndMs ? dayText(*overview_.expectedEndMs, snapshot.nowWallMs) : none;
  tile(kSessions).show(overview_.all == 0 ? none : QStringLiteral("%1 / %2").arg(overview_.done).arg(overview_.all),
                       snapshot.stage >= StudyStage::Closed ? tr("closed") : tr("expected end: %1").arg(end),
                       tr("At the readers' pace so far; known once each has three readings"));
  const auto active = overview_.activeS ? std::optional(*overview_.activeS / 60) : std::nullopt;
  tile(kActive).show(figure(active),
                     tr("median, idle limit %1 s").arg(snapshot.protocol.analysis.primaryIdleLimitS, 0, 'g', 4));
  const auto organs = snapshot.protocol.organs.size();
  tile(kEdited).show(overview_.edited ? tr("%1 of %2").arg(figure(overview_.edited)).arg(organs) : none,
                     tr("per session, median"));
  if (doneAtCheck_ >= 0 && doneAtCheck_ != overview_.done)
    tile(kChains).show(tile(kChains).figure(), tr("readings came in since; verify again"));
  tile(kFlags).show(QString::number(overview_.flags.size()), flagCounts(overview_));
}

void CoordinatorPage::showDraft() {
  QStringList lines;
  for (const std::string& one : overview_.snapshot.missing) lines << QStringLiteral("\u2022  ") + shown(one);
  if (lines.isEmpty())
    lines << tr(
        "Nothing. It can be frozen: Study > Freeze. Readers can begin then, and cases, arms, readers and "
        "the order stay as they are.");
  else
    lines << QString() << tr("The menu Study imports cases, start maps and readers; then it freezes.");
  missing_->setText(lines.join(QLatin1Char('\n')));
}

void CoordinatorPage::showCheck(const StudyCheck& check) {
  const auto broken = static_cast<int>(check.broken.size());
  doneAtCheck_ = overview_.done;
  QStringList lines;
  for (const std::string& one : check.broken) lines << shown(one);
  tile(kChains).show(tr("%1 of %2 hold").arg(check.whole).arg(check.whole + broken),
                     broken == 0 ? tr("receipts match") : tr("%n to look at", nullptr, broken),
                     lines.join(QLatin1Char('\n')));
  tile(kChains).setFailed(broken > 0);
}

}  // namespace recontour
