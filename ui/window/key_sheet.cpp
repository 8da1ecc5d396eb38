#include "ui/window/key_sheet.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <array>
#include <span>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kColumns = 3, kColumnGap = 36, kKeyGap = 16, kRowGap = 1;

struct SheetLine {
  const char* sign;  ///< or gesture
  const char* what;
};

// QT_TR_NOOP marks the texts for translation; they are looked up when the sheet is shown.
constexpr std::array<SheetLine, 16> kSheetLines = {{
    {QT_TR_NOOP("left drag"), QT_TR_NOOP("what the tool does")},
    {QT_TR_NOOP("right drag, Ctrl + left drag"), QT_TR_NOOP("erase (brush, eraser)")},
    {QT_TR_NOOP("right drag"), QT_TR_NOOP("zoom (other tools)")},
    {QT_TR_NOOP("right click, Menu key"), QT_TR_NOOP("what a picture or an organ can do")},
    {QT_TR_NOOP("middle drag, Shift + left drag"), QT_TR_NOOP("pan")},
    {QT_TR_NOOP("Ctrl + right drag"), QT_TR_NOOP("window and level")},
    {QT_TR_NOOP("Alt + click"), QT_TR_NOOP("the organ under the pointer")},
    {QT_TR_NOOP("Shift + move"), QT_TR_NOOP("all views go to the pointer")},
    {QT_TR_NOOP("wheel"), QT_TR_NOOP("slices")},
    {QT_TR_NOOP("Ctrl + wheel"), QT_TR_NOOP("zoom")},
    {QT_TR_NOOP("Shift + wheel"), QT_TR_NOOP("brush size")},
    {QT_TR_NOOP("double click"), QT_TR_NOOP("maximise or restore (no paint tool)")},
    {QT_TR_NOOP("arrows"), QT_TR_NOOP("slices; with the crosshair tool the crosshair")},
    {QT_TR_NOOP("Shift + arrows"), QT_TR_NOOP("the crosshair by five voxels")},
    {QT_TR_NOOP("Home, End"), QT_TR_NOOP("first, last slice")},
    {QT_TR_NOOP("F"), QT_TR_NOOP("fit this view")},
}};

constexpr std::array<SheetLine, 9> kSignLines = {{
    {QT_TR_NOOP("hollow, half dot"), QT_TR_NOOP("not all, all slices of the organ viewed")},
    {QT_TR_NOOP("full dot"), QT_TR_NOOP("edited")},
    {QT_TR_NOOP("tick, bar"), QT_TR_NOOP("done: accepted, no contour for a reason")},
    {QT_TR_NOOP("full triangle"), QT_TR_NOOP("serious: side, volume, no contour, islands from 5 %")},
    {QT_TR_NOOP("hollow triangle"), QT_TR_NOOP("slight: smaller islands, scan edge")},
    {QT_TR_NOOP("strip in a slider"), QT_TR_NOOP("slices of the active organ")},
    {QT_TR_NOOP("blue in a slider"), QT_TR_NOOP("slices that were edited")},
    {QT_TR_NOOP("dashed outline"), QT_TR_NOOP("reference, or a contour that is offered")},
    {QT_TR_NOOP("dashed frame in 3D"), QT_TR_NOOP("the slice goes on beyond it")},
}};

struct Section {
  QString heading;
  std::vector<std::pair<QString, QString>> lines;  ///< keys or gesture, what it does
  std::size_t height() const { return lines.size() + 2; }
};

QString text(const char* source) { return QCoreApplication::translate("recontour", source); }

QString keysOf(const QAction& action) {
  QStringList keys;
  for (const QKeySequence& key : action.shortcuts()) keys << key.toString(QKeySequence::NativeText);
  return keys.join(QStringLiteral("   "));
}

Section sectionOf(const QString& heading, std::span<const SheetLine> lines) {
  Section section{heading, {}};
  for (const SheetLine& line : lines) section.lines.emplace_back(text(line.sign), text(line.what));
  return section;
}

/// Commands without a key are left out: they are in the menus.
Section sectionOf(const CommandGroup& group) {
  Section section{group.heading, {}};
  for (const Command& command : group.commands) {
    if (command.action->shortcuts().isEmpty()) continue;
    section.lines.emplace_back(keysOf(*command.action), QString(command.action->text()).remove(QLatin1Char('&')));
  }
  return section;
}

void addSection(QGridLayout& grid, const Section& section, QWidget* parent) {
  int row = grid.rowCount();
  grid.addWidget(headingLabel(section.heading, parent), row++, 0, 1, 2);
  for (const auto& [keys, what] : section.lines) {
    grid.addWidget(new QLabel(keys, parent), row, 0);
    grid.addWidget(dimLabel(what, parent), row++, 1);
  }
  grid.setRowMinimumHeight(row, 2 * kRowGap);
}

QGridLayout* addColumn(QHBoxLayout& row) {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(kKeyGap);
  grid->setVerticalSpacing(kRowGap);
  auto* column = new QVBoxLayout;
  column->addLayout(grid);
  column->addStretch(1);
  row.addLayout(column);
  return grid;
}

}  // namespace

void showKeySheet(const std::vector<CommandGroup>& commands, QWidget* parent) {
  auto* dialog = new QDialog(parent);
  dialog->setObjectName(QStringLiteral("keySheet"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(text("Keys and mouse"));
  std::vector<Section> sections = {sectionOf(text("Mouse and arrows"), kSheetLines),
                                   sectionOf(text("Signs"), kSignLines)};
  std::size_t height = sections[0].height() + sections[1].height();
  for (const CommandGroup& group : commands) height += sections.emplace_back(sectionOf(group)).height();
  auto* row = new QHBoxLayout(dialog);
  row->setSpacing(kColumnGap);
  QGridLayout* column = addColumn(*row);
  std::size_t filled = 0;
  for (const Section& section : sections) {
    const bool full = filled + section.height() / 2 > height / kColumns;
    if (full) column = addColumn(*row);
    filled = (full ? 0 : filled) + section.height();
    addSection(*column, section, dialog);
  }
  dialog->show();
}

}  // namespace recontour
