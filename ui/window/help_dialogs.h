#pragma once

class QWidget;

namespace recontour {

void showAbout(QWidget* parent);
void showKeySheet(QWidget* parent);

}  // namespace recontour
