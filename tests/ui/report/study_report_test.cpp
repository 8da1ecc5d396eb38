#include "ui/report/study_report.h"

#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <cmath>
#include <cstdlib>
#include <set>

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "tests/data/small_study.h"
#include "tests/data/temporary_folder.h"
#include "tests/ui/report/word_study.h"
#include "ui/report/figure_style.h"
#include "ui/report/report_pages.h"
#include "ui/report/study_figures.h"

namespace recontour {
namespace {

/// Two readers, three cases, two organs; simulated or not.
StudyResults smallResults(bool simulated) {
  SmallStudy study;
  const double before[] = {0.70, 0.80, 0.90};
  for (int i = 0; i < 3; ++i) {
    const std::string name = "C" + std::to_string(i + 1);
    study.add("R1", name, "liver", before[i], before[i] + 0.01 * (i + 1));
    study.add("R2", name, "liver", before[i], before[i]);
    study.add("R1", name, "spleen", 0.95, 0.95);
    study.add("R2", name, "spleen", 0.95, 0.95);
    study.add("R1", name, "review", 0, 0);
    for (const char* reader : {"R1", "R2"}) study.session(reader, name, StudySession::State::Accepted);
  }
  study.results.protocol.title = "Small";
  study.results.protocol.simulated = simulated;
  study.results.freezeHash = "0123456789abcdef";
  return study.results;
}

/// A report with what it is made of.
struct Made {
  StudyResults results;
  StudyFindings findings;
  StudyContext context;
  ReportDocument document;
  explicit Made(StudyResults from)
      : results(std::move(from)),
        findings(analyse(results)),
        context(results, findings),
        document(studyReport(context)) {}
};

QString wholeText(const ReportPage& page) {
  QString all;
  for (const PageItem& item : page.items) all += item.text + QLatin1Char('\n');
  return all;
}

QImage painted(const ReportPage& page, double scale) {
  QImage image((kPagePoints * scale).toSize(), QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.scale(scale, scale);
  paintPage(painter, page);
  return image;
}

TEST(StudyReport, OfSimulatedReadersSaysSoOnEveryPage) {
  const Made made(smallResults(true));
  const auto pages = reportPages(made.document);
  ASSERT_GT(pages.size(), 2U);
  for (const ReportPage& page : pages) {
    EXPECT_TRUE(wholeText(page).contains(QLatin1String("SIMULATED READERS")));
    EXPECT_TRUE(wholeText(page).contains(QLatin1String("Research software, not a medical device.")));
    // It is painted too: red at the upper right.
    const QImage image = painted(page, 2);
    int red = 0;
    for (int y = 0; y < 90; ++y) {
      for (int x = image.width() / 2; x < image.width(); ++x) red += image.pixel(x, y) == kWarning;
    }
    EXPECT_GT(red, 100);
  }
  EXPECT_TRUE(reportHtml(made.document).contains(QLatin1String("<div class=\"mark\">SIMULATED READERS</div>")));
  for (const ReportFigure& figure : studyFigures(made.context))
    EXPECT_TRUE(QString::fromUtf8(figureSvg(figure.figure)).contains(QLatin1String("SIMULATED READERS")))
        << figure.name;
}

TEST(StudyReport, OfPeopleDoesNotCallThemSimulated) {
  const Made made(smallResults(false));
  EXPECT_FALSE(reportHtml(made.document).contains(QLatin1String("simulated"), Qt::CaseInsensitive));
  for (const ReportPage& page : reportPages(made.document))
    EXPECT_FALSE(wholeText(page).contains(QLatin1String("SIMULATED")));
}

TEST(StudyReport, TakesNothingFromElsewhere) {
  const QString html = reportHtml(Made(smallResults(true)).document);
  for (const char* from : {"http", "src=", "url(", "@import", "<script", "<link"})
    EXPECT_FALSE(html.contains(QLatin1String(from))) << from;
  EXPECT_TRUE(html.contains(QLatin1String("<svg")));
}

/// Cells of the first row that begins with a text, in the table whose caption begins with another.
QStringList cellsOf(const ReportDocument& document, const QString& caption, const QString& first) {
  for (const ReportBlock& block : document.blocks) {
    const auto* table = std::get_if<ReportTable>(&block);
    if (table == nullptr || !table->caption.startsWith(caption)) continue;
    for (const QStringList& row : table->rows) {
      if (row[0] == first) return row;
    }
  }
  return {};
}

TEST(StudyReport, NumbersAreThoseOfTheRows) {
  const Made made(smallResults(true));
  // Liver before: .7 .8 .9; R1 after: .71 .82 .93, mean .82, SD .11; R2 changed nothing.
  const QString html = reportHtml(made.document);
  const QString row = QStringLiteral(
      "<tr><td class=\"t\">Liver</td><td>0.800\u00a0\u00b1\u00a00.100 (3)</td><td>0.820\u00a0\u00b1\u00a00.110 (3)</td>"
      "<td>0.800\u00a0\u00b1\u00a00.100 (3)</td></tr>");
  EXPECT_TRUE(html.contains(row));
  const QStringList test =
      cellsOf(made.document, QStringLiteral("Change of DSC by revision, arm A, R1"), QStringLiteral("Liver"));
  ASSERT_EQ(test.size(), 11);
  EXPECT_EQ(test[1], "3");
  EXPECT_EQ(test[2],
            QStringLiteral("3\u00a0of\u00a03 (44\u00a0to\u00a0100\u00a0%)"));  // Wilson: 3 / (3 + 1.96 ^ 2) = .438
  EXPECT_EQ(test[3], "3");
  EXPECT_EQ(test[4], "3/0/0");
  EXPECT_EQ(test[5], "+0.020");
  EXPECT_EQ(test[9], "0.250");     // 2 ^ (1 - 3)
  EXPECT_EQ(test[10], "0.500 *");  // Holm over two organs; three changes cannot be significant
}

TEST(StudyReport, AnOrganThatIsMissingIsNotZero) {
  StudyResults results = smallResults(true);
  for (StudyRow& row : results.rows) {
    if (row.caseId == "C3" && row.organ == "liver") row.after = SmallStudy::metrics(0, "prediction");
  }
  const Made made(std::move(results));
  const QStringList dsc = cellsOf(made.document, QStringLiteral("DSC, mean"), QStringLiteral("Liver"));
  ASSERT_EQ(dsc.size(), 4);
  EXPECT_EQ(dsc[2], QStringLiteral("0.765\u00a0\u00b1\u00a00.078 (2)"));  // .71 and .82
}

TEST(StudyReport, SaysWhatAgreementFromACommonStartIs) {
  StudyResults results = smallResults(true);
  ReaderAgreement agreement;
  agreement.caseId = "C1";
  agreement.organ = "liver";
  agreement.arm = "A";
  agreement.pairs[{"R1", "R2"}] = 0.9;
  results.agreement = {agreement};
  const QString html = reportHtml(Made(std::move(results)).document);
  EXPECT_TRUE(html.contains(QLatin1String("common starting contour, not inter-observer variability")));
}

TEST(StudyReport, WritesItsFilesAndAPdfWithAllPages) {
  const TemporaryFolder folder;
  const StudyResults results = smallResults(true);
  writeStudyReport(results, folder / "report");
  for (const char* name : {"report.html", "report.pdf", "figure3.svg", "figure3.png", "paired.svg", "paired.png",
                           "times.svg", "times.png", "long.csv", "long_columns.csv", "model.R", "outcomes.csv",
                           "times.csv", "agreement.csv", "dsc_over_time.csv", "ratings.csv", "flags.csv", "notes.csv"})
    EXPECT_TRUE(std::filesystem::exists(folder / "report" / name)) << name;
  const QString pdf = QString::fromLatin1(QByteArray::fromStdString(readWholeFile(folder / "report/report.pdf")));
  const Made made(results);
  EXPECT_EQ(pdf.count(QRegularExpression(QStringLiteral("/Type\\s*/Page\\b"))),
            static_cast<qsizetype>(reportPages(made.document).size()));
  const std::string csv = readWholeFile(folder / "report/long.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 15);
}

TEST(StudyReport, NothingLiesOutsideAPageOrOverOtherText) {
  const Made made(wordStudy());
  const QRectF paper({}, kPagePoints);
  for (const ReportPage& page : reportPages(made.document)) {
    for (std::size_t i = 0; i < page.items.size(); ++i) {
      EXPECT_TRUE(paper.contains(page.items[i].area)) << page.items[i].text.toStdString();
      for (std::size_t j = 0; j < i; ++j) {
        const QRectF over = page.items[i].area & page.items[j].area;
        const bool bothFrame = page.items[j].area.top() < 45;  // the mark's item is as wide as the page
        EXPECT_TRUE(bothFrame || over.width() < 0.5 || over.height() < 0.5)
            << page.items[i].text.toStdString() << " | " << page.items[j].text.toStdString();
      }
    }
  }
}

TEST(StudyFigures, TheAxisOfDscIsCutOnlyWhereTheDataLetIt) {
  BarChart chart;
  chart.axis = QStringLiteral("DSC");
  chart.cut = 0.5;
  chart.categories = {{QStringLiteral("Liver"), {BarChart::Bar{0.9, 0.8, 1.0}}}};
  EXPECT_EQ(axisBegin(chart), 0.5);
  EXPECT_EQ(axisName(chart), "DSC (axis cut at 0.5)");
  chart.categories[0].bars[0] = BarChart::Bar{0.6, 0.32, 0.88};
  EXPECT_DOUBLE_EQ(axisBegin(chart), 0.3);
  chart.categories[0].bars[0] = BarChart::Bar{0.3, -0.1, 0.7};
  EXPECT_EQ(axisBegin(chart), 0);
  EXPECT_EQ(axisName(chart), "DSC");
}

TEST(StudyFigures, ShowTheOrgansThatChangedMost) {
  const Made made(wordStudy());
  const PairedDots plot = changedCases(made.context, "A");
  ASSERT_EQ(plot.panels.size(), 12U);
  std::set<std::string> organs;
  for (const auto& panel : plot.panels) organs.insert(panel.title.section(QLatin1Char(','), 0, 0).toStdString());
  EXPECT_EQ(organs, (std::set<std::string>{"Adrenals", "Duodenum", "Gallbladder", "Rectum"}));
}

/// Titles of the figures on a page, from above.
QStringList figuresOn(const ReportPage& page, const StudyContext& study) {
  QStringList titles;
  for (const PageItem& item : page.items)
    for (const ReportFigure& figure : studyFigures(study))
      if (item.text == figure.figure.title) titles << item.text;
  return titles;
}

TEST(StudyReport, BeginsWithFigure3AndTheCasesOfTheReaderWhoChangedMost) {
  const Made made(wordStudy());
  const auto pages = reportPages(made.document);
  EXPECT_EQ(figuresOn(pages[0], made.context),
            (QStringList{QStringLiteral("DSC by organ, mean \u00b1 SD over 20 cases"),
                         QStringLiteral("Each case, organs that changed most: R2")}));
  EXPECT_TRUE(wholeText(pages[0]).contains(QLatin1String("Readers are fixed effects")));
  EXPECT_EQ(figuresOn(pages[1], made.context).size(), 2);  // cases of all readers, DSC over time
}

/// No page but a section's last has more than a third of its height empty.
TEST(StudyReport, LeavesLittleOfAPageEmpty) {
  const Made made(wordStudy());
  const auto pages = reportPages(made.document);
  for (std::size_t i = 0; i + 1 < pages.size(); ++i) {
    double lowest = 0;
    for (const PageItem& item : pages[i].items)
      if (item.area.top() < 800) lowest = std::max(lowest, item.area.bottom());
    EXPECT_GT(lowest, 58 + 0.67 * (786 - 58)) << "page " << i + 1;
  }
}

TEST(StudyFigures, ShowDscOverTimeAsStepsThatEndWithTheReading) {
  StudyResults results = smallResults(true);
  results.courses = {{"R1", "C1", "A", "liver", {{0, 0.7}, {60, 0.705}, {120, 0.71}}}};
  for (StudySession& session : results.sessions) session.activeS = 180;
  for (StudyRow& row : results.rows) {
    if (row.reader == "R1" && row.caseId != "C1") row.edited = false, row.after = row.before;
  }
  const Made made(std::move(results));
  const StepLines plot = courseLines(made.context, "A");
  ASSERT_EQ(plot.panels.size(), 1U);  // the spleen was left alone
  ASSERT_EQ(plot.panels[0].lines.size(), 3U);
  // R1 over three cases: .8, .8 + .005 / 3, .8 + .01 / 3; until the end of the longest reading, 3 min.
  const StepLines::Line& mean = plot.panels[0].lines[0];
  EXPECT_TRUE(mean.strong);
  ASSERT_EQ(mean.points.size(), 4U);
  EXPECT_NEAR(mean.points[0].y(), 0.8, 1e-12);
  EXPECT_NEAR(mean.points[1].y(), 0.8 + 0.005 / 3, 1e-12);
  EXPECT_NEAR(mean.points[2].y(), 0.8 + 0.01 / 3, 1e-12);
  EXPECT_EQ(mean.points[3], QPointF(3, mean.points[2].y()));
  EXPECT_EQ(plot.panels[0].lines[1].points, (std::vector<QPointF>{{0, 0.7}, {1, 0.705}, {2, 0.71}, {3, 0.71}}));
  EXPECT_EQ(plot.panels[0].lines[2].points.size(), 2U);  // R2 edited nothing: from 0 to 3 min
}

TEST(StepLines, KeepAValueUntilTheNextOne) {
  StepLines plot;
  plot.largest = 1;
  plot.panels = {{QStringLiteral("Liver"), {{{{0, 0}, {1, 1}, {2, 1}}, Qt::red, true}}}};
  plot.columns = 1;
  QImage image(400, 300, QImage::Format_RGB32);
  QPainter painter(&image);
  paintStepLines(painter, QRectF(0, 0, 400, 300), plot);
  painter.end();
  // The panel is at most 190 wide, less 10 between panels: from 40 to 220. Its first half is below, its second above.
  const auto redRow = [&](int x) {
    for (int y = 40; y < 290; ++y)
      if (image.pixelColor(x, y).green() < 100 && image.pixelColor(x, y).red() > 200) return y;
    return -1;
  };
  EXPECT_GT(redRow(80), 250);
  EXPECT_EQ(redRow(80), redRow(120));
  EXPECT_LT(redRow(180), 60);
}

TEST(StudyReport, CountsRatingsByReaderAndListsAnswersInWords) {
  StudyResults results = smallResults(true);
  results.protocol.ratings = studyPreset("word-fig3").ratings;
  const char* const scores[] = {"4", "4", "5", "4", "3", "3"};  // C1 by R1 and R2, C2, C3
  for (std::size_t i = 0; i < 6; ++i) results.sessions[i].ratings["before.acceptability"] = scores[i];
  results.sessions[0].ratings["after.remark"] = "a stent";
  const Made made(std::move(results));
  const QString caption = QStringLiteral("Ratings: acceptability, before revision");
  const QStringList first = cellsOf(made.document, caption, QStringLiteral("R1"));
  EXPECT_EQ(first,
            (QStringList{"R1", "3", QStringLiteral("4.0 (3.5\u00a0to\u00a04.5)"), "0", "0", "1", "1", "1", "67"}));
  const QStringList kappa =
      cellsOf(made.document, QStringLiteral("Agreement of ratings"), QStringLiteral("acceptability, before revision"));
  ASSERT_EQ(kappa.size(), 6);
  EXPECT_EQ(kappa[4], "weighted kappa");
  EXPECT_EQ(kappa[5], "0.667");  // 1 - (1/3) / 1: see StudyRatings
  EXPECT_EQ(cellsOf(made.document, QStringLiteral("Answers in words"), QStringLiteral("R1, C1")).value(2), "a stent");
}

TEST(StudyReport, IsOfTheProgramThatWritesItAndNamesTheProtocolsToo) {
  StudyResults results = smallResults(true);
  results.protocol.appVersion = "0.0.7";
  const Made made(std::move(results));
  EXPECT_TRUE(made.document.subtitle.endsWith(reportProgram()));
  EXPECT_FALSE(made.document.subtitle.contains(QLatin1String("0.0.7")));
  EXPECT_TRUE(
      reportHtml(made.document)
          .contains(QStringLiteral("written by %1; the protocol was made with Recontour 0.0.7").arg(reportProgram())));
}

TEST(StudyReport, PutsEqualFlagsAndMergesOfAReturnIntoOneLine) {
  StudyResults results = smallResults(true);
  for (StudySession& session : results.sessions) session.flags = {{"never_seen", "Liver."}};
  for (int i = 0; i < 3; ++i)
    results.notes.push_back({1000 * i, "R1", "merge", "T" + std::to_string(i), std::string(64, 'a')});
  results.notes.push_back({5000, "script", "close", std::string(64, 'b'), ""});
  const Made made(std::move(results));
  const QStringList flag =
      cellsOf(made.document, QStringLiteral("Flags"), QStringLiteral("R1: C1, C2, C3; R2: C1, C2, C3"));
  EXPECT_EQ(flag.value(2), "Liver.");
  const QStringList merge =
      cellsOf(made.document, QStringLiteral("What the coordinator did"), QStringLiteral("1970-01-01 00:00 UTC"));
  EXPECT_EQ(merge.value(3), "3 readings");
  EXPECT_TRUE(reportHtml(made.document).contains(QLatin1String("<td class=\"t\">bbbbbbbbbbbb...</td>")));
}

/// Two arms, the second from nothing; arm A is twice as fast.
StudyResults twoArms() {
  SmallStudy study;
  for (const char* reader : {"R1", "R2"}) {
    for (int i = 1; i <= 4; ++i) {
      const std::string name = "C" + std::to_string(i);
      study.add(reader, name, "liver", 0.8, 0.80 + 0.02 * i, "A").activeS = {40, 60, 70, 80};
      StudyRow& drawn = study.add(reader, name, "liver", 0, 0.79 + 0.02 * i, "B");
      drawn.before = SmallStudy::metrics(0, "prediction");
      drawn.activeS = {80, 120, 140, 160};
      drawn.period = 2;
    }
  }
  study.results.protocol.arms[1].fromNothing = true;
  study.results.protocol.arms[1].name = "draws from nothing";
  return study.results;
}

TEST(StudyReport, ComparesArmsAndHasNoStartWhereThereIsNone) {
  const Made made(twoArms());
  EXPECT_EQ(dscChart(made.context, "A").series.size(), 3U);
  EXPECT_EQ(dscChart(made.context, "B").series.size(), 2U);
  EXPECT_TRUE(
      cellsOf(made.document, QStringLiteral("Change of DSC by revision, arm B"), QStringLiteral("Liver")).isEmpty());
  const QStringList liver =
      cellsOf(made.document, QStringLiteral("DSC after, arm A against arm B"), QStringLiteral("Liver"));
  ASSERT_EQ(liver.size(), 9);
  EXPECT_EQ(liver[1], "8");
  EXPECT_EQ(liver[3], "+0.010");
  const QStringList time =
      cellsOf(made.document, QStringLiteral("Whole readings"), QStringLiteral("active time, ratio (8 pairs)"));
  ASSERT_EQ(time.size(), 4);
  EXPECT_EQ(time[1], "0.50");
}

TEST(StudyReport, WithManyReadersShowsTheirMeanInFiguresAndAllInTables) {
  SmallStudy study;
  for (int reader = 1; reader <= 12; ++reader) {
    for (const char* name : {"C1", "C2", "C3"}) study.add("R" + std::to_string(reader), name, "liver", 0.8, 0.9);
  }
  const Made made(study.results);
  EXPECT_EQ(dscChart(made.context, "A").series.size(), 2U);
  EXPECT_EQ(changedCases(made.context, "A").panels.size(), 1U);
  EXPECT_TRUE(reportHtml(made.document).contains(QLatin1String("<th>R12</th>")));
}

TEST(StudyReport, CanBeMadeOfAStudyThatHasNotBegun) {
  StudyResults results;
  results.protocol = studyPreset("word-fig3");
  const Made made(results);
  EXPECT_TRUE(studyFigures(made.context).empty());
  EXPECT_FALSE(reportPages(made.document).empty());
}

TEST(StudyReport, AHeadingStaysWithWhatFollows) {
  const Made made(wordStudy());
  for (const ReportPage& page : reportPages(made.document)) {
    double lowest = 0;
    const PageItem* last = nullptr;
    for (const PageItem& item : page.items) {
      if (item.area.top() < 800 && item.area.bottom() > lowest) lowest = item.area.bottom(), last = &item;
    }
    for (const ReportBlock& block : made.document.blocks) {
      const auto* heading = std::get_if<ReportHeading>(&block);
      EXPECT_FALSE(heading != nullptr && heading->text == last->text) << last->text.toStdString();
    }
    for (std::size_t i = 1; i < page.items.size(); ++i) {
      if (!page.items[i].text.startsWith(QLatin1String("Simulated readers. "))) continue;
      EXPECT_EQ(page.items[i - 1].text, "Methods");
    }
  }
}

/// The study in the shape of the paper's as a report with its pages as pictures, to be looked at:
/// RECONTOUR_KEEP_REPORT=folder.
TEST(StudyReport, CanBeKeptAndLookedAt) {
  const char* kept = std::getenv("RECONTOUR_KEEP_REPORT");
  if (kept == nullptr) GTEST_SKIP() << "RECONTOUR_KEEP_REPORT names no folder";
  const std::filesystem::path folder(kept);
  const Made made(wordStudy());
  writeStudyReport(made.results, folder);
  writeStudyReport(twoArms(), folder / "two_arms");
  int number = 0;
  for (const ReportPage& page : reportPages(made.document))
    painted(page, 2).save(QStringLiteral("%1/page%2.png")
                              .arg(QString::fromStdString(folder.string()))
                              .arg(++number, 2, 10, QLatin1Char('0')));
}

}  // namespace
}  // namespace recontour
