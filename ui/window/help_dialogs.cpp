#include "ui/window/help_dialogs.h"

#include <QCoreApplication>
#include <QDialog>
#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <array>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

struct KeyLine {
  const char* keys;
  const char* what;
};

// QT_TR_NOOP marks the texts for translation; they are looked up when the sheet is shown.
constexpr std::array<KeyLine, 28> kKeyLines = {{
    {"1  2  3", QT_TR_NOOP("browse, brush, eraser")},
    {"[  ]  or Shift + wheel", QT_TR_NOOP("brush size")},
    {"B", QT_TR_NOOP("disc or ball")},
    {"Ctrl + stroke", QT_TR_NOOP("erase with the brush")},
    {"Escape", QT_TR_NOOP("give up the stroke")},
    {"Ctrl+Z, Z", QT_TR_NOOP("undo")},
    {"Ctrl+Shift+Z, Ctrl+Y, Y", QT_TR_NOOP("redo")},
    {"Alt+1 ... Alt+9", QT_TR_NOOP("organ by its place in the list")},
    {"Q  W", QT_TR_NOOP("previous, next organ")},
    {"C", QT_TR_NOOP("centre the views on the active organ")},
    {"L", QT_TR_NOOP("lock or unlock the active organ")},
    {"wheel, Up, Down", QT_TR_NOOP("slices; Page Up and Page Down go by five")},
    {"Ctrl + wheel, Ctrl + right drag", QT_TR_NOOP("zoom")},
    {"T", QT_TR_NOOP("take the model's contour over for an organ that was edited before it came")},
    {"middle drag", QT_TR_NOOP("pan")},
    {"right drag", QT_TR_NOOP("window and level")},
    {"Ctrl+1 ... Ctrl+5", QT_TR_NOOP("window: abdomen, liver, lung, bone, soft tissue")},
    {"Shift + move", QT_TR_NOOP("all views go to the pointer")},
    {"F", QT_TR_NOOP("fit this view")},
    {"R", QT_TR_NOOP("fit all views")},
    {"double click (browse), Ctrl+M", QT_TR_NOOP("maximise or restore a view")},
    {"|", QT_TR_NOOP("next arrangement of the views")},
    {"X, Shift+X", QT_TR_NOOP("texts, crosshair off and on")},
    {"S or G", QT_TR_NOOP("hide or show labels")},
    {"O, A, D", QT_TR_NOOP("outline only, less fill, more fill")},
    {"Ctrl+S", QT_TR_NOOP("save the label map as a file")},
    {"Ctrl+Return, Ctrl+Alt+A", QT_TR_NOOP("accept")},
    {"Ctrl+Alt+N, Ctrl+Alt+P", QT_TR_NOOP("next, previous case of the list")},
}};

QString text(const char* source) { return QCoreApplication::translate("recontour", source); }

}  // namespace

void showAbout(QWidget* parent) {
  QMessageBox::about(parent, text("About Recontour"),
                     text("<h3>Recontour %1</h3>"
                          "<p>Revise automatic organ contours on CT and measure what the revision changed.</p>"
                          "<p><b>Research software, not a medical device.</b></p>"
                          "<p>Free software under the GNU General Public License, version 3 or later. "
                          "Model weights have licences of their own.</p>")
                         .arg(QCoreApplication::applicationVersion()));
}

void showKeySheet(QWidget* parent) {
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(text("Keys and mouse"));
  auto* grid = new QGridLayout(dialog);
  grid->setContentsMargins(20, 16, 20, 16);
  grid->setHorizontalSpacing(28);
  int row = 0;
  for (const KeyLine& line : kKeyLines) {
    grid->addWidget(new QLabel(QString::fromLatin1(line.keys), dialog), row, 0);
    grid->addWidget(dimLabel(text(line.what), dialog), row++, 1);
  }
  dialog->show();
}

}  // namespace recontour
