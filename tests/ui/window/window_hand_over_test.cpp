// Annotate and check: nothing from elsewhere is shown, an expert comments, returns or approves.
#include <QLabel>

#include "core/session/hand_over.h"
#include "core/workbench/scribbling.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/comment_panel.h"

namespace recontour {
namespace {

class WindowHandOver : public Window {};

TEST_F(WindowHandOver, FromNothingNoModelLabelMapOrReferenceIsTaken) {
  Workbench::Options options;
  options.fromNothing = true;
  options.model = "model";
  open(options);
  workbench().predict("model");
  workbench().openPrediction("labels.nii.gz");
  workbench().openReference("labels.nii.gz");
  workbench().scribbling().addFrom("strokes.json");
  workbench().setModel("another");
  EXPECT_EQ(workbench().prediction().state, PredictionStatus::State::None);
  EXPECT_TRUE(hasMessage(*window, "annotated from nothing"));
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  fixture->paint({5, 5, 2});
  ASSERT_TRUE(workbench().flush());
  const auto events = readSessionLog(sessionLogPath(workbench().sessionFolder())).events;
  EXPECT_TRUE(eventsThatShowContours(events).empty());
  EXPECT_GT(labelCounts(workbench().labels())[kLiver], 0);
}

TEST_F(WindowHandOver, CommentsAreLinksToTheirPlaceAndTheCaseGoesBackOrIsApproved) {
  open();
  EXPECT_FALSE(window->commentPanel().isVisible());
  workbench().selectOrgan(kSpleen);
  workbench().comment(Plane::Axial, 4, QStringLiteral("the tip <is> missing"));
  EXPECT_TRUE(window->commentPanel().isVisible());
  const QString text = window->commentPanel().text().text();
  EXPECT_TRUE(text.contains(QLatin1String("Spleen, axial 5"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QLatin1String("the tip &lt;is&gt; missing")));
  workbench().selectOrgan(kLiver);
  Q_EMIT window->commentPanel().text().linkActivated(QStringLiteral("0"));
  EXPECT_EQ(workbench().selectedOrgan(), kSpleen);
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), 4);
  workbench().check(false, QStringLiteral("again, please"));
  EXPECT_TRUE(window->commentPanel().text().text().contains(QLatin1String("Returned by R1")));
  window->actions().approveCase->trigger();
  EXPECT_TRUE(window->commentPanel().text().text().contains(QLatin1String("Approved by R1")));
  workbench().comment(Plane::Axial, 4, QStringLiteral("   "));
  EXPECT_EQ(workbench().session()->comments().size(), 1u) << "nothing was said";
}

}  // namespace
}  // namespace recontour
