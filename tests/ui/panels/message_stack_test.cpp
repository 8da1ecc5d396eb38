#include "ui/panels/message_stack.h"

#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr int kSlidMs = 400;  // by then a message has arrived

class MessageStackTest : public testing::Test {
 protected:
  MessageStackTest() {
    over_.resize(800, 400);
    over_.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&over_));
  }
  QWidget over_;
  MessageStack stack_{&over_};
};

TEST_F(MessageStackTest, KeepsEveryMessageInTheLogAndShowsTheLastThree) {
  for (int i = 0; i < 5; ++i) stack_.add(MessageKind::Failure, QString::number(i));
  EXPECT_EQ(stack_.log().size(), 5u);
  EXPECT_EQ(stack_.shownCount(), 3);
  EXPECT_EQ(stack_.log().front().text, "0");
}

TEST_F(MessageStackTest, KeepsToTheBottomLeftWhenTheWindowChanges) {
  stack_.add(MessageKind::Warning, QStringLiteral("Kidney right is locked"));
  const auto left = [&] { return over_.height() - stack_.geometry().bottom(); };
  QTest::qWait(kSlidMs);
  const int before = left();
  EXPECT_LT(stack_.x(), 20);
  over_.resize(800, 300);
  QTest::qWait(20);
  EXPECT_EQ(left(), before);
  EXPECT_TRUE(over_.rect().contains(stack_.geometry()));
}

TEST_F(MessageStackTest, AButtonDoesWhatTheMessageOffers) {
  bool opened = false;
  stack_.add(MessageKind::Information, QStringLiteral("Accepted"), {QStringLiteral("Open"), [&] { opened = true; }});
  auto* button = stack_.findChild<QPushButton*>();
  ASSERT_NE(button, nullptr);
  button->click();
  EXPECT_TRUE(opened);
}

TEST_F(MessageStackTest, ALongMessageWrapsInsideTheWindow) {
  stack_.add(MessageKind::Failure,
             QStringLiteral("/a/long/path: ") + QStringLiteral("cause and what to do ").repeated(12));
  QTest::qWait(kSlidMs);
  EXPECT_TRUE(over_.rect().contains(stack_.geometry()));
}

TEST_F(MessageStackTest, AMessageSlidesInFromBelow) {
  stack_.add(MessageKind::Information, QStringLiteral("Accepted"));
  const int start = stack_.y();
  QTest::qWait(kSlidMs);
  EXPECT_GT(start, stack_.y() + 10);
}

}  // namespace
}  // namespace recontour
