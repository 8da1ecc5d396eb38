#include "ui/window/help_dialogs.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace recontour {
namespace {

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

}  // namespace recontour
