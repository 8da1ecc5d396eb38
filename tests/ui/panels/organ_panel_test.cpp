#include "ui/panels/organ_panel.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include "tests/ui/views/test_events.h"
#include "ui/panels/organ_delegate.h"
#include "ui/panels/organ_note.h"
#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2, kAdrenals = 12;

/// A status as the workbench gives it, all organs untouched.
std::vector<OrganStatus> untouched(const OrganTable& organs) {
  std::vector<OrganStatus> status;
  for (const Organ& organ : organs.organs()) {
    status.push_back({});
    status.back().organ = organ.label;
    status.back().volumeMl = 100;
  }
  return status;
}

class OrganPanelTest : public testing::Test {
 protected:
  OrganPanelTest() : table_(OrganTable::named("word")), status_(untouched(table_)) {
    applyTheme(*qApp);
    panel_.setOrgans(table_);
    panel_.resize(kOrganPanelWidth, 600);
    panel_.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel_));
  }
  OrganStatus& status(Label organ) { return status_[static_cast<std::size_t>(panel_.model().rowOf(organ))]; }
  QRect rowRect(Label organ) { return panel_.list().visualRect(panel_.model().index(panel_.model().rowOf(organ))); }
  OrganRowParts parts(Label organ) { return organRowParts(rowRect(organ)); }
  void click(const QPoint& at) { press(*panel_.list().viewport(), at); }
  QImage dot(Label organ) { return panel_.list().viewport()->grab(parts(organ).dot).toImage(); }
  QColor dotColour(Label organ) { return dot(organ).pixelColor(dot(organ).rect().center()); }
  /// Pixels of the dot that are mostly of the colour.
  int dotPixels(Label organ, const QColor& colour) {
    const QImage image = dot(organ);
    int count = 0;
    for (int at = 0; at < image.width() * image.height(); ++at) {
      const QColor pixel = image.pixelColor(at % image.width(), at / image.width());
      count += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green()) +
                   std::abs(pixel.blue() - colour.blue()) <
               90;
    }
    return count;
  }
  /// With contours of a model whose figures are known.
  void show(OrganListState list = {}) {
    list.hasLabels = list.hasStart = list.counted = true;
    panel_.setStatus(status_, list);
  }
  const OrganRow& row(Label organ) { return panel_.model().row(panel_.model().rowOf(organ)); }
  /// The longest text of the note.
  QString note(Label organ) { return organNote(row(organ)).texts.value(0); }
  OrganNote::Weight weight(Label organ) { return organNote(row(organ)).weight; }
  QString last(Label organ) { return lastColumnText(panel_.model().row(panel_.model().rowOf(organ))); }
  OrganTable table_;
  std::vector<OrganStatus> status_;
  OrganPanel panel_;
};

TEST_F(OrganPanelTest, ClickOnARowChoosesItsOrganAgainAndAgain) {
  QSignalSpy chosen(&panel_, &OrganPanel::organChosen);
  click(parts(kSpleen).name.center());
  click(parts(kSpleen).name.center());
  ASSERT_EQ(chosen.size(), 2);
  EXPECT_EQ(chosen.at(0).at(0).toInt(), kSpleen);
}

TEST_F(OrganPanelTest, ClicksOnEyeAndLockChooseNothing) {
  QSignalSpy chosen(&panel_, &OrganPanel::organChosen);
  QSignalSpy eye(&panel_, &OrganPanel::visibilityToggled), lock(&panel_, &OrganPanel::lockToggled);
  click(parts(kLiver).eye.center());
  click(parts(kSpleen).lock.center());
  EXPECT_EQ(chosen.size(), 0);
  ASSERT_EQ(eye.size(), 1);
  EXPECT_EQ(eye.at(0), (QList<QVariant>{int(kLiver), false}));
  ASSERT_EQ(lock.size(), 1);
  EXPECT_EQ(lock.at(0), (QList<QVariant>{int(kSpleen), true}));
}

TEST_F(OrganPanelTest, AHiddenOrganIsAskedToBeShown) {
  QSignalSpy eye(&panel_, &OrganPanel::visibilityToggled);
  panel_.setOrganVisible(kLiver, false);
  click(parts(kLiver).eye.center());
  ASSERT_EQ(eye.size(), 1);
  EXPECT_EQ(eye.at(0), (QList<QVariant>{int(kLiver), true}));
}

TEST_F(OrganPanelTest, DoubleClickCentresTheOrgan) {
  QSignalSpy centred(&panel_, &OrganPanel::organCentred);
  sendMouse(*panel_.list().viewport(), QEvent::MouseButtonDblClick, parts(kSpleen).name.center(), Qt::LeftButton,
            Qt::LeftButton);
  ASSERT_EQ(centred.size(), 1);
  EXPECT_EQ(centred.at(0).at(0).toInt(), kSpleen);
}

TEST_F(OrganPanelTest, ArrowKeysChooseTheNextOrgan) {
  panel_.list().setFocus();
  panel_.setActive(kLiver);
  QSignalSpy chosen(&panel_, &OrganPanel::organChosen);
  QTest::keyClick(&panel_.list(), Qt::Key_Down);
  ASSERT_EQ(chosen.size(), 1);
  EXPECT_EQ(chosen.at(0).at(0).toInt(), kSpleen);
}

TEST_F(OrganPanelTest, FollowingTheActiveOrganChoosesNothing) {
  panel_.list().setFocus();
  QSignalSpy chosen(&panel_, &OrganPanel::organChosen);
  panel_.setActive(kSpleen);
  EXPECT_EQ(chosen.size(), 0);
  EXPECT_TRUE(panel_.model().row(1).active);
  EXPECT_FALSE(panel_.model().row(0).active);
}

TEST_F(OrganPanelTest, DotIsHollowThenHalfWhenSeenThenFullWhenEditedThenATickWhenAccepted) {
  show();
  EXPECT_EQ(dotColour(kSpleen), kDark.panel);
  const int hollow = dotPixels(kSpleen, kDark.dim);
  status(kSpleen).seen = true;
  show();
  EXPECT_GT(dotPixels(kSpleen, kDark.dim), hollow + 10);
  EXPECT_GT(dotPixels(kSpleen, kDark.panel), 10);
  status(kSpleen).edited = true;
  show();
  EXPECT_EQ(dotColour(kSpleen), kDark.accent);
  show({.accepted = true});
  EXPECT_GT(dotPixels(kSpleen, kDark.good), 3);
  EXPECT_EQ(dotPixels(kSpleen, kDark.accent), 0);
}

TEST_F(OrganPanelTest, AnOrganThatIsNotThereShowsABarAndSaysWhy) {
  status(kSpleen).statement = {OrganVerdict::Absent, "removed in 2019"};
  show();
  EXPECT_GT(dotPixels(kSpleen, kDark.good), 3);
  EXPECT_EQ(note(kSpleen), "absent");
  EXPECT_TRUE(organToolTip(panel_.model().row(1)).contains("Absent: removed in 2019"));
  EXPECT_EQ(panel_.model().done(), 1);
}

TEST_F(OrganPanelTest, LastColumnTellsTimeUntilTheReferenceIsShown) {
  status(kLiver).activeSeconds = 75;
  status(kLiver).dscBefore = 0.84;
  status(kLiver).dscAfter = 0.93;
  show();
  EXPECT_EQ(last(kLiver), "1:15");
  show({.referenceShown = true});
  EXPECT_EQ(last(kLiver), ".84 > .93");
  status(kLiver).dscAfter = 0.842;
  show({.referenceShown = true});
  EXPECT_EQ(last(kLiver), ".84");
}

TEST_F(OrganPanelTest, OrgansThatTheModelCannotDoAreDimmedAndTheirTipNamesTheCardsDsc) {
  status(kAdrenals).expectedDsc = 0.06;
  status(kSpleen).expectedDsc = 0.9;
  show();
  EXPECT_FALSE(row(kAdrenals).reliable());
  EXPECT_TRUE(row(kSpleen).reliable());
  const QString tip = organToolTip(row(kAdrenals));
  EXPECT_TRUE(tip.contains(QStringLiteral("0.06"))) << tip.toStdString();
  status(kAdrenals).edited = true;
  show();
  EXPECT_TRUE(row(kAdrenals).reliable());  // the reader's contour now
}

TEST_F(OrganPanelTest, ARowWithoutWarningSaysWhetherItWasLookedAt) {
  OrganListState list{.hasLabels = true, .counted = true};
  panel_.setStatus(status_, list);
  EXPECT_EQ(note(kLiver), "not viewed") << "nothing would read as passed";
  status(kLiver).seen = true;
  panel_.setStatus(status_, list);
  EXPECT_EQ(note(kLiver), "viewed");
  status(kLiver).edited = true;
  panel_.setStatus(status_, list);
  EXPECT_EQ(note(kLiver), "edited");
  EXPECT_EQ(weight(kLiver), OrganNote::Weight::Quiet);
  status(kLiver).statement = {OrganVerdict::Accepted, ""};
  panel_.setStatus(status_, list);
  EXPECT_EQ(note(kLiver), "");
}

TEST_F(OrganPanelTest, ARefusedStrokeFlashesTheLockForAMoment) {
  panel_.flashLock(kSpleen);
  EXPECT_TRUE(panel_.model().row(1).flashing);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !panel_.model().row(1).flashing; }, 3000));
}

TEST_F(OrganPanelTest, PartsOfARowDoNotOverlap) {
  for (const int width : {336, kOrganPanelWidth}) {
    for (const bool scores : {false, true}) {
      const OrganRowParts row = organRowParts(QRect(0, 0, width, kOrganRowHeight), scores);
      const std::vector<QRect> inOrder = {row.bar,  row.dot,    row.colour, row.name, row.eye,
                                          row.lock, row.volume, row.note,   row.last};
      for (std::size_t i = 1; i < inOrder.size(); ++i) EXPECT_LE(inOrder[i - 1].right(), inOrder[i].left()) << i;
      EXPECT_LT(row.last.right(), width);
      EXPECT_GE(row.name.width(), 80);
      EXPECT_GE(row.note.width(), 20) << "a sign at least";
    }
  }
}

TEST_F(OrganPanelTest, AConcernStandsInTheRowUntilTheReaderAcceptsTheOrgan) {
  status(kSpleen).concerns = {{"islands", "2 islands, 1.4 mL", false, 2, {}}};
  status(kSpleen).activeSeconds = 75;
  show();
  EXPECT_EQ(note(kSpleen), "2 islands");
  EXPECT_EQ(last(kSpleen), "1:15") << "beside the time, not in its place";
  EXPECT_TRUE(organToolTip(row(kSpleen)).contains("2 islands, 1.4 mL"));
  status(kSpleen).edited = true;
  show();
  EXPECT_EQ(note(kSpleen), "2 islands") << "an edit alone does not mend it";
  EXPECT_EQ(panel_.model().concerned(), 1);
  status(kSpleen).statement = {OrganVerdict::Accepted, ""};
  show();
  EXPECT_EQ(note(kSpleen), "");
  EXPECT_EQ(panel_.model().concerned(), 0);
}

TEST_F(OrganPanelTest, SeveralConcernsAreCountedAndTheWorstWeighs) {
  status(kSpleen).concerns = {{"islands", "2 islands, 1.4 mL", false, 2, {}}};
  show();
  EXPECT_EQ(weight(kSpleen), OrganNote::Weight::Slight);
  status(kSpleen).concerns.push_back({"side", "lies on the patient's right", true, 0, {}});
  show();
  EXPECT_EQ(organNote(row(kSpleen)).texts,
            (QStringList{"2 islands, side", QString("2 islands") + QChar(0x2026), "2 islands", "islands"}));
  EXPECT_EQ(weight(kSpleen), OrganNote::Weight::Serious);
}

TEST_F(OrganPanelTest, AnOrganWithoutContourSaysWhichKindOfNothingItIs) {
  status(kSpleen).volumeMl = 0;
  OrganListState list{.hasLabels = true};
  panel_.setStatus(status_, list);
  EXPECT_EQ(note(kSpleen), "") << "not counted yet";
  list.counted = true;
  panel_.setStatus(status_, list);
  EXPECT_EQ(note(kSpleen), "not drawn");
  EXPECT_EQ(weight(kSpleen), OrganNote::Weight::Quiet);
  list.hasStart = true;
  panel_.setStatus(status_, list);
  EXPECT_EQ(note(kSpleen), "no contour");
  status(kSpleen).inModel = false;
  panel_.setStatus(status_, list);
  EXPECT_EQ(note(kSpleen), "not in the model");
  EXPECT_EQ(weight(kSpleen), OrganNote::Weight::Quiet);
}

}  // namespace
}  // namespace recontour
