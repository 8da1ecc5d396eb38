// Remembers choices of every kind as the window does when it closes, in the standard file: settings_writer RADIUS_MM
#include <QCoreApplication>

#include "ui/window/settings.h"

namespace recontour {
namespace {

void setAll(Settings& settings, double radiusMm) {
  BrushSettings brush;
  brush.radiusMm = radiusMm;
  settings.setBrush(brush);
  settings.setWindowGeometry(QByteArray("\0\x7f\xff geometry", 12));
  settings.setOrganTable(QStringLiteral("/of one's own/Tabelle, \u00fc.json"));
  settings.setSurfaceOpacity(QStringLiteral("liver"), 1 / 3.0);
  settings.setCollapsedPanels({QStringLiteral("one")});
  settings.setLightTheme(true);
  settings.setOwnWindows({{.widthHu = 400, .levelHu = 40}, {.widthHu = 1500, .levelHu = -600}});
  settings.setOwnKeys({{QStringLiteral("undo"), {}}, {QStringLiteral("redo"), {QStringLiteral("Ctrl+,")}}});
  settings.setModelChoice({});
  settings.setLabelMeaning(QStringLiteral("/labels"), {{1, QStringLiteral("liver")}, {2, {}}});
  settings.addRecentCase(QStringLiteral("/cases/a, b.nii.gz"));
}

}  // namespace
}  // namespace recontour

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  if (argc != 2) return 2;
  recontour::Settings settings(recontour::Settings::standardFile());
  recontour::setAll(settings, std::stod(argv[1]));
}
