#include "ui/panels/case_list.h"

#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kHeading = 46, kRow = 27, kEmpty = 46, kLongestList = 260;  // a short list leaves its room to the organs

QColor colourOf(WorkItem::State state) {
  if (state == WorkItem::State::Accepted) return theme().good;
  return state == WorkItem::State::Started ? theme().accent : theme().dim;
}

QIcon dotOf(WorkItem::State state) {
  QPixmap pixmap(16, 16);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(colourOf(state));
  if (state != WorkItem::State::Waiting) painter.setBrush(colourOf(state));
  painter.drawEllipse(QRectF(4.5, 4.5, 7, 7));
  return QIcon(pixmap);
}

QString textOf(const WorkItem& item, bool open) {
  const QString time = item.activeSeconds >= 1 ? QStringLiteral(" ") + minutesText(item.activeSeconds) : QString();
  if (item.state == WorkItem::State::Accepted) return CaseList::tr("accepted") + time;
  if (item.failed) return CaseList::tr("not readable");
  if (open) return CaseList::tr("open");
  return item.state == WorkItem::State::Started ? CaseList::tr("started") + time : CaseList::tr("waiting");
}

}  // namespace

CaseList::CaseList(QWidget* parent) : QWidget(parent) {
  setProperty("role", QStringLiteral("panel"));
  setAttribute(Qt::WA_StyledBackground);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 10, 4, 8);
  layout->addWidget(headingLabel(tr("Cases"), this));
  list_ = new QTreeWidget(this);
  list_->setObjectName(QStringLiteral("cases"));
  list_->setColumnCount(2);
  list_->setHeaderHidden(true);
  list_->setRootIsDecorated(false);
  list_->setIndentation(0);
  list_->setAccessibleName(tr("Cases"));
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  empty_ = makeEmpty();
  layout->addWidget(empty_);
  layout->addWidget(list_, 1);
  const auto choose = [this](QTreeWidgetItem* item) { Q_EMIT caseChosen(list_->indexOfTopLevelItem(item)); };
  connect(list_, &QTreeWidget::itemActivated, this, choose);
  connect(list_, &QTreeWidget::itemClicked, this, choose);
  setCases({}, -1);
}

QWidget* CaseList::makeEmpty() {
  auto* empty = new QWidget(this);
  auto* layout = new QVBoxLayout(empty);
  layout->setContentsMargins(0, 0, 8, 0);
  layout->setSpacing(2);
  auto* what = dimLabel(tr("A folder of CTs becomes a list to work through."), empty);
  what->setWordWrap(true);
  auto* open = new QPushButton(tr("Open a folder..."), empty);
  open->setProperty("role", QStringLiteral("link"));
  layout->addWidget(what);
  layout->addWidget(open, 0, Qt::AlignLeft);
  connect(open, &QPushButton::clicked, this, &CaseList::folderAsked);
  return empty;
}

bool CaseList::isEmpty() const { return !empty_->isHidden(); }

void CaseList::setCases(const std::vector<WorkItem>& cases, int current) {
  list_->clear();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const bool open = static_cast<int>(i) == current;
    auto* row = new QTreeWidgetItem(list_, {QString::fromStdString(cases[i].name), textOf(cases[i], open)});
    row->setIcon(0, dotOf(cases[i].state));
    row->setToolTip(0, QString::fromStdString(cases[i].path.string()));
    row->setForeground(1, theme().dim);
    row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    if (open) list_->setCurrentItem(row);
  }
  empty_->setVisible(cases.empty());
  list_->setVisible(!cases.empty());
  const int content = cases.empty() ? kEmpty : kRow * static_cast<int>(cases.size());
  setFixedHeight(std::min(kLongestList, kHeading + content));
}

QString CaseList::stateText(int number) const { return list_->topLevelItem(number)->text(1); }

}  // namespace recontour
