#pragma once

class QWidget;

namespace recontour {

/// With RECONTOUR_FIRST_PAINT in the environment: prints the monotonic clock in ns once `window` has been painted the
/// first time, and ends the program. For tests/bench/first_paint.py.
void reportFirstPaint(QWidget& window);

}  // namespace recontour
