#pragma once

class QWidget;

namespace recontour {

void showAbout(QWidget* parent);

}  // namespace recontour
