#include "ui/panels/status_line.h"

#include <QPushButton>
#include <QSignalSpy>

#include <gtest/gtest.h>

#include "ui/panels/case_header.h"
#include "ui/panels/measure_panel.h"

namespace recontour {
namespace {

using State = PredictionStatus::State;

TEST(StatusLine, ReadsHuAndPositionInMillimetres) {
  StatusLine line;
  line.setReading(PointerReading{{12.34, -40.06, 88}, 87, QStringLiteral("Liver")});
  EXPECT_EQ(line.readingText(), "HU 87   L 12.3  A 40.1  H 88.0 mm");
  line.setReading(std::nullopt);
  EXPECT_EQ(line.readingText(), "");
}

TEST(StatusLine, AFailedSaveIsSaidWithItsReason) {
  StatusLine line;
  line.setSaveStatus({SaveStatus::State::Saved, {}}, false);
  EXPECT_EQ(line.saveText(), "draft saved");
  line.setSaveStatus({SaveStatus::State::Failed, "no space left on device"}, false);
  EXPECT_EQ(line.saveText(), "NOT SAVED: no space left on device");
}

TEST(PredictionLine, TellsTilesAndSecondsWhileRunningAndOffersCancel) {
  PredictionLine line;
  PredictionStatus status;
  status.state = State::Running;
  status.stage = "network";
  status.tilesDone = 5;
  status.tilesTotal = 13;
  status.secondsLeft = 8.2;
  line.setStatus(status);
  EXPECT_EQ(line.text(), "tile 5 of 13   9 s left");
  QSignalSpy cancelled(&line, &PredictionLine::cancelClicked);
  EXPECT_FALSE(line.cancelButton().isHidden());
  line.cancelButton().click();
  EXPECT_EQ(cancelled.size(), 1);
}

TEST(PredictionLine, TellsSecondsAndDeviceWhenDone) {
  PredictionLine line;
  PredictionStatus status;
  status.state = State::Done;
  status.device = "cpu";
  status.secondsTotal = 3.44;
  line.setStatus(status);
  EXPECT_EQ(line.text(), "done in 3.4 s on CPU");
  EXPECT_TRUE(line.cancelButton().isHidden());
}

TEST(PredictionLine, TellsWhyItFailed) {
  PredictionLine line;
  PredictionStatus status;
  status.state = State::Failed;
  status.error = "model.ts: wrong SHA-256";
  line.setStatus(status);
  EXPECT_EQ(line.text(), "failed: model.ts: wrong SHA-256");
  QSignalSpy again(&line, &PredictionLine::againClicked);
  EXPECT_FALSE(line.againButton().isHidden());
  line.againButton().click();
  EXPECT_EQ(again.size(), 1);
  status.state = State::Running;
  line.setStatus(status);
  EXPECT_TRUE(line.againButton().isHidden());
}

TEST(CaseHeader, PauseAndAcceptAreTold) {
  CaseHeader header;
  header.setCase(QStringLiteral("LITS-0"), QStringLiteral("R1"), false, false);
  header.setTime(161, false);
  header.setAccept(true, false);
  EXPECT_EQ(header.timeText(), "2:41");
  QSignalSpy accept(&header, &CaseHeader::acceptClicked);
  header.acceptButton().click();
  EXPECT_EQ(accept.size(), 1);
  header.setAccept(false, false);
  header.acceptButton().click();
  EXPECT_EQ(accept.size(), 1);
}

TEST(CaseHeader, AcceptIsTheBrightestButtonOnlyWhenNoOrganIsLeft) {
  CaseHeader header;
  header.setAccept(true, false);
  header.setLeft(2);
  EXPECT_NE(header.acceptButton().property("role"), "accent");
  EXPECT_TRUE(header.acceptButton().isEnabled()) << "the reader decides";
  header.setLeft(0);
  EXPECT_EQ(header.acceptButton().property("role"), "accent");
}

}  // namespace
}  // namespace recontour
