#pragma once
#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <QWidget>

namespace recontour {

inline void sendMouse(QWidget& to, QEvent::Type type, const QPointF& at, Qt::MouseButton button,
                      Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  QMouseEvent event(type, at, to.mapToGlobal(at), button, buttons, modifiers);
  QCoreApplication::sendEvent(&to, &event);
}
inline void press(QWidget& to, const QPointF& at, Qt::MouseButton button = Qt::LeftButton,
                  Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  sendMouse(to, QEvent::MouseButtonPress, at, button, button, modifiers);
}
inline void drag(QWidget& to, const QPointF& at, Qt::MouseButton button = Qt::LeftButton,
                 Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  sendMouse(to, QEvent::MouseMove, at, Qt::NoButton, button, modifiers);
}
inline void hover(QWidget& to, const QPointF& at) { sendMouse(to, QEvent::MouseMove, at, Qt::NoButton, Qt::NoButton); }
inline void release(QWidget& to, const QPointF& at, Qt::MouseButton button = Qt::LeftButton) {
  sendMouse(to, QEvent::MouseButtonRelease, at, button, Qt::NoButton);
}
inline void wheel(QWidget& to, const QPointF& at, int notches, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  QWheelEvent event(at, to.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&to, &event);
}
inline void key(QWidget& to, int code) {
  QKeyEvent event(QEvent::KeyPress, code, Qt::NoModifier);
  QCoreApplication::sendEvent(&to, &event);
}

}  // namespace recontour
