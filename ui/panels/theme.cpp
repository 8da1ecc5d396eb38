#include "ui/panels/theme.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QLabel>
#include <QPainter>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

// Resources of a static library are dropped by the linker unless they are asked for, outside of any namespace.
static void initialiseResources() { Q_INIT_RESOURCE(panels); }

namespace recontour {
namespace {

const Theme* applied = &kDark;  // a setting: what the reader chose to look at

QPalette paletteOf(const Theme& theme) {
  QPalette palette;
  palette.setColor(QPalette::Window, theme.panel);
  palette.setColor(QPalette::Base, theme.panel);
  palette.setColor(QPalette::AlternateBase, theme.window);
  palette.setColor(QPalette::Button, theme.line);
  palette.setColor(QPalette::ToolTipBase, theme.line);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
    palette.setColor(role, theme.text);
    palette.setColor(QPalette::Disabled, role, mixed(theme.dim, theme.panel, 0.7));
  }
  palette.setColor(QPalette::PlaceholderText, theme.dim);
  palette.setColor(QPalette::Highlight, theme.selected);
  palette.setColor(QPalette::HighlightedText, theme.text);
  palette.setColor(QPalette::Link, theme.accent);
  return palette;
}

QByteArray contentOf(const QString& name) {
  QFile file(name);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The style sheet with the theme's colours in place of their names (@panel).
QString styleSheetOf(const Theme& theme) {
  QString sheet = QString::fromUtf8(contentOf(QStringLiteral(":/themes/window.qss")));
  const std::array<std::pair<const char*, QColor>, 11> tokens = {{{"@window", theme.window},
                                                                  {"@panel", theme.panel},
                                                                  {"@line", theme.line},
                                                                  {"@text", theme.text},
                                                                  {"@dim", theme.dim},
                                                                  {"@accent", theme.accent},
                                                                  {"@onAccent", theme.onAccent},
                                                                  {"@selected", theme.selected},
                                                                  {"@warning", theme.warning},
                                                                  {"@error", theme.error},
                                                                  {"@good", theme.good}}};
  for (const auto& [token, colour] : tokens) {
    sheet.replace(QString::fromLatin1(token) + QLatin1Char(';'), colour.name() + QLatin1Char(';'));
  }
  return sheet;
}

QPixmap pixmapOf(QByteArray svg, const QColor& colour, int edge) {
  QSvgRenderer renderer(svg.replace("#000", colour.name().toLatin1()));
  QPixmap pixmap(edge, edge);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  renderer.render(&painter);
  return pixmap;
}

}  // namespace

const Theme& theme() { return *applied; }

QColor mixed(const QColor& a, const QColor& b, double part) {
  const auto mix = [part](int one, int other) {
    return static_cast<int>(std::lround(part * one + (1 - part) * other));
  };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

void applyTheme(QApplication& application, const Theme& wanted) {
  initialiseResources();
  applied = &wanted;
  application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  application.setPalette(paletteOf(wanted));
  QFont font = application.font();
  font.setPixelSize(kFontPx);
  application.setFont(font);
  application.setStyleSheet(styleSheetOf(wanted));
  application.setWindowIcon(icon(QStringLiteral("app"), wanted.accent));
}

QIcon icon(const QString& name, const QColor& colour) {
  initialiseResources();
  static QHash<QString, QIcon> drawn;
  const QString key = name + colour.name() + theme().panel.name();
  const auto known = drawn.constFind(key);
  if (known != drawn.constEnd()) return *known;
  const QByteArray svg = contentOf(QStringLiteral(":/icons/%1.svg").arg(name));
  QIcon result;
  for (const int edge : {14, 20, 28, 40, 60}) {
    result.addPixmap(pixmapOf(svg, colour, edge));
    result.addPixmap(pixmapOf(svg, mixed(colour, theme().panel, 0.45), edge), QIcon::Disabled);
  }
  drawn.insert(key, result);
  return result;
}

QLabel* headingLabel(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text.toUpper(), parent);
  QFont font = label->font();
  font.setPixelSize(kHeadingPx);
  font.setLetterSpacing(QFont::PercentageSpacing, 106);
  label->setFont(font);
  label->setProperty("role", QStringLiteral("heading"));
  return label;
}

void setRole(QWidget& widget, const QString& role) {
  if (widget.property("role").toString() == role) return;
  widget.setProperty("role", role);
  widget.style()->unpolish(&widget);
  widget.style()->polish(&widget);
}

QLabel* dimLabel(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setProperty("role", QStringLiteral("dim"));
  return label;
}

QString minutesText(double seconds) {
  const int whole = static_cast<int>(std::max(0.0, std::floor(seconds)));
  return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

double shownDifference(double before, double after, int digits) {
  const double unit = std::pow(10, digits);
  return (std::round(after * unit) - std::round(before * unit)) / unit;
}

QString signedText(double value, int digits) {
  const QString text = QString::number(value, 'f', digits);
  if (text.toDouble() == 0) return QString::number(0.0, 'f', digits);
  return value > 0 ? QLatin1Char('+') + text : text;
}

QString scoreText(double score) {
  const QString text = QString::number(score, 'f', 2);
  return text.startsWith(QLatin1String("0.")) ? text.mid(1) : text.left(3);
}

}  // namespace recontour
