#include <QRegularExpression>

#include "ui/report/report_document.h"

namespace recontour {
namespace {

constexpr const char* kStyle = R"css(
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1d2126; font: 14px/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
main { max-width: 940px; margin: 0 auto; padding: 28px 32px 48px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 17px; margin: 36px 0 10px; padding-top: 10px; border-top: 1px solid #cfd4da; }
p { margin: 8px 0; max-width: 80ch; }
.dim, .small { color: #5f6873; }
.small { font-size: 12.5px; }
.mark { position: sticky; top: 0; z-index: 1; background: #fff; color: #c03030; border-bottom: 2px solid #c03030;
  font-weight: 700; letter-spacing: .06em; text-align: center; padding: 7px; }
figure { margin: 18px 0; }
figure svg { width: 100%; height: auto; display: block; }
figure text { font-family: "DejaVu Sans", Verdana, sans-serif; }
figcaption, caption { text-align: left; font-size: 13px; color: #1d2126; }
figcaption { margin-top: 6px; color: #5f6873; }
caption { font-weight: 600; padding: 14px 0 6px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; min-width: 55%; font-size: 12.5px; font-variant-numeric: tabular-nums; margin-bottom: 6px; }
th { text-align: right; vertical-align: bottom; font-weight: 600; border-top: 1.5px solid #1d2126; border-bottom: 1px solid #1d2126; }
td { text-align: right; vertical-align: top; border-bottom: 1px solid #e3e6ea; }
th, td { padding: 3px 8px; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
tr:last-child td { border-bottom: 1.5px solid #1d2126; }
th, td:not(.t) { white-space: nowrap; }
th { white-space: normal; }
.t { text-align: left; }
footer { margin-top: 40px; padding-top: 10px; border-top: 1px solid #cfd4da; color: #5f6873; font-size: 12.5px; }
@media print { .mark { position: fixed; left: 0; right: 0; top: 0; } main { padding-top: 44px; } tr, figure { break-inside: avoid; } }
)css";

QString cell(const QString& tag, const QString& text, bool isText) {
  return QStringLiteral("<%1%2>%3</%1>")
      .arg(tag, isText ? QStringLiteral(" class=\"t\"") : QString(), text.toHtmlEscaped());
}

QString line(const QString& tag, const QStringList& cells, int textColumns) {
  QString html = QStringLiteral("<tr>");
  for (qsizetype i = 0; i < cells.size(); ++i) html += cell(tag, cells[i], i < textColumns);
  return html + QStringLiteral("</tr>\n");
}

/// As a part of an HTML page an SVG needs no name spaces, and those are written as addresses of the web.
QString inlineSvg(const PaintedFigure& figure) {
  QString svg = QString::fromUtf8(figureSvg(figure));
  svg.remove(0, std::max<qsizetype>(0, svg.indexOf(QLatin1String("<svg"))));
  static const QRegularExpression kSpaces(QStringLiteral("\\s+xmlns(:\\w+)?=\"[^\"]*\""));
  static const QRegularExpression kSize(QStringLiteral("^<svg\\s+width=\"[^\"]*\"\\s+height=\"[^\"]*\""));
  svg.remove(kSpaces);
  svg.replace(kSize, QStringLiteral("<svg role=\"img\""));
  return svg;
}

struct Writer {
  QString operator()(const ReportHeading& heading) const {
    return QStringLiteral("<h2>%1</h2>\n").arg(heading.text.toHtmlEscaped());
  }
  QString operator()(const ReportParagraph& paragraph) const {
    return QStringLiteral("<p>%1</p>\n").arg(paragraph.text.toHtmlEscaped());
  }
  QString operator()(const ReportTable& table) const {
    QString html =
        QStringLiteral("<div class=\"wide\"><table><caption>%1</caption>\n<thead>").arg(table.caption.toHtmlEscaped());
    html += line(QStringLiteral("th"), table.header, table.textColumns) + QStringLiteral("</thead>\n<tbody>\n");
    for (const QStringList& row : table.rows) html += line(QStringLiteral("td"), row, table.textColumns);
    html += QStringLiteral("</tbody></table></div>\n");
    return table.note.isEmpty() ? html
                                : html + QStringLiteral("<p class=\"small\">%1</p>\n").arg(table.note.toHtmlEscaped());
  }
  QString operator()(const ReportFigure& figure) const {
    return QStringLiteral("<figure>\n") + inlineSvg(figure.figure) +
           QStringLiteral("<figcaption>%1</figcaption>\n</figure>\n").arg(figure.caption.toHtmlEscaped());
  }
};

}  // namespace

QString reportHtml(const ReportDocument& document) {
  const QString mark = document.mark.toHtmlEscaped();
  QString html = QStringLiteral(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  html += QStringLiteral("<title>%1%2</title>\n<style>")
              .arg(mark.isEmpty() ? QString() : mark + QStringLiteral(": "), document.title.toHtmlEscaped());
  html += QLatin1String(kStyle) + QStringLiteral("</style>\n</head>\n<body>\n");
  if (!mark.isEmpty()) html += QStringLiteral("<div class=\"mark\">%1</div>\n").arg(mark);
  html += QStringLiteral("<main>\n<h1>%1</h1>\n<p class=\"dim\">%2</p>\n")
              .arg(document.title.toHtmlEscaped(), document.subtitle.toHtmlEscaped());
  for (const ReportBlock& block : document.blocks) html += std::visit(Writer{}, block);
  return html + QStringLiteral("<footer>%1</footer>\n</main>\n</body>\n</html>\n").arg(document.footer.toHtmlEscaped());
}

}  // namespace recontour
