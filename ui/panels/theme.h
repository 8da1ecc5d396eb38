#pragma once
#include <QColor>
#include <QIcon>
#include <QString>

class QApplication;
class QLabel;
class QWidget;

namespace recontour {

/// Colours and sizes of everything around the views. Sizes are logical pixels.
struct Theme {
  QColor window{0x16, 0x18, 0x1b}, panel{0x1e, 0x21, 0x25}, line{0x2a, 0x2e, 0x33};
  QColor text{0xd7, 0xdb, 0xe0}, dim{0x92, 0x99, 0xa2};
  QColor accent{0x4a, 0xa3, 0xff}, onAccent{0x0b, 0x16, 0x22}, selected{0x26, 0x30, 0x3b};
  QColor warning{0xf0, 0xb1, 0x4a}, error{0xff, 0x6b, 0x6b}, good{0x62, 0xc9, 0x8f};
};
/// For dark reading rooms. Views are black in every theme.
inline const Theme kDark{};
/// For bright and print rooms.
inline const Theme kLight{{0xe9, 0xeb, 0xee}, {0xf7, 0xf8, 0xf9}, {0xcf, 0xd4, 0xda}, {0x1d, 0x21, 0x26},
                          {0x5f, 0x68, 0x73}, {0x0c, 0x64, 0xbe}, {0xff, 0xff, 0xff}, {0xdb, 0xe8, 0xf6},
                          {0x8a, 0x5a, 0x00}, {0xc0, 0x30, 0x30}, {0x19, 0x74, 0x44}};
/// The theme that was applied last; the dark one before.
const Theme& theme();
/// `part` (0..1) of `a`, the rest of `b`.
QColor mixed(const QColor& a, const QColor& b, double part);

inline constexpr int kFontPx = 12;
inline constexpr int kHeadingPx = 11;
inline constexpr int kMenuBarHeight = 36, kStatusHeight = 28, kRailWidth = 44, kRailButton = 36, kIcon = 20;
inline constexpr int kOrganPanelWidth = 348, kDockWidth = 268, kOrganRowHeight = 28, kButtonHeight = 26;

/// Gives the program the theme's palette, font size and style sheet, and makes the icons available.
/// @param wanted  must live as long as the program: kDark or kLight
void applyTheme(QApplication& application, const Theme& wanted = kDark);

/// An icon of resources/icons by its file name without ending, drawn in one colour; dimmer when disabled. Drawn once
/// and kept.
QIcon icon(const QString& name, const QColor& colour);
/// A panel's heading: small dim capitals.
QLabel* headingLabel(const QString& text, QWidget* parent);
/// Gives a widget that is already shown another look of the style sheet; none with an empty role.
void setRole(QWidget& widget, const QString& role);
/// A text in the theme's dim colour.
QLabel* dimLabel(const QString& text, QWidget* parent);

/// 75 -> "1:15"
QString minutesText(double seconds);
/// "+7.0", "-0.3", "0.0": what is shown as zero has no sign.
QString signedText(double value, int digits);
/// `after` less `before` as they are shown, so that nobody finds 2.3 between figures whose change is given as 2.4.
double shownDifference(double before, double after, int digits);
/// 0.934 -> ".93", 1 -> "1.0"
QString scoreText(double score);

}  // namespace recontour
