#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>

#include "core/base/safe_file.h"
#include "ui/report/report_pages.h"

namespace recontour {

void writeReportPdf(const std::filesystem::path& file, const ReportDocument& document) {
  constexpr int kDotsPerInch = 1200, kPointsPerInch = 72;
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter pdf(&buffer);
  pdf.setTitle(document.mark.isEmpty() ? document.title : document.mark + QStringLiteral(": ") + document.title);
  pdf.setCreator(QStringLiteral("Recontour"));
  pdf.setPageSize(QPageSize(QPageSize::A4));
  pdf.setPageMargins(QMarginsF(0, 0, 0, 0));
  pdf.setResolution(kDotsPerInch);
  QPainter painter(&pdf);
  painter.scale(double(kDotsPerInch) / kPointsPerInch, double(kDotsPerInch) / kPointsPerInch);
  bool first = true;
  for (const ReportPage& page : reportPages(document)) {
    if (!first) pdf.newPage();
    first = false;
    paintPage(painter, page);
  }
  painter.end();
  writeFileSafely(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace recontour
